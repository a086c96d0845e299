"""Leaving: a last day that can be taken back, and nothing that ends in silence."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.models import KeyWorker, Pupil
from pupils.services.pupils import LeftBeforeJoining, PupilHasLeft, refuse_if_left, take_off_roll
from schools.tenancy import in_school
from tests.factories.pupils import KeyWorkerFactory, ProfileFactory, PupilFactory
from tests.pupils.pages import at, audited, list_url, names_in, said

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


def left_on(pupil):
    with in_school(pupil.school):
        return Pupil.objects.get(pk=pupil.pk).left_on


def leave(client, pupil, day):
    return client.post(at("pupil-left", pupil), {"left_on": day.isoformat()}, follow=True)


@pytest.mark.parametrize("who", ["senco", "office"])
def test_a_last_day_is_set_and_taken_back(client, request, school, pupil, who):
    client.force_login(request.getfixturevalue(who))
    assert "Ravi’s last day is" in said(leave(client, pupil, TODAY - DAY))
    assert left_on(pupil) == TODAY - DAY
    assert "Ravi is back on roll." in said(client.post(at("pupil-left", pupil), {"back": "1"}, follow=True))
    assert left_on(pupil) is None
    client.post(at("pupil-left", pupil), {"back": "1"})
    assert (audited(school, "pupil.left"), audited(school, "pupil.back")) == (1, 1)


def test_the_page_says_beforehand_what_will_happen(client, senco, pupil, member, school):
    KeyWorkerFactory(pupil=pupil, user=member(school, "key_worker", name="Amira Khan"))
    client.force_login(senco)
    text = said(client.get(at("pupil-left", pupil)))
    assert "Amira Khan can no longer open them as key worker." in text
    assert "A review that is open stays open" in text
    assert "Nothing is deleted" in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 8, 31), "This is before the first day on roll, 1 September 2024."),
        (TODAY + 400 * DAY, "This is more than a year ahead. Check the year."),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_the_field(client, senco, pupil, day, words):
    client.force_login(senco)
    response = leave(client, pupil, day)
    assert response.context["form"].errors == {"left_on": [words]}
    assert day.isoformat() in response.content.decode()
    assert left_on(pupil) is None


@pytest.mark.parametrize("typed", ["", "31/02/2026", "soon"])
def test_no_date_at_all_is_refused(client, senco, pupil, typed):
    client.force_login(senco)
    assert client.post(at("pupil-left", pupil), {"left_on": typed}).context["form"].errors.keys() == {"left_on"}
    assert left_on(pupil) is None


def test_a_pupil_without_a_first_day_cannot_leave_before_being_born(client, senco, school):
    pupil = PupilFactory(school=school, on_roll_from=None, date_of_birth=date(2014, 5, 4))
    client.force_login(senco)
    assert "before the pupil was born" in said(leave(client, pupil, date(2014, 5, 3)))
    leave(client, pupil, date(2014, 5, 4))
    assert left_on(pupil) == date(2014, 5, 4)


def test_the_service_holds_the_rule_too(senco, school, pupil):
    with in_school(school), pytest.raises(LeftBeforeJoining):
        take_off_roll(pupil=pupil, left_on=date(2024, 8, 31), by=senco)
    assert left_on(pupil) is None
    assert audited(school, "pupil.left") == 0


def test_a_day_to_come_changes_nothing_until_it_is_over(client, senco, school, pupil):
    client.force_login(senco)
    leave(client, pupil, TODAY)
    assert names_in(client.get(list_url(school))) == ["Ravi P."]
    page = said(client.get(at("pupil", pupil)))
    assert "Ravi’s last day is" in page
    assert "Write the profile" in page


def test_after_the_last_day_pages_are_read_only_and_come_back(client, senco, school, pupil, key_worker):
    ProfileFactory(pupil=pupil, dream="To fly.")
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    client.force_login(senco)
    leave(client, pupil, TODAY - DAY)
    page = said(client.get(at("pupil", pupil)))
    assert "These pages can be read and not changed." in page
    assert "To fly." in page
    for words in ("Change the profile", "Change key workers"):
        assert words not in page
    for name in ("profile-edit", "contact-new", "key-workers"):
        assert client.get(at(name, pupil)).url == at("pupil", pupil)
    client.force_login(key_worker)
    assert client.get(at("pupil", pupil)).status_code == 404
    assert names_in(client.get(list_url(school))) == []
    with in_school(school):
        assert KeyWorker.objects.get(pupil=pupil).ends_on is None  # nothing ended in silence
    client.force_login(senco)
    client.post(at("pupil-left", pupil), {"back": "1"})
    assert "Change the profile" in said(client.get(at("pupil", pupil)))
    client.force_login(key_worker)
    assert client.get(at("pupil", pupil)).status_code == 200


def test_services_refuse_a_pupil_who_has_left(pupil):
    pupil.left_on = TODAY
    refuse_if_left(pupil)
    pupil.left_on = TODAY - DAY
    with pytest.raises(PupilHasLeft):
        refuse_if_left(pupil)
