"""What the steps of a target look like, one tap away from whoever records one."""

from collections.abc import Iterable

from targets.models import Descriptor, Target


def with_meanings(targets: Iterable[Target]) -> list[Target]:
    """Targets, each with `meanings`: step and staff words of its skill, none without a skill. One query, however many there are."""
    found = list(targets)
    words: dict[int, list[tuple[int, str]]] = {}
    skills = {target.skill_id for target in found if target.skill_id}
    for skill, step, staff in Descriptor.objects.filter(skill__in=skills).order_by("step").values_list("skill", "step", "staff"):
        words.setdefault(skill, []).append((step, staff))
    for target in found:
        target.meanings = words.get(target.skill_id or 0, [])  # type: ignore[attr-defined]
    return found
