from collections.abc import Mapping

from django.db import models


class Step(models.IntegerChoices):
    """A rung of the ladder; the same five for every target and school."""

    NOT_STARTED = 0, "Not started"
    STARTED = 1, "Started"
    GETTING_THERE = 2, "Getting there"
    ALMOST = 3, "Almost"
    DONE_IT = 4, "Done it"

    @classmethod
    def words(cls, renamed: Mapping[str, str]) -> tuple[str, ...]:
        """The ladder's words, those of a programme where it renames one: {"G": "On the way"}."""
        return tuple(renamed.get(key, str(step.label)) for key, step in zip("NSGAD", cls, strict=True))


class NotSeen(models.TextChoices):
    """Why a step was not seen this time."""

    NO_OPPORTUNITY = "no_opportunity", "No opportunity to see it"
    ABSENT = "absent", "The pupil was away"
    NEW_ADULT = "new_adult", "The adult is new to the pupil"
    OTHER = "other", "Another reason"


class WhyEnded(models.TextChoices):
    """Why a target was changed or stopped before its aim was reached."""

    TOO_BIG = "too_big", "The step was too big"
    TOO_SMALL = "too_small", "The step was too small"
    PUPIL_CHOSE = "pupil_chose", "The pupil chose something else"
    MATTERS_MORE = "matters_more", "Something else matters more now"
    MISTAKE = "mistake", "It was set by mistake"
    OTHER = "other", "Another reason"
