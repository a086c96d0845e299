"""A school's own dashboard: what its rows say, narrowed down by any filters at once, with the names behind every cell."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from assessments.models import Judgement, ReviewCycle
from reports import inside
from reports.models import ALL, CycleSummary
from reports.views.exports import as_text
from schools.models import School
from schools.tenancy import in_school
from targets.models import Target, WhyEnded
from tests.counting import assert_does_not_grow
from tests.factories.assessments import ReviewCycleFactory, ReviewFactory
from tests.factories.targets import OneToOneFactory, strand_of
from tests.reports.judging import before, decided, judged, page, rebuild
from tests.reports.recount import fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def language(partnership):
    return strand_of(partnership)


@pytest.fixture
def cycle(school: School) -> ReviewCycle:
    return ReviewCycleFactory(school=school)


@pytest.mark.parametrize("seed", range(10))
def test_unfiltered_it_says_what_the_summaries_say(school, seed):
    """Two ways of counting one school's rows: the page's and the one that figures are published from."""
    for cycle in fill(school, seed):
        rebuild(cycle)
        with in_school(school):
            seen = inside.seen_in(cycle, {})
            for row in CycleSummary.objects.filter(cycle=cycle, slice=ALL):
                figures = inside.figures_of(each for each in seen if row.strand_key in (ALL, each.strand))
                assert (figures.pupils, figures.pupils_moved_on, figures.judged) == (row.pupils, row.pupils_moved_on, row.judged)


def test_filters_combine(client, head, cycle, school):
    judged(cycle, nc_year="7", has_pupil_premium=True)
    judged(cycle, nc_year="7", has_pupil_premium=False)
    judged(cycle, nc_year="8", has_pupil_premium=True, previous=2)
    rebuild(cycle)
    client.force_login(head)
    assert "2 of 3 pupils moved on" in page(client, school)
    assert "1 of 1 pupils moved on" in page(client, school, "?year=7&premium=yes")
    assert "0 of 1 pupils moved on" in page(client, school, "?year=8")


def test_a_filter_that_fits_nobody_says_so_and_can_be_taken_off(client, head, cycle, school):
    judged(cycle, nc_year="7", is_eal=False)
    rebuild(cycle)
    client.force_login(head)
    text = page(client, school, "?eal=yes")
    assert "Nobody fits these filters" in text
    assert "Clear all filters" in text


def test_what_is_no_choice_narrows_nothing_down(client, head, cycle, school):
    judged(cycle)
    rebuild(cycle)
    client.force_login(head)
    assert "1 of 1 pupils moved on" in page(client, school, "?year=99&need=%3Cscript%3E&cycle=1900-1&by=sideways")


def test_academic_targets_stay_out(client, head, cycle, school):
    target = judged(cycle)
    with in_school(school):
        Target.objects.filter(pk=target.pk).update(kind=Target.Kind.ACADEMIC, strand=None, subject="maths")
    rebuild(cycle)
    client.force_login(head)
    assert "No figures yet" in page(client, school)


@pytest.mark.parametrize(("how_many", "words"), [(1, "1 target set by mistake"), (2, "2 targets set by mistake")])
def test_how_many_targets_were_set_by_mistake_is_said(client, head, cycle, school, how_many, words):
    """It is the one way to take a judgement out of the figures, so it is not unseen, be there other figures or none."""
    by_mistake = [judged(cycle, step=0, previous=2).pk for _ in range(how_many)]
    rebuild(cycle)
    client.force_login(head)
    assert "set by mistake" not in page(client, school)
    with in_school(school):
        Judgement.objects.filter(target__in=by_mistake).update(next=Judgement.Next.CLOSE, reason=WhyEnded.MISTAKE)
    rebuild(cycle)
    text = page(client, school)
    assert f"{words}: left out of all figures." in text
    assert "0 of 0" in text


def test_a_cell_leads_to_the_names_behind_it(client, head, cycle, school):
    judged(cycle, name="Ravi", nc_year="7")
    judged(cycle, name="Mina", nc_year="8")
    rebuild(cycle)
    client.force_login(head)
    assert f"strands/communicating/?cycle={cycle.slug}&amp;year=7" in page(client, school)
    text = page(client, school, f"?cycle={cycle.slug}&year=7", "dashboard-strand", strand="communicating")
    assert "Ravi asks for help" in text
    assert "Mina" not in text


def test_an_unknown_strand_is_not_found(client, head, cycle, school):
    judged(cycle)
    rebuild(cycle)
    client.force_login(head)
    assert client.get(reverse("dashboard-strand", args=[school.slug, "no-such-strand"])).status_code == 404


def test_a_step_back_and_no_movement_are_named(client, head, cycle, school):
    judged(cycle, name="Back", step=1, previous=2)
    still = judged(cycle, name="Still", step=2, previous=2)
    review = ReviewFactory(pupil=still.pupil, cycle=before(cycle), status="completed", completed_at=cycle.opened_at)
    decided(review, still, step=2, previous=1)
    rebuild(cycle)
    client.force_login(head)
    text = page(client, school)
    assert "No movement (1)" in text
    assert "Still asks for help" in text
    assert "A step back (1)" in text
    assert "Back asks for help" in text


def test_who_needs_a_look_is_narrowed_down_too(client, head, cycle, school):
    earlier = before(cycle)
    for name, year in (("Mina", "7"), ("Ravi", "8")):
        target = judged(cycle, name=name, step=1, previous=2, nc_year=year)
        review = ReviewFactory(pupil=target.pupil, cycle=earlier, status="completed", completed_at=cycle.opened_at)
        decided(review, target, step=1, previous=1)
    rebuild(cycle)
    client.force_login(head)
    everybody, narrowed = page(client, school), page(client, school, "?year=7")
    for words in ("No movement ({})", "A step back ({})", "three weeks ({})"):
        assert words.format(2) in everybody
        assert words.format(1) in narrowed
    assert "Mina asks for help" in narrowed
    assert "Ravi asks for help" not in narrowed


@pytest.mark.parametrize(("days", "words"), [(21, "three weeks (0)"), (22, "three weeks (1)"), (None, "three weeks (1)")])
def test_no_one_to_one_for_three_weeks_is_said(client, head, cycle, school, days, words):
    target = judged(cycle)
    if days is not None:
        OneToOneFactory(pupil=target.pupil, held_on=localdate() - timedelta(days=days))
    rebuild(cycle)
    client.force_login(head)
    assert words in page(client, school)


def test_an_earlier_review_can_be_looked_at(client, head, cycle, school):
    judged(cycle)
    rebuild(cycle)
    earlier = before(cycle)
    judged(earlier, previous=2)
    rebuild(earlier)
    client.force_login(head)
    assert "Earlier review, this school" not in page(client, school)
    text = page(client, school, f"?cycle={earlier.slug}")
    assert "Earlier review, this school" in text
    assert "0 of 1 pupils moved on" in text


def test_the_file_holds_numbers_and_no_names(client, head, cycle, school):
    judged(cycle, name="Ravi")
    rebuild(cycle)
    client.force_login(head)
    response = client.get(reverse("dashboard-csv", args=[school.slug]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Strand", "Pupils who moved on"]
    assert rows[1][:2] == ["All strands", "1 of 1"]
    assert "Ravi" not in response.content.decode()


def test_before_the_first_figures_there_is_no_file(client, head, school):
    client.force_login(head)
    assert client.get(reverse("dashboard-csv", args=[school.slug])).status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(text):
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Communicating", "1 of 3", "c", 12])
def test_other_cells_are_written_as_they_are(text):
    assert as_text(text) == str(text)


def test_the_names_behind_a_cell_do_not_grow_in_queries(client, head, cycle, school):
    judged(cycle)
    rebuild(cycle)
    client.force_login(head)
    url = reverse("dashboard-strand", args=[school.slug, "communicating"])
    assert_does_not_grow(client, url, lambda: [judged(cycle, name=f"P{n}") for n in range(29)], at_most=10)


@pytest.mark.parametrize("query", ["", "?year=7"])
def test_the_dashboard_does_not_grow_in_queries(client, head, cycle, school, query):
    judged(cycle, nc_year="7")
    rebuild(cycle)
    client.force_login(head)
    url = reverse("school-dashboard", args=[school.slug]) + query
    assert_does_not_grow(client, url, lambda: [judged(cycle, name=f"P{n}", nc_year="7") for n in range(29)], at_most=14)
