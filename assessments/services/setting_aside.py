"""Telling somebody that another person's value was kept instead of theirs."""

from dataclasses import dataclass

from django.utils import timezone

from assessments.models import SetAside
from schools.models import User
from targets.models import Step

LABELS = {
    "step": "this term",
    "next": "next",
    "note": "the note",
    "reason": "the reason",
    "not_seen": "why it was not seen",
    "next_wording": "the changed wording",
    "next_aim": "the next aim",
}


@dataclass(frozen=True)
class Told:
    """One value that was set aside, in words."""

    row: SetAside

    @property
    def what(self) -> str:
        return LABELS.get(self.row.field, self.row.field)

    @property
    def value(self) -> str:
        """A step in words; anything else as it was written."""
        if self.row.field != "step":
            return self.row.value or "(nothing)"
        return {"x": "Not seen", "": "(nothing)"}.get(self.row.value) or str(Step(int(self.row.value)).label)


def tell_what_was_set_aside(*, to: User) -> list[Told]:
    """What a person wrote and another did not choose, each told once."""
    waiting = SetAside.objects.filter(written_by=to, told_at=None).exclude(chosen_by=to)
    rows = list(waiting.select_related("judgement__target__pupil", "chosen_by").order_by("at"))
    if rows:
        SetAside.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return [Told(row) for row in rows]
