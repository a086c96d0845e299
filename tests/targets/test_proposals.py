"""Proposals: who makes them, who decides, and that they count for nothing until then."""

from datetime import date, timedelta
from itertools import count

import pytest

from assessments.models import Review
from assessments.services import open_cycle
from pupils.models import Pupil
from schools.models import AuditEvent, CycleDates, School, User
from schools.tenancy import in_school
from targets import services
from targets.models import Skill, Target
from targets.services import refusals
from targets.services.targets import Closing, Room, Wish
from tests.factories.assessments import AUTUMN, SPRING, CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, strand_of

PROPOSED_ON, ACCEPTED_ON = date(2026, 10, 1), date(2026, 10, 9)
numbers = count(1)


@pytest.fixture
def pupil(school: School) -> Pupil:
    CycleDatesFactory.year(school)
    return PupilFactory(school=school)


@pytest.fixture
def wish(school: School):
    def make(**changes) -> Wish:
        words = f"I ask for help, wish {next(numbers)}"
        return Wish(**{"strand": strand_of(school.partnership), "wording": words, "start": 1, "aim": 3} | changes)

    return make


@pytest.fixture
def propose(pupil, wish, teacher):
    def make(by: User = teacher, **changes) -> Target:
        with in_school(pupil.school):
            return services.propose_target(pupil=pupil, wish=wish(**changes), by=by, on=PROPOSED_ON)

    return make


def accept(proposal: Target, wish: Wish, by: User, **how) -> Target:
    with in_school(proposal.school):
        return services.accept_proposal(proposal=proposal, wish=wish, by=by, **{"on": ACCEPTED_ON} | how)


def decline(proposal: Target, by: User, because: str = "Next term.") -> None:
    with in_school(proposal.school):
        services.decline_proposal(proposal=proposal, because=because, by=by, on=ACCEPTED_ON)


def again(target: Target) -> Target | None:
    with in_school(target.school):
        return Target.objects.filter(pk=target.pk).first()


def deeds(target: Target) -> list[tuple[str, User]]:
    with in_school(target.school):
        rows = AuditEvent.objects.filter(table="targets.target", row_id=target.pk).order_by("pk").select_related("by")
        return [(row.action, row.by) for row in rows]


def test_a_proposal_has_no_slot_and_leaves_its_trace(propose, teacher):
    proposal = propose()
    assert (proposal.status, proposal.slot, proposal.proposed_by, proposal.set_by) == ("proposed", None, teacher, None)
    assert deeds(proposal) == [("target.proposed", teacher)]


def test_a_proposal_is_not_due_starts_no_review_and_is_in_no_list_of_active_targets(propose, pupil, senco, school):
    propose()
    with in_school(school):
        assert not Target.objects.due_by(AUTUMN[1], 28).exists()
        assert not Target.objects.active().exists()
        open_cycle(school=school, dates=CycleDates.objects.get(number=1), by=senco)
        assert not Review.objects.exists()


def test_there_may_be_more_proposals_than_free_slots(propose, pupil):
    for slot in range(1, 6):
        TargetFactory(pupil=pupil, slot=slot)
    assert [propose().status, propose().status] == ["proposed", "proposed"]


def test_an_accepted_proposal_counts_from_that_day(propose, wish, teacher, senco):
    proposal = propose()
    target = accept(proposal, wish(wording=proposal.wording), senco)
    assert (target.status, target.slot, target.set_by, target.proposed_by) == ("active", 1, senco, teacher)
    assert (target.set_on, target.counts_from, target.review_on) == (ACCEPTED_ON, ACCEPTED_ON, AUTUMN[1])
    assert deeds(proposal) == [("target.proposed", teacher), ("target.accepted", senco)]


def test_accepted_too_late_for_a_cycle_it_waits_for_the_next(propose, wish, senco):
    proposal = propose()
    assert accept(proposal, wish(wording=proposal.wording), senco, on=AUTUMN[1] - timedelta(days=27)).review_on == SPRING[1]


def test_it_can_be_accepted_with_changes(propose, wish, teacher, senco, school):
    proposal = propose()
    skill = Skill.objects.get(strand=strand_of(school.partnership), key="asking-for-help")
    target = accept(proposal, wish(wording="I ask my teacher", start=0, aim=2, skill=skill), senco)
    assert (target.wording, target.start, target.aim, target.kind, target.skill) == ("I ask my teacher", 0, 2, "soft-skill", skill)
    assert deeds(proposal)[-1] == ("target.accepted-with-changes", senco)


def test_of_two_who_accept_the_second_is_told_kindly(propose, wish, senco, head):
    proposal = propose()
    accept(proposal, wish(wording=proposal.wording), senco)
    with pytest.raises(refusals.ProposalAlreadyDecided):
        accept(proposal, wish(wording="I do something else", aim=4), head)
    kept = again(proposal)
    assert (kept.wording, kept.aim, kept.set_by) == (proposal.wording, 3, senco)
    with pytest.raises(refusals.ProposalAlreadyDecided):
        decline(proposal, head)


def test_a_declined_proposal_keeps_the_reason_and_cannot_be_accepted(propose, wish, senco):
    proposal = propose()
    decline(proposal, senco, "  Two of the present ones ask for the same. ")
    kept = again(proposal)
    assert (kept.status, kept.declined_because, kept.closed_on) == ("declined", "Two of the present ones ask for the same.", ACCEPTED_ON)
    with pytest.raises(refusals.ProposalAlreadyDecided):
        accept(proposal, wish(), senco)


def test_declining_needs_a_reason(propose, senco):
    proposal = propose()
    with pytest.raises(refusals.DecliningNeedsAReason):
        decline(proposal, senco, "  ")
    assert again(proposal).status == "proposed"


def test_the_sixth_target_at_acceptance_needs_room(propose, wish, pupil, senco):
    five = [TargetFactory(pupil=pupil, slot=slot) for slot in range(1, 6)]
    proposal = propose()
    with pytest.raises(refusals.NoFreeSlot):
        accept(proposal, wish(wording=proposal.wording), senco)
    assert again(proposal).status == "proposed"
    target = accept(proposal, wish(wording=proposal.wording), senco, room=Room(five[3], Closing(step=3)))
    assert (target.slot, again(five[3]).status) == (4, "achieved")


def test_a_proposal_that_was_decided_meanwhile_closes_nothing(propose, wish, pupil, senco):
    five = [TargetFactory(pupil=pupil, slot=slot) for slot in range(1, 6)]
    proposal = propose()
    decline(proposal, senco)
    with pytest.raises(refusals.ProposalAlreadyDecided):
        accept(proposal, wish(wording=proposal.wording), senco, room=Room(five[0], Closing(step=3)))
    assert again(five[0]).status == "active"


def test_its_proposer_withdraws_it_and_nobody_else(propose, teacher, senco):
    proposal = propose()
    with in_school(proposal.school):
        with pytest.raises(refusals.NotTheProposer):
            services.withdraw_proposal(proposal=proposal, by=senco)
        services.withdraw_proposal(proposal=proposal, by=teacher)
    assert again(proposal) is None
    assert deeds(proposal)[-1] == ("target.withdrawn", teacher)


def test_what_was_decided_is_not_withdrawn(propose, wish, teacher, senco):
    proposal = propose()
    accept(proposal, wish(wording=proposal.wording), senco)
    with in_school(proposal.school), pytest.raises(refusals.ProposalAlreadyDecided):
        services.withdraw_proposal(proposal=proposal, by=teacher)
    assert again(proposal).status == "active"


def test_the_same_words_twice_are_one_target(propose, pupil, wish, senco):
    proposal = propose(wording="I wait my turn")
    for by_another in (services.propose_target, services.set_target):
        with in_school(pupil.school), pytest.raises(refusals.SameWords):
            by_another(pupil=pupil, wish=wish(wording="I WAIT my turn"), by=senco, on=PROPOSED_ON)
    decline(proposal, senco)
    assert propose(wording="I wait my turn").status == "proposed"


def test_a_skill_of_another_strand_or_partnership_is_refused(propose, school, foreign_school):
    own, theirs = strand_of(school.partnership), strand_of(foreign_school.partnership)
    elsewhere = strand_of(school.partnership, "relationships").skills.first()
    for strand, skill in ((own, theirs.skills.first()), (own, elsewhere), (theirs, None)):
        with pytest.raises(refusals.OtherLanguage):
            propose(strand=strand, skill=skill)


def test_an_academic_target_has_a_subject_and_no_strand(propose):
    with pytest.raises(refusals.SubjectMissing):
        propose(strand=None)
    academic = propose(strand=None, subject="Maths")
    assert (academic.kind, academic.strand, academic.area) == ("academic", None, "Maths")
