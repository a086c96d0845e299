"""A published version of a target language never changes: the database refuses it, whoever asks.

Rows can still be deleted, which nothing in the product does to a published version; targets that point at it protect it.
A migration that alters one of these tables opens them before and closes them after, since SQLite then builds the table anew.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

REFUSAL = "a published target language never changes"

_LANGUAGE_OF = {
    "targets_strand": "{row}.language_id",
    "targets_skill": "(SELECT language_id FROM targets_strand WHERE id = {row}.strand_id)",
    "targets_descriptor": (
        "(SELECT language_id FROM targets_strand JOIN targets_skill ON targets_skill.strand_id = targets_strand.id "
        "WHERE targets_skill.id = {row}.skill_id)"
    ),
}
_REOPENED = "OLD.state = 'published' AND (NEW.state, NEW.version, NEW.partnership_id) <> (OLD.state, OLD.version, OLD.partnership_id)"

Case = tuple[str, str, str]


def close() -> migrations.RunPython:
    """Refuse changes of published rows from here on."""
    return migrations.RunPython(_close, _open)


def open_again() -> migrations.RunPython:
    """Allow changes, for as long as a migration alters the tables."""
    return migrations.RunPython(_open, _close)


def _cases() -> Iterator[Case]:
    """Name what is refused: table, INSERT or UPDATE, condition."""
    yield "targets_targetlanguage", "UPDATE", _REOPENED
    for table in _LANGUAGE_OF:
        yield table, "INSERT", _is_published(table, "NEW")
        yield table, "UPDATE", _is_published(table, "NEW", "OLD")


def _is_published(table: str, *rows: str) -> str:
    languages = ", ".join(_LANGUAGE_OF[table].format(row=row) for row in rows)
    return f"'published' IN (SELECT state FROM targets_targetlanguage WHERE id IN ({languages}))"  # noqa: S608 - the tables above


def _on_postgresql(table: str, event: str, condition: str) -> Iterator[str]:
    name = _name(table, event)
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} "
        f"THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _on_sqlite(table: str, event: str, condition: str) -> Iterator[str]:
    yield f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def _name(table: str, event: str) -> str:
    return f"{table}_is_final_on_{event.lower()}"


def _close(apps: Any, schema_editor: Any) -> None:
    write = _on_postgresql if schema_editor.connection.vendor == "postgresql" else _on_sqlite
    for case in _cases():
        for statement in write(*case):
            schema_editor.execute(statement, params=None)


def _open(apps: Any, schema_editor: Any) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, event, _ in _cases():
        name = _name(table, event)
        schema_editor.execute(f"DROP FUNCTION {name}() CASCADE" if is_postgresql else f"DROP TRIGGER {name}", params=None)
