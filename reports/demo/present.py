"""What goes on now: the next cycle, open and about half done."""

from assessments.models import Review
from assessments.services import complete_review, open_cycle, pause_review, reopen_review
from reports.demo.days import at, weekday_before
from reports.demo.drafts import Drafter
from reports.demo.scene import Scene
from schools.models import CycleDates

NOT_YET_OPENED = "birchwood"  # so that opening a cycle can be tried
COMPLETED_EVERY, READY, IN_PROGRESS = 3, 6, 5
PAUSED = (
    (Review.Status.WAITING, Review.WhyPaused.PROFESSIONAL, "the speech therapist’s report comes next week"),
    (Review.Status.ON_HOLD, Review.WhyPaused.ILL, "the family has asked us to wait"),
)
REOPENED_IN, BECAUSE = "ashdown", "The parents’ view came in after the review was completed."


def open_next_cycle(scene: Scene, drafter: Drafter, coming: CycleDates) -> None:
    """Every third review is completed, some are ready to be, some begun, one waits and one is on hold; the rest has not started.

    In one school the last that was completed is open again.
    """
    if scene.place.slug == NOT_YET_OPENED:
        return
    cycle = open_cycle(school=scene.school, dates=coming, by=scene.senco, at=at(coming.opens_on, 8, 40))
    reviews = list(Review.objects.filter(cycle=cycle).order_by("pk"))
    done, left = reviews[::COMPLETED_EVERY], [review for place, review in enumerate(reviews) if place % COMPLETED_EVERY]
    begun = left[:: max(1, len(left) // (READY + IN_PROGRESS + len(PAUSED)))]
    drafter.draft([*done, *begun[:READY]], cycle)
    drafter.draft(begun[READY : READY + IN_PROGRESS], cycle, Review.Status.IN_PROGRESS)
    for review, (status, because, words) in zip(begun[READY + IN_PROGRESS :], PAUSED, strict=False):
        pause_review(review=review, status=status, because=because, words=words, by=scene.senco)
    for number, review in enumerate(done):
        day = weekday_before(coming.opens_on + (scene.today - coming.opens_on) * (number + 1) // len(done))
        complete_review(review=review, version=review.version, by=scene.senco, at=at(day, 9 + number % 7, 5 * (number % 12)))
    if scene.place.slug == REOPENED_IN:
        reopen_review(review=done[-1], because=BECAUSE, by=scene.senco, at=at(weekday_before(scene.today), 16, 10))
