"""Attendance, behaviour and a reading age beside the steps, in the cycle that is over and in the one under way."""

from assessments.models import OutcomeMeasure, OutcomeValue, Review
from reports.demo.dice import dice, public_id
from reports.demo.scene import Scene

MEASURES = (("attendance", "Attendance"), ("behaviour", "Behaviour points"), ("attainment", "Reading age"))
KNOWN = 0.8  # of the pupils; the others' figures have not come in yet


def write_outcomes(scene: Scene) -> None:
    slug = scene.place.slug
    measures = [OutcomeMeasure(kind=kind, name=name, public_id=public_id("measure", slug, kind)) for kind, name in MEASURES]
    OutcomeMeasure.objects.bulk_create(measures)
    rows = [row for review in Review.objects.select_related("cycle").order_by("pk") for row in _of(scene, review, measures)]
    OutcomeValue.objects.bulk_create(rows)


def _of(scene: Scene, review: Review, measures: list[OutcomeMeasure]) -> list[OutcomeValue]:
    rng = dice(scene.by_pupil[review.pupil_id].key, "outcomes", scene.place.slug, review.cycle.due_on)
    if rng.random() > KNOWN:
        return []
    months = rng.randrange(60, 150)
    said = (f"{rng.randrange(820, 1000) / 10:g}", str(rng.randrange(0, 9)), f"{months // 12}y {months % 12}m")
    return [
        OutcomeValue(measure=measure, pupil_id=review.pupil_id, cycle=review.cycle, value=value)
        for measure, value in zip(measures, said, strict=True)
    ]
