"""Proposing a target and deciding on one through the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from pupils.models import Pupil
from schools.models import Role, School
from schools.tenancy import in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory, SupportStatusFactory
from tests.factories.targets import TargetFactory, strand_of

MARKUP = '<script>alert("x")</script>'


@pytest.fixture
def pupil(school) -> Pupil:
    CycleDatesFactory.around_today(school)
    return SupportStatusFactory(pupil=PupilFactory(school=school, forename="Ravi", surname="Patel")).pupil


@pytest.fixture
def typed(school) -> dict[str, str]:
    strand_of(school.partnership)
    return {
        "about": "skill:asking-for-help",
        "looked_at": "skill:asking-for-help",
        "wording": "I ask for help when I am stuck",
        "how_we_will_know": "I put my hand up.",
        "start": "1",
        "aim": "3",
        "review_on": (localdate() + timedelta(days=60)).isoformat(),
        "chosen_by_pupil": "yes",
    }


@pytest.fixture
def proposal(pupil, teacher) -> Target:
    return TargetFactory.proposed(pupil=pupil, proposed_by=teacher, wording="I wait my turn", review_on=localdate() + timedelta(days=10))


def at(name: str, row: Pupil | Target) -> str:
    return reverse(name, args=[row.school.slug, row.public_id])


def waiting_at(school: School) -> str:
    return reverse("proposal-list", args=[school.slug])


def targets_of(pupil: Pupil) -> list[Target]:
    with in_school(pupil.school):
        return list(Target.objects.filter(pupil=pupil).order_by("pk"))


def let_key_workers_set(school: School) -> None:
    School.objects.filter(pk=school.pk).update(key_workers_set_targets=True)


# ------------------------------------------------------------------------------------------------------------ who may what


def test_a_teacher_proposes(client, teacher, pupil, typed):
    client.force_login(teacher)
    assert "Propose this target" in client.get(f"{at('target-new', pupil)}?about=skill:asking-for-help").text
    assert "Your SENCO decides on it." in client.post(at("target-new", pupil), typed, follow=True).text
    [proposal] = targets_of(pupil)
    assert (proposal.status, proposal.slot, proposal.proposed_by, proposal.kind) == ("proposed", None, teacher, "soft-skill")


@pytest.mark.parametrize(("allowed", "status"), [(False, "proposed"), (True, "active")])
def test_a_key_worker_proposes_and_sets_where_the_school_allows_it(client, key_worker, school, pupil, typed, allowed, status):
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    if allowed:
        let_key_workers_set(school)
    client.force_login(key_worker)
    client.post(at("target-new", pupil), typed)
    assert [target.status for target in targets_of(pupil)] == [status]


@pytest.mark.parametrize(("allowed", "status"), [(False, 404), (True, 200)])
def test_a_key_worker_closes_where_the_school_allows_it(client, key_worker, school, pupil, allowed, status):
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    if allowed:
        let_key_workers_set(school)
    client.force_login(key_worker)
    assert client.get(at("target-close", TargetFactory(pupil=pupil))).status_code == status


def test_where_key_workers_set_it_is_for_own_pupils_only_and_a_teacher_still_proposes(client, key_worker, teacher, school, pupil, typed):
    let_key_workers_set(school)
    client.force_login(key_worker)
    assert client.post(at("target-new", pupil), typed).status_code == 404
    client.force_login(teacher)
    client.post(at("target-new", pupil), typed)
    assert [target.status for target in targets_of(pupil)] == ["proposed"]


def test_a_key_worker_who_may_set_does_not_decide_on_what_others_propose(client, key_worker, school, proposal):
    KeyWorkerFactory(pupil=proposal.pupil, user=key_worker)
    let_key_workers_set(school)
    client.force_login(key_worker)
    assert client.get(at("proposal-accept", proposal)).status_code == 404
    assert client.post(at("proposal-decline", proposal), {"because": "No"}).status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICE, Role.GOVERNOR])
def test_others_of_the_school_neither_propose_nor_decide(client, member, school, proposal, typed, role):
    client.force_login(member(school, role))
    assert client.post(at("target-new", proposal.pupil), typed).status_code == 404
    assert client.post(at("proposal-accept", proposal), typed).status_code == 404


# ------------------------------------------------------------------------------------------------------------ deciding


def test_the_senco_sees_what_waits_where_sencos_start(client, senco, teacher, school, proposal):
    client.force_login(senco)
    start = client.get("/", follow=True)
    assert "1 proposed target" in start.text
    assert waiting_at(school) in start.text
    client.force_login(teacher)
    assert "proposed target" not in client.get(reverse("pupil-list", args=[school.slug])).text.replace("Proposed targets", "")


def test_what_waits_is_listed_with_first_name_and_initial(client, senco, school, proposal):
    client.force_login(senco)
    text = client.get(waiting_at(school)).text
    assert "Ravi P." in text
    assert "Patel" not in text
    assert "I wait my turn" in text


def test_a_proposal_for_a_pupil_who_left_waits_for_nobody(client, senco, school, proposal):
    with in_school(school):
        Pupil.objects.update(left_on=localdate() - timedelta(days=1))
    client.force_login(senco)
    assert "I wait my turn" not in client.get(waiting_at(school)).text
    assert "1 proposed target" not in client.get("/", follow=True).text


def test_the_senco_accepts_with_two_clicks(client, senco, proposal):
    """The form holds what was proposed; the date moves on where a target of today would not count by then."""
    client.force_login(senco)
    form = client.get(at("proposal-accept", proposal)).context["form"]
    shown = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    assert shown["wording"] == "I wait my turn"
    assert shown["review_on"] == localdate() + timedelta(days=128)
    text = client.post(at("proposal-accept", proposal), shown, follow=True).text
    assert "The target is set as proposed." in text
    [target] = targets_of(proposal.pupil)
    assert (target.status, target.slot, target.set_by, target.set_on) == ("active", 1, senco, localdate())


def test_the_senco_accepts_with_changes(client, senco, proposal, typed):
    client.force_login(senco)
    assert "with your changes" in client.post(at("proposal-accept", proposal), typed, follow=True).text
    [target] = targets_of(proposal.pupil)
    assert (target.wording, target.kind) == (typed["wording"], "soft-skill")


def test_the_sixth_target_at_acceptance_asks_which_closes(client, senco, proposal, typed):
    five = [TargetFactory(pupil=proposal.pupil, slot=slot, wording=f"Target {slot}") for slot in range(1, 6)]
    client.force_login(senco)
    assert "Choose the one that closes." in client.post(at("proposal-accept", proposal), typed).text
    client.post(at("proposal-accept", proposal), typed | {"instead_of": five[2].public_id, "step": "3"})
    assert {target.slot: target.wording for target in targets_of(proposal.pupil) if target.slot}[3] == typed["wording"]


def test_the_senco_declines_and_the_proposer_reads_why(client, senco, teacher, school, proposal):
    client.force_login(senco)
    assert "Say in a few words why not." in client.post(at("proposal-decline", proposal), {"because": " "}).text
    client.post(at("proposal-decline", proposal), {"because": f"Next term. {MARKUP}"})
    client.force_login(teacher)
    for page in (waiting_at(school), at("pupil-targets", proposal.pupil)):
        text = client.get(page).text
        assert "Next term. &lt;script&gt;" in text
        assert MARKUP not in text


def test_colleagues_do_not_read_why_somebody_elses_proposal_was_declined(client, senco, member, school, proposal):
    client.force_login(senco)
    client.post(at("proposal-decline", proposal), {"because": "Next term."})
    client.force_login(member(school, Role.TEACHER))
    assert "Next term." not in client.get(at("pupil-targets", proposal.pupil)).text


def test_the_second_of_two_who_decide_gets_a_kind_word(client, senco, member, school, proposal, typed):
    client.force_login(member(school, Role.SENCO))
    client.post(at("proposal-decline", proposal), {"because": "Next term."})
    client.force_login(senco)
    for page in ("proposal-accept", "proposal-decline"):
        assert "Somebody has decided on this proposal in the meantime." in client.post(at(page, proposal), typed, follow=True).text
    assert [target.status for target in targets_of(proposal.pupil)] == ["declined"]


def test_a_target_that_was_never_a_proposal_has_no_page_to_decide_on(client, senco, pupil):
    client.force_login(senco)
    assert client.get(at("proposal-accept", TargetFactory(pupil=pupil))).status_code == 404


def test_the_proposer_withdraws_an_own_proposal(client, teacher, member, school, proposal):
    client.force_login(member(school, Role.TEACHER))
    assert client.post(at("proposal-withdraw", proposal)).status_code == 404
    client.force_login(teacher)
    assert at("proposal-withdraw", proposal) in client.get(at("pupil-targets", proposal.pupil)).text
    assert "Your proposal is withdrawn." in client.post(at("proposal-withdraw", proposal), follow=True).text
    assert targets_of(proposal.pupil) == []


def test_a_proposal_withdrawn_after_it_was_decided_is_said_so(client, teacher, proposal):
    with in_school(proposal.school):
        Target.objects.update(status="active", slot=1)
    client.force_login(teacher)
    assert "decided on this proposal in the meantime" in client.post(at("proposal-withdraw", proposal), follow=True).text
    assert len(targets_of(proposal.pupil)) == 1


def test_one_reads_what_became_of_own_proposals_only_of_pupils_one_may_see(client, teacher, school, proposal):
    client.force_login(teacher)
    assert "I wait my turn" in client.get(waiting_at(school)).text
    with in_school(school):
        proposal.pupil.support_statuses.all().delete()
    assert "I wait my turn" not in client.get(waiting_at(school)).text


def test_a_proposal_is_no_target_on_the_page_of_targets(client, senco, proposal):
    client.force_login(senco)
    text = client.get(at("pupil-targets", proposal.pupil)).text
    assert "0 of 5 places taken." in text
    assert "1 more is proposed and takes none." in text
    assert "No targets yet" in text
    assert at("target-close", proposal) not in text


def test_a_proposal_cannot_be_closed(client, senco, proposal):
    client.force_login(senco)
    assert client.post(at("target-close", proposal), {"step": "3"}).status_code == 404


def test_the_list_of_proposals_does_not_grow_in_queries(client, senco, school, proposal):
    client.force_login(senco)
    more = lambda: [TargetFactory.proposed(pupil__school=school, proposed_by=senco) for _ in range(29)]  # noqa: E731
    TargetFactory.proposed(pupil=proposal.pupil, proposed_by=senco)
    assert_does_not_grow(client, waiting_at(school), more, at_most=8)


def test_a_governor_has_no_list_of_proposals(client, governor, school):
    client.force_login(governor)
    assert client.get(waiting_at(school)).status_code == 404
    assert client.post(reverse("target-hints", args=[school.slug]), {"wording": "x"}).status_code == 404
