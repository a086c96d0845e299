"""The sending SENCO reads each sample and lets it out, or keeps it back. Only what holds no name and no day goes to other schools."""

import hashlib
from typing import cast

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assessments.models import ModerationConsent, ModerationMark, ModerationSample
from assessments.naming import days_in, names_in
from assessments.services.moderation.refusals import DayInText, DecidedAlready, HeadHasNotAgreed, NameInText, NobodyToJudge
from assessments.services.moderation.rounds import refuse_closed
from pupils.models import Contact, Pupil
from schools import audit
from schools.models import Membership, Partnership, School, User
from schools.tenancy import in_school

State = ModerationSample.State
OF_ANY_SCHOOL = {
    "a", "academy", "and", "college", "community", "first", "for", "grammar", "high", "infant", "infants", "junior", "nursery", "of",
    "primary", "saint", "school", "secondary", "special", "st", "the", "upper",
}  # fmt: skip


@transaction.atomic
def release_sample(*, sample: ModerationSample, school: School, wording: str, evidence: str, by: User) -> None:
    """Let a sample of the school in scope out, in these words, to be judged by a school of the same and one of another phase."""
    refuse_closed(sample.round)
    if not ModerationConsent.objects.filter(round=sample.round).exists():
        raise HeadHasNotAgreed
    refuse_identity({"wording": wording, "evidence": evidence}, school)
    judges = judges_of(sample, school)
    if not judges:
        raise NobodyToJudge
    _decide(sample, State.RELEASED, by, wording=wording, evidence=evidence)
    audit.record(by=by, action="moderation.released", row=sample)
    first = cast(int, sample.judgement.step)  # only judgements with a step are drawn
    for judge in judges:
        with in_school(judge):
            ModerationMark.objects.create(
                round=sample.round, sample=sample.public_id, skill_key=sample.skill_key, skill=sample.skill,
                wording=wording, evidence=evidence, first=first,
            )  # fmt: skip


@transaction.atomic
def withhold_sample(*, sample: ModerationSample, by: User) -> None:
    """Keep a sample back: nobody outside ever sees it."""
    refuse_closed(sample.round)
    _decide(sample, State.WITHHELD, by)
    audit.record(by=by, action="moderation.withheld", row=sample)


def _decide(sample: ModerationSample, state: str, by: User, **words: str) -> None:
    undecided = ModerationSample.objects.filter(pk=sample.pk, state=State.CHOSEN)
    if not undecided.update(state=state, decided_by=by, decided_at=timezone.now(), **words):
        raise DecidedAlready


def refuse_identity(texts: dict[str, str], school: School) -> None:
    """Raise NameInText where a text holds a name of a pupil, a contact or a member of staff, or the school's own; DayInText at a day."""
    known = names_of(school)
    for field, text in texts.items():
        if found := names_in(text, known):
            raise NameInText(field, found)
        if days := days_in(text):
            raise DayInText(field, days)


def names_of(school: School) -> set[str]:
    """Every name from the roll and the staff of the school in scope, those who left among them, and what the school alone is called."""
    rows = [
        *Pupil.objects.values_list("forename", "surname", "preferred_forename"),
        *Contact.objects.values_list("forename", "surname"),
        *Membership.objects.filter(school=school).values_list("user__name"),
    ]
    people = {word for row in rows for name in row for word in name.split() if word}
    return people | {word for word in f"{school.name} {school.display_name}".split() if word.casefold() not in OF_ANY_SCHOOL}


def judges_of(sample: ModerationSample, school: School) -> list[School]:
    """Another school of the same phase and one of another phase, drawn anew for each sample; fewer where there are none."""
    partnership = sample.round.partnership
    others = [each for each in schools_in(partnership) if each.pk != school.pk]
    drawn = sorted(others, key=lambda each: hashlib.sha256(f"{sample.public_id}:{each.slug}".encode()).hexdigest())
    alike = [each for each in drawn if each.phase == school.phase][:1]
    return alike + [each for each in drawn if each.phase != school.phase][:1]


def schools_in(partnership: Partnership) -> list[School]:
    """The schools whose figures a partnership holds today."""
    today = timezone.localdate()
    holds = Q(partnerships__ends_on=None) | Q(partnerships__ends_on__gte=today)
    return list(School.objects.filter(holds, partnerships__partnership=partnership, partnerships__starts_on__lte=today).distinct())
