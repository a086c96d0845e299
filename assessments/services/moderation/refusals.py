"""What the rules of moderation refuse, each with the words for the person and the field that they belong to."""


class ModerationRefused(Exception):
    message = ""
    field: str | None = None


class RoundIsOpen(ModerationRefused):
    message = "A round is open already. Close it before you open the next one."


class ClosesInThePast(ModerationRefused):
    message = "Choose a day that lies ahead."
    field = "closes_on"


class RoundIsClosed(ModerationRefused):
    message = "This round is closed. Nothing was changed."


class HeadHasNotAgreed(ModerationRefused):
    message = "The head has not agreed to this round yet."


class NobodyToJudge(ModerationRefused):
    message = "No other school of the partnership could judge this, so it stays here."


class DecidedAlready(ModerationRefused):
    message = "Somebody decided on this sample in the meantime."


class NameInText(ModerationRefused):
    """The words that would leave the school hold a name from the roll."""

    def __init__(self, field: str, names: list[str]) -> None:
        super().__init__()
        self.field = field
        self.message = f"This holds a name: {', '.join(names)}. Write “the pupil” or “an adult” instead."


class DayInText(ModerationRefused):
    """The words that would leave the school hold a day with its year, which may be the day of a birth."""

    def __init__(self, field: str, days: list[str]) -> None:
        super().__init__()
        self.field = field
        self.message = f"This holds a day: {', '.join(days)}. Write “this term” or leave it out: a day of birth must not leave the school."
