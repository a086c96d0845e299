"""The lead opens a term's cycle in all schools of the partnership, and sees no pupil in doing so."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from assessments.models import Review, ReviewCycle
from reports.models import Job
from reports.queries import Period
from reports.services import partnership_cycles as services
from reports.services import running
from schools.models import AuditEvent, CycleDates, Membership, School
from schools.tenancy import in_school
from tests.counting import asked_by, assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.schools import SchoolFactory
from tests.factories.targets import TargetFactory

OF_PUPILS = re.compile(r'"(pupils_\w+|targets_\w+|assessments_review|assessments_judgement)"')
AUTUMN = Period.of(2026, "autumn")


@pytest.fixture
def schools(school, sister_school) -> list[School]:
    """Two schools whose cycle can be opened today, each with one pupil whose target counts."""
    for each in (school, sister_school):
        dates = CycleDatesFactory.around_today(each)
        TargetFactory(pupil=PupilFactory(school=each, surname="Canary"), review_on=dates[0].due_on)
    return [school, sister_school]


def page(partnership, name: str = "partnership-cycles", *args) -> str:
    return reverse(name, args=[partnership.slug, *args])


def work() -> Job:
    job = Job.objects.filter(kind=Job.Kind.OPEN_CYCLES).latest("pk")
    running.run_job(job.pk)
    job.refresh_from_db()
    return job


def opened(school: School) -> list[str]:
    with in_school(school):
        return list(ReviewCycle.objects.values_list("term", flat=True))


def test_the_lead_opens_a_terms_cycle_in_every_school(client, lead, partnership, schools):
    client.force_login(lead)
    confirm = client.get(page(partnership, "partnership-cycle-open", AUTUMN)).text
    assert "Open it in 2 schools" in confirm
    client.post(page(partnership, "partnership-cycle-open", AUTUMN))
    job = work()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert [opened(school) for school in schools] == [["autumn"], ["autumn"]]
    for school in schools:
        with in_school(school):
            assert Review.objects.count() == 1
            assert AuditEvent.objects.get(action="cycle.opened", school=school).by == lead


def test_each_school_keeps_its_own_dates_and_rule(client, lead, partnership, schools):
    due_on = localdate() + timedelta(days=9)
    School.objects.filter(pk=schools[1].pk).update(cycles_a_year=6)
    with in_school(schools[1]):
        CycleDates.objects.filter(number=1).update(due_on=due_on)
    services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    work()
    with in_school(schools[1]):
        cycle = ReviewCycle.objects.get()
        assert (cycle.due_on, cycle.counts_after_days) == (due_on, 14)


@pytest.mark.parametrize("name", ["partnership-cycles", "partnership-cycle-open"])
def test_no_pupils_row_is_read_for_the_lead(client, lead, partnership, schools, name):
    client.force_login(lead)
    url = page(partnership, name, *([AUTUMN] if name.endswith("open") else []))
    assert [sql for sql in asked_by(client, url) if OF_PUPILS.search(sql)] == []
    assert "Canary" not in client.get(url).text


def test_reading_a_pupil_there_is_found(client, lead, partnership, schools, monkeypatch):
    """The control of the test before."""

    def read_pupils(schools: list[School], today: object) -> list:
        with in_school(schools[0]):
            assert Review.objects.count() == 0
        return []

    monkeypatch.setattr(services, "cycles_of", read_pupils)
    client.force_login(lead)
    assert [sql for sql in asked_by(client, page(partnership)) if OF_PUPILS.search(sql)]


def test_a_school_that_was_first_is_left_as_it_is_and_the_rest_is_opened(partnership, lead, schools):
    services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    with in_school(schools[0]):
        services.begin_cycle(school=schools[0], dates=CycleDates.objects.get(number=1), by=lead)
    assert work().state == "done"
    assert [opened(school) for school in schools] == [["autumn"], ["autumn"]]


def test_a_refusal_in_one_school_does_not_stop_the_rest(partnership, lead, schools, monkeypatch):
    begin = services.begin_cycle

    def refuse_the_first(*, school: School, **rest: object) -> object:
        if school == schools[0]:
            raise services.ReviewRefused
        return begin(school=school, **rest)

    monkeypatch.setattr(services, "begin_cycle", refuse_the_first)
    services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    assert work().state == "done"
    assert [opened(school) for school in schools] == [[], ["autumn"]]


def test_asking_twice_is_one_job_and_doing_it_twice_opens_nothing_twice(partnership, lead, schools):
    first = services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    assert services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead) == first
    work()
    Job.objects.filter(pk=first.pk).update(state=Job.State.WAITING)
    work()
    assert [opened(school) for school in schools] == [["autumn"], ["autumn"]]


def test_a_cycle_whose_time_has_not_come_is_refused_kindly(client, lead, partnership, schools):
    client.force_login(lead)
    spring = page(partnership, "partnership-cycle-open", Period.of(2026, "spring"))
    assert "can be opened today" in client.get(spring).text
    assert "can be opened today" in client.post(spring, follow=True).text
    assert not Job.objects.filter(kind=Job.Kind.OPEN_CYCLES).exists()


def test_a_school_of_another_partnership_stays_closed(partnership, lead, schools, foreign_school):
    CycleDatesFactory.around_today(foreign_school)
    services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    work()
    assert opened(foreign_school) == []


def test_a_lead_who_left_opens_nothing(partnership, lead, schools):
    services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    Membership.objects.filter(user=lead).update(ends_on=localdate() - timedelta(days=1))
    assert (work().state, opened(schools[0])) == ("failed", [])


def test_the_page_says_where_each_school_is(client, lead, partnership, schools):
    client.force_login(lead)
    with in_school(schools[0]):
        services.begin_cycle(school=schools[0], dates=CycleDates.objects.get(number=1), by=lead)
    text = client.get(page(partnership)).text
    assert text.count("Can be opened") == 1
    assert '<span class="tag tag-progress">Open</span>' in text
    assert "1 school can open its cycle now" in text
    assert "28 days" in text


def test_the_page_shows_how_far_the_opening_is(client, lead, partnership, schools):
    job = services.ask_to_open(partnership=partnership, period=AUTUMN, by=lead)
    Job.objects.filter(pk=job.pk).update(done=1, total=2, state=Job.State.RUNNING)
    client.force_login(lead)
    text = client.get(page(partnership)).text
    assert "1 of 2 schools done" in text
    assert "Open this term" not in text


def test_without_a_school_the_page_says_what_is_missing(client, lead, partnership):
    client.force_login(lead)
    assert "No cycle is planned" in client.get(page(partnership)).text


@pytest.mark.parametrize("name", ["partnership-cycles", "partnership-cycle-open"])
def test_the_pages_do_not_grow_in_queries_with_the_schools(client, lead, partnership, school, name):
    CycleDatesFactory.around_today(school)
    client.force_login(lead)

    def more_schools() -> None:
        for _ in range(29):
            CycleDatesFactory.around_today(SchoolFactory(partnership=partnership))
        for _ in range(5):
            TargetFactory(pupil=PupilFactory(school=school))

    url = page(partnership, name, *([AUTUMN] if name.endswith("open") else []))
    assert_does_not_grow(client, url, more_schools, at_most=9)
    assert client.get(url).text.count("Can be opened" if name == "partnership-cycles" else "<li") >= 30


def test_dates_of_a_school_that_feeds_another_partnership_are_not_read(client, lead, partnership, schools, foreign_school):
    CycleDatesFactory.around_today(foreign_school)
    client.force_login(lead)
    assert foreign_school.name not in client.get(page(partnership)).text
    assert {cycle.school for cycle in services.cycles_of(schools, localdate())} == set(schools)
