"""What the rules of letters, reports and jobs refuse, each with the words for the person."""

from collections.abc import Sequence


class ReportRefused(Exception):
    message = ""


ASKER_LEFT = "asker_left"  # codes of failed jobs, which name nobody
LOST = "lost"
NO_TARGETS = "no_targets"
NOT_COMPLETED = "review_not_completed"
NOTHING_PUBLISHED = "nothing_published"


class CannotBeDone(Exception):
    """A job cannot be done, now or at a second attempt; the code says why without a name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RecipientNoLongerPermitted(ReportRefused):
    message = "This person may no longer receive the letter, so it was withdrawn. Look at the pupil’s contacts."


class LetterNotToBeApproved(ReportRefused):
    message = "Somebody approved or withdrew this letter in the meantime."


class LetterSaysOther(ReportRefused):
    message = "A date, a name or the school’s own words changed since this letter was printed. It was set aside: make it again."


class LetterNotApproved(ReportRefused):
    message = "This letter is not approved yet."


class NothingApproved(ReportRefused):
    message = "No letter here is approved, so there is nothing to print."


class SomeWithdrawn(ReportRefused):
    """Nothing was printed: what people hold in their hands must be what they may send."""

    def __init__(self, pupils: Sequence[str]) -> None:
        super().__init__()
        self.message = (
            f"Not printed yet: {len(pupils)} letter{'s' if len(pupils) > 1 else ''} had to be withdrawn, because the person may no longer "
            f"receive {'them' if len(pupils) > 1 else 'it'} ({', '.join(pupils)}). Print again for all the others."
        )


class FileDamaged(ReportRefused):
    message = "The file is missing or damaged. Have it made again."


class ReviewNotCompleted(ReportRefused):
    message = "Letters are made once the review is completed."


class NothingToOpen(ReportRefused):
    message = "No school has a cycle of this term that can be opened today."


class AlreadyFinishing(ReportRefused):
    message = "Reviews of this cycle are being completed already. Wait until that is done, then look again."


class NothingPublished(ReportRefused):
    message = "No school has published figures for this term yet, so there is nothing to report."
