"""What helps a pupil: which rows count, where it is shown, and in which words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from schools.tenancy import in_school
from targets.helping import Help, what_helps, what_helps_each
from targets.models import OneToOne, Strategy, Target
from tests.counting import assert_does_not_grow
from tests.factories.pupils import PupilFactory
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory
from tests.targets.one_to_ones.talks import url_of

WORDS = "A step up followed 3 of 5 times."
STEPS = (0, 1, 1, 2, 2, 3)  # of six one-to-ones a week apart: five could be followed, three were


@pytest.fixture
def quiet(school):
    return StrategyFactory(school=school, name="Quiet place")


@pytest.fixture
def history(pupil, key_worker):
    """Six one-to-ones a week apart that saw one target; the strategies helped in each."""

    def make(*strategies: Strategy, weeks_ago: int = 6) -> list[OneToOne]:
        with in_school(pupil.school):
            slot = Target.objects.count() + 1
        target: Target = TargetFactory(pupil=pupil, slot=slot)
        made: list[OneToOne] = []
        for week, step in enumerate(STEPS):
            at = now() - timedelta(weeks=weeks_ago - week)
            row = {"recorded_at": at, "key_worker": key_worker, "steps": {target: step}, "helped_by": [*strategies]}
            made.append(OneToOneFactory(pupil=pupil, **row))
        return made

    return make


def helps(pupil) -> list[Help]:
    with in_school(pupil.school):
        return what_helps(pupil, localdate())


def test_what_helped_is_counted_with_the_times_that_could_be_followed(pupil, history, quiet):
    history(quiet)
    assert helps(pupil) == [Help("Quiet place", 3, 5)]
    assert helps(pupil)[0].words == WORDS


def test_under_five_times_nothing_is_shown(pupil, history, quiet):
    rows = history(quiet)
    with in_school(pupil.school):
        rows[0].helped.all().delete()
    assert helps(pupil) == []


def test_voided_and_superseded_rows_never_count(pupil, history, quiet, key_worker):
    rows = history(quiet)
    with in_school(pupil.school):
        target = rows[3].observations.get().target
    OneToOneFactory(pupil=pupil, recorded_at=rows[3].recorded_at, supersedes=rows[3], steps={target: 2})
    assert helps(pupil) == []
    voided = {"voided_at": now(), "voided_by": key_worker, "voided_because": "other"}
    history(quiet)
    before = helps(pupil)
    assert [each.times for each in before] == [9]
    OneToOneFactory(pupil=pupil, recorded_at=now() - timedelta(days=1), steps={target: 4}, helped_by=[quiet], **voided)
    assert helps(pupil) == before


def test_a_strategy_that_is_switched_off_is_not_offered_as_help_and_stays_in_history(pupil, history, quiet, client, senco):
    history(quiet)
    with in_school(pupil.school):
        Strategy.objects.filter(pk=quiet.pk).update(is_active=False)
    assert helps(pupil) == []
    client.force_login(senco)
    assert "What helped: quiet place." in client.get(reverse("pupil-one-to-ones", args=[pupil.school.slug, pupil.public_id])).text


def test_what_is_longer_ago_than_a_year_is_history(pupil, history, quiet):
    history(quiet, weeks_ago=62)
    assert helps(pupil) == []


def test_no_pupil_gets_another_ones_help(pupil, history, quiet, django_assert_num_queries):
    history(quiet)
    other = PupilFactory(school=pupil.school)
    with in_school(pupil.school), django_assert_num_queries(2):
        found = what_helps_each([pupil, other], localdate())
    assert found == {pupil.pk: [Help("Quiet place", 3, 5)]}


@pytest.mark.parametrize("name", ["pupil", "one-to-one-new"])
def test_profile_and_form_show_it_as_experience_and_not_as_proof(client, pupil, history, quiet, key_worker, name):
    url = reverse(name, args=[pupil.school.slug, pupil.public_id])
    client.force_login(key_worker)
    assert "What helps Ravi" not in client.get(url).text
    history(quiet)
    text = client.get(url).text
    assert "What helps Ravi" in text
    assert WORDS in text
    assert "not proof" in text


def test_the_form_does_not_grow_in_queries_with_what_helps(client, pupil, history, quiet, key_worker):
    history(quiet)
    client.force_login(key_worker)
    assert_does_not_grow(client, url_of(pupil), lambda: [history(quiet) for _ in range(4)], at_most=15)


def test_the_form_in_todays_page_tells_it_too_the_surest_first_with_how_often(client, pupil, history, quiet, key_worker, school):
    later = StrategyFactory(school=school, name="Time to think", order=quiet.order + 1)
    history(quiet, later)
    history(later)
    client.force_login(key_worker)
    text = client.get(reverse("today", args=[school.slug])).text
    form = text.partition("<template>")[2].partition("</template>")[0]
    said = form.partition("What helps Ravi:</b>")[2].partition("</p>")[0]
    assert said.partition("<span")[0].strip() == "Time to think (6 of 10 times), Quiet place (3 of 5 times)."
    assert "not proof" in said


def test_without_enough_behind_it_the_form_in_todays_page_tells_nothing(client, pupil, key_worker, school, targets):
    client.force_login(key_worker)
    text = client.get(reverse("today", args=[school.slug])).text
    assert "One-to-one with Ravi P." in text
    assert "What helps Ravi" not in text
