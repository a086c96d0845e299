"""An uploaded roll is kept for 24 hours and no longer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from pupils.models import RollImport
from pupils.services import roll, roll_files
from pupils.tasks import discard_stale_roll_imports
from schools.tenancy import in_school
from tests.pupils.importing.rolls import file_bytes


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stage(school, by):
    with in_school(school):
        return roll.stage_roll(school=school, name="roll.xlsx", data=file_bytes("roll.xlsx"), by=by)


def state(school, staged):
    with in_school(school):
        found = RollImport.objects.get(pk=staged.pk)
    return found.state, found.staged_file != ""


def test_what_nobody_applied_for_a_day_is_set_aside_and_its_file_goes(school, sister_school, senco, charlie):
    staged, other = stage(school, senco), stage(sister_school, charlie)
    assert roll.discard_stale_imports(now=timezone.now() + timedelta(hours=25)) == 2
    assert state(school, staged) == state(sister_school, other) == ("discarded", False)
    assert default_storage.listdir("imports")[1] == []


def test_a_younger_one_stays(school, senco):
    staged = stage(school, senco)
    assert roll.discard_stale_imports(now=timezone.now() + timedelta(hours=23)) == 0
    assert state(school, staged) == ("staged", True)
    discard_stale_roll_imports()
    assert state(school, staged) == ("staged", True)


def test_a_file_that_no_row_knows_goes_too(school):
    roll_files.keep(b"left behind by a transaction that was rolled back")
    assert roll.discard_stale_imports(now=timezone.now() + timedelta(hours=25)) == 1


def test_without_any_upload_there_is_nothing_to_do(school):
    assert roll.discard_stale_imports(now=timezone.now()) == 0


def test_an_applied_import_is_not_set_aside(school, senco):
    staged = stage(school, senco)
    with in_school(school):
        plan = roll.plan_staged(staged, school)
        roll.apply_roll(roll_import=staged, school=school, digest=plan.digest, leave_problems_out=False, by=senco)
    roll.discard_stale_imports(now=timezone.now() + timedelta(hours=25))
    assert state(school, staged) == ("applied", False)


def test_files_are_for_the_owner_alone(school, senco):
    staged = stage(school, senco)
    assert Path(default_storage.path(staged.staged_file)).stat().st_mode & 0o077 == 0
