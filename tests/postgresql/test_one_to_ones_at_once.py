"""Two requests at the same moment: the same form twice, and two corrections of one row."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from targets.models import OneToOne
from targets.services.one_to_ones import Sighting
from targets.services.refusals import ChangedMeanwhile, OneToOneRefused
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory
from tests.targets.one_to_ones.talks import kept, live, record, saw, talk

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 10


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of it at the same moment, each over its own connection; return what came of each."""
    ready, found = Barrier(len(deeds)), []

    def do(deed: Callable[[], object]) -> None:
        connection.ensure_connection()
        ready.wait()
        try:
            found.append(deed())
        except OneToOneRefused as refused:
            found.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=do, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def target(school):
    return TargetFactory(pupil=PupilFactory(school=school))


def test_the_same_form_sent_twice_at_once_is_one_row(target, senco):
    for number in range(1, PAIRS + 1):
        conversation = talk(Sighting(target, 3))
        first, second = at_once(*[lambda form=conversation: record(target.pupil, form, senco)] * 2)
        assert first == second
        assert isinstance(first, OneToOne)
        assert len(kept(target.pupil)) == number


def test_two_forms_sent_at_once_are_two_rows(target, senco):
    at_once(*[lambda: saw(target.pupil, senco, target, 3)] * 2)
    assert len(kept(target.pupil)) == 2


def test_of_two_corrections_at_once_one_holds_and_the_other_is_told(target, senco):
    row = saw(target.pupil, senco, target, 1)
    for _ in range(PAIRS):
        found = at_once(*[lambda row=row, step=step: saw(target.pupil, senco, target, step, instead_of=row) for step in (2, 3)])
        assert sorted(type(each).__name__ for each in found) == [ChangedMeanwhile.__name__, OneToOne.__name__]
        [row] = live(target.pupil)
