"""A judgement as its row stores it, and as figures are made of it: one reading for the school's own pages and for what is published."""

from typing import Any

from assessments.models import Judgement
from assessments.progress import Judged
from targets.models import WhyEnded

STORED = ("step", "start", "aim", "previous", "counts", "first_achieved", "next", "reason", "strand_key")


def judged_of(row: dict[str, Any]) -> Judged:
    """The judgement of a row with the columns STORED and its `pupil`."""
    return Judged(
        pupil=row["pupil"],
        step=row["step"],
        start=row["start"],
        aim=row["aim"],
        previous=row["previous"],
        counts=row["counts"],
        first_achieved=row["first_achieved"],
        by_mistake=row["next"] == Judgement.Next.CLOSE and row["reason"] == WhyEnded.MISTAKE,
    )
