"""No school, no query; no row of one school read or written in another's scope."""

import pytest
from django.db import connection

from pupils.models import Pupil
from schools.models import School
from schools.tenancy import NoSchool, WrongSchool, across_schools, in_school
from tests.factories.pupils import PupilFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        lambda: Pupil.objects.all(),
        lambda: Pupil.objects.exists(),
        lambda: Pupil.objects.count(),
        lambda: Pupil.objects.create(forename="A"),
        lambda: Pupil.objects.bulk_create([Pupil(forename="A")]),
        lambda: Pupil(forename="A").save(),
    ],
)
def test_a_school_table_refuses_a_query_without_a_school(query) -> None:
    with pytest.raises(NoSchool):
        query()


def test_a_scope_shows_its_own_school_only(school: School, foreign_school: School) -> None:
    own, foreign = PupilFactory(school=school), PupilFactory(school=foreign_school)
    with in_school(school):
        assert list(Pupil.objects.all()) == [own]
    with in_school(foreign_school):
        assert list(Pupil.objects.all()) == [foreign]


def test_a_row_of_another_school_is_not_saved(school: School, foreign_school: School) -> None:
    pupil = PupilFactory(school=foreign_school)
    with in_school(school):
        with pytest.raises(WrongSchool):
            pupil.save()
        with pytest.raises(WrongSchool):
            Pupil.objects.bulk_create([Pupil(school=foreign_school)])
        with pytest.raises(WrongSchool):
            pupil.delete()
        with pytest.raises(WrongSchool):
            Pupil.objects.update(school=foreign_school)


def test_leaving_an_inner_scope_gives_the_outer_one_back(school: School, foreign_school: School) -> None:
    PupilFactory(school=school)
    PupilFactory(school=foreign_school)
    with in_school(school):
        with in_school(foreign_school):
            assert Pupil.objects.get().school_id == foreign_school.pk
        assert Pupil.objects.get().school_id == school.pk
        with pytest.raises(ZeroDivisionError), in_school(foreign_school):
            raise ZeroDivisionError
        assert Pupil.objects.get().school_id == school.pk
    with pytest.raises(NoSchool):
        Pupil.objects.exists()


def test_the_database_forgets_the_school_when_the_scope_closes(school: School) -> None:
    if connection.vendor != "postgresql":
        return
    PupilFactory(school=school)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pupils_pupil")
        assert cursor.fetchone() == (0,)
    with in_school(school), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pupils_pupil")
        assert cursor.fetchone() == (1,)


def test_housekeeping_sees_the_named_schools(school: School, foreign_school: School) -> None:
    PupilFactory(school=school)
    PupilFactory(school=foreign_school)
    with across_schools([school.pk, foreign_school.pk]):
        assert Pupil.objects.count() == 2
