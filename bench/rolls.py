"""Bringing in a roll, file to rows, against COPY of the very rows that came of it."""

from collections.abc import Iterator

import psycopg
from django.db import connection

from bench.database import as_owner
from bench.seeding import Ground
from bench.stopwatch import Case
from pupils.services import roll
from schools.tenancy import in_school

GOAL = 25
HEADINGS = (
    "Surname,Forename,Date of birth,Gender,Year,Reg,SEN status,SEN need,"
    "Contact 1 title,Contact 1 surname,Contact 1 relationship,Contact 1 parental responsibility,Contact 1 address,Contact 1 postcode"
)
TABLES = ("pupils_pupil", "pupils_supportstatus", "pupils_need", "pupils_contact")


def file_of(rows: int) -> bytes:
    """A roll as a school's system writes it; nobody in it exists."""
    pupils = (f"Surname{n},Forename{n},0{n % 9 + 1}/05/2014,F,7,7-{n // 30:02d},K,SLCN" for n in range(rows))
    lines = (f"{pupil},Mrs,Surname{n},Mother,Y,{n} Test Lane,TS1 1ST" for n, pupil in enumerate(pupils))
    return "\n".join([HEADINGS, *lines]).encode()


def cases(ground: Ground, rows: int) -> Iterator[Case]:
    data, school = file_of(rows), ground.empty

    def bring_in() -> None:
        read = roll.read_for(school, "roll.csv", data)
        with in_school(school):
            roll.import_whole_roll(roll=read, sha256="0" * 64, keep_all=True, is_rehearsal=False)

    def clear() -> None:
        with in_school(school), connection.cursor() as cursor:
            for table in (*reversed(TABLES), "pupils_rollimport"):
                cursor.execute(f"DELETE FROM {table} WHERE school_id = %s", [school.pk])  # noqa: S608 - the tables above

    bring_in()
    with as_owner() as owner:
        copies = {table: _copy_out(owner, table, school.pk) for table in TABLES}
        clear()
        yield Case(f"import: a roll of {rows:,}", GOAL, bring_in, lambda: _copy_in(owner, copies), clear)


def _copy_out(owner: psycopg.Connection, table: str, school_id: int) -> bytes:
    query = f"COPY (SELECT * FROM {table} WHERE school_id = {school_id}) TO STDOUT"  # noqa: S608 - the tables above
    with owner.cursor().copy(query) as copy:
        return b"".join(bytes(part) for part in copy)


def _copy_in(owner: psycopg.Connection, copies: dict[str, bytes]) -> None:
    with owner.transaction():
        for table, rows in copies.items():
            with owner.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows)
