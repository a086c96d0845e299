"""A round of moderation under way: three heads have agreed, some samples are released, and some of those are judged."""

from datetime import date, timedelta

from assessments.models import ModerationConsent, ModerationMark, ModerationRound, ModerationSample
from assessments.services.moderation.choosing import choose
from assessments.services.moderation.releasing import judges_of
from reports.demo.days import at
from reports.demo.dice import dice, public_id
from schools.models import Partnership, School, User
from schools.tenancy import in_school
from targets.models import Step

AGREED = ("ashdown", "birchwood", "cedar")  # the fourth head may still agree
SAMPLES, RELEASED, KEPT_BACK = 8, 6, 7
OPEN_FOR, AGREED_AGO = timedelta(days=30), timedelta(days=6)
APART, ODDS = (-1, 0, 1, 2), (2, 6, 2, 1)
NOTE = "The third step could say how often: once a day, or in most lessons."
State = ModerationSample.State


def moderate(partnership: Partnership, lead: User, today: date) -> None:
    """The rows that the services would have made, on the demo's own days."""
    since = today - AGREED_AGO
    found = ModerationRound.objects.create(
        public_id=public_id("moderation", today), partnership=partnership, name=f"Round of {today:%B %Y}", samples=SAMPLES,
        closes_on=today + OPEN_FOR, opened_by=lead, opened_at=at(since, 9),
    )  # fmt: skip
    for slug in AGREED:
        school = School.objects.get(slug=slug)
        with in_school(school):
            head = User.objects.get(email=f"head@{slug}.example")
            ModerationConsent.objects.create(round=found, agreed_by=head, agreed_at=at(since, 11))
            samples = _samples(found, school, User.objects.get(email=f"senco@{slug}.example"), since)
        for number, sample in enumerate(samples[:RELEASED]):
            for judge in judges_of(sample, school):
                _send(found, sample, judge, number, since)


def _samples(found: ModerationRound, school: School, senco: User, since: date) -> list[ModerationSample]:
    samples = choose(found, school)
    for number, sample in enumerate(samples):
        sample.public_id = public_id("sample", school.slug, number)
        if number < KEPT_BACK:
            sample.state = State.RELEASED if number < RELEASED else State.WITHHELD
            sample.decided_by, sample.decided_at = senco, at(since, 15, number)
    return ModerationSample.objects.bulk_create(samples)


def _send(found: ModerationRound, sample: ModerationSample, judge: School, number: int, since: date) -> None:
    """A mark of another school; every fourth is still to be given."""
    rng, first = dice(judge.slug, "mark", sample.public_id), sample.judgement.step or 0
    step = max(0, min(Step.DONE_IT, first + rng.choices(APART, ODDS)[0])) if number % 4 < 3 else None
    with in_school(judge):
        ModerationMark.objects.create(
            public_id=public_id("mark", judge.slug, sample.public_id), round=found, sample=sample.public_id, skill_key=sample.skill_key,
            skill=sample.skill, wording=sample.wording, evidence=sample.evidence, first=first, step=step,
            note=NOTE if step is not None and number == 1 and judge.slug == "deepdale" else "",
            marked_by=User.objects.get(email=f"senco@{judge.slug}.example") if step is not None else None,
            marked_at=at(since + timedelta(days=2), 16, number) if step is not None else None,
        )  # fmt: skip
