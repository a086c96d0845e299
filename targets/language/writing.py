"""Writes the one form that a language has as a file: fixed order, two spaces, letters as they are, a last line end."""

import json
from typing import Any

from targets.language.content import FORMAT, Content, SkillWords, StrandWords, Wording


def write(content: Content) -> str:
    """Return the file of a language. The same content is always the same bytes."""
    document = {"format": FORMAT, "strands": [_strand(strand) for strand in content.strands]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _strand(strand: StrandWords) -> dict[str, Any]:
    return {"key": strand.key, "name": strand.name, "skills": [_skill(skill) for skill in strand.skills]}


def _skill(skill: SkillWords) -> dict[str, Any]:
    return {"key": skill.key, "name": skill.name, "steps": [_step(wording) for wording in skill.steps]}


def _step(wording: Wording) -> dict[str, Any]:
    pupil = {"early": wording.early, "primary": wording.primary, "secondary": wording.secondary}
    return {"staff": wording.staff, "pupil": pupil}
