"""The sheet for supply: whose pupils stand on it, what it says of each, and that reading it is noted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from schools.models import AuditEvent
from schools.tenancy import in_school
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory, ProfileFactory, PupilFactory, SupportStatusFactory
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory

MARKUP = '<script>alert("x")</script>'


@pytest.fixture
def pupil(school):
    """Make a pupil with SEN support, in 7B unless said otherwise."""

    def make(forename: str, provision: str = "K", **fields):
        pupil = PupilFactory(school=school, forename=forename, surname="Patel", **fields)
        SupportStatusFactory(pupil=pupil, provision=provision)
        return pupil

    return make


@pytest.fixture
def sheet(client, school):
    def read(user, **query) -> str:
        client.force_login(user)
        return client.get(reverse("supply", args=[school.slug]), query).text

    return read


def test_a_line_says_who_how_to_support_what_helps_and_the_targets_in_the_pupils_words(sheet, pupil, key_worker, school):
    ava = pupil("Ava")
    KeyWorkerFactory(pupil=ava, user=key_worker)
    ProfileFactory(pupil=ava, support="Give me ten seconds.\nThen ask again.")
    target = TargetFactory(pupil=ava, wording="I ask for help")
    TargetFactory.closed(pupil=ava, wording="I line up")
    quiet = StrategyFactory(school=school, name="Quiet place")
    for week, step in enumerate((0, 1, 1, 2, 2, 3)):
        OneToOneFactory(pupil=ava, recorded_at=now() - timedelta(weeks=6 - week), steps={target: step}, helped_by=[quiet])
    text = sheet(key_worker)
    assert all(words in text for words in ("Ava P.", "7B", "Give me ten seconds.", "Quiet place", "I ask for help"))
    assert not any(words in text for words in ("Patel", "Then ask again.", "I line up"))


def test_what_is_not_written_yet_is_said(sheet, pupil, key_worker):
    KeyWorkerFactory(pupil=pupil("Ava"), user=key_worker)
    text = sheet(key_worker)
    assert all(words in text for words in ("Not written yet.", "Too early to say.", "None yet."))


def test_the_adult_who_covers_has_the_pupil_until_the_cover_is_over(sheet, pupil, key_worker):
    today = localdate()
    for forename, until in (("Ava", today), ("Ben", today - timedelta(days=1))):
        KeyWorkerFactory(pupil=pupil(forename), user=key_worker, starts_on=today - timedelta(days=9), cover_until=until)
    text = sheet(key_worker)
    assert "Ava P." in text
    assert "Ben P." not in text


@pytest.mark.parametrize("role", ["teacher", "senco", "head"])
def test_a_class_shows_its_pupils_with_send_who_are_on_roll(sheet, pupil, role, request):
    pupil("Ava"), pupil("Ned", "N"), pupil("Other", registration_group="8C"), pupil("Gone", left_on=localdate() - timedelta(days=1))
    text = sheet(request.getfixturevalue(role), **{"class": "7B"})
    assert "Ava P." in text
    assert not any(f"{name} P." in text for name in ("Ned", "Other", "Gone"))


def test_pupils_without_a_class_are_found_by_their_year(sheet, pupil, senco):
    pupil("Ava", registration_group=""), pupil("Ben")
    text = sheet(senco, **{"class": "year-7"})
    assert "Ava P." in text
    assert "Ben P." not in text
    assert '<option value="year-7" selected>Year 7</option>' in text


def test_a_key_worker_reads_a_class_only_as_far_as_own_pupils_go(sheet, pupil, key_worker):
    KeyWorkerFactory(pupil=pupil("Ava"), user=key_worker)
    pupil("Ben"), pupil("Cem", registration_group="8C")
    text = sheet(key_worker, **{"class": "7B"})
    assert "Ava P." in text
    assert "Ben P." not in text
    assert ">8C<" not in text


@pytest.mark.parametrize("asked", ["8C", "year-", MARKUP])
def test_a_class_that_is_not_there_is_said_and_markup_stays_words(sheet, pupil, senco, asked):
    pupil("Ava")
    text = sheet(senco, **{"class": asked})
    assert "There is no such class" in text
    assert MARKUP not in text
    assert "Ava P." not in text


def test_somebody_without_own_pupils_is_told_what_to_do(sheet, pupil, senco, key_worker):
    pupil("Ava")
    assert "Choose a class above." in sheet(senco)
    assert "Ask the SENCO to add you" in sheet(key_worker)


def test_office_staff_see_it_for_own_pupils_only_and_otherwise_not_at_all(client, school, pupil, office, governor):
    ava, url = pupil("Ava"), reverse("supply", args=[school.slug])
    for user in (office, governor):
        client.force_login(user)
        assert client.get(url).status_code == 404
    KeyWorkerFactory(pupil=ava, user=office)
    client.force_login(office)
    assert "Ava P." in client.get(url).text


def test_each_pupil_on_the_sheet_is_noted_as_read_once(sheet, pupil, senco, school):
    pupils = [pupil("Ava"), pupil("Ben")]
    pupil("Other", registration_group="8C")
    sheet(senco, **{"class": "7B"})
    with in_school(school):
        noted = AuditEvent.objects.filter(action="pupil.seen", by=senco).values_list("row_id", flat=True)
        assert sorted(noted) == [each.pk for each in pupils]


def test_the_sheet_does_not_grow_in_queries(client, pupil, senco, school):
    def more() -> None:
        for number in range(29):
            each = pupil(f"P{number}")
            ProfileFactory(pupil=each)
            OneToOneFactory(pupil=each, steps={TargetFactory(pupil=each): 2}, helped_by=[StrategyFactory(school=school)])

    pupil("Ava")
    client.force_login(senco)
    assert_does_not_grow(client, reverse("supply", args=[school.slug]) + "?class=7B", more, at_most=11)
