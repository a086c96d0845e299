"""200 malformed files a format through the service, and 40 of them through the front door: every table's checksum unchanged."""

from datetime import date
from itertools import islice

import pytest

from pupils.importing.reading import read_roll_file
from pupils.importing.safety import RollFileRefused
from pupils.services import roll
from schools.tenancy import in_school
from tests.factories.pupils import PupilFactory
from tests.pupils.files.parts import make_upn
from tests.pupils.importing.checksums import table_checksums
from tests.pupils.importing.mutations import mutate, mutate_workbook
from tests.pupils.importing.pages import refusal, upload
from tests.pupils.importing.rolls import file_bytes

FORMATS = {"ctf_full_v26.xml": mutate, "sims_windows_1252.csv": mutate, "roll.xlsx": mutate_workbook}
HOW_MANY = 200
AT_THE_DOOR = 40  # which hands every file to the same service


def is_malformed(name: str, data: bytes) -> bool:
    """Some injuries leave a file that is as good as before: those are no test."""
    try:
        return any(row.errors for row in read_roll_file(name, data, laestab="8387772", today=date(2025, 11, 22)).rows)
    except RollFileRefused:
        return True


def malformed(name: str):
    good, seed, found = file_bytes(name), 0, 0
    while found < HOW_MANY:
        data = FORMATS[name](good, seed)
        seed += 1
        if is_malformed(name, data):
            found += 1
            yield data


def import_whole(school, name: str, data: bytes) -> None:
    """As the command does it, with everybody kept."""
    rows = roll.read_for(school, name, data)
    with in_school(school):
        roll.import_whole_roll(roll=rows, sha256="0" * 64, keep_all=True, is_rehearsal=False)


@pytest.mark.parametrize("name", FORMATS)
def test_a_malformed_file_writes_nothing(name, school):
    PupilFactory(school=school, surname="Alder", forename="Robin", upn=make_upn(1))
    before = table_checksums()
    for data in malformed(name):
        with pytest.raises((RollFileRefused, roll.RollHasProblems)):
            import_whole(school, name, data)
    assert table_checksums() == before


@pytest.mark.parametrize("name", FORMATS)
def test_a_malformed_file_at_the_front_door_is_refused_or_waits_to_be_looked_at(name, school, senco, client):
    """Nothing of the roll changes; a file with some good rows is staged, and only that is noted."""
    client.force_login(senco)
    before = table_checksums()
    answers = [upload(client, school, name, data) for data in islice(malformed(name), AT_THE_DOOR)]
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert all(refusal(answer) for answer in answers if answer.status_code == 200)
    after = table_checksums()
    assert {table for table in before if before[table] != after[table]} <= {"pupils_rollimport", "schools_auditevent"}


def test_the_checksums_see_a_single_change(school):
    """The control: without it the tests above could not fail."""
    pupil = PupilFactory(school=school)
    before = table_checksums()
    with in_school(school):
        pupil.nc_year = "8"
        pupil.save(update_fields=["nc_year"])
    after = table_checksums()
    assert {table for table in before if before[table] != after[table]} == {"pupils_pupil"}


def test_a_failure_in_the_middle_of_writing_leaves_nothing(school, monkeypatch):
    """The last table fails; the first ones were written in the same transaction and go with it."""
    before = table_checksums()
    monkeypatch.setattr("pupils.services.roll.audit.record_each", _fail)
    with pytest.raises(RuntimeError):
        import_whole(school, "ctf_full_v26.xml", file_bytes("ctf_full_v26.xml"))
    assert table_checksums() == before


def _fail(**_: object) -> None:
    raise RuntimeError
