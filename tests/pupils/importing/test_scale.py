"""A roll of thousands costs statements by the batch, never by the row."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils.importing.records import NeedRecord, SupportRecord
from pupils.services import roll_write
from tests.pupils.files.parts import make_upn
from tests.pupils.importing.rolls import bring_in, contact, pupils, row


def rows(how_many, **values):
    return [
        row(
            number,
            upn=make_upn(number),
            forename=f"Forename{number}",
            support=(SupportRecord("K", date(2022, 1, 10)),),
            needs=(NeedRecord("SLCN", 1),),
            contacts=(contact(),),
            **values,
        )
        for number in range(1, how_many + 1)
    ]


def statements(school, brought) -> int:
    with CaptureQueriesContext(connection) as seen:
        bring_in(school, *brought)
    return len(seen)


@pytest.fixture
def one_batch(monkeypatch):
    """SQLite cuts batches by their parameters; so that the rule can be seen on both databases, each statement is counted once."""
    monkeypatch.setattr(type(connection.features), "max_query_params", 1_000_000)


@pytest.mark.usefixtures("one_batch")
def test_new_pupils_do_not_grow_in_statements(school, sister_school):
    assert statements(school, rows(2)) == statements(sister_school, rows(200))
    assert len(pupils(sister_school)) == 200


@pytest.mark.usefixtures("one_batch")
def test_changed_pupils_do_not_grow_in_statements(school, sister_school):
    bring_in(school, *rows(2))
    bring_in(sister_school, *rows(200))
    moved = {"nc_year": "8", "registration_group": "8A"}
    assert statements(school, rows(2, **moved)) == statements(sister_school, rows(200, **moved))


@pytest.mark.usefixtures("one_batch")
def test_the_control_one_batch_a_row_is_seen(school, sister_school, monkeypatch):
    few = statements(school, rows(2))
    monkeypatch.setattr(roll_write, "BATCH", 1)
    assert statements(sister_school, rows(20)) > few + 50
