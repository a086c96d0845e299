"""Two hundred injured files a format: each is refused in plain words or read, its bad rows marked. None crashes."""

from datetime import date
from pathlib import Path

import pytest

from pupils.importing.reading import read_roll_file
from pupils.importing.safety import RollFileRefused
from tests.pupils.files import make_files
from tests.pupils.importing.mutations import mutate, mutate_workbook

HERE = Path(make_files.__file__).parent
TODAY = date(2025, 11, 22)
FORMATS = {"ctf_full_v26.xml": mutate, "sims_windows_1252.csv": mutate, "arbor_semicolon.csv": mutate, "roll.xlsx": mutate_workbook}


@pytest.mark.parametrize("name", FORMATS)
def test_an_injured_file_is_refused_or_read(name):
    good = (HERE / name).read_bytes()
    answers = [answer(name, FORMATS[name](good, seed)) for seed in range(200)]
    refusals = [each for each in answers if isinstance(each, str)]
    assert refusals
    assert all(each.endswith((".", "?")) for each in refusals)
    rows = [row for each in answers if not isinstance(each, str) for row in each.rows]
    assert all(row.errors or (row.surname and row.forename) for row in rows)


def answer(name, data):
    try:
        return read_roll_file(name, data, laestab="8387772", today=TODAY)
    except RollFileRefused as refusal:
        return str(refusal)
