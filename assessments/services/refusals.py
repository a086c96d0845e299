"""What the rules of cycles and reviews refuse, each with the words for the person."""

from schools.merge import Merge


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


class ReviewChangedMeanwhile(ReviewRefused):
    message = "Somebody changed this review after you opened it. Look at it again, then complete it."


class FieldsClash(ReviewRefused):
    """Two people changed the same fields: both values are shown, and nothing is written."""

    message = "Somebody else changed the same fields after you opened this page."

    def __init__(self, merged: Merge) -> None:
        super().__init__(self.message)
        self.merged = merged


class TargetsLeft(ReviewRefused):
    """A due target has no step, or what happens next with a target could not be done like this."""

    message = "This review is not ready: something is left to do."
