"""Figures on pages: a school's own are live and exact; what leaves it is published, and small numbers are hidden."""

import pytest
from django.urls import reverse

from assessments import services as assessments
from pupils.models import Pupil
from reports import services
from reports.models import CycleSummary, Job, Publication, ReviewSummary
from schools.models import CycleDates, School
from schools.tenancy import NoSchool, in_school, reading_published
from tests.counting import assert_does_not_grow
from tests.factories.pupils import PupilFactory
from tests.factories.reports import publish_figures
from tests.factories.schools import ProgrammeFactory, SchoolFactory
from tests.factories.targets import TargetFactory, strand_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def language(partnership):
    return strand_of(partnership)


def do_all_jobs() -> None:
    for job in Job.objects.filter(state=Job.State.WAITING, kind=Job.Kind.SUMMARY):
        services.run_job(job.pk)


def own(school: School, name: str = "school-dashboard") -> str:
    return reverse(name, args=[school.slug])


def partnerships(partnership, query: str = "") -> str:
    return reverse("partnership-dashboard", args=[partnership.slug]) + query


def test_before_the_first_review_the_dashboard_says_what_comes(client, senco, school):
    client.force_login(senco)
    assert "First figures appear after your first review." in client.get(own(school)).text


def test_a_completed_review_is_in_the_schools_own_figures(client, head, review):
    do_all_jobs()
    client.force_login(head)
    text = client.get(own(review.school)).text
    assert "1 of 1" in text
    assert "of 1 due" in text


def test_figures_are_renewed_after_each_review_even_when_a_job_runs_already(review, senco, school, letters_job):
    """Each deed has a job of its own: one that runs may have read before this deed."""
    jobs = Job.objects.filter(kind=Job.Kind.SUMMARY)
    before = jobs.count()
    services.reviews.ask_for_figures(cycle=review.cycle, what="another deed")
    assert jobs.count() == before + 1


def test_closing_a_cycle_publishes_its_term(review, senco):
    with in_school(review.school):
        services.end_cycle(cycle=review.cycle, by=senco)
    do_all_jobs()
    with in_school(review.school):
        publication = Publication.objects.get()
        assert ReviewSummary.objects.get(publication=publication).completed == 1


def test_an_open_cycle_is_not_published_with_each_review(review):
    do_all_jobs()
    with in_school(review.school):
        assert CycleSummary.objects.filter(publication=None).exists()
        assert not Publication.objects.exists()


def test_opening_the_next_cycle_publishes_the_one_before(review, senco, school):
    with in_school(school):
        CycleDates.objects.filter(number=2).update(opens_on=review.cycle.opens_on)
        services.begin_cycle(school=school, dates=CycleDates.objects.get(number=2), by=senco)
    do_all_jobs()
    with in_school(school):
        assert Publication.objects.get().term == review.cycle.term


@pytest.mark.parametrize(
    ("role", "allowed"), [("senco", True), ("head", True), ("teacher", False), ("governor", False), ("charlie", False)]
)
def test_who_sees_the_schools_exact_figures(client, school, role, allowed, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(own(school)).status_code == (200 if allowed else 404)


def test_governors_see_published_figures_with_small_numbers_hidden(client, governor, school):
    publish_figures(school, pupils=30, moved=27)
    client.force_login(governor)
    text = client.get(own(school, "school-published")).text
    assert "c of 30" in text or "27 of c" in text or "c of c" in text
    assert ">3<" not in text


def test_the_control_large_numbers_are_shown(client, governor, school):
    publish_figures(school, pupils=30, moved=15)
    client.force_login(governor)
    assert "15 of 30 (50%)" in client.get(own(school, "school-published")).text


def test_governors_read_that_nothing_is_published_yet(client, governor, school):
    client.force_login(governor)
    assert "Nothing is published yet" in client.get(own(school, "school-published")).text


def test_the_latest_publication_counts(client, governor, school):
    publish_figures(school, pupils=30, moved=15)
    publish_figures(school, pupils=40, moved=20, number=2)
    client.force_login(governor)
    text = client.get(own(school, "school-published")).text
    assert "20 of 40 (50%)" in text
    assert "15 of 30" not in text


def test_the_lead_sees_each_school_under_its_programme(client, lead, partnership, school, sister_school):
    horizons = ProgrammeFactory(partnership=partnership, name="HORIZONS", look="horizons")
    School.objects.filter(pk=sister_school.pk).update(programme=horizons)
    publish_figures(school, pupils=30, moved=15)
    publish_figures(sister_school, pupils=40, moved=30)
    client.force_login(lead)
    text = client.get(partnerships(partnership)).text
    assert text.index(f">{school.programme.name}</h2>") < text.index("15 of 30 (50%)") < text.index(">HORIZONS</h2>")
    assert "15 of 30 (50%)" in text
    assert "30 of 40 (75%)" in text


def test_a_strand_that_left_the_target_language_hides_nothing_else(client, lead, governor, partnership, school):
    """It is told of in all strands, which would else be no sum of the strands, and be hidden whole."""
    publish_figures(school, pupils=30, moved=15, key="of-an-earlier-version")
    client.force_login(lead)
    assert "15 of 30 (50%)" in client.get(partnerships(partnership)).text
    client.force_login(governor)
    assert "15 of 30 (50%)" in client.get(own(school, "school-published")).text


@pytest.mark.parametrize(("not_seen", "words"), [(0, "(50%)"), (7, "(50%)"), (8, "(50%, incomplete)"), (3, "(50%, may be incomplete)")])
def test_a_rate_is_marked_where_many_targets_were_not_seen_or_where_that_is_hidden(client, lead, partnership, school, not_seen, words):
    publication = publish_figures(school, pupils=30, moved=15)
    with in_school(school):
        CycleSummary.objects.filter(publication=publication).update(not_seen=not_seen)
    client.force_login(lead)
    text = client.get(partnerships(partnership)).text
    assert f"15 of 30 {words}" in text
    note = words.removeprefix("(50%").strip("(), ")
    assert (f'<span class="small">{note}</span>' in text) is bool(note), "and so is its square of the heat table"


def test_a_total_needs_three_schools(client, lead, partnership, school, sister_school):
    School.objects.filter(pk=sister_school.pk).update(programme=school.programme)
    publish_figures(school, pupils=30, moved=15)
    publish_figures(sister_school, pupils=40, moved=20)
    client.force_login(lead)
    assert "in 3 schools" not in client.get(partnerships(partnership)).text
    third = SchoolFactory(partnership=partnership, programme=school.programme)
    publish_figures(third, pupils=20, moved=10)
    assert "45 of 90 (50%) pupils moved on, in 3 schools." in client.get(partnerships(partnership)).text


def test_a_foreign_schools_figures_are_nowhere(client, lead, partnership, school, foreign_school):
    publish_figures(school, pupils=30, moved=15)
    publish_figures(foreign_school, pupils=70, moved=35)
    client.force_login(lead)
    text = client.get(partnerships(partnership)).text
    assert "35 of 70" not in text
    assert foreign_school.name not in text


def test_a_school_that_published_nothing_is_named_as_such(client, lead, partnership, school, sister_school):
    publish_figures(school)
    client.force_login(lead)
    assert f"Nothing published for this term yet: {sister_school.name}" in client.get(partnerships(partnership)).text


def test_the_school_most_behind_shows_how_far_its_reviews_are(client, lead, partnership, school):
    """The reviews due say how large a school is, not the few that are completed."""
    publish_figures(school, pupils=3, moved=2, due=30)
    client.force_login(lead)
    text = client.get(partnerships(partnership)).text
    assert "Too few reviews due" not in text
    assert "3 of 30 completed" in text
    assert "Behind" in text


@pytest.mark.parametrize(("cycles_a_year", "due", "is_shown"), [(3, 4, False), (3, 5, True), (6, 8, False), (6, 9, True)])
def test_work_is_shown_where_reviews_are_due_for_five_pupils(client, lead, partnership, school, cycles_a_year, due, is_shown):
    """With six cycles a year a term holds two reviews of a pupil."""
    School.objects.filter(pk=school.pk).update(cycles_a_year=cycles_a_year)
    publish_figures(school, pupils=3, moved=2, due=due)
    client.force_login(lead)
    assert ("Too few reviews due" not in client.get(partnerships(partnership)).text) is is_shown


def test_reviews_on_hold_and_missed_are_shown_outside(client, lead, governor, partnership, school):
    publication = publish_figures(school, pupils=20, due=37)
    with in_school(school):
        ReviewSummary.objects.filter(publication=publication).update(on_hold=11, missed=6)
    client.force_login(lead)
    text = client.get(partnerships(partnership)).text
    assert text.index("On hold") < text.index('<td class="num">11</td>') < text.index('<td class="num">6</td>')
    client.force_login(governor)
    published = client.get(own(school, "school-published")).text
    assert "On hold" in published
    assert "Missed" in published


def test_live_figures_never_reach_the_partnership(client, lead, partnership, review):
    do_all_jobs()
    client.force_login(lead)
    assert "Nothing is published yet" in client.get(partnerships(partnership)).text


@pytest.mark.parametrize(("role", "allowed"), [("lead", True), ("head", True), ("governor", True), ("teacher", False), ("charlie", False)])
def test_who_sees_the_partnerships_figures(client, partnership, role, allowed, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(partnerships(partnership)).status_code == (200 if allowed else 404)


def test_a_partnerships_page_can_read_no_pupils_row(school):
    with reading_published([school.pk]), pytest.raises(NoSchool):
        Pupil.objects.exists()


def test_the_partnerships_page_does_not_grow_in_queries(client, lead, partnership, school):
    publish_figures(school)
    client.force_login(lead)

    def thirty() -> None:
        for _ in range(29):
            publish_figures(SchoolFactory(partnership=partnership, programme=school.programme))

    assert_does_not_grow(client, partnerships(partnership), thirty, at_most=14)


def test_the_schools_dashboard_does_not_grow_in_queries(client, senco, review, school):
    do_all_jobs()
    client.force_login(senco)

    def thirty() -> None:
        for _ in range(29):
            TargetFactory(pupil=PupilFactory(school=school))
        with in_school(school):
            assessments.close_cycle(cycle=review.cycle, by=senco)

    assert_does_not_grow(client, own(school), thirty, at_most=14)
