"""The fourth fence: what raw SQL as the application role sees, whatever the code above it forgot."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from config.postgresql.base import DatabaseWrapper
from schools.fences import APPLICATION, MIGRATOR, unsafe_role_reasons
from schools.models import Partnership
from schools.tenancy import in_school, reading_published
from tests.database import as_migrator
from tests.test_no_school_no_query import OURS, SCHOOL_TABLES
from tests.world import World, build_world

pytestmark = pytest.mark.django_db

OWNER_OF_THE_CLUSTER = urlsplit(settings.TEST_DATABASE_URL).username
WITHOUT_A_POLICY = {
    "schools_partnership": "names of partnerships; no pupil, no member of staff",
    "schools_partnershipschool": "which schools feed a partnership",
    "schools_programme": "names and colours",
    "schools_school": "looked up by the slug in the address before any school is known",
    "schools_user": "sign-in comes before any school",
    "schools_user_groups": "Django's own; unused",
    "schools_user_user_permissions": "Django's own; unused",
    "schools_membership": "sign-in asks it which school may be opened",
    "schools_invitation": "its page opens before the person has a role",
    "schools_pin": "the PIN of a person, hashed; asked for before any school is known",
    "schools_token": "its page opens before any school is known; ids, hash and expiry only",
    "targets_targetlanguage": "shared by the schools of a partnership",
    "targets_strand": "shared by the schools of a partnership",
    "targets_skill": "shared by the schools of a partnership",
    "targets_descriptor": "shared by the schools of a partnership",
    "assessments_moderationround": "belongs to a partnership; holds no pupil",
    "reports_job": "the sweeper runs before any school is known; ids only",
    "reports_progressreport": "belongs to a partnership; made from published figures",
}


def raw(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def tables_without_policy() -> set[str]:
    """Name our tables on which row-level security is not both enabled and forced, with a policy."""
    rows = raw(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relkind = 'r'"
        " AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid))"
    )
    return {table for (table,) in rows if table.split("_")[0] in OURS}


def test_a_table_without_a_policy_is_on_the_reviewed_list() -> None:
    assert tables_without_policy() == set(WITHOUT_A_POLICY)


@pytest.mark.django_db(transaction=True)
def test_a_table_that_lost_its_policy_is_found() -> None:
    with as_migrator():
        raw("ALTER TABLE pupils_pupil NO FORCE ROW LEVEL SECURITY")
    try:
        assert "pupils_pupil" in tables_without_policy()
    finally:
        with as_migrator():
            raw("ALTER TABLE pupils_pupil FORCE ROW LEVEL SECURITY")


@pytest.fixture
def worlds(partnership: Partnership) -> tuple[World, World]:
    return build_world("own", partnership), build_world("sister", partnership)


@pytest.mark.parametrize("model", SCHOOL_TABLES, ids=lambda model: model.__name__)
class TestRawSql:
    def test_sees_nothing_without_a_school(self, model, worlds) -> None:
        assert raw(f"SELECT * FROM {model._meta.db_table}") == []

    def test_sees_its_own_school_only(self, model, worlds) -> None:
        own, _ = worlds
        with in_school(own.school):
            assert {row[0] for row in raw(f"SELECT school_id FROM {model._meta.db_table}")} == {own.school.pk}

    def test_changes_and_removes_nothing_foreign(self, model, worlds) -> None:
        own, sister = worlds
        with in_school(own.school):
            table = model._meta.db_table
            assert raw(f"UPDATE {table} SET school_id = school_id WHERE school_id = %s", sister.school.pk) == [(0,)]
            assert raw(f"DELETE FROM {table} WHERE school_id = %s", sister.school.pk) == [(0,)]

    def test_moves_no_row_into_another_school(self, model, worlds) -> None:
        own, sister = worlds
        with pytest.raises(DatabaseError, match="row-level security"), in_school(own.school):
            raw(f"UPDATE {model._meta.db_table} SET school_id = %s", sister.school.pk)

    def test_the_owner_sees_both_so_the_rows_are_there(self, model, worlds) -> None:
        own, sister = worlds
        with both_in_scope(own, sister):
            assert {row[0] for row in raw(f"SELECT school_id FROM {model._meta.db_table}")} == {own.school.pk, sister.school.pk}


@contextmanager
def both_in_scope(own: World, sister: World) -> Iterator[None]:
    """The control: the same connection with both schools named in the setting that the policies read."""
    with transaction.atomic():
        raw("SELECT set_config('app.school_ids', %s, true)", f"{{{own.school.pk},{sister.school.pk}}}")
        yield


SAME_SCHOOL_KEYS = [
    (model, field)
    for model in SCHOOL_TABLES
    for field in model._meta.concrete_fields
    if field.remote_field and field.remote_field.model in SCHOOL_TABLES
]


@pytest.mark.parametrize(("model", "field"), SAME_SCHOOL_KEYS, ids=lambda part: getattr(part, "__name__", getattr(part, "name", "")))
def test_a_row_cannot_point_into_another_school(model, field, worlds) -> None:
    """Foreign-key checks pass row-level security, so the key itself holds the school: the third fence."""
    own, sister = worlds
    table, target = model._meta.db_table, field.remote_field.model._meta.db_table
    with both_in_scope(own, sister):
        foreign_id = raw(f"SELECT max(id) FROM {target} WHERE school_id = %s", sister.school.pk)[0][0]
        assert foreign_id
        with pytest.raises(DatabaseError, match=f"{field.column}_same_school"), transaction.atomic():
            point_first_row_at(table, field.column, foreign_id, own)


def point_first_row_at(table: str, column: str, foreign_id: int, own: World) -> None:
    """Of several rows one that points somewhere with this column: another may be of a kind that must not."""
    first_row = f"(SELECT id FROM {table} WHERE school_id = {own.school.pk} ORDER BY {column} IS NULL, id LIMIT 1)"
    raw(f"UPDATE {table} SET {column} = %s WHERE id = {first_row}", foreign_id)
    raw(f"SET CONSTRAINTS {table}_{column}_same_school IMMEDIATE")


def test_published_figures_can_be_read_without_opening_a_pupil(worlds) -> None:
    own, sister = worlds
    with reading_published([own.school.pk, sister.school.pk]):
        assert raw("SELECT count(*) FROM reports_publication") == [(2,)]
        assert raw("SELECT count(*) FROM reports_cyclesummary WHERE publication_id IS NULL") == [(0,)]
        assert raw("SELECT count(*) FROM reports_cyclesummary") == [(2,)]
        assert raw("SELECT count(*) FROM pupils_pupil") == [(0,)]
        assert raw("UPDATE reports_cyclesummary SET pupils = 99") == [(0,)]


@pytest.mark.parametrize("statement", ["UPDATE schools_auditevent SET action = 'x'", "DELETE FROM schools_auditevent"])
def test_audit_rows_are_only_added(worlds, statement: str) -> None:
    own, _ = worlds
    with pytest.raises(DatabaseError, match="permission denied"), in_school(own.school):
        raw(statement)


def test_audit_rows_of_another_school_are_not_seen(worlds) -> None:
    own, sister = worlds
    with in_school(own.school):
        assert {row[0] for row in raw("SELECT school_id FROM schools_auditevent WHERE school_id IS NOT NULL")} == {own.school.pk}
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            raw(
                "INSERT INTO schools_auditevent (school_id, at, action, \"table\", row_id) VALUES (%s, now(), 'x', 'x', 1)",
                sister.school.pk,
            )


@pytest.mark.django_db(transaction=True)
def test_the_next_user_of_a_connection_finds_no_school_set(worlds) -> None:
    own, _ = worlds
    with in_school(own.school):
        assert raw("SELECT current_setting('app.school_ids', true)") == [(f"{{{own.school.pk}}}",)]
    assert raw("SELECT coalesce(nullif(current_setting('app.school_ids', true), ''), 'none')") == [("none",)]


def test_tests_run_as_the_application_role() -> None:
    assert raw("SELECT current_user") == [(APPLICATION,)]
    assert unsafe_role_reasons() == []


@pytest.mark.parametrize(("role", "reason"), [(MIGRATOR, "BYPASSRLS"), (MIGRATOR, "owns tables"), (OWNER_OF_THE_CLUSTER, "superuser")])
def test_start_up_refuses_a_role_that_could_pass_the_policies(role: str, reason: str) -> None:
    unsafe = DatabaseWrapper({**connection.settings_dict, "USER": role}, alias="unsafe")
    with override_settings(DATABASE_ROLE="application"), pytest.raises(ImproperlyConfigured, match=reason):
        unsafe.connect()
    unsafe.close()
    with override_settings(DATABASE_ROLE="migrator"):
        unsafe.connect()
    unsafe.close()


def test_of_moderation_only_given_marks_are_published() -> None:
    partnership = Partnership.objects.create(name="Own", slug="own", kind=Partnership.Kind.TRUST)
    world = build_world("own", partnership)
    with reading_published([world.school.pk]):
        assert raw("SELECT count(*) FROM assessments_moderationmark") == [(0,)]
    with in_school(world.school):
        world.rows["mark"].__class__.objects.filter(pk=world.rows["mark"].pk).update(step=2)
    with reading_published([world.school.pk]):
        assert raw("SELECT count(*) FROM assessments_moderationmark") == [(1,)]
        assert raw("SELECT count(*) FROM assessments_moderationsample") == [(0,)]
