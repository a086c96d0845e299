"""The bench measures what it says: its pages open, its works and floors do their work, and its floor counts what the product counts."""

import pytest
from django.utils.timezone import localdate

from assessments.models import ReviewCycle
from bench import completing, figures, grid, letters, pages, saves
from bench.seeding import Ground, seed
from bench.sizes import Size
from reports.models import ALL, CycleSummary
from reports.slices import FACTS, KIND
from schools.tenancy import in_school

pytestmark = pytest.mark.django_db

FEW = Size(schools=1, pupils=4, targets=2, cycles=2, roll=1, turns=1)
COLUMNS = ["strand_key", "slice", "value", *figures.COLUMNS.split(", ")]


@pytest.fixture
def ground(settings, tmp_path) -> Ground:
    settings.MEDIA_ROOT = tmp_path
    settings.ROOT_URLCONF = "bench.urls"
    return seed(FEW, localdate())


def counted(cycle: ReviewCycle) -> list[tuple]:
    return sorted(CycleSummary.objects.filter(cycle=cycle, publication=None).values_list(*COLUMNS))


def test_the_hand_written_statement_counts_what_the_product_counts(ground):
    with in_school(ground.school):
        for cycle in ReviewCycle.objects.select_related("school"):
            by_product = counted(cycle)
            figures.by_hand(ground, cycle)
            assert counted(cycle) == by_product
            assert {slice_name for _, slice_name, *_ in by_product} == {ALL, KIND, *FACTS}
            assert sum(slice_name == ALL for _, slice_name, *_ in by_product) == FEW.targets + 1


@pytest.mark.parametrize("cases", [pages.cases, grid.cases, saves.cases, completing.cases, figures.cases, letters.cases])
def test_every_case_does_its_work_twice(ground, cases):
    for case in cases(ground):
        for turn in (case.floor, case.work) * 2:
            turn()
            case.after()
