"""A school's own dashboard, slice by slice: the trend of one filter, and the groups that can be unfolded."""

import re

import pytest

from assessments.models import Judgement, Review, ReviewCycle
from reports.counted import sliced
from schools.models import School
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, strand_of
from tests.reports.judging import before, decided, judged, page, rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def language(partnership):
    return strand_of(partnership)


@pytest.fixture
def cycle(school: School) -> ReviewCycle:
    return ReviewCycleFactory(school=school)


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
    """The pupils who moved on of "Review by review", the latest first."""
    return [moved for moved, _, _ in trend_rows(text)]


def trend_rows(text: str) -> list[tuple[str, ...]]:
    """Pupils who moved on, targets not seen and too new, the latest review first."""
    cells = re.findall(r'<td class="num">(.*?)</td>', text.split(TREND)[1].split("</table>")[0]) if TREND in text else []
    return list(zip(*[iter(cells)] * 3, strict=True))


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


def test_beside_a_rate_stand_those_not_seen_and_too_new(client, head, cycle, school, two_reviews):
    """Two seen and one not seen: a third is more than a fifth."""
    judged(cycle, step=None, nc_year="7")
    new = judged(cycle, nc_year="7")
    with in_school(school):
        Judgement.objects.filter(target=new).update(counts=False)
    rebuild(cycle)
    client.force_login(head)
    text = page(client, school)
    assert trend_rows(text)[0] == ("1 of 2 (incomplete)", "1", "1")
    assert '<td class="num nowrap">1 of 1 (incomplete)</td><td class="num nowrap">1</td><td class="num nowrap">1</td>' in text, "Year 7"
    assert '<span class="small">incomplete, 1 not seen, 1 too new</span>' in text, "its square of the heat table"


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
    assert groups["Kind of target"] == [
        ("Personal target", "1 of 1", "0", "0", "–", "–", "–"),
        ("Soft-skill target", "1 of 1", "0", "0", "–", "–", "–"),
    ]
    assert groups["Year"] == [
        ("Year 7", "1 of 1", "0", "0", "1 of 1", "0", "0"),
        ("Year 8", "1 of 1", "0", "0", "1 of 1", "0", "0"),
    ]
