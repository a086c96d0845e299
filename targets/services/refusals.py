"""What the rules of targets refuse, each with the words for the person and the field that they belong to."""

from datetime import date


class TargetRefused(Exception):
    """A target cannot be set or closed like this."""

    message = ""
    field: str | None = None


class AimBelowStart(TargetRefused):
    message = "Choose an aim at or above the start."
    field = "aim"


class ReviewDateTooEarly(TargetRefused):
    message = "Choose a review date after the day on which the target is set."
    field = "review_on"


class ReviewDateInThePast(TargetRefused):
    message = "Choose a review date that lies ahead."
    field = "review_on"


class NoPlannedCycle(TargetRefused):
    message = "No review is planned after this day. Add the next cycle dates in the school’s settings, or choose a date."
    field = "review_on"


class NoFreeSlot(TargetRefused):
    message = "This pupil has five targets. Choose one to close, so that there is room for this one."


class PupilHasLeft(TargetRefused):
    message = "This pupil has left the school. Targets can no longer be set."


class OtherLanguage(TargetRefused):
    message = "Choose a strand or a skill of your partnership’s target language."
    field = "about"


class SubjectMissing(TargetRefused):
    message = "Write the subject."
    field = "subject"


class SameWords(TargetRefused):
    message = "This pupil works towards a target in these words already, or it is proposed. Choose other words."
    field = "wording"


class TargetAlreadyClosed(TargetRefused):
    message = "Somebody closed this target in the meantime."


class ProposalAlreadyDecided(TargetRefused):
    message = "Somebody has decided on this proposal in the meantime. Nothing was changed."


class DecliningNeedsAReason(TargetRefused):
    message = "Say in a few words why not. Whoever proposed the target reads it."
    field = "because"


class NotTheProposer(TargetRefused):
    message = "Only the person who proposed a target takes it back."


class TooLateToTakeBack(TargetRefused):
    message = "This can be undone for 24 hours, by the person who did it, and until something else is done. Nothing was changed."


class TargetIsInUse(TargetRefused):
    message = "Something was recorded for this target in the meantime and rests on it, so it stays."


class ClosingNeedsAStep(TargetRefused):
    message = "Choose the step that you see now, or “Not seen” with the reason."
    field = "step"


class StopNeedsAReason(TargetRefused):
    message = "Say why the target ends before its aim is reached."
    field = "reason"


class OneToOneRefused(Exception):
    """A one-to-one cannot be recorded, changed or taken back like this."""

    message = ""
    field: str | None = None


class NothingSeen(OneToOneRefused):
    message = "Choose a step for at least one target."


class UnknownStep(OneToOneRefused):
    message = "Choose one of the five steps, or “Not seen”."


class NotThisPupils(OneToOneRefused):
    message = "This page no longer fits the pupil’s targets. Nothing was saved. Open it again."


class HeldInTheFuture(OneToOneRefused):
    """The server's day decides, whatever the clock of a device says."""

    field = "held_on"

    def __init__(self, today: date) -> None:
        self.message = f"By our clock it is {today:%A %-d %B}. Choose that day or an earlier one."
        super().__init__(self.message)


class HeldTooLongAgo(OneToOneRefused):
    message = "A one-to-one can be recorded for 14 days. What was seen earlier fits in a note of today’s."
    field = "held_on"


class PupilOfOneToOneHasLeft(OneToOneRefused):
    message = "This pupil has left the school. One-to-ones can be read and no longer be recorded."


class SentByAnother(OneToOneRefused):
    message = "This form was used already. Nothing was saved. Open it again."


class ChangedMeanwhile(OneToOneRefused):
    message = "This one-to-one was changed or taken back in the meantime. Look at it again."


class TooLateToChange(OneToOneRefused):
    message = "A one-to-one can be changed or taken back for 24 hours, by the person who recorded it."


class ReviewRestsOnIt(OneToOneRefused):
    message = "A review was completed after this was recorded and rests on it, so it stays."


class StrategyRefused(Exception):
    """A strategy cannot be added like this."""

    message = ""


class StrategyIsListed(StrategyRefused):
    message = "This is on the list already."


class StrategyIsSwitchedOff(StrategyRefused):
    message = "This is on the list, switched off. Switch it on again below, so that its history goes on."


class VoiceRefused(Exception):
    """What a pupil says cannot be kept like this."""

    message = ""


class PupilOfVoiceHasLeft(VoiceRefused):
    message = "This pupil has left the school. What was said can be read; nothing is added."


class NotAnAnswer(VoiceRefused):
    message = "We could not keep this. Please try again."


class NothingNoticed(VoiceRefused):
    message = "Write at least one thing that you noticed."
