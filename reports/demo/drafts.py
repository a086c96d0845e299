"""Reviews on the way: what was judged so far, what the pupil says and what the parents say."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from assessments.models import Judgement, Review, ReviewCycle
from reports.demo.dice import Deck, dice
from reports.demo.growth import judge, why_away
from reports.demo.profiles import band_of
from reports.demo.scene import Scene
from reports.demo.words.reviews import NOTES, PARENTS_VIEWS, PUPIL_VIEWS
from targets.models import Target

SAYS, DECLINES, PARENTS_COME, PARENTS_WRITE, HAS_NOTE = 0.8, 0.08, 0.72, 0.75, 0.45
SHE = {"He": "She", "he": "she", "his": "her", "him": "her"}
VIEWS = ["pupil_view_state", "pupil_view", "parents_view", "parents_met_on", "status", "version"]


class Drafter:
    """Writes the drafts of one school's reviews; a remark comes back only when its bank is used up."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._decks: dict[str, Deck] = {}

    def _deck(self, name: str, remarks: Sequence[str]) -> Deck:
        return self._decks.setdefault(name, Deck(remarks, dice(self._scene.place.slug, "remarks", name)))

    def draft(self, reviews: Iterable[Review], cycle: ReviewCycle, status: Review.Status = Review.Status.READY) -> None:
        """Judge the due targets of reviews that are ready, and all but the last one of those that are in progress."""
        reviews = list(reviews)
        due = Target.objects.due_by(cycle.due_on, cycle.counts_after_days).filter(pupil__in=[each.pupil_id for each in reviews])
        targets = list(due.select_related("strand", "skill").order_by("slot"))
        before = self._last_steps()
        judgements = []
        for review in reviews:
            own = [target for target in targets if target.pupil_id == review.pupil_id]
            judgements += self._judge(review, own if status == Review.Status.READY else own[:-1], before, cycle)
            self._hear(review, cycle, status)
        Judgement.objects.bulk_create(judgements)
        Review.objects.bulk_update(reviews, VIEWS)

    def _last_steps(self) -> dict[int, int]:
        """The step last seen for each target."""
        seen = Judgement.objects.completed().filter(step__isnull=False).oldest_first()
        return {target: step for target, step in seen.values_list("target", "step") if step is not None}

    def _judge(self, review: Review, targets: Iterable[Target], before: dict[int, int], cycle: ReviewCycle) -> list[Judgement]:
        child = self._scene.by_pupil[review.pupil_id]
        rng = dice(child.key, "judged", self._scene.place.slug, cycle.due_on)
        away, judgements = why_away(rng), []
        for target in targets:
            earlier = before.get(target.pk, target.start)
            seen = judge(earlier, target.aim, self._scene.temperaments[review.pupil_id], away, rng)
            judgement = Judgement(
                review=review,
                target=target,
                step=seen.step,
                not_seen=seen.not_seen,
                next=seen.next,
                next_aim=seen.next_aim,
                reason=seen.reason,
                note=self._note(earlier, seen.step, rng),
            )
            if seen.next == Judgement.Next.CHANGE:
                judgement.next_wording = self._scene.writer.next_wording(child, target)
            judgements.append(judgement)
        return judgements

    def _note(self, before: int, step: int | None, rng: Random) -> str:
        if step is None or rng.random() > HAS_NOTE:
            return ""
        way = "moved" if step > before else "back" if step < before else "same"
        return self._deck(way, NOTES[way]).draw()

    def _hear(self, review: Review, cycle: ReviewCycle, status: Review.Status) -> None:
        """What the pupil and the parents say; nobody was asked yet where the review has only begun."""
        review.status, review.version = status, review.version + 1
        child = self._scene.by_pupil[review.pupil_id]
        rng = dice(child.key, "heard", self._scene.place.slug, cycle.due_on)
        if status != Review.Status.READY:
            return
        self._hear_pupil(review, band_of(child).__name__.rpartition(".")[2], rng)
        if rng.random() < PARENTS_COME:
            review.parents_met_on = _met_on(cycle, self._scene.today, rng)
            if rng.random() < PARENTS_WRITE:
                review.parents_view = _about(child.pupil.sex, self._deck("parents", PARENTS_VIEWS).draw())

    def _hear_pupil(self, review: Review, band: str, rng: Random) -> None:
        chance = rng.random()
        if chance < SAYS:
            review.pupil_view_state = Review.PupilView.GIVEN
            review.pupil_view = self._deck(f"{band} pupils", PUPIL_VIEWS[band]).draw()
        elif chance < SAYS + DECLINES and band not in ("early", "sensory"):
            review.pupil_view_state = Review.PupilView.DECLINED
        else:
            review.pupil_view_state = Review.PupilView.COULD_NOT_SAY


def _met_on(cycle: ReviewCycle, today: date, rng: Random) -> date:
    """A weekday of the first two weeks of the window."""
    return min(cycle.opens_on + timedelta(days=rng.choice((3, 4, 5, 6, 10, 11, 12, 13))), today)


def _about(sex: str, remark: str) -> str:
    words = SHE if sex == "F" else {word: word for word in SHE}
    return remark.format(**words)
