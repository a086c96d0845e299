"""Two people save one row at the same moment, over connections of their own. Nothing may be overwritten silently.

Pairs take turns: the same field, where one is saved and the other must be asked; and different fields, where both must
be in the row without a question. Every fourth pair meets on a row that is not there yet.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Barrier, Thread

from django.db import connection
from django.utils import timezone

from assessments import services
from assessments.drafts import Value
from assessments.models import Judgement, Review
from assessments.services.judging import values_of_line
from assessments.services.refusals import RowClash
from schools.models import Role, School, User
from schools.tenancy import in_school
from targets.models import Target
from tests.factories.assessments import ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.schools import MembershipFactory, SchoolFactory
from tests.factories.targets import TargetFactory

Values = dict[str, Value]
STEPS = 5


@dataclass(frozen=True)
class Pair:
    """What came of two savings: what went wrong, in words, and whether they overlapped in time."""

    wrongs: list[str]
    met: bool


@dataclass(frozen=True)
class Desk:
    """One row of one review, and the two people at it."""

    school: School
    review: Review
    target: Target
    people: tuple[User, User]

    @classmethod
    def make(cls) -> "Desk":
        school = SchoolFactory()
        people = tuple(MembershipFactory(school=school, role=Role.SENCO).user for _ in range(2))
        pupil = PupilFactory(school=school)
        cycle = ReviewCycleFactory(school=school, opened_at=timezone.now())
        return cls(school, ReviewFactory(pupil=pupil, cycle=cycle), TargetFactory(pupil=pupil), people)  # type: ignore[arg-type]

    def row(self) -> Values:
        """The row as it stands."""
        with in_school(self.school):
            [line] = services.lines_of(self.review)
            return values_of_line(line)

    def empty(self) -> None:
        with in_school(self.school):
            Judgement.objects.filter(review=self.review).delete()

    def save(self, person: User, base: Values, mine: Values) -> services.SavedRow:
        with in_school(self.school):
            return services.save_row(review=self.review, target_id=self.target.pk, base=base, mine=mine, by=person)


def pairs(desk: Desk, how_many: int) -> Iterator[Pair]:
    for number in range(how_many):
        if number % 4 == 0:
            desk.empty()
        yield same_field(desk, number) if number % 2 else different_fields(desk, number)


def same_field(desk: Desk, number: int) -> Pair:
    """Exactly one of two steps is in the row, and whoever wrote the other was asked."""
    base = desk.row()
    wanted = [(number + turn) % STEPS for turn in range(STEPS)]
    first, second = [step for step in wanted if step != base["step"]][:2]
    came, met = at_once(desk, base, {"step": first}, {"step": second})
    saved = [step for step, what in zip((first, second), came, strict=True) if isinstance(what, services.SavedRow)]
    asked = [what for what in came if isinstance(what, RowClash)]
    wrongs = [] if len(saved) == 1 and len(asked) == 1 else [f"pair {number}: {len(saved)} saved and {len(asked)} asked"]
    stands = desk.row()["step"]
    overwritten = [step for step in saved if step != stands]
    return Pair(wrongs + [f"pair {number}: {step} was overwritten by {stands}" for step in overwritten], met)


def different_fields(desk: Desk, number: int) -> Pair:
    """Both are in the row, and nobody was asked."""
    base = desk.row()
    step, note = (int(base["step"] or 0) + 1) % STEPS, f"Note of pair {number}"  # type: ignore[call-overload]
    came, met = at_once(desk, base, {"step": step}, {"note": note})
    wrongs = [f"pair {number}: {type(what).__name__} where nothing clashed" for what in came if not isinstance(what, services.SavedRow)]
    row = desk.row()
    lost = [name for name, value in (("step", step), ("note", note)) if row[name] != value]
    return Pair(wrongs + [f"pair {number}: the {name} was lost" for name in lost], met)


def at_once(desk: Desk, base: Values, *wishes: Values) -> tuple[list[object], bool]:
    """Save each wish as another person, at the same moment; return what came of each, and whether the times overlapped."""
    ready, came, spans = Barrier(len(wishes)), [None] * len(wishes), [(0.0, 0.0)] * len(wishes)

    def work(place: int, save: Callable[[], object]) -> None:
        connection.ensure_connection()
        ready.wait()
        began = time.monotonic()
        try:
            came[place] = save()  # type: ignore[call-overload]
        except Exception as raised:
            came[place] = raised  # type: ignore[call-overload]
        finally:
            spans[place] = (began, time.monotonic())
            connection.close()

    def saving(person: User, wish: Values) -> Callable[[], object]:
        return lambda: desk.save(person, base, wish)

    deeds = [saving(person, wish) for person, wish in zip(desk.people, wishes, strict=True)]
    threads = [Thread(target=work, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(came), max(began for began, _ in spans) < min(ended for _, ended in spans)
