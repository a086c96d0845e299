"""A school's own dashboard: what its rows say, narrowed down by any filters at once, with the names behind every cell."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from assessments.models import Review, ReviewCycle
from reports import inside, summaries
from reports.counted import sliced
from reports.models import ALL, CycleSummary
from reports.views.exports import as_text
from schools.models import School
from schools.tenancy import in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import OneToOneFactory, TargetFactory, strand_of
from tests.reports.recount import fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def language(partnership):
    return strand_of(partnership)


@pytest.fixture
def cycle(school: School) -> ReviewCycle:
    return ReviewCycleFactory(school=school)


def judged(cycle: ReviewCycle, *, step: int | None = 2, previous: int = 1, name: str = "Ravi", **facts: object) -> Target:
    """One pupil with one judged target in a completed review; `facts` are those of the review."""
    pupil = PupilFactory(school=cycle.school, forename=name)
    target = TargetFactory(pupil=pupil, start=1, aim=4, wording=f"{name} asks for help")
    review = ReviewFactory(pupil=pupil, cycle=cycle, status="completed", completed_at=cycle.opened_at, **facts)
    decided(review, target, step, previous)
    return target


def decided(review: Review, target: Target, step: int | None, previous: int) -> None:
    key = target.strand.key if target.strand else ""
    stored = {"start": 1, "aim": 4, "previous": previous, "previous_term": previous, "strand_key": key, "counts": True}
    JudgementFactory(review=review, target=target, step=step, **stored)


def before(cycle: ReviewCycle, **fields: object) -> ReviewCycle:
    """The cycle before this one."""
    dates = {"due_on": cycle.due_on - timedelta(days=90), "opens_on": cycle.opens_on - timedelta(days=90)}
    return ReviewCycleFactory(school=cycle.school, number=2, name="Earlier", **dates, **fields)


def rebuild(cycle: ReviewCycle) -> None:
    with in_school(cycle.school):
        summaries.rebuild(cycle)


def page(client, school: School, query: str = "", name: str = "school-dashboard", **parts: str) -> str:
    return client.get(reverse(name, kwargs={"slug": school.slug, **parts}) + query).text


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


@pytest.fixture
def two_reviews(cycle):
    """Two cycles: in the earlier one Year 7 stayed, and Year 8 moved on; in the later one the other way round."""
    earlier = before(cycle, academic_year=cycle.academic_year - 1)
    for each, steps in ((earlier, {"7": 2, "8": 1}), (cycle, {"7": 1, "8": 2})):
        for year, previous in steps.items():
            judged(each, previous=previous, nc_year=year, registration_group="B", has_pupil_premium=year == "7")
        rebuild(each)


TREND = '<h2 id="part-review-by-review">'


def trend_in(text: str) -> list[str]:
    """The numbers of "Review by review", the latest first."""
    return re.findall(r'<td class="num">(.*?)</td>', text.split(TREND)[1].split("</table>")[0]) if TREND in text else []


@pytest.mark.parametrize(
    ("query", "numbers", "words"),
    [
        ("", ["1 of 2", "1 of 2"], ""),
        ("?year=7", ["1 of 1", "0 of 1"], "Narrowed down to Year: Year 7. Reviews that judged no such pupil are left out."),
        ("?year=8", ["0 of 1", "1 of 1"], "Year: Year 8."),
        ("?premium=yes", ["1 of 1", "0 of 1"], "Pupil premium: Yes."),
        ("?eal=no", ["1 of 2", "1 of 2"], "EAL: No."),
        ("?group=B", ["1 of 2", "1 of 2"], "Over all pupils."),
        ("?year=7&premium=yes", ["1 of 2", "1 of 2"], "Over all pupils."),
    ],
)
def test_review_by_review_follows_one_filter(client, head, school, two_reviews, query, numbers, words):
    client.force_login(head)
    text = page(client, school, query)
    assert trend_in(text) == numbers
    assert words in text
    assert ("Over all pupils." in text) == (words == "Over all pupils.")


def test_review_by_review_leaves_out_reviews_that_judged_nobody_of_the_filter(client, head, cycle, school, two_reviews):
    judged(cycle, nc_year="9")
    rebuild(cycle)
    client.force_login(head)
    assert trend_in(page(client, school, "?year=9")) == ["1 of 1"]


def test_a_strand_has_its_own_trend_in_the_slice(client, head, cycle, school, two_reviews):
    review = ReviewFactory(pupil=PupilFactory(school=school), cycle=cycle, status="completed", completed_at=cycle.opened_at, nc_year="7")
    other = TargetFactory(pupil=review.pupil, start=1, aim=4, strand=strand_of(school.partnership, "independence"))
    decided(review, other, step=2, previous=1)
    rebuild(cycle)
    client.force_login(head)
    assert trend_in(page(client, school, "?year=7")) == ["2 of 2", "0 of 1"]
    assert trend_in(page(client, school, "?year=7", "dashboard-strand", strand="communicating")) == ["1 of 1", "0 of 1"]
    assert trend_in(page(client, school, "", "dashboard-strand", strand="communicating")) == ["1 of 2", "1 of 2"]


SLICED = "By year, need and other groups"


def test_without_a_filter_the_groups_can_be_unfolded(client, head, school, two_reviews):
    client.force_login(head)
    text = page(client, school)
    groups = text.split(SLICED)[1].split("</details>")[0]
    assert re.findall(r'<tr><th scope="row">(.*?)</th><td class="num nowrap">(.*?)</td>', groups) == [
        ("Year 7", "1 of 1"), ("Year 8", "0 of 1"), ("Yes", "1 of 1"), ("No", "0 of 1"),
    ]  # fmt: skip
    assert "The term so far" not in groups
    assert SLICED not in page(client, school, "?year=7")


def test_the_term_stands_below_where_it_has_several_reviews(client, head, cycle, school, two_reviews):
    with in_school(school):
        ReviewCycle.objects.exclude(pk=cycle.pk).update(academic_year=cycle.academic_year, term=cycle.term)
        Review.objects.filter(nc_year="8").update(enrolment="G")
    judged(cycle, nc_year="9")
    rebuild(cycle)
    client.force_login(head)
    groups = page(client, school).split(SLICED)[1].split("</details>")[0]
    of_term = groups.split("The term so far")[1]
    assert "Year 8" in groups
    assert "Year 9" in of_term
    assert "Year 8" not in of_term, "guests are no part of the term"


def test_groups_that_tell_nobody_apart_are_left_out(client, head, cycle, school):
    judged(cycle, nc_year="7")
    rebuild(cycle)
    client.force_login(head)
    assert SLICED not in page(client, school)


def test_a_kind_of_target_has_no_reviews(school, cycle):
    judged(cycle)
    soft = judged(cycle, nc_year="8")
    with in_school(school):
        Target.objects.filter(pk=soft.pk).update(kind=Target.Kind.SOFT_SKILL, skill=soft.strand.skills.all()[0])
    rebuild(cycle)
    with in_school(school):
        groups = {group.title: [(line.name, *line.cells) for line in group.lines] for group in sliced(cycle).review}
    assert groups["Kind of target"] == [("Personal target", "1 of 1", "–", "–", "–"), ("Soft-skill target", "1 of 1", "–", "–", "–")]
    assert groups["Year"] == [("Year 7", "1 of 1", "1 of 1", "0", "0"), ("Year 8", "1 of 1", "1 of 1", "0", "0")]


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


def test_the_dashboard_does_not_grow_in_queries(client, head, cycle, school):
    judged(cycle)
    rebuild(cycle)
    client.force_login(head)
    url = reverse("school-dashboard", args=[school.slug])
    assert_does_not_grow(client, url, lambda: [judged(cycle, name=f"P{n}") for n in range(29)], at_most=14)
