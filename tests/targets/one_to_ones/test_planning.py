"""The weekly pattern of a pupil's one-to-ones, and what Today makes of it."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from pupils.models import Pupil
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import PlannedDay
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, PlannedDayFactory, TargetFactory
from tests.schools.clock import at as clock_at

MONDAY, TUESDAY = 1, 2
A_MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch):
    clock_at(monkeypatch, f"{A_MONDAY} 09:00")


@pytest.fixture
def own(school, key_worker):
    """A pupil of the key worker's own with one target, last met some days ago."""

    def make(forename: str, days_ago: int, **worker: object) -> Pupil:
        pupil = PupilFactory(school=school, forename=forename, surname="Patel")
        KeyWorkerFactory(pupil=pupil, user=key_worker, **worker)
        target = TargetFactory(pupil=pupil)
        OneToOneFactory(pupil=pupil, held_on=localdate() - timedelta(days=days_ago), steps={target: 2})
        return pupil

    return make


def plan_url(pupil: Pupil) -> str:
    return reverse("one-to-one-plan", args=[pupil.school.slug, pupil.public_id])


def planned(pupil: Pupil) -> dict[int, time | None]:
    with in_school(pupil.school):
        return dict(PlannedDay.objects.filter(pupil=pupil).values_list("weekday", "at"))


def first_on_today(client, user, school) -> list[str]:
    client.force_login(user)
    text = client.get(reverse("today", args=[school.slug])).text
    return re.findall(r"<h3>.*?>(\w+) P\.</a>", text.partition('aria-labelledby="h-today"')[2].partition("</section>")[0], re.DOTALL)


def opened(client, pupil: Pupil) -> str:
    found = re.search(r'name="opened" value="([^"]*)"', client.get(plan_url(pupil)).text)
    assert found
    return found[1]


def test_those_planned_for_the_weekday_come_in_the_order_of_their_times(client, own, school, key_worker):
    own("Long", 30)
    for forename, at in (("Later", time(13, 5)), ("Anytime", None), ("Early", time(9, 20))):
        PlannedDayFactory(pupil=own(forename, 2), weekday=MONDAY, at=at)
    PlannedDayFactory(pupil=own("Tuesday", 20), weekday=TUESDAY)
    assert first_on_today(client, key_worker, school) == ["Early", "Later", "Anytime"]


def test_those_without_a_time_come_by_the_longest_wait(client, own, school, key_worker):
    for forename, ago in (("Short", 2), ("Longest", 9), ("Long", 5)):
        PlannedDayFactory(pupil=own(forename, ago), weekday=MONDAY)
    assert first_on_today(client, key_worker, school) == ["Longest", "Long", "Short"]


def test_more_than_eight_who_are_planned_are_all_shown(client, own, school, key_worker):
    for number in range(9):
        PlannedDayFactory(pupil=own(f"P{number}", 1), weekday=MONDAY)
    assert len(first_on_today(client, key_worker, school)) == 9


def test_with_nobody_planned_those_who_waited_longest_are_shown(client, own, school, key_worker):
    PlannedDayFactory(pupil=own("Ava", 3), weekday=TUESDAY)
    own("Ben", 9)
    assert first_on_today(client, key_worker, school) == ["Ben", "Ava"]


def test_who_is_planned_and_done_waits_no_more_and_nobody_else_takes_the_place(client, own, school, key_worker):
    PlannedDayFactory(pupil=own("Ava", 0), weekday=MONDAY)
    own("Ben", 9)
    assert first_on_today(client, key_worker, school) == []
    text = client.get(reverse("today", args=[school.slug])).text
    assert "Everybody planned for today is done." in text
    assert "Ben P." in text.partition("Your other pupils")[2]


def test_another_key_workers_planned_pupils_are_not_mine(client, own, school, key_worker, senco):
    PlannedDayFactory(pupil=own("Ava", 3), weekday=MONDAY)
    assert first_on_today(client, senco, school) == []


def test_the_adult_who_covers_sees_the_planned_pupil_until_the_cover_is_over(client, own, school, teacher, monkeypatch):
    pupil = own("Ava", 3)
    PlannedDayFactory(pupil=pupil, weekday=MONDAY)
    assert first_on_today(client, teacher, school) == []
    KeyWorkerFactory(pupil=pupil, user=teacher, starts_on=A_MONDAY, cover_until=A_MONDAY)
    assert first_on_today(client, teacher, school) == ["Ava"]
    clock_at(monkeypatch, "2026-11-23 09:00")
    assert first_on_today(client, teacher, school) == []


@pytest.mark.parametrize("role", ["key_worker", "senco"])
def test_key_worker_and_senco_plan_a_week(client, own, role, request):
    pupil = own("Ava", 3)
    client.force_login(request.getfixturevalue(role))
    text = client.post(plan_url(pupil), {"day-1": "on", "at-1": "10:20", "day-4": "on", "opened": opened(client, pupil)}, follow=True).text
    assert planned(pupil) == {1: time(10, 20), 4: None}
    assert "Planned: Mondays at 10:20, Thursdays" in text
    with in_school(pupil.school):
        assert AuditEvent.objects.filter(action="one-to-one.planned", row_id=pupil.pk).count() == 1


def test_planning_anew_changes_a_time_and_takes_a_day_out(client, own, key_worker):
    pupil = own("Ava", 3)
    PlannedDayFactory(pupil=pupil, weekday=1, at=time(9)), PlannedDayFactory(pupil=pupil, weekday=2)
    client.force_login(key_worker)
    client.post(plan_url(pupil), {"day-1": "on", "at-1": "11:00", "opened": opened(client, pupil)})
    assert planned(pupil) == {1: time(11)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"at-2": "10:00"}, "Tick Tuesday as well, or take the time out."), ({"day-3": "on", "at-3": "ten past"}, "Enter a valid time.")],
)
def test_what_cannot_be_planned_is_said_at_its_place_and_nothing_is_written(client, own, key_worker, typed, words):
    pupil = own("Ava", 3)
    client.force_login(key_worker)
    text = client.post(plan_url(pupil), {"day-1": "on"} | typed).text
    assert words in text
    assert all(f'value="{value}"' in text for name, value in typed.items() if name.startswith("at"))
    assert planned(pupil) == {}


def test_two_who_plan_different_days_keep_both(client, own, key_worker, senco):
    pupil = own("Ava", 3)
    client.force_login(key_worker)
    before = opened(client, pupil)
    PlannedDayFactory(pupil=pupil, weekday=2, at=time(9))
    text = client.post(plan_url(pupil), {"day-1": "on", "opened": before}, follow=True).text
    assert planned(pupil) == {1: None, 2: time(9)}
    assert "Somebody else" not in text


def test_where_both_changed_a_day_the_later_holds_and_is_told(client, own, key_worker):
    pupil = own("Ava", 3)
    client.force_login(key_worker)
    before = opened(client, pupil)
    PlannedDayFactory(pupil=pupil, weekday=2, at=time(9))
    text = client.post(plan_url(pupil), {"day-2": "on", "at-2": "14:00", "opened": before}, follow=True).text
    assert planned(pupil) == {2: time(14)}
    assert "Somebody else had changed Tuesday as well; what you saved now holds." in text


def test_a_pupil_who_leaves_while_the_form_is_open_is_not_planned(client, own, key_worker, senco):
    pupil = own("Ava", 3)
    with in_school(pupil.school):
        Pupil.objects.filter(pk=pupil.pk).update(left_on=A_MONDAY - timedelta(days=1))
    client.force_login(senco)
    assert "Nothing was saved." in client.post(plan_url(pupil), {"day-1": "on"}).text
    assert planned(pupil) == {}


def test_who_may_not_record_sees_the_plan_and_no_way_to_change_it(client, own, school, head):
    pupil = own("Ava", 3)
    PlannedDayFactory(pupil=pupil, weekday=MONDAY)
    client.force_login(head)
    text = client.get(reverse("pupil-one-to-ones", args=[school.slug, pupil.public_id])).text
    assert "Planned: Mondays" in text
    assert plan_url(pupil) not in text
    assert client.get(plan_url(pupil)).status_code == 404


def test_todays_page_does_not_grow_in_queries_with_planned_pupils(client, own, school, key_worker):
    def more() -> None:
        for number in range(29):
            PlannedDayFactory(pupil=own(f"P{number}", 3), weekday=MONDAY, at=time(9, number))

    PlannedDayFactory(pupil=own("Ava", 3), weekday=MONDAY)
    client.force_login(key_worker)
    assert_does_not_grow(client, reverse("today", args=[school.slug]), more, at_most=12)
