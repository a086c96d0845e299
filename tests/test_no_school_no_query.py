"""The second fence, over every school-owned table there is."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from schools.models import Partnership, School
from schools.tenancy import NoSchool, SchoolOwned, across_schools, in_school
from tests.world import build_world

pytestmark = pytest.mark.django_db

OURS = {"schools", "pupils", "targets", "assessments", "reports"}
SCHOOL_TABLES = [model for model in apps.get_models() if issubclass(model, SchoolOwned)]

POINTS_AT_A_SCHOOL_FROM_OUTSIDE = {
    "schools.PartnershipSchool": "which schools feed a partnership is read before any school is known",
    "schools.Membership": "sign-in asks it which school may be opened",
    "schools.Invitation": "its page opens before the person has a role",
    "schools.Token": "its page opens before any school is known; holds ids, hash and expiry only",
    "schools.AuditEvent": "its school may be empty; append-only with a policy of its own",
    "reports.Job": "the sweeper runs before any school is known; holds ids only",
}


def tables_outside_the_fence(models_to_check: list[type[models.Model]]) -> set[str]:
    """Name the models with a key to a school that are neither school-owned nor on the reviewed list."""
    return {
        model._meta.label
        for model in models_to_check
        if any(field.remote_field and field.remote_field.model is School for field in model._meta.concrete_fields)
        and not issubclass(model, SchoolOwned)
        and model._meta.label not in POINTS_AT_A_SCHOOL_FROM_OUTSIDE
    }


def test_every_table_with_a_school_is_fenced_or_reviewed() -> None:
    assert tables_outside_the_fence([model for model in apps.get_models() if model._meta.app_label in OURS]) == set()


def test_an_unfenced_table_is_found() -> None:
    class Stray(models.Model):
        school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "strays"

    assert tables_outside_the_fence([Stray]) == {"strays.Stray"}
    del apps.all_models["strays"]


@pytest.mark.parametrize("model", SCHOOL_TABLES, ids=lambda model: model.__name__)
def test_without_a_school_no_query_starts(model: type[SchoolOwned]) -> None:
    queries = [
        lambda: model.objects.all(),
        lambda: model.objects.exists(),
        lambda: model.objects.first(),
        lambda: model.objects.in_bulk(),
        lambda: model.objects.update(pk=1),
        lambda: model.objects.bulk_create([model()]),
        lambda: model().save(),
    ]
    for query in queries:
        with pytest.raises(NoSchool):
            query()


@pytest.mark.parametrize("model", SCHOOL_TABLES, ids=lambda model: model.__name__)
def test_a_scope_shows_its_own_rows_and_no_others(model: type[SchoolOwned], partnership: Partnership) -> None:
    own, sister = build_world("own", partnership), build_world("sister", partnership)
    with in_school(own.school):
        assert {row.school_id for row in model.objects.all()} == {own.school.pk}
    with in_school(sister.school):
        assert {row.school_id for row in model.objects.all()} == {sister.school.pk}
    with across_schools([own.school.pk, sister.school.pk]):
        assert {row.school_id for row in model.objects.all()} == {own.school.pk, sister.school.pk}


def opens_several_schools(folder: Path) -> set[str]:
    """Name the modules below a folder that use across_schools, the one that defines it aside."""
    modules = (path for app in OURS for path in (folder / app).rglob("*.py"))
    return {str(path.relative_to(folder)) for path in modules if "across_schools" in path.read_text() and path.name != "tenancy.py"}


def test_each_use_of_several_schools_at_once_has_its_reason_on_record() -> None:
    decision = Path(settings.BASE_DIR, "docs", "adr", "0003-four-fences.md").read_text()
    assert {name for name in opens_several_schools(Path(settings.BASE_DIR)) if f"| `{name}` |" not in decision} == set()


def test_an_unrecorded_use_is_found(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "stray.py").write_text("from schools.tenancy import across_schools\n")
    assert opens_several_schools(tmp_path) == {"reports/stray.py"}
