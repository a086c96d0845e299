"""What a round says of each skill."""

import pytest

from assessments.models import ModerationMark
from assessments.services.moderation import results


def mark(first: int, step: int, skill: str = "Asking for help", note: str = "") -> ModerationMark:
    return ModerationMark(skill=skill, skill_key=skill, first=first, step=step, note=note)


def test_results_are_by_skill_with_all_of_them_first():
    found = results.results_of([mark(1, 1), mark(1, 2), mark(0, 4, note="Say how often"), mark(2, 2, "Sharing")], {})
    assert [(each.name, each.n, each.same, each.near) for each in found] == [
        ("All skills", 4, 2, 1), ("Asking for help", 3, 1, 1), ("Sharing", 1, 1, 0)
    ]  # fmt: skip
    assert [(pair.first, pair.step) for pair in found[0].furthest] == [(0, 4)]
    assert found[1].notes == ["Say how often"]
    assert found[0].kappa is None


def test_no_kappa_under_ten_pairs():
    nine = [mark(step % 5, step % 5) for step in range(9)]
    assert results.results_of(nine, {})[0].kappa is None
    assert results.results_of([*nine, mark(4, 4)], {})[0].kappa.kappa == pytest.approx(1)


def test_a_skill_that_was_renamed_stands_once_under_its_name_of_now():
    renamed = [mark(1, 1), mark(1, 2, "Asking for help")]
    renamed[0].skill = "Ask for help"
    found = results.results_of(renamed, {"Asking for help": "Asking for help in class"})
    assert [(each.name, each.n) for each in found] == [("All skills", 2), ("Asking for help in class", 2)]
