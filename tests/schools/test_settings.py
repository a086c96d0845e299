"""A school's settings, its review cycles, and two people who change them at once."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schools.models import AuditEvent, CycleDates, Role, School, User
from schools.services import settings as services
from schools.tasks import plan_cycles_ahead
from schools.tenancy import in_school
from tests.factories.schools import PartnershipFactory, ProgrammeFactory
from tests.schools.clock import at

pytestmark = pytest.mark.django_db

SEPTEMBER = "2026-09-10 09:00"


@pytest.fixture(autouse=True)
def a_day_in_september(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, SEPTEMBER)


def opened(client: Client, address: str) -> dict[str, str]:
    """Open a page and return what its form would send."""
    form = client.get(address).context["form"]
    return {field.html_name: field.value() if field.value() is not True else "on" for field in form if field.value() not in (None, False)}


def settings_of(school: School) -> str:
    return reverse("school-settings", args=[school.slug])


def cycles_of(school: School) -> str:
    return reverse("school-cycles", args=[school.slug])


def dates(school: School, year: int = 2026) -> list[tuple[date, date]]:
    with in_school(school):
        return list(CycleDates.objects.filter(academic_year=year).order_by("number").values_list("opens_on", "due_on"))


def cycle(school: School, number: int, year: int = 2026) -> CycleDates:
    with in_school(school):
        return CycleDates.objects.get(academic_year=year, number=number)


def test_settings_are_saved_and_leave_a_trace(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    form = opened(client, settings_of(school))
    form |= {"display_name": "Millrace", "phone": "01632 960123", "one_to_one_every_days": "14", "key_workers_set_targets": "on"}
    assert client.post(settings_of(school), form).status_code == 302
    school.refresh_from_db()
    assert (school.display_name, school.one_to_one_every_days, school.key_workers_set_targets) == ("Millrace", 14, True)
    with in_school(school):
        assert AuditEvent.objects.get(school=school, action="settings.changed").by == senco


def test_saving_without_a_change_leaves_no_trace(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    page = client.post(settings_of(school), opened(client, settings_of(school)), follow=True)
    assert "Nothing was changed" in page.content.decode()
    with in_school(school):
        assert not AuditEvent.objects.filter(school=school).exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SENCO, 200), (Role.HEAD, 200), (Role.OFFICE, 404), (Role.TEACHER, 404), (Role.GOVERNOR, 404)]
)
def test_senco_and_head_find_the_settings_and_nobody_else(client: Client, school: School, member, role: str, status: int) -> None:
    client.force_login(member(school, role))
    assert client.get(settings_of(school)).status_code == status
    assert client.get(cycles_of(school)).status_code == status


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("name", "", "This field is required"),
        ("email", "not an address", "Enter a valid email address"),
        ("phone", "ring me", "digits, spaces and a plus sign"),
        ("one_to_one_every_days", "0", "greater than or equal to 1"),
        ("one_to_one_every_days", "91", "less than or equal to 90"),
        ("cycles_a_year", "4", "Select a valid choice"),
    ],
)
def test_a_bad_setting_says_so_at_its_place_and_saves_nothing(
    client: Client, school: School, senco: User, name: str, value: str, words: str
) -> None:
    client.force_login(senco)
    form = opened(client, settings_of(school)) | {"display_name": "Changed", name: value}
    assert words in client.post(settings_of(school), form).content.decode()
    school.refresh_from_db()
    assert school.display_name == ""


def test_a_programme_of_another_partnership_cannot_be_chosen(client: Client, school: School, senco: User) -> None:
    foreign = ProgrammeFactory(partnership=PartnershipFactory())
    client.force_login(senco)
    page = client.post(settings_of(school), opened(client, settings_of(school)) | {"programme": str(foreign.pk)})
    assert "Select a valid choice" in page.content.decode()
    own = school.programme_id
    school.refresh_from_db()
    assert school.programme_id == own


def test_two_people_who_change_different_settings_both_keep_theirs(client: Client, school: School, senco: User, head: User) -> None:
    client.force_login(senco)
    mine = opened(client, settings_of(school))
    theirs = mine | {"phone": "01632 960999"}
    client.force_login(head)
    client.post(settings_of(school), theirs)
    client.force_login(senco)
    assert client.post(settings_of(school), mine | {"display_name": "Millrace"}).status_code == 302
    school.refresh_from_db()
    assert (school.phone, school.display_name) == ("01632 960999", "Millrace")


def test_two_people_who_change_the_same_setting_are_asked(client: Client, school: School, senco: User, head: User) -> None:
    client.force_login(senco)
    base = opened(client, settings_of(school))
    client.force_login(head)
    client.post(settings_of(school), base | {"display_name": "Theirs", "phone": "01632 960999"})
    client.force_login(senco)
    page = client.post(settings_of(school), base | {"display_name": "Mine"})
    assert re.search(rf"{head.name} changed this to “Theirs” at \d\d:\d\d, after you opened", page.content.decode())
    school.refresh_from_db()
    assert school.display_name == "Theirs"
    asked = {field.html_name: field.value() for field in page.context["form"] if field.value() not in (None, False)}
    assert asked["phone"] == "01632 960999"
    assert client.post(settings_of(school), asked).status_code == 302
    school.refresh_from_db()
    assert (school.display_name, school.phone) == ("Mine", "01632 960999")


def test_torn_memory_of_a_page_asks_instead_of_overwriting(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    page = client.post(settings_of(school), opened(client, settings_of(school)) | {"opened": "torn", "display_name": "Mine"})
    assert page.status_code == 200
    assert "after you opened the page" in page.content.decode()


def test_cycles_are_known_to_the_end_of_the_next_academic_year(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    page = client.get(cycles_of(school)).content.decode()
    assert "2026/27" in page
    assert "2027/28" in page
    assert len(dates(school)) == len(dates(school, 2027)) == 3
    client.get(cycles_of(school))
    assert len(dates(school)) == 3


def test_a_new_academic_year_is_planned_over_night(school: School, sister_school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_cycles_ahead()
    assert len(dates(school, 2027)) == len(dates(sister_school, 2027)) == 3
    at(monkeypatch, "2027-09-01 04:40")
    plan_cycles_ahead()
    plan_cycles_ahead()
    assert len(dates(school, 2028)) == 3


def move(client: Client, school: School, number: int, **days: str):
    """Send the page of dates with some days of one cycle changed."""
    form = opened(client, cycles_of(school))
    return client.post(cycles_of(school), form | {f"{cycle(school, number).pk}-{name}": day for name, day in days.items()})


def test_a_cycle_is_moved(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    assert move(client, school, 1, opens_on="2026-11-02", due_on="2026-11-27").status_code == 302
    assert dates(school)[0] == (date(2026, 11, 2), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("number", "days", "words"),
    [
        (1, {"due_on": "2026-11-01"}, "due after the cycle opens"),
        (1, {"due_on": "2027-03-01"}, "Autumn, cycle 1 is due on 1 March 2027"),
        (2, {"opens_on": "2026-12-04"}, "The next cycle opens after that"),
        (3, {"due_on": "2027-09-01"}, "The academic year runs from 1 September 2026 to 31 August 2027"),
        (1, {"opens_on": "2026-09-09"}, "in the past"),
        (1, {"opens_on": "30 February"}, "Enter a valid date"),
        (1, {"opens_on": ""}, "This field is required"),
    ],
)
def test_impossible_dates_are_refused_at_their_place(
    client: Client, school: School, senco: User, number: int, days: dict[str, str], words: str
) -> None:
    client.force_login(senco)
    client.get(cycles_of(school))
    before = dates(school)
    page = move(client, school, number, **days)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert dates(school) == before


def test_a_cycle_that_has_opened_keeps_its_dates(client: Client, school: School, senco: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(senco)
    form = opened(client, cycles_of(school))
    first = cycle(school, 1)
    at(monkeypatch, f"{first.opens_on} 09:00")
    client.force_login(senco)
    assert f"{first.pk}-opens_on" not in opened(client, cycles_of(school))
    page = client.post(cycles_of(school), form | {f"{first.pk}-due_on": "2026-12-11"}, follow=True)
    assert "a cycle has opened" in page.content.decode()
    assert cycle(school, 1).due_on == first.due_on
    name = f"{first.pk}-due_on"
    with in_school(school), pytest.raises(services.BadDates):
        services.change_dates(school=school, base={name: first.due_on}, values={name: date(2026, 12, 11)}, by=senco)


def test_two_people_who_move_the_same_day_are_asked(client: Client, school: School, senco: User, head: User) -> None:
    client.force_login(senco)
    base = opened(client, cycles_of(school))
    day = f"{cycle(school, 1).pk}-opens_on"
    client.force_login(head)
    assert client.post(cycles_of(school), base | {day: "2026-11-02"}).status_code == 302
    client.force_login(senco)
    page = client.post(cycles_of(school), base | {day: "2026-11-03"})
    assert f"{head.name} changed this to “2 November 2026”" in page.content.decode()
    assert dates(school)[0][0] == date(2026, 11, 2)


def test_days_that_fit_alone_but_not_together_are_refused(client: Client, school: School, senco: User, head: User) -> None:
    client.force_login(senco)
    base = opened(client, cycles_of(school))
    key = cycle(school, 1).pk
    client.force_login(head)
    client.post(cycles_of(school), base | {f"{key}-opens_on": "2026-12-01"})
    client.force_login(senco)
    page = client.post(cycles_of(school), base | {f"{key}-due_on": "2026-11-27"})
    assert "due after the cycle opens" in page.content.decode()


def to_six(client: Client, school: School):
    return client.post(settings_of(school), opened(client, settings_of(school)) | {"cycles_a_year": "6"}, follow=True)


def test_six_cycles_plan_the_years_anew_that_have_not_begun(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    client.get(cycles_of(school))
    assert "We planned new dates" in to_six(client, school).content.decode()
    assert len(dates(school)) == len(dates(school, 2027)) == 6


def test_the_number_of_cycles_stays_while_the_cycles_of_a_year_run(
    client: Client, school: School, senco: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(senco)
    client.get(cycles_of(school))
    at(monkeypatch, "2027-01-10 09:00")
    client.force_login(senco)
    assert "cycles have begun" in to_six(client, school).content.decode()
    assert len(dates(school)) == 3
    at(monkeypatch, "2027-07-10 09:00")
    client.force_login(senco)
    to_six(client, school)
    assert [len(dates(school, year)) for year in (2026, 2027)] == [3, 6]


def test_a_page_opened_before_the_cycles_were_planned_anew_saves_nothing(client: Client, school: School, senco: User) -> None:
    client.force_login(senco)
    form: dict[str, Any] = opened(client, cycles_of(school))
    to_six(client, school)
    page = client.post(cycles_of(school), form, follow=True).content.decode()
    assert "planned anew" in page
    assert len(re.findall('-opens_on"', page)) > 6
