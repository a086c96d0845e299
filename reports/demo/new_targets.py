"""New targets between two cycles: for those who came since, and for those who reached what they aimed at."""

from collections import defaultdict
from datetime import date, timedelta

from reports.demo.children import Child
from reports.demo.days import weekday_from
from reports.demo.dice import dice
from reports.demo.scene import Scene
from reports.demo.targets import how_many
from schools.models import CycleDates
from targets.models import Target

COUNTS_AFTER = timedelta(days=28)
SUMMER = (7, 21), (9, 7)  # from, to: nobody sets targets then
SLOTS = (1, 2, 3, 4)
EVERYBODY_BUT = 11  # every eleventh new pupil has no target yet


def set_new_targets(scene: Scene, last: CycleDates, until: date) -> None:
    """Fill up to two, three or four targets, none set later than a day."""
    held: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.active():
        held[target.pupil_id].append(target)
    here = [child for child in scene.children if child.is_on_roll(until)]
    Target.objects.bulk_create(
        [target for number, child in enumerate(here) for target in _set_since(scene, child, number, held[child.pupil.pk], last, until)]
    )


def _set_since(scene: Scene, child: Child, number: int, held: list[Target], last: CycleDates, until: date) -> list[Target]:
    rng = dice(child.key, "targets since", scene.place.slug, last)
    missing = how_many(rng) - len(held)
    if missing <= 0 or (not held and number % EVERYBODY_BUT == EVERYBODY_BUT - 1):
        return []
    earliest = max(last.due_on, child.pupil.on_roll_from or last.due_on) + timedelta(days=rng.randrange(8, 40))
    set_on = school_day(earliest, until)
    free = [slot for slot in SLOTS if slot not in {target.slot for target in held}][:missing]
    return scene.writer.write(child, free, set_on, review_date(set_on), rng, [target.wording for target in held])


def school_day(day: date, until: date) -> date:
    """The day itself or the next school day, but never later than a day."""
    first, last = (date(day.year, *part) for part in SUMMER)
    return min(weekday_from(last if first <= day < last else day), until)


def review_date(set_on: date) -> date:
    """The due date of the first planned cycle in which a target set on a day counts."""
    return CycleDates.objects.filter(due_on__gte=set_on + COUNTS_AFTER).order_by("due_on").values_list("due_on", flat=True)[0]
