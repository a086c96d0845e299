"""The three cycles that are over, played through the app's own services on their own days, across a year's end."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from assessments.models import Review
from assessments.services import close_cycle, complete_review, open_cycle
from reports.demo.children import Child, year_and_class_before
from reports.demo.days import at, weekday_from, year_start
from reports.demo.dice import dice
from reports.demo.drafts import Drafter
from reports.demo.new_targets import COUNTS_AFTER, review_date, set_new_targets
from reports.demo.scene import Scene
from reports.demo.targets import how_many
from schools.cycles import academic_year_of
from schools.models import CycleDates
from targets.models import Target

SET_BEFORE_DUE = (40, 100)
LATE_EVERY, LATE_SLOT, LATE_BEFORE_DUE = 9, 5, timedelta(days=13)
MISSED = (6, 17)  # places among the reviews of the cycle
CLOSED_AFTER = timedelta(days=7)


def play_cycles(scene: Scene, drafter: Drafter, over: Sequence[CycleDates], now: CycleDates) -> None:
    """One cycle after the other: targets set in good time, reviews held, then the targets that take the place of those that ended."""
    for place, (dates, coming) in enumerate(pairwise((*over, now))):
        if place == 0:
            here = [child for child in scene.children if child.is_on_roll(dates.due_on)]
            Target.objects.bulk_create([target for number, child in enumerate(here) for target in _set_before(scene, child, number, dates)])
        play_cycle(scene, drafter, dates, coming)
        set_new_targets(scene, dates, min(scene.today, coming.opens_on))


def play_cycle(scene: Scene, drafter: Drafter, dates: CycleDates, coming: CycleDates) -> None:
    """Reviews held in the weeks before the due date, two missed, the cycle closed a week later."""
    cycle = open_cycle(school=scene.school, dates=dates, by=scene.senco, at=at(dates.opens_on, 8, 40))
    held = [review for number, review in enumerate(Review.objects.filter(cycle=cycle).order_by("pk")) if number not in MISSED]
    drafter.draft(held, cycle)
    for number, review in enumerate(held):
        day = weekday_from(dates.opens_on + (dates.due_on - dates.opens_on) * number // len(held))
        complete_review(
            review=review, version=review.version, by=scene.senco, at=at(min(day, dates.due_on), 9 + number % 7, 5 * (number % 12))
        )
    _remember_last_year(scene, list(Review.objects.filter(cycle=cycle).order_by("pk")), dates)
    close_cycle(cycle=cycle, by=scene.senco, at=at(min(dates.due_on + CLOSED_AFTER, coming.opens_on), 8))
    Target.objects.active().filter(review_on__lte=dates.due_on).update(review_on=coming.due_on)  # of the two that were missed


def _set_before(scene: Scene, child: Child, number: int, last: CycleDates) -> list[Target]:
    """Two to four targets that count, and for every ninth pupil a further one that is too new."""
    rng = dice(child.key, "targets", last)
    wanted = last.due_on - timedelta(days=rng.randrange(*SET_BEFORE_DUE))
    set_on = weekday_from(max(wanted, child.pupil.on_roll_from or wanted))
    if set_on > last.due_on - COUNTS_AFTER:
        return []
    targets = scene.writer.write(child, range(1, how_many(rng) + 1), set_on, last.due_on, rng)
    if number % LATE_EVERY == LATE_EVERY - 1:
        late_on = weekday_from(last.due_on - LATE_BEFORE_DUE)
        targets += scene.writer.write(child, [LATE_SLOT], late_on, review_date(late_on), rng, [target.wording for target in targets])
    return targets


def _remember_last_year(scene: Scene, reviews: list[Review], last: CycleDates) -> None:
    """A review of last year knows the year and the class that the pupil was in then, not those of now."""
    this_year = year_start(academic_year_of(scene.today))
    if last.due_on >= this_year:
        return
    for review in reviews:
        child = scene.by_pupil[review.pupil_id]
        if child.is_on_roll(this_year):
            review.nc_year, review.registration_group = year_and_class_before(child)
    Review.objects.bulk_update(reviews, ["nc_year", "registration_group"])
