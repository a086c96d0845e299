"""The school's list of what can help: ordered, switched off, added to, never deleted."""

import re

import pytest
from django.urls import reverse

from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import Strategy
from targets.services.strategies import STARTERS
from tests.counting import assert_does_not_grow
from tests.factories.targets import StrategyFactory

MARKUP = '<script>alert("x")</script>'


@pytest.fixture
def three(school):
    return [StrategyFactory(school=school, name=name, order=order) for order, name in enumerate(("Ape", "Bee", "Cat"), start=1)]


@pytest.fixture
def page(client, senco, school):
    client.force_login(senco)

    def ask(**sent: object) -> str:
        url = reverse("strategy-list", args=[school.slug])
        return client.post(url, sent, follow=True).text if sent else client.get(url).text

    return ask


def offered(school) -> list[str]:
    with in_school(school):
        return [strategy.name for strategy in Strategy.objects.offered()]


def audited(school) -> list[str]:
    with in_school(school):
        return list(AuditEvent.objects.filter(action__startswith="strategy.").order_by("pk").values_list("action", flat=True))


def buttons(text: str, name: str) -> list[str]:
    row = text.partition(f"<span>{name}</span>")[2].partition("</li>")[0]
    return re.findall(r'name="change"\s+value="(\w+)"', row)


def test_a_school_starts_with_the_starter_list(page, school):
    text = page()
    assert offered(school) == [name for _, name in STARTERS]
    assert all(name in text for _, name in STARTERS)


def test_a_strategy_is_moved_up_and_down(page, school, three):
    page(strategy=three[2].pk, change="up")
    assert offered(school) == ["Ape", "Cat", "Bee"]
    page(strategy=three[0].pk, change="down")
    assert offered(school) == ["Cat", "Ape", "Bee"]
    assert audited(school) == ["strategy.moved", "strategy.moved"]


@pytest.mark.parametrize(("which", "change"), [(0, "up"), (2, "down")])
def test_the_ends_of_the_list_have_no_further_way_and_moving_there_changes_nothing(page, school, three, which, change):
    assert change not in buttons(page(), three[which].name)
    page(strategy=three[which].pk, change=change)
    assert offered(school) == ["Ape", "Bee", "Cat"]
    assert audited(school) == []


def test_equal_numbers_from_long_ago_are_put_in_order(page, school):
    rows = [StrategyFactory(school=school, name=name, order=7) for name in ("Ape", "Bee", "Cat")]
    page(strategy=rows[1].pk, change="up")
    assert offered(school) == ["Bee", "Ape", "Cat"]


def test_what_is_switched_off_is_not_moved_past(page, school, three):
    page(strategy=three[1].pk, change="off")
    page(strategy=three[2].pk, change="up")
    assert offered(school) == ["Cat", "Ape"]


def test_switching_off_keeps_the_row_and_switching_on_puts_it_last(page, school, three):
    text = page(strategy=three[0].pk, change="off")
    assert "“Ape” is switched off." in text
    assert buttons(text, "Ape") == ["on"]
    assert offered(school) == ["Bee", "Cat"]
    assert "“Ape” is in use again." in page(strategy=three[0].pk, change="on")
    assert offered(school) == ["Bee", "Cat", "Ape"]
    with in_school(school):
        assert {row.pk for row in Strategy.objects.all()} == {row.pk for row in three}
    assert audited(school) == ["strategy.off", "strategy.on"]


def test_switching_off_twice_is_switching_off_once(page, school, three):
    page(strategy=three[0].pk, change="off")
    page(strategy=three[0].pk, change="off")
    assert audited(school) == ["strategy.off"]


def test_with_everything_off_the_page_says_what_that_means(page, three):
    for row in three:
        text = page(strategy=row.pk, change="off")
    assert "a one-to-one does not ask what helped" in text


def test_one_of_the_schools_own_is_added_as_the_last(page, school, three):
    text = page(name="  A   walk with the  dog ")
    assert "“A walk with the dog” is the last on the list." in text
    assert offered(school) == ["Ape", "Bee", "Cat", "A walk with the dog"]
    assert audited(school) == ["strategy.added"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (" ", "Write what can help."),
        ("aPE", "This is on the list already."),
        ("x" * 61, "Keep it to 60 letters. It has 61."),
    ],
)
def test_what_cannot_be_added_is_said_at_its_place_and_what_was_typed_stays(page, school, three, name, words):
    text = page(name=name)
    assert words in text
    assert f'value="{name}"' in text or not name.strip()
    assert offered(school) == ["Ape", "Bee", "Cat"]


def test_one_that_is_switched_off_is_pointed_to_and_not_added_again(page, school, three):
    page(strategy=three[0].pk, change="off")
    assert "switched off. Switch it on again below" in page(name="ape")
    assert offered(school) == ["Bee", "Cat"]


@pytest.mark.parametrize(
    "sent", [{"strategy": "x", "change": "up"}, {"strategy": "0", "change": "off"}, {"change": "off"}, {"change": "eat"}]
)
def test_a_form_that_names_no_strategy_changes_nothing_and_says_so(page, school, three, sent):
    assert "Nothing was changed. Look at the list again." in page(**sent)
    assert offered(school) == ["Ape", "Bee", "Cat"]


def test_another_schools_strategy_cannot_be_named(page, school, sister_school, three):
    other = StrategyFactory(school=sister_school, name="Owl")
    assert "Nothing was changed." in page(strategy=other.pk, change="off")
    assert offered(sister_school) == ["Owl"]
    assert "Owl" not in page()


def test_markup_in_a_name_stays_words(page, school):
    text = page(name=MARKUP)
    assert MARKUP not in text
    assert offered(school)[-1] == MARKUP


@pytest.mark.parametrize("role", ["teacher", "key_worker", "office", "governor", "charlie"])
def test_nobody_but_senco_and_head_changes_the_list(client, school, three, role, request):
    client.force_login(request.getfixturevalue(role))
    url = reverse("strategy-list", args=[school.slug])
    assert client.get(url).status_code == 404
    assert client.post(url, {"strategy": three[0].pk, "change": "off"}).status_code == 404
    assert offered(school) == ["Ape", "Bee", "Cat"]


def test_the_page_does_not_grow_in_queries(client, senco, school, three):
    client.force_login(senco)
    url = reverse("strategy-list", args=[school.slug])
    assert_does_not_grow(client, url, lambda: StrategyFactory.create_batch(29, school=school), at_most=8)
