"""What was not kept after two people changed one field: stored with whoever wrote it, who is told once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from assessments.drafts import Value, Values
from assessments.models import Judgement, Review, SetAside
from pupils.models import Pupil
from schools.models import User
from targets.models import NotSeen, Step, WhyEnded

LABELS = {
    "step": "this term",
    "next": "next",
    "note": "the note",
    "reason": "the reason",
    "not_seen": "why it was not seen",
    "next_wording": "the changed wording",
    "next_aim": "the next aim",
    "pupil_view_state": "whether the pupil has said how it is going",
    "pupil_view": "what the pupil says",
    "parents_view": "what the parents say",
    "parents_met_on": "the day the parents were met",
}
STEPS = {str(step.value): str(step.label) for step in Step} | {"x": "Not seen"}
WORDS = {
    "step": STEPS,
    "next_aim": STEPS,
    "next": dict(Judgement.Next.choices),
    "reason": dict(WhyEnded.choices),
    "not_seen": dict(NotSeen.choices),
    "pupil_view_state": dict(Review.PupilView.choices),
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
        """A choice and a day in words; anything else as it was written."""
        value = self.row.value
        if self.row.field == "parents_met_on" and value:
            return f"{date.fromisoformat(value):%-d %B %Y}"
        return str(WORDS.get(self.row.field, {}).get(value, value) or "(nothing)")

    @property
    def pupil(self) -> Pupil:
        return (self.row.review or self.row.judgement.review).pupil  # type: ignore[union-attr]

    @property
    def target(self) -> str:
        """The wording of the target; nothing where it is what pupil or parents say."""
        return self.row.judgement.target.wording if self.row.judgement else ""


def set_aside(
    about: Judgement | Review, before: Values, unchosen: Iterable[tuple[str, Value]], *, by: User | None, saver: User | None, at: datetime
) -> None:
    """Keep the values that lost, each with whoever wrote it: `saver`, the other person, where it stood there until now."""
    place = "review" if isinstance(about, Review) else "judgement"
    for field, value in unchosen:
        if field not in before:
            continue
        writer = saver if value == before[field] else by
        text = "" if value is None else str(value)
        SetAside.objects.create(field=field, value=text, written_by=writer, chosen_by=by, at=at, **{place: about})


def set_aside_in(review: Review) -> list[Told]:
    """What was not kept in one review, which was read `with_set_aside`."""
    if not review.has_set_aside:  # type: ignore[attr-defined]
        return []
    return [Told(row) for row in SetAside.objects.of_review(review)]


def tell_what_was_set_aside(*, to: User) -> list[Told]:
    """What a person wrote and another did not choose, each told once."""
    waiting = SetAside.objects.filter(written_by=to, told_at=None).exclude(chosen_by=to)
    people = ("judgement__target", "judgement__review__pupil", "review__pupil", "chosen_by")
    return _tell(list(waiting.select_related(*people).order_by("at")))


def tell_of(aside: list[Told], *, to: User) -> list[Told]:
    """Likewise, of what was set aside in one review."""
    rows = [each.row for each in aside]
    return _tell([row for row in rows if row.written_by == to and row.chosen_by != to and row.told_at is None])


def _tell(rows: list[SetAside]) -> list[Told]:
    if rows:
        SetAside.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=timezone.now())
    return [Told(row) for row in rows]
