"""A whole small school with a row in every school-owned table: each text about a pupil holds its canary, its own names hold its mark.

Two such schools side by side are what the fence tests look for leaks between.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate, now

from assessments.models import (
    AgreedAction,
    Judgement,
    ModerationConsent,
    ModerationMark,
    ModerationRound,
    ModerationSample,
    OldWord,
    OutcomeMeasure,
    OutcomeValue,
    Reminder,
    Review,
    ReviewCycle,
    SetAside,
)
from pupils.models import Contact, KeyWorker, Need, Profile, ProfileEdition, Pupil, RollImport, SupportStatus
from reports.models import CycleSummary, Finishing, Job, Letter, ProgressReport, Publication, ReviewSummary
from schools import audit
from schools.models import SCHOOL_ROLES, CycleDates, Invitation, Partnership, Role, School, User
from schools.tenancy import in_school
from targets.models import (
    Helped,
    Observation,
    OneToOne,
    PlannedDay,
    Strand,
    Strategy,
    Target,
    TargetLanguage,
    Voice,
    VoiceScale,
    VoiceVisit,
)
from tests.factories.schools import MembershipFactory, SchoolFactory, UserFactory

LATER = datetime(2090, 1, 1, tzinfo=ZoneInfo("Europe/London"))
NOON = datetime(2026, 11, 2, 12, tzinfo=ZoneInfo("Europe/London"))


@dataclass
class World:
    """One school, its people by role, and one row of each kind."""

    school: School
    mark: str  # in the names of the school and its staff, which its partnership knows
    canary: str  # in every text about a pupil, which only the school knows
    staff: dict[str, User]
    rows: dict[str, Any]


def build_world(slug: str, partnership: Partnership) -> World:
    """Make a school whose texts about pupils all hold CANARY<slug>; the key worker's own pupil is rows["pupil"]."""
    mark, canary = (f"{kind}{slug.replace('-', '')}" for kind in ("MARK", "CANARY"))
    school = SchoolFactory(slug=slug, name=f"School {mark}", partnership=partnership)
    staff = {role: UserFactory(name=f"{role} {mark}") for role in SCHOOL_ROLES}
    people = {role: MembershipFactory(school=school, user=user, role=role) for role, user in staff.items()}
    invitation, head_invitation = (
        Invitation.objects.create(email=f"{role}@{slug}.example", school=school, role=role, token_hash=role + slug, expires_at=LATER)
        for role in (Role.TEACHER, Role.HEAD)
    )
    with in_school(school):
        rows = _pupil_rows(canary, staff[Role.KEY_WORKER]) | {"dates": _cycle_dates()}
        rows |= {"membership": people[Role.TEACHER], "invitation": invitation, "head_invitation": head_invitation}
        rows |= _review_rows(rows["pupil"], canary, partnership)
        rows |= _figures(rows["cycle"])
        rows["proposal"] = _proposal(rows["pupil"], canary, partnership, staff[Role.TEACHER])
        rows |= _one_to_one_rows(rows["target"], canary, staff[Role.KEY_WORKER])
        rows |= _voice_rows(rows["target"], canary, staff[Role.KEY_WORKER])
        rows["reminder"] = Reminder.objects.create(
            cycle=rows["cycle"], user=staff[Role.KEY_WORKER], left=1, asked_by=staff[Role.SENCO], asked_at=NOON
        )
        rows |= _moderation_rows(rows["judgement"], canary, moderation_round(partnership, people[Role.HEAD].user))
        rows["letter"] = Letter.objects.create(review=rows["review"], contact=rows["contact"])
        audit.record(by=staff[Role.SENCO], action="test.made", row=rows["pupil"])
        rows["finishing"] = Finishing.objects.create(job=_job(school), review=rows["review"], version=1, outcome="completed")
    rows["report"] = ProgressReport.objects.create(partnership=partnership, academic_year=2026, term="autumn")
    return World(school, mark, canary, staff, rows)


def _pupil_rows(canary: str, key_worker: User) -> dict[str, Any]:
    pupil = _pupil(canary)
    SupportStatus.objects.create(pupil=pupil, provision="K", starts_on=date(2025, 9, 1))
    Need.objects.create(pupil=pupil, need_type="SLCN", rank=1)
    contact = Contact.objects.create(
        pupil=pupil, surname=canary, relationship="PAM", has_parental_responsibility=True, address=canary, phone="01632 960001"
    )
    return {
        "pupil": pupil,
        "other_pupil": _pupil(canary),
        "contact": contact,
        "edition": ProfileEdition.objects.create(pupil=pupil, version=1, changed_at=NOON, liked_for=canary),
        "profile": Profile.objects.create(pupil=pupil, liked_for=canary, support=canary),
        "key_worker": KeyWorker.objects.create(pupil=pupil, user=key_worker, starts_on=date(2025, 9, 1)),
        "roll_import": RollImport.objects.create(kind="ctf", file_sha256=canary, state="applied", applied_at=NOON),
    }


def _pupil(canary: str) -> Pupil:
    return Pupil.objects.create(
        forename=canary, surname=canary, date_of_birth=date(2014, 5, 4), sex="F", nc_year="7", registration_group="7B"
    )


def _cycle_dates() -> CycleDates:
    return CycleDates.objects.create(academic_year=2026, number=1, term="autumn", opens_on=date(2026, 11, 1), due_on=date(2026, 12, 11))


def _review_rows(pupil: Pupil, canary: str, partnership: Partnership) -> dict[str, Any]:
    target = Target.objects.create(
        pupil=pupil, strand=strand_of(partnership), wording=canary, start=1, aim=3, slot=1,
        set_on=date(2026, 9, 7), counts_from=date(2026, 9, 7), review_on=date(2026, 12, 11),
    )  # fmt: skip
    cycle = ReviewCycle.objects.create(
        academic_year=2026,
        term="autumn",
        number=1,
        name="Autumn 2026",
        opens_on=date(2026, 11, 1),
        due_on=date(2026, 12, 11),
        opened_at=NOON,
    )
    review = Review.objects.create(
        pupil=pupil, cycle=cycle, status="completed", completed_at=NOON, pupil_view=canary, nc_year="7", sex="F", enrolment="C"
    )
    judgement = Judgement.objects.create(
        review=review, target=target, step=2, next="keep", note=canary, start=1, aim=3, previous=1, strand_key="communicating", counts=True
    )
    rows = {"target": target, "cycle": cycle, "review": review, "judgement": judgement}
    return rows | _written_down(judgement, canary) | _outcomes(review, canary)


def _written_down(judgement: Judgement, canary: str) -> dict[str, Any]:
    aside = SetAside.objects.create(judgement=judgement, field="note", value=canary, at=NOON)
    said = SetAside.objects.create(review=judgement.review, field="pupil_view", value=canary, at=NOON)
    action = AgreedAction.objects.create(review=judgement.review, what=canary, who=canary)
    return {"set_aside": aside, "said_set_aside": said, "action": action}


def _outcomes(review: Review, canary: str) -> dict[str, Any]:
    measure = OutcomeMeasure.objects.create(kind="attainment", name=canary[:30])
    value = OutcomeValue.objects.create(measure=measure, pupil=review.pupil, cycle=review.cycle, value=canary[:20])
    word = OldWord.objects.create(word=canary[:30], step=1)
    return {"measure": measure, "outcome": value, "old_word": word}


def _proposal(pupil: Pupil, canary: str, partnership: Partnership, by: User) -> Target:
    return Target.objects.create(
        pupil=pupil, strand=strand_of(partnership), wording=f"{canary} proposed", start=1, aim=3, status="proposed", proposed_by=by,
        set_on=date(2026, 9, 7), counts_from=date(2026, 9, 7), review_on=date(2026, 12, 11),
    )  # fmt: skip


def _one_to_one_rows(target: Target, canary: str, key_worker: User) -> dict[str, Any]:
    """Recorded now by the key worker, so that it can be changed; no review rests on it."""
    strategy = Strategy.objects.create(name=canary, order=1)
    one_to_one = OneToOne.objects.create(
        pupil=target.pupil, key_worker=key_worker, held_on=localdate(), recorded_at=now(), client_id=uuid4(), note=canary
    )
    Observation.objects.create(one_to_one=one_to_one, target=target, step=2, note=canary)
    Helped.objects.create(one_to_one=one_to_one, strategy=strategy)
    planned = PlannedDay.objects.create(pupil=target.pupil, weekday=1)
    return {"strategy": strategy, "one_to_one": one_to_one, "planned_day": planned}


def _voice_rows(target: Target, canary: str, key_worker: User) -> dict[str, Any]:
    visit = VoiceVisit.objects.create(pupil=target.pupil, adult=key_worker, told_at=NOON, given="own", scale="three")
    Voice.objects.create(visit=visit, question="going", target=target, answer="well", words=canary)
    VoiceScale.objects.create(pupil=target.pupil, scale="three", chosen_by=key_worker, chosen_at=NOON)
    return {"voice_visit": visit}


def strand_of(partnership: Partnership) -> Strand:
    """A strand of the partnership's published language, which is published once its strand is in it."""
    if found := Strand.objects.filter(language__partnership=partnership).first():
        return found
    language = TargetLanguage.objects.create(partnership=partnership, version=1)
    strand = Strand.objects.create(language=language, key="communicating", name="Communicating", order=1)
    TargetLanguage.objects.filter(pk=language.pk).update(state=TargetLanguage.State.PUBLISHED)
    return strand


def _job(school: School) -> Job:
    return Job.objects.create(kind=Job.Kind.COMPLETE, key=f"complete:{school.pk}", school=school, row_id=1, state=Job.State.DONE)


def _figures(cycle: ReviewCycle) -> dict[str, Any]:
    publication = Publication.objects.create(academic_year=2026, term="autumn", number=1, reviews_completed=1)
    return {
        "publication": publication,
        "live_summary": CycleSummary.objects.create(academic_year=2026, term="autumn", pupils=1, cycle=cycle),
        "published_summary": CycleSummary.objects.create(academic_year=2026, term="autumn", pupils=1, publication=publication),
        "review_summary": ReviewSummary.objects.create(academic_year=2026, term="autumn", due=1, publication=publication),
    }


def moderation_round(partnership: Partnership, by: User) -> ModerationRound:
    """The open round of a partnership, which its schools share."""
    dates = {"closes_on": localdate() + timedelta(days=30), "opened_at": NOON}
    return ModerationRound.objects.get_or_create(partnership=partnership, defaults={"name": "Spring", "opened_by": by, **dates})[0]


def _moderation_rows(judgement: Judgement, canary: str, found: ModerationRound) -> dict[str, Any]:
    words = {"round": found, "skill_key": "asking-for-help", "skill": "Asking for help", "wording": canary, "evidence": canary}
    return {
        "round": found,
        "consent": ModerationConsent.objects.create(round=found, agreed_by=found.opened_by, agreed_at=NOON),
        "sample": ModerationSample.objects.create(judgement=judgement, **words),
        "mark": ModerationMark.objects.create(sample=uuid4(), first=1, **words),
    }
