"""Key workers: who can be chosen, from when, until when; and what the dates open and close."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupils.models import KeyWorker
from pupils.services import key_workers as services
from schools.models import Role
from schools.tenancy import in_school
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.schools import MembershipFactory, UserFactory
from tests.pupils.pages import at, audited, said

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


def held(pupil):
    with in_school(pupil.school):
        return list(KeyWorker.objects.filter(pupil=pupil).order_by("pk"))


def assign(client, pupil, user, **dates):
    sent = {"user": user.pk, "starts_on": TODAY.isoformat()} | {name: day.isoformat() for name, day in dates.items()}
    return client.post(at("key-workers", pupil), sent, follow=True)


def end(client, pupil, assignment, day, **more):
    return client.post(at("key-worker-end", pupil), {"assignment": assignment.pk, "ends_on": day.isoformat()} | more, follow=True)


@pytest.mark.parametrize("who", ["senco", "head", "office"])
def test_a_key_worker_is_assigned_and_noted_once(client, request, school, pupil, key_worker, who):
    client.force_login(request.getfixturevalue(who))
    assert f"{key_worker} is key worker of Ravi." in said(assign(client, pupil, key_worker))
    assert [(each.user, each.starts_on, each.ends_on) for each in held(pupil)] == [(key_worker, TODAY, None)]
    assert audited(school, "key-worker.assign") == 1


def test_several_are_allowed_and_one_person_once(client, senco, pupil, key_worker, teacher):
    client.force_login(senco)
    assign(client, pupil, key_worker)
    assign(client, pupil, teacher, cover_until=TODAY + 9 * DAY)
    response = assign(client, pupil, key_worker)
    assert "This person is key worker at that time already." in said(response)
    assert len(held(pupil)) == 2


def test_only_active_staff_of_the_school_can_be_chosen(client, senco, governor, key_worker, charlie, lead, school, pupil):
    gone, coming, unknown = UserFactory(), UserFactory(), UserFactory()
    MembershipFactory(user=gone, school=school, role=Role.TEACHER, ends_on=TODAY - DAY)
    MembershipFactory(user=coming, school=school, role=Role.TEACHER, starts_on=TODAY + DAY)
    client.force_login(senco)
    choices = client.get(at("key-workers", pupil)).context["assign"].fields["user"].queryset
    assert set(choices) == {senco, key_worker}
    for stranger in (charlie, lead, governor, gone, coming, unknown):
        assert "Select a valid choice" in said(assign(client, pupil, stranger))
    assert held(pupil) == []
    assign(client, pupil, key_worker)
    assert len(held(pupil)) == 1


def test_somebody_whose_role_ends_before_the_first_day_is_refused(client, senco, school, pupil):
    leaving = UserFactory()
    MembershipFactory(user=leaving, school=school, role=Role.TEACHER, ends_on=TODAY + DAY)
    client.force_login(senco)
    assert "does not hold on that day" in said(assign(client, pupil, leaving, starts_on=TODAY + 9 * DAY))
    assert held(pupil) == []
    assign(client, pupil, leaving, starts_on=TODAY + DAY)
    assert len(held(pupil)) == 1


def test_cover_that_ends_before_it_begins_is_refused_at_the_field(client, senco, pupil, key_worker):
    client.force_login(senco)
    response = assign(client, pupil, key_worker, cover_until=TODAY - DAY)
    assert "The cover ends before it begins." in said(response)
    assert (TODAY - DAY).isoformat() in response.content.decode()
    assert held(pupil) == []


def test_somebody_who_covered_can_come_back(client, senco, pupil, key_worker):
    KeyWorkerFactory(pupil=pupil, user=key_worker, starts_on=TODAY - 9 * DAY, cover_until=TODAY - 5 * DAY)
    client.force_login(senco)
    assign(client, pupil, key_worker)
    assert [(each.starts_on, each.ends_on) for each in held(pupil)] == [(TODAY - 9 * DAY, TODAY - 5 * DAY), (TODAY, None)]


def test_the_last_day_is_set_and_access_ends_after_it(client, senco, school, pupil, key_worker):
    assignment = KeyWorkerFactory(pupil=pupil, user=key_worker)
    client.force_login(senco)
    assert "The last day is set." in said(end(client, pupil, assignment, TODAY))
    client.force_login(key_worker)
    assert client.get(at("pupil", pupil)).status_code == 200
    client.force_login(senco)
    end(client, pupil, assignment, TODAY - DAY)
    client.force_login(key_worker)
    assert client.get(at("pupil", pupil)).status_code == 404
    assert audited(school, "key-worker.end") == 2


def test_a_last_day_before_the_first_is_refused_in_its_own_row(client, senco, pupil, key_worker, teacher):
    KeyWorkerFactory(pupil=pupil, user=teacher)
    assignment = KeyWorkerFactory(pupil=pupil, user=key_worker, starts_on=TODAY)
    client.force_login(senco)
    response = end(client, pupil, assignment, TODAY - DAY)
    assert "This is before the first day." in said(response)
    assert response.content.decode().count('<details class="reveal" open') == 1
    assert held(pupil)[1].ends_on is None


def test_a_mistake_is_taken_back_on_the_first_day_and_later_no_more(client, senco, school, pupil, key_worker, teacher):
    fresh = KeyWorkerFactory(pupil=pupil, user=key_worker, starts_on=TODAY)
    old = KeyWorkerFactory(pupil=pupil, user=teacher, starts_on=TODAY - DAY)
    client.force_login(senco)
    assert client.get(at("key-workers", pupil)).content.decode().count("it was a mistake") == 1
    end(client, pupil, fresh, TODAY, remove="1")
    response = end(client, pupil, old, TODAY, remove="1")
    assert "Look again" in said(response)
    assert held(pupil) == [old]
    assert audited(school, "key-worker.remove") == 1


def test_an_assignment_of_another_pupil_or_school_is_no_choice(client, senco, school, foreign_school, pupil, key_worker, charlie):
    others = [
        KeyWorkerFactory(pupil=PupilFactory(school=school), user=key_worker, starts_on=TODAY),
        KeyWorkerFactory(pupil=PupilFactory(school=foreign_school), user=charlie, starts_on=TODAY),
    ]
    own = KeyWorkerFactory(pupil=pupil, user=key_worker, starts_on=TODAY)
    client.force_login(senco)
    for other in others:
        assert "Select a valid choice" in said(end(client, pupil, other, TODAY))
        end(client, pupil, other, TODAY, remove="1")
        assert [each.ends_on for each in held(other.pupil)] == [None]
    end(client, pupil, own, TODAY)
    assert held(pupil)[0].ends_on == TODAY


def test_two_people_who_end_one_assignment_are_told(client, senco, pupil, key_worker):
    assignment = KeyWorkerFactory(pupil=pupil, user=key_worker)
    with in_school(pupil.school):
        services.end_key_worker(assignment=assignment, ends_on=TODAY, by=senco)
        with pytest.raises(services.AlreadyEnded):
            services.end_key_worker(assignment=assignment, ends_on=TODAY + DAY, by=senco)
    assert held(pupil)[0].ends_on == TODAY


def test_nobody_yet_is_said(client, senco, pupil):
    client.force_login(senco)
    assert "Nobody yet." in said(client.get(at("key-workers", pupil)))


def test_key_workers_of_a_pupil_who_left_stay_as_they_are(client, senco, school, pupil, key_worker):
    with in_school(school):
        type(pupil).objects.filter(pk=pupil.pk).update(left_on=TODAY - DAY)
    client.force_login(senco)
    assert client.get(at("key-workers", pupil)).url == at("pupil", pupil)
    assert "Nothing was saved" in said(assign(client, pupil, key_worker))
    assert held(pupil) == []


def test_the_service_holds_the_rule_about_cover_too(senco, school, pupil, key_worker):
    with in_school(school), pytest.raises(services.EndsBeforeItStarts):
        services.assign_key_worker(pupil=pupil, user=key_worker, starts_on=TODAY, cover_until=TODAY - DAY, by=senco)
    assert held(pupil) == []
