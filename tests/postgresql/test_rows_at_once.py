"""Two hundred pairs at one row in the same moment; `make drills` does a thousand with the same code."""

import pytest

from assessments.services import rows
from schools.merge import Merge
from tests.drills.savers import Desk, pairs

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 200


def test_of_two_savers_nobody_is_overwritten_silently_and_different_fields_are_merged():
    came = list(pairs(Desk.make(), PAIRS))
    assert [wrong for pair in came for wrong in pair.wrongs] == []
    assert sum(pair.met for pair in came) > PAIRS // 2, "the savers must really meet"


def test_with_the_check_off_the_drill_sees_overwrites(monkeypatch):
    def without_looking(*, base, theirs, mine):
        return Merge({**theirs, **mine}, (), ())

    monkeypatch.setattr(rows, "merge", without_looking)
    wrongs = [wrong for pair in pairs(Desk.make(), 8) for wrong in pair.wrongs]
    assert any("was overwritten by" in wrong for wrong in wrongs)
