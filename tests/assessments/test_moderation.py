"""Moderation: nothing leaves a school before its head agreed and its SENCO read it, and who judges sees no step and no name."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from assessments.models import Judgement, ModerationMark, ModerationRound, ModerationSample, ReviewCycle
from assessments.services import moderation as services
from assessments.services.moderation import refusals
from assessments.services.moderation.choosing import SMALLEST_GROUP
from pupils.models import Pupil
from schools.models import Partnership, Role, School, User
from schools.tenancy import NoSchool, in_school, reading_published
from targets.models import Observation, OneToOne, Skill, Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.schools import SchoolFactory
from tests.factories.targets import OneToOneFactory, TargetFactory, strand_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(partnership: Partnership) -> Skill:
    return Skill.objects.filter(strand=strand_of(partnership)).order_by("order")[0]


@pytest.fixture
def primary(partnership: Partnership) -> School:
    """Another school of the partnership, of another phase."""
    return SchoolFactory(slug="primary", partnership=partnership, phase=School.Phase.PRIMARY)


@pytest.fixture
def found(partnership: Partnership, lead: User) -> ModerationRound:
    return services.open_round(partnership=partnership, name="Spring", samples=6, closes_on=localdate() + timedelta(days=30), by=lead)


@pytest.fixture
def judged(school: School, skill: Skill) -> Callable[..., Judgement]:
    """A soft-skill judgement of a completed review: `judged(forename="Ravi", enrolment="G")`."""

    def make(in_which: School = school, *, step: int | None = 2, kind: str = Target.Kind.SOFT_SKILL, **facts: object) -> Judgement:
        pupil = PupilFactory(school=in_which, **facts)
        chosen = skill if kind == Target.Kind.SOFT_SKILL else None
        target = TargetFactory(pupil=pupil, kind=kind, skill=chosen, strand=skill.strand, wording="I ask for help", set_on=localdate())
        with in_school(in_which):
            cycle = ReviewCycle.objects.first() or ReviewCycleFactory(school=in_which)
        review = ReviewFactory(pupil=pupil, cycle=cycle, status="completed", completed_at=now())
        return JudgementFactory(review=review, target=target, step=step, skill_key=skill.key if chosen else "")

    return make


def agreed(found: ModerationRound, school: School, by: User) -> list[ModerationSample]:
    with in_school(school):
        return services.agree(found=found, school=school, by=by)


def release(sample: ModerationSample, school: School, by: User, **words: str) -> None:
    with in_school(school):
        row = ModerationSample.objects.select_related("round__partnership", "judgement").get(pk=sample.pk)
        services.release_sample(sample=row, school=school, by=by, **{"wording": row.wording, "evidence": row.evidence} | words)


def marks_in(school: School) -> list[ModerationMark]:
    with in_school(school):
        return list(ModerationMark.objects.all())


def test_one_round_at_a_time(partnership, found, lead):
    with pytest.raises(refusals.RoundIsOpen):
        services.open_round(partnership=partnership, name="Again", samples=6, closes_on=localdate() + timedelta(days=9), by=lead)
    services.close_round(found=found, by=lead)
    services.open_round(partnership=partnership, name="Next", samples=6, closes_on=localdate() + timedelta(days=9), by=lead)
    with pytest.raises(refusals.RoundIsClosed):
        services.close_round(found=found, by=lead)


def test_a_round_whose_last_day_has_passed_is_over(partnership, found, lead, school, head):
    ModerationRound.objects.filter(pk=found.pk).update(closes_on=localdate() - timedelta(days=1))
    with pytest.raises(refusals.RoundIsClosed):
        agreed(found, school, head)
    assert services.open_round(partnership=partnership, name="Next", samples=6, closes_on=localdate() + timedelta(days=9), by=lead)


def test_a_round_that_closes_today_is_refused(partnership, lead):
    with pytest.raises(refusals.ClosesInThePast):
        services.open_round(partnership=partnership, name="Spring", samples=6, closes_on=localdate(), by=lead)


def test_drawn_are_soft_skill_judgements_with_a_step_one_a_pupil(found, school, head, judged):
    kept = judged()
    judged(step=None)
    judged(kind=Target.Kind.PERSONAL)
    judged(enrolment=Pupil.Enrolment.SUBSIDIARY)
    judged(enrolment=Pupil.Enrolment.GUEST)
    assert [sample.judgement_id for sample in agreed(found, school, head)] == [kept.pk]


def test_no_more_are_drawn_than_asked_for_and_agreeing_twice_draws_no_more(found, school, head, judged):
    for _ in range(8):
        judged()
    first = agreed(found, school, head)
    assert len(first) == 6
    assert {sample.pk for sample in agreed(found, school, head)} == {sample.pk for sample in first}


@pytest.mark.parametrize(("size", "drawn"), [(SMALLEST_GROUP - 1, 0), (SMALLEST_GROUP, 5)])
def test_in_a_special_school_no_group_under_five_is_sampled(found, partnership, head, judged, size, drawn):
    special = SchoolFactory(partnership=partnership, phase=School.Phase.SPECIAL)
    for _ in range(size):
        judged(special, nc_year="4")
    assert len(agreed(found, special, head)) == drawn


def test_the_evidence_is_what_family_may_read_and_holds_no_step(found, school, head, judged):
    row = judged()
    for audience, note in ((OneToOne.Audience.SHARED, "Put a hand up in maths."), (OneToOne.Audience.STAFF, "Only for staff.")):
        talk = OneToOneFactory(pupil=row.target.pupil, audience=audience, held_on=localdate(), recorded_at=now() - timedelta(minutes=1))
        with in_school(school):
            Observation.objects.create(one_to_one=talk, target=row.target, step=3, note=note)
    with in_school(school):
        Judgement.objects.filter(pk=row.pk).update(note="Almost there")
    sample = agreed(found, school, head)[0]
    assert "Put a hand up in maths." in sample.evidence
    assert "Only for staff." not in sample.evidence
    assert "Almost" not in sample.evidence


def test_nothing_leaves_before_the_senco_released_it(found, school, primary, head, judged):
    judged()
    agreed(found, school, head)
    assert marks_in(primary) == []


def test_a_released_sample_is_judged_by_a_school_of_another_phase(found, school, primary, head, senco, judged):
    row = judged(step=3)
    release(agreed(found, school, head)[0], school, senco)
    (mark,) = marks_in(primary)
    assert (mark.wording, mark.first, mark.step) == ("I ask for help", 3, None)
    assert marks_in(school) == []
    assert row.review.pupil.forename not in f"{mark.wording} {mark.evidence}"


def test_a_school_of_the_same_phase_judges_it_too(found, partnership, school, primary, head, senco, judged):
    alike = SchoolFactory(partnership=partnership, phase=school.phase)
    judged()
    release(agreed(found, school, head)[0], school, senco)
    assert len(marks_in(alike)) == len(marks_in(primary)) == 1


@pytest.mark.parametrize("field", ["wording", "evidence"])
def test_a_name_from_the_roll_and_a_day_of_birth_never_leave(found, school, primary, head, senco, judged, field):
    judged(forename="Zoë", surname="Quill")
    sample = agreed(found, school, head)[0]
    found_out = {"I sit with ZOE": refusals.NameInText, "Quill’s desk": refusals.NameInText, "Since 03/04/2014": refusals.DayInText}
    for text, refusal in found_out.items():
        with pytest.raises(refusal) as refused:
            release(sample, school, senco, **{field: text})
        assert refused.value.field == field
    assert marks_in(primary) == []


def test_the_control_without_the_look_for_names_one_would_leave(found, school, primary, head, senco, judged, monkeypatch):
    monkeypatch.setattr("assessments.services.moderation.releasing.names_in", lambda text, names: [])
    judged(forename="Zoë", surname="Quill")
    release(agreed(found, school, head)[0], school, senco, evidence="Zoë did it")
    assert "Zoë" in marks_in(primary)[0].evidence


def test_names_of_staff_and_the_schools_own_are_names_too(found, school, primary, head, senco, judged):
    judged()
    sample = agreed(found, school, head)[0]
    User.objects.filter(pk=senco.pk).update(name="Amira Khan")
    school.name = "Wrenfield Primary School"
    for text in ("Ms Khan said so", f"at {school}", "in the Wrenfield garden"):
        with pytest.raises(refusals.NameInText):
            release(sample, school, senco, evidence=text)


def test_a_sample_is_decided_on_once(found, school, primary, head, senco, judged):
    judged()
    sample = agreed(found, school, head)[0]
    with in_school(school):
        services.withhold_sample(sample=sample, by=senco)
    with pytest.raises(refusals.DecidedAlready):
        release(sample, school, senco)
    assert marks_in(primary) == []


def test_with_nobody_to_judge_it_a_sample_stays(found, school, head, senco, judged):
    judged()
    with pytest.raises(refusals.NobodyToJudge):
        release(agreed(found, school, head)[0], school, senco)


def test_who_judges_sees_neither_step_nor_school(client: Client, found, school, primary, head, senco, member, judged):
    judged(step=4)
    release(agreed(found, school, head)[0], school, senco)
    client.force_login(member(primary, Role.SENCO))
    (mark,) = marks_in(primary)
    text = client.get(reverse("moderation-mark", args=[primary.slug, mark.public_id])).text
    assert "I ask for help" in text
    assert "checked" not in text
    assert str(school) not in text


def test_a_judgement_can_be_changed_until_the_round_is_closed(found, school, primary, head, senco, lead, judged):
    judged()
    release(agreed(found, school, head)[0], school, senco)
    with in_school(primary):
        mark = ModerationMark.objects.select_related("round").get()
        for step in (1, 3):
            services.mark_sample(mark=mark, school=primary, step=step, note="", by=senco)
        services.close_round(found=found, by=lead)
        with pytest.raises(refusals.RoundIsClosed):
            services.mark_sample(mark=mark, school=primary, step=0, note="", by=senco)
        assert ModerationMark.objects.get().step == 3


def test_the_lead_reads_given_marks_and_no_sample(client: Client, found, school, primary, head, senco, lead, judged):
    judged()
    release(agreed(found, school, head)[0], school, senco)
    client.force_login(lead)
    url = reverse("partnership-round", args=[found.partnership.slug, found.public_id])
    assert "Nothing is judged yet" in client.get(url).text
    with in_school(primary):
        services.mark_sample(
            mark=ModerationMark.objects.select_related("round").get(), school=primary, step=0, note="Say how often", by=senco
        )
    text = client.get(url).text
    assert "Say how often" in text
    assert "I ask for help" in text
    assert str(primary) not in text.partition("<main")[2]
    with reading_published([school.pk]), pytest.raises(NoSchool):
        ModerationSample.objects.exists()


def test_the_whole_way_through_pages(client: Client, partnership, lead, school, primary, head, senco, member, judged):
    judged(forename="Ravi")
    client.force_login(lead)
    page = {"name": "Spring", "samples": "6", "closes_on": (localdate() + timedelta(days=9)).isoformat()}
    assert client.post(reverse("partnership-moderation", args=[partnership.slug]), page).status_code == 302
    client.force_login(head)
    assert "1 samples are chosen" in client.post(reverse("moderation-agree", args=[school.slug]), follow=True).text
    client.force_login(senco)
    with in_school(school):
        sample = ModerationSample.objects.get()
    address = reverse("moderation-sample", args=[school.slug, sample.public_id])
    refused = client.post(address, {"wording": "I ask Ravi for help", "evidence": "Typed"})
    assert "This holds a name: Ravi." in refused.text
    assert "Typed" in refused.text
    client.post(address, {"wording": "I ask for help", "evidence": "Put a hand up"})
    client.force_login(member(primary, Role.SENCO))
    (mark,) = marks_in(primary)
    address = reverse("moderation-mark", args=[primary.slug, mark.public_id])
    assert "Choose a step." in client.post(address, {"note": "Typed"}).text
    assert client.post(address, {"step": "3", "note": ""}).status_code == 302
    assert marks_in(primary)[0].step == 3


def test_before_a_round_the_page_says_what_comes(client: Client, school, senco):
    client.force_login(senco)
    assert "No round is open" in client.get(reverse("moderation", args=[school.slug])).text


def test_keeping_a_sample_back_needs_no_words(client: Client, found, school, primary, head, senco, judged):
    judged()
    sample = agreed(found, school, head)[0]
    client.force_login(senco)
    client.post(reverse("moderation-sample", args=[school.slug, sample.public_id]), {"withhold": "1", "wording": "", "evidence": ""})
    with in_school(school):
        assert ModerationSample.objects.get().state == ModerationSample.State.WITHHELD
    assert "Kept back" in client.get(reverse("moderation", args=[school.slug])).text


def test_the_page_does_not_grow_in_queries(client: Client, found, school, head, senco, judged):
    judged()
    agreed(found, school, head)
    client.force_login(senco)

    def thirty() -> None:
        for number in range(29):
            row = judged()
            with in_school(school):
                ModerationSample.objects.create(round=found, judgement=row, skill_key="x", skill=f"Skill {number}", wording="I try")

    assert_does_not_grow(client, reverse("moderation", args=[school.slug]), thirty, at_most=10)
