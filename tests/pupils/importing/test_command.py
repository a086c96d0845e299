"""The command brings in all rows or none, and says which row and column stopped it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pupils.models import RollImport
from schools.tenancy import in_school
from tests.pupils.importing.checksums import table_checksums
from tests.pupils.importing.rolls import BAD_ROWS, FILES, GOOD, REFUSED, pupils
from tests.pupils.importing.test_refusals import REASONS


def run(school, name, **options) -> str:
    said = StringIO()
    call_command("import_roll", FILES / name, school=school.slug, stdout=said, **options)
    return said.getvalue()


@pytest.mark.parametrize("name", GOOD)
def test_every_good_file_comes_in_whole(school, name):
    assert run(school, name, all=True).startswith("Imported: ")
    before = table_checksums()
    assert ", 0 changed" in run(school, name, all=True)
    assert table_checksums() == before


@pytest.mark.parametrize("name", GOOD)
def test_a_dry_run_writes_nothing(school, name):
    before = table_checksums()
    assert run(school, name, all=True, dry_run=True).startswith("Would be imported: ")
    assert table_checksums() == before


@pytest.mark.parametrize("name", BAD_ROWS + REFUSED)
def test_any_error_writes_nothing(school, name):
    before = table_checksums()
    with pytest.raises(CommandError) as refused:
        run(school, name, all=True)
    assert REASONS.get(name, "row ") in str(refused.value)
    assert refused.value.returncode == 1
    assert table_checksums() == before


def test_without_all_only_pupils_with_support_or_a_plan_are_kept(school):
    assert "3 new" in run(school, "ctf_full_v26.xml")
    assert len(pupils(school)) == 3


def test_answers_in_json(school):
    said = json.loads(run(school, "ctf_full_v26.xml", json=True))
    assert said["written"] is True
    assert said["counts"]["new"] == 3
    assert {"row": 1, "message": "Contact 2 has a court order: somebody has to check who may receive letters."} in said["rows"]


def test_errors_in_json(school):
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("import_roll", FILES / "bad_code.csv", school=school.slug, json=True, stdout=said)
    found = json.loads(said.getvalue())
    assert found["written"] is False
    assert {(error["row"], error["column"]) for error in found["errors"]} == {(2, "Year"), (2, "SEN Status")}


def test_the_history_says_that_it_was_the_command(school, client, senco):
    run(school, "ctf_full_v26.xml")
    with in_school(school):
        assert RollImport.objects.get().by is None
    client.force_login(senco)
    assert "A command on the server" in client.get(f"/schools/{school.slug}/imports/").content.decode()


def test_an_unknown_school_or_file_is_named_plainly(school, tmp_path):
    with pytest.raises(CommandError, match="no school with this slug"):
        call_command("import_roll", FILES / "roll.xlsx", school="nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_roll", tmp_path / "none.xml", school=school.slug)
