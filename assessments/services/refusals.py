"""What the rules of cycles and reviews refuse, each with the words for the person."""

from typing import TYPE_CHECKING

from schools.merge import Merge

if TYPE_CHECKING:
    from assessments.services.lines import Line


class ReviewRefused(Exception):
    """A cycle or review cannot be changed like this."""

    message = ""


class CycleAlreadyOpened(ReviewRefused):
    message = "This cycle was opened already."


class CycleNotYetDue(ReviewRefused):
    message = "This cycle can be opened from its first day on. The dates are in the school’s settings."


class LaterCycleWasOpened(ReviewRefused):
    message = "A later cycle was opened already, so this one is past."


class CycleAlreadyClosed(ReviewRefused):
    message = "This cycle was closed already."


class ReviewAlreadyCompleted(ReviewRefused):
    message = "This review is completed already. Nothing was changed."


class ReviewWasMissed(ReviewRefused):
    message = "The cycle was closed in the meantime, so this review counts as missed. Its draft is kept."


class NothingToReopen(ReviewRefused):
    message = "This review is open already, or it was missed. Only a completed review is opened again."


class ReopeningNeedsAReason(ReviewRefused):
    message = "Say why the review is opened again."


class LaterReviewBegan(ReviewRefused):
    message = "A later review of this pupil has begun and rests on this one, so this one stays. Put it right in the later one."


class ReviewIsPaused(ReviewRefused):
    message = "This review waits or is on hold. Lift that first, then complete it."


class PauseNeedsAReason(ReviewRefused):
    message = "Say why. For another reason, write it in a few words."


class NothingToLift(ReviewRefused):
    message = "This review does not wait and is not on hold."


class ReviewChangedMeanwhile(ReviewRefused):
    message = "Somebody changed this review after you opened it. Look at it again, then complete it."


class FieldsClash(ReviewRefused):
    """Two people changed the same fields: both values are shown, and nothing is written."""

    message = "Somebody else changed the same fields after you opened this page."

    def __init__(self, merged: Merge) -> None:
        super().__init__(self.message)
        self.merged = merged


class RowClash(FieldsClash):
    """The same for one row; `line` is the row as it stands, with who saved it and when."""

    def __init__(self, merged: Merge, line: "Line") -> None:
        super().__init__(merged)
        self.line = line


class PupilLeftMeanwhile(ReviewRefused):
    message = "This pupil has left. Nothing was changed. Put the pupil back on roll to go on."


class NotInThisReview(ReviewRefused):
    message = "This target is not part of the review any more. Nothing was changed."


class TargetsLeft(ReviewRefused):
    """A due target has no step, or what happens next with a target could not be done like this."""

    message = "This review is not ready: something is left to do."


class TooMuchAgreed(ReviewRefused):
    message = "A meeting agrees on six things at most, so that the sheet stays one page. Take one back first."


class MeasureRefused(ReviewRefused):
    """A measure of outcomes cannot be added; the words say why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OutcomesChangedMeanwhile(ReviewRefused):
    """Somebody else wrote another value: `theirs` holds it by pupil and measure. Nothing was written."""

    message = "Somebody else changed the same values in the meantime. Nothing was saved."

    def __init__(self, theirs: dict[tuple[int, int], str]) -> None:
        super().__init__(self.message)
        self.theirs = theirs
