"""What the letters of a review say: rows turned into the plain values that are printed."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from assessments.models import Judgement, Review
from pupils.recipients import Recipient
from reports.content import MOST_TARGETS, Brand, LetterContent, Sender, Talk, TargetLine
from reports.services.refusals import NO_TARGETS, CannotBeDone
from reports.wording import looked_at_again
from schools.models import CycleDates, School
from targets.models import Step, Target, WhyEnded


def contents_of(review: Review, wanted: Iterable[Recipient]) -> list[LetterContent]:
    """One content for each recipient. Raises CannotBeDone when the review judged nothing that a letter could tell."""
    targets = target_lines(review)
    if not targets:
        raise CannotBeDone(NO_TARGETS)
    school, cycle = review.pupil.school, review.cycle
    shared: dict[str, Any] = {
        "sender": Sender(str(school), tuple(school.address.splitlines()), school.phone),
        "brand": Brand(school.programme.look, school.programme.name),
        "first_name": review.pupil.first_name,
        "review": f"{cycle.get_term_display()} review {cycle.due_on.year}",
        "dated": timezone.localdate(review.completed_at) if review.completed_at else cycle.due_on,
        "targets": targets,
        "talk": _talk(review, school),
        "pupil_says": review.pupil_view,
        "happens_next": _what_happens_next(review),
        "steps": _steps(school),
    }
    return [LetterContent(recipient=(*each.names, *each.address), is_to_pupil=each.contact_id is None, **shared) for each in wanted]


def target_lines(review: Review) -> tuple[TargetLine, ...]:
    """The judged targets, at most as many as a letter holds; academic ones and those set by mistake are not told of."""
    judged = Judgement.objects.decided().filter(review=review).exclude(reason=WhyEnded.MISTAKE).exclude(target__kind=Target.Kind.ACADEMIC)
    rows = list(judged.select_related("target").order_by("-counts", "pk"))[:MOST_TARGETS]
    return tuple(_line(row) for row in rows)


def _line(row: Judgement) -> TargetLine:
    target = row.target
    return TargetLine(target.wording, target.start, row.last_seen, row.step, target.aim, row.strand_key)


def _talk(review: Review, school: School) -> Talk:
    name = review.completed_by.get_full_name() if review.completed_by else ""
    return Talk(name=name or "The SENCO", role="SENCO" if name else "", phone=school.phone, email=school.email)


def _what_happens_next(review: Review) -> tuple[str, ...]:
    later = CycleDates.objects.filter(due_on__gt=review.cycle.due_on).order_by("due_on").first()
    return (looked_at_again(later.due_on),) if later else ()


def _steps(school: School) -> tuple[str, ...]:
    """The ladder in the programme's words."""
    return Step.words(school.programme.words)
