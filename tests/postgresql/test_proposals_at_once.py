"""Two people who decide on one proposal at the same moment: one wins, the other is told."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from schools.tenancy import in_school
from targets import services
from targets.models import Target
from targets.services.refusals import ProposalAlreadyDecided, SameWords, TargetRefused
from targets.services.targets import Wish
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, strand_of

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 8


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do all of it at the same moment, each over its own connection; return the names of what came of each."""
    ready, found = Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        connection.ensure_connection()
        ready.wait()
        try:
            found.append(type(deed()).__name__)
        except TargetRefused as refused:
            found.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=do, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


@pytest.fixture
def pupil(school):
    CycleDatesFactory.around_today(school)
    return PupilFactory(school=school)


def accept(proposal: Target, wording: str, by: object) -> Callable[[], object]:
    wish = Wish(wording, 1, 3, strand_of(proposal.school.partnership))

    def deed() -> object:
        with in_school(proposal.school):
            return services.accept_proposal(proposal=proposal, wish=wish, by=by)

    return deed


def decline(proposal: Target, by: object) -> Callable[[], object]:
    def deed() -> object:
        with in_school(proposal.school):
            return services.decline_proposal(proposal=proposal, because="Later", by=by)

    return deed


def test_of_two_who_accept_or_decline_at_once_one_wins_and_the_other_is_told(pupil, senco, head):
    for number in range(PAIRS):
        proposal = TargetFactory.proposed(pupil=pupil, wording=f"I wait, {number}")
        second = decline(proposal, head) if number % 2 else accept(proposal, f"I wait longer, {number}", head)
        assert at_once(accept(proposal, proposal.wording, senco), second) == [ProposalAlreadyDecided.__name__, Target.__name__]
        with in_school(pupil.school):
            Target.objects.active().delete()


def test_two_proposals_accepted_at_once_get_two_slots(pupil, senco, head):
    for number in range(PAIRS // 2):
        one, two = (TargetFactory.proposed(pupil=pupil, wording=f"I {word} {number}") for word in ("wait", "ask"))
        assert at_once(accept(one, one.wording, senco), accept(two, two.wording, head)) == [Target.__name__] * 2
        with in_school(pupil.school):
            assert sorted(Target.objects.active().values_list("slot", flat=True)) == [1, 2]
            Target.objects.active().delete()


def test_the_same_form_sent_twice_at_once_makes_one_target(pupil, senco):
    strand = strand_of(pupil.school.partnership)

    def set_it(number: int) -> Callable[[], object]:
        def deed() -> object:
            with in_school(pupil.school):
                return services.set_target(pupil=pupil, wish=Wish(f"I wait {number}", 1, 3, strand), by=senco)

        return deed

    for number in range(PAIRS // 2):
        assert at_once(set_it(number), set_it(number)) == [SameWords.__name__, Target.__name__]
