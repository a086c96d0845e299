"""The third and fourth fence: same-school foreign keys and row-level security, both on PostgreSQL.

Two roles: the migrator owns the tables and passes row-level security (migrations, dump, restore); the application
role is all that web, worker and commands ever use. The `select` inside a policy is evaluated once a query; without it
PostgreSQL parses the list for every row.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection as default_connection
from django.db import migrations, models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

MIGRATOR = "send_migrator"
APPLICATION = "send_application"

SCHOOLS_IN_SCOPE = "school_id = ANY ((select coalesce(nullif(current_setting('app.school_ids', true), ''), '{}')::bigint[])::bigint[])"
SUMMARIES_IN_SCOPE = (
    "publication_id IS NOT NULL AND "
    "school_id = ANY ((select coalesce(nullif(current_setting('app.summary_school_ids', true), ''), '{}')::bigint[])::bigint[])"
)
ROW_LEVEL_SECURITY = ("ENABLE", "FORCE")


def fence(*model_names: str) -> migrations.RunPython:
    """Fence school-owned tables of the migration's app: rows seen by school, and references only within a school."""
    return _on_postgresql(model_names, _fence_table)


def fence_reference(model_name: str, field_name: str) -> migrations.RunPython:
    """Fence a reference that came to a fenced table later: what it names is of the row's own school."""
    return _on_postgresql((model_name,), lambda schema_editor, model: None, only=field_name)


def fence_published(*model_names: str, where: str = "") -> migrations.RunPython:
    """Fence tables of figures: written by their school, read by it, and once published by whoever may read the publication.

    `where` says which rows are published in a table without a publication.
    """
    return _on_postgresql(model_names, partial(_fence_published_table, where=where))


def fence_log(*model_names: str) -> migrations.RunPython:
    """Fence append-only tables whose school may be empty: rows can be added and read, never changed or removed."""
    return _on_postgresql(model_names, _fence_log_table)


def _on_postgresql(model_names: tuple[str, ...], fence_table: Any, only: str = "") -> migrations.RunPython:
    def forwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        app_label = forwards.app_label  # type: ignore[attr-defined]
        found = [apps.get_model(app_label, name) for name in model_names]
        for model in found:
            fence_table(schema_editor, model)
        for model in found:
            for statement in same_school_keys(model, only):
                schema_editor.execute(statement)

    operation = _Fence(forwards, migrations.RunPython.noop)
    return operation


class _Fence(migrations.RunPython):
    """RunPython that knows its app, so that a migration names its models without repeating the label."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.code.app_label = app_label  # type: ignore[attr-defined]
        super().database_forwards(app_label, schema_editor, from_state, to_state)


def _enable(schema_editor: Any, table: str) -> None:
    for word in ROW_LEVEL_SECURITY:
        schema_editor.execute(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY")


def _fence_table(schema_editor: Any, model: type[models.Model]) -> None:
    table = model._meta.db_table
    _enable(schema_editor, table)
    schema_editor.execute(f"CREATE POLICY own_school ON {table} USING ({SCHOOLS_IN_SCOPE}) WITH CHECK ({SCHOOLS_IN_SCOPE})")
    schema_editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {table}_school_key UNIQUE (school_id, id)")


def _fence_published_table(schema_editor: Any, model: type[models.Model], where: str) -> None:
    _fence_table(schema_editor, model)
    table = model._meta.db_table
    published = SUMMARIES_IN_SCOPE if _has(model, "publication") else SUMMARIES_IN_SCOPE.removeprefix("publication_id IS NOT NULL AND ")
    published = f"{where} AND {published}" if where else published
    schema_editor.execute(f"CREATE POLICY published ON {table} FOR SELECT USING ({published})")


def _fence_log_table(schema_editor: Any, model: type[models.Model]) -> None:
    table, scope = model._meta.db_table, f"school_id IS NULL OR {SCHOOLS_IN_SCOPE}"
    _enable(schema_editor, table)
    schema_editor.execute(f"CREATE POLICY read ON {table} FOR SELECT USING ({scope})")
    schema_editor.execute(f"CREATE POLICY append ON {table} FOR INSERT WITH CHECK ({scope})")


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())


def same_school_keys(model: type[models.Model], only: str = "") -> list[str]:
    """Return one statement for each foreign key to a school-owned table: (school_id, x_id) must exist there as (school_id, id).

    `only` asks for the one of that field.
    """
    table = model._meta.db_table
    statements = []
    for field in model._meta.concrete_fields:
        target = field.remote_field and field.remote_field.model
        if not target or not _has(target, "school") or target._meta.label == "schools.Membership":
            continue
        if target._meta.get_field("school").null or only not in ("", field.name):
            continue
        statements.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{field.column}_same_school FOREIGN KEY (school_id, {field.column}) "
            f"REFERENCES {target._meta.db_table} (school_id, id) DEFERRABLE INITIALLY DEFERRED"
        )
    return statements


def unsafe_role_reasons(connection: "BaseDatabaseWrapper | None" = None) -> list[str]:
    """Say why the connected role could pass row-level security; an empty list when it could not, or off PostgreSQL."""
    connection = connection or default_connection
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls,"
            " EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "         WHERE n.nspname = current_schema() AND c.relkind = 'r' AND pg_has_role(r.oid, c.relowner, 'MEMBER'))"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        name, is_superuser, bypasses, owns = cursor.fetchone()
    reasons = {"is a superuser": is_superuser, "has BYPASSRLS": bypasses, "owns tables": owns}
    return [f"the database role {name} {reason}" for reason, is_true in reasons.items() if is_true]


def role_statements(migrator: str = MIGRATOR, application: str = APPLICATION) -> list[str]:
    """Return the statements, safe to run twice, that create both roles; they need a role that may create roles."""
    return [
        _create_role(migrator, "LOGIN CREATEDB BYPASSRLS NOSUPERUSER"),
        _create_role(application, "LOGIN NOCREATEDB NOBYPASSRLS NOSUPERUSER NOCREATEROLE"),
    ]


def _create_role(name: str, rights: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}') "  # noqa: S608 - the two names above
        f'THEN CREATE ROLE "{name}"; END IF; END $$; '
        f'ALTER ROLE "{name}" {rights};'
    )


def grant_statements(application: str = APPLICATION) -> list[str]:
    """Return the statements that let the application role work with the tables of the connected owner, and no more."""
    role = f'"{application}"'
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON schools_auditevent FROM {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
