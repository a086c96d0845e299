"""Which judgements a school is asked for: a fair draw that gives nobody away by being the only one of a kind."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from assessments.models import Judgement, ModerationRound, ModerationSample, Review
from assessments.models.moderation import LONGEST_EVIDENCE
from pupils.models import Pupil
from schools.models import School
from targets.models import Helped, Observation, OneToOne, Target

RECENT = timedelta(days=366)
SMALLEST_GROUP = 5
MOST_NOTES = 5


def choose(found: ModerationRound, school: School) -> list[ModerationSample]:
    """Draw up to the round's number of samples, one a pupil, as many skills as there are. The same round draws the same ones."""
    drawn: list[Judgement] = []
    taken: set[int] = set()
    used: Counter[str] = Counter()
    candidates = _in_drawn_order(_candidates(school), found)
    while candidates and len(drawn) < found.samples:
        fewest = min(used[row.skill_key] for row in candidates)
        row = next(row for row in candidates if used[row.skill_key] == fewest)
        drawn.append(row)
        used[row.skill_key] += 1
        taken.add(row.review.pupil_id)
        candidates = [each for each in candidates if each.review.pupil_id not in taken]
    return [_sample(found, row) for row in drawn]


def _candidates(school: School) -> list[Judgement]:
    """Soft-skill judgements with a step, of the last year's completed reviews; in a special school none of a group under five."""
    since = timezone.now() - RECENT
    rows = Judgement.objects.completed().filter(review__completed_at__gte=since, step__isnull=False, target__kind=Target.Kind.SOFT_SKILL)
    judged = list(rows.exclude(review__enrolment__in=Pupil.ELSEWHERE).select_related("review", "target__skill").order_by("pk"))
    if school.phase != School.Phase.SPECIAL:
        return judged
    sizes = Counter(Review.objects.filter(cycle__in={row.review.cycle_id for row in judged}).values_list("cycle", "nc_year"))
    return [row for row in judged if sizes[row.review.cycle_id, row.review.nc_year] >= SMALLEST_GROUP]


def _in_drawn_order(rows: Iterable[Judgement], found: ModerationRound) -> list[Judgement]:
    """An order that nobody chose and that comes out the same each time."""
    return sorted(rows, key=lambda row: hashlib.sha256(f"{found.public_id}:{row.review.public_id}:{row.skill_key}".encode()).hexdigest())


def _sample(found: ModerationRound, row: Judgement) -> ModerationSample:
    skill = row.target.skill.name if row.target.skill else ""
    return ModerationSample(
        round=found, judgement=row, skill_key=row.skill_key, skill=skill, wording=row.target.wording, evidence=evidence_of(row)
    )


def evidence_of(row: Judgement) -> str:
    """What adults noted and what helped: words that pupil and family may read. No step, and no descriptor, which would name one."""
    target, until = row.target, row.review.completed_at
    talks = OneToOne.objects.live().filter(
        observations__target=target, audience=OneToOne.Audience.SHARED, held_on__gte=target.set_on, recorded_at__lte=until
    )
    seen = Observation.objects.filter(one_to_one__in=talks, target=target).exclude(note="").newest_first()
    notes = list(seen.values_list("note", flat=True)[:MOST_NOTES])
    helped = Helped.objects.filter(one_to_one__in=talks).order_by("strategy__order").values_list("strategy__name", flat=True).distinct()
    parts = [*reversed(notes), f"What helped: {', '.join(helped)}." if helped else ""]
    return "\n".join(part for part in parts if part)[:LONGEST_EVIDENCE]
