"""Undoing what one just did to a target: until something rests on it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.services.taking_back import take_back
from schools.models import School
from schools.tenancy import in_school
from targets import services
from targets.models import Target
from targets.services.refusals import NoFreeSlot, TargetIsInUse, TooLateToTakeBack
from targets.services.targets import Closing, Wish
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, TargetFactory, VoiceVisitFactory, strand_of


@pytest.fixture
def wish(school) -> Wish:
    return Wish("I wait my turn", 1, 3, strand_of(school.partnership))


@pytest.fixture
def fresh(pupil, wish, senco) -> Target:
    """Set by the SENCO a moment ago."""
    with in_school(pupil.school):
        return services.set_target(pupil=pupil, wish=wish, by=senco)


@pytest.fixture
def proposal(pupil, wish, teacher) -> Target:
    with in_school(pupil.school):
        return services.propose_target(pupil=pupil, wish=wish, by=teacher)


def close(target: Target, by, **how) -> None:
    with in_school(target.school):
        services.close_target(target=target, closing=Closing(**how), by=by)


def undo(target: Target, by, **when) -> Target | None:
    with in_school(target.school):
        take_back(target=target, by=by, **when)
        return Target.objects.filter(pk=target.pk).first()


def test_a_target_that_was_just_set_is_gone(fresh, senco):
    assert undo(fresh, senco) is None


def test_one_on_which_something_was_recorded_stays(fresh, senco):
    OneToOneFactory(pupil=fresh.pupil, steps={fresh: 2})
    with pytest.raises(TargetIsInUse):
        undo(fresh, senco)


def test_one_of_which_the_pupil_spoke_stays(client, fresh, senco):
    VoiceVisitFactory(pupil=fresh.pupil, said=[{"question": "going", "target": fresh, "answer": "well"}])
    client.force_login(senco)
    assert TargetIsInUse.message in client.post(at("target-undo", fresh), follow=True).text
    with in_school(fresh.school):
        assert Target.objects.filter(pk=fresh.pk).exists()


def test_an_accepted_proposal_of_which_the_pupil_spoke_stays(proposal, wish, senco):
    with in_school(proposal.school):
        services.accept_proposal(proposal=proposal, wish=wish, by=senco)
    VoiceVisitFactory(pupil=proposal.pupil, said=[{"question": "going", "target": proposal, "answer": "well"}])
    with pytest.raises(TargetIsInUse):
        undo(proposal, senco)


def test_one_that_was_judged_stays(target, fresh, review, save, senco):
    save(review, fresh, step=2)
    with pytest.raises(TargetIsInUse):
        undo(fresh, senco)


def test_a_closed_target_is_open_again_in_a_free_slot(target, pupil, senco):
    close(target, senco, step=1, reason="too_big")
    TargetFactory(pupil=pupil, slot=1)
    again = undo(target, senco)
    assert (again.status, again.slot) == ("active", 2)
    assert (again.closed_on, again.closing_step, again.closing_not_seen, again.closing_reason) == (None, None, "", "")


def test_it_stays_closed_where_five_others_are_active(target, pupil, senco):
    close(target, senco, not_seen="absent", reason="other")
    for slot in range(1, 6):
        TargetFactory(pupil=pupil, slot=slot)
    with pytest.raises(NoFreeSlot):
        undo(target, senco)


def test_it_stays_closed_once_a_completed_review_took_the_closing_over(target, review, complete, senco):
    close(target, senco, step=3)
    complete(review)
    with pytest.raises(TargetIsInUse):
        undo(target, senco)


def test_what_a_review_closed_is_not_undone_here(target, review, save, complete, senco):
    save(review, target, step=4, next="close")
    complete(review)
    with pytest.raises(TooLateToTakeBack):
        undo(target, senco)


def test_an_accepted_proposal_waits_again(proposal, wish, senco):
    with in_school(proposal.school):
        services.accept_proposal(proposal=proposal, wish=wish, by=senco)
    again = undo(proposal, senco)
    assert (again.status, again.slot, again.set_by, again.proposed_by) == ("proposed", None, None, proposal.proposed_by)


def test_a_declined_proposal_waits_again_without_the_reason(proposal, senco):
    with in_school(proposal.school):
        services.decline_proposal(proposal=proposal, because="Next term.", by=senco)
    again = undo(proposal, senco)
    assert (again.status, again.declined_because, again.closed_on) == ("proposed", "", None)


def test_only_who_did_it_undoes_it_and_only_once(target, senco, head):
    close(target, senco, step=3)
    with pytest.raises(TooLateToTakeBack):
        undo(target, head)
    undo(target, senco)
    with pytest.raises(TooLateToTakeBack):
        undo(target, senco)


@pytest.mark.parametrize(("later", "refused"), [(timedelta(hours=23), False), (timedelta(hours=25), True)])
def test_it_can_be_undone_for_a_day(target, senco, later, refused):
    close(target, senco, step=3)
    if refused:
        with pytest.raises(TooLateToTakeBack):
            undo(target, senco, at=timezone.now() + later)
    else:
        assert undo(target, senco, at=timezone.now() + later).status == "active"


def at(name: str, row) -> str:
    return reverse(name, args=[row.school.slug, row.public_id])


def test_the_page_says_what_was_done_and_offers_to_undo_it(client, target, senco):
    client.force_login(senco)
    page = client.post(at("target-close", target), {"step": "3"}, follow=True)
    assert "The target is closed as achieved." in page.text
    assert at("target-undo", target) in page.text
    assert "Undone." in client.post(at("target-undo", target), follow=True).text
    with in_school(target.school):
        assert Target.objects.get(pk=target.pk).status == "active"


def test_nobody_else_is_offered_it(client, target, senco, head):
    close(target, senco, step=3)
    client.force_login(head)
    assert at("target-undo", target) not in client.get(f"{at('pupil-targets', target.pupil)}?done={target.public_id}").text


def test_a_refusal_is_said_kindly(client, target, senco):
    client.force_login(senco)
    assert "This can be undone for 24 hours" in client.post(at("target-undo", target), follow=True).text


def test_a_page_with_a_torn_address_is_the_page_without_it(client, target, senco):
    client.force_login(senco)
    assert client.get(f"{at('pupil-targets', target.pupil)}?done=x").status_code == 200


def test_a_key_worker_undoes_what_the_school_lets_key_workers_do(client, school, pupil, key_worker):
    School.objects.filter(pk=school.pk).update(key_workers_set_targets=True)
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    with in_school(school):
        made = services.set_target(pupil=pupil, wish=Wish("I try", 1, 2, strand_of(school.partnership)), by=key_worker)
    client.force_login(key_worker)
    client.post(at("target-undo", made))
    with in_school(school):
        assert not Target.objects.exists()


def test_a_target_carried_on_stands_as_one_line_with_what_it_grew_out_of(client, school, senco):
    pupil = PupilFactory(school=school)
    first = TargetFactory.closed(pupil=pupil, wording="I ask my friend", start=0, aim=1, status="changed", closing_step=1)
    second = TargetFactory.closed(pupil=pupil, wording="I ask an adult", start=1, aim=2, closing_step=2, carried_on_from=first)
    now = TargetFactory(pupil=pupil, wording="I ask anybody", start=2, aim=4, carried_on_from=second)
    alone = TargetFactory.closed(pupil=pupil, wording="I wait my turn")
    client.force_login(senco)
    context = client.get(at("pupil-targets", pupil)).context
    [card] = context["active"]
    assert card.target == now
    assert [(each.target, each.now) for each in card.before] == [(first, 1), (second, 2)]
    assert [card.target for card in context["earlier"]] == [alone]
