"""What goes on now: targets set since the last cycle, and the next one open with a few reviews begun."""

from collections import defaultdict
from datetime import date, timedelta

from assessments.models import Review
from assessments.services import complete_review, open_cycle, pause_review
from reports.demo.children import Child
from reports.demo.days import at, weekday_from
from reports.demo.dice import dice
from reports.demo.drafts import Drafter
from reports.demo.history import review_date
from reports.demo.scene import Scene
from reports.demo.targets import how_many
from schools.models import CycleDates
from targets.models import Target

NOT_YET_OPENED = "birchwood"  # so that opening a cycle can be tried
COMPLETED, READY, IN_PROGRESS = 4, 6, 5  # fewer completed ones than would be published before the cycle closes
SUMMER = (7, 21), (9, 7)  # from, to: nobody sets targets then
SLOTS = (1, 2, 3, 4)
EVERYBODY_BUT = 11  # every eleventh new pupil has no target yet
PAUSED = (
    (Review.Status.WAITING, Review.WhyPaused.PROFESSIONAL, "the speech therapist’s report comes next week"),
    (Review.Status.ON_HOLD, Review.WhyPaused.ILL, "the family has asked us to wait"),
)


def set_new_targets(scene: Scene, last: CycleDates) -> None:
    """Fill up to two, three or four targets: for those who came since, and for those who reached what they aimed at."""
    held: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.active():
        held[target.pupil_id].append(target)
    here = [child for child in scene.children if child.is_on_roll(scene.today)]
    Target.objects.bulk_create(
        [target for number, child in enumerate(here) for target in _set_since(scene, child, number, held[child.pupil.pk], last)]
    )


def _set_since(scene: Scene, child: Child, number: int, held: list[Target], last: CycleDates) -> list[Target]:
    rng = dice(child.key, "targets since", scene.place.slug, last)
    missing = how_many(rng) - len(held)
    if missing <= 0 or (not held and number % EVERYBODY_BUT == EVERYBODY_BUT - 1):
        return []
    earliest = max(last.due_on, child.pupil.on_roll_from or last.due_on) + timedelta(days=rng.randrange(8, 40))
    set_on = school_day(earliest, scene.today)
    free = [slot for slot in SLOTS if slot not in {target.slot for target in held}][:missing]
    return scene.writer.write(child, free, set_on, review_date(set_on), rng, [target.wording for target in held])


def school_day(day: date, today: date) -> date:
    """The day itself or the next school day, but never later than today."""
    first, last = (date(day.year, *part) for part in SUMMER)
    return min(weekday_from(last if first <= day < last else day), today)


def open_next_cycle(scene: Scene, drafter: Drafter, coming: CycleDates) -> None:
    """Some reviews are completed, some ready to be, some begun, one waits and one is on hold; the rest has not started."""
    if scene.place.slug == NOT_YET_OPENED:
        return
    cycle = open_cycle(school=scene.school, dates=coming, by=scene.senco, at=at(coming.opens_on, 8, 40))
    reviews = list(Review.objects.filter(cycle=cycle).order_by("pk"))
    begun = reviews[:: max(1, len(reviews) // (COMPLETED + READY + IN_PROGRESS + len(PAUSED)))]
    ready, others = begun[: COMPLETED + READY], begun[COMPLETED + READY :]
    drafter.draft(ready, cycle)
    drafter.draft(others[:IN_PROGRESS], cycle, Review.Status.IN_PROGRESS)
    for review, (status, because, words) in zip(others[IN_PROGRESS:], PAUSED, strict=False):
        pause_review(review=review, status=status, because=because, words=words, by=scene.senco)
    for number, review in enumerate(ready[:COMPLETED]):
        complete_review(review=review, version=review.version, by=scene.senco, at=at(scene.today, 9, 10 * number))
