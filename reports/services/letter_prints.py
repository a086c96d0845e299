"""Looking at letters before they go out, and printing many as one file; each time their recipients are looked at again."""

from collections.abc import Sequence

from assessments.models import Review
from pupils.recipients import Recipient
from reports import binding, lengths
from reports.content import LetterContent
from reports.lengths import Said
from reports.models import Letter
from reports.services import files
from reports.services.letter_contents import contents_of
from reports.services.letters import check_recipient, said, who_may_receive
from reports.services.refusals import CannotBeDone, LetterSaysOther, NothingApproved, RecipientNoLongerPermitted, SomeWithdrawn
from schools import audit
from schools.models import User


def preview_letter(*, letter: Letter, by: User) -> LetterContent:
    """What a letter says, for somebody who checks it. Withdrawn and refused when its recipient was barred meanwhile.

    What it would say today has to be what was printed; otherwise it is set aside, to be made again.
    """
    check_recipient(letter=letter, by=by)
    recipients = [each for each in who_may_receive(letter.review).recipients if each.contact_id == letter.contact_id]
    [content] = contents_of(letter.review, recipients)
    if letter.says and letter.says != said(content):
        Letter.objects.valid().filter(pk=letter.pk).update(state=Letter.State.STALE)
        audit.record(by=by, action="letter.stale", row=letter)
        raise LetterSaysOther
    audit.record(by=by, action="letter.previewed", row=letter)
    return content


def longest_said(review: Review, wanted: Sequence[Recipient]) -> Said | None:
    """What the longest of a review's letters says, for whoever approves them unread; None where there is nothing to tell."""
    try:
        contents = contents_of(review, wanted)
    except CannotBeDone:
        return None
    return max(map(lengths.said, contents), key=lambda words: words.count, default=None)


def print_letters(*, letters: Sequence[Letter], by: User) -> bytes:
    """Approved letters as one file, in the order given, all or none; called in the transaction in which they were found.

    Raises SomeWithdrawn where a recipient was barred meanwhile: those letters are withdrawn, and the others wait for another
    try, so that nobody holds a paper that may not go out. Raises NothingApproved, or FileDamaged.
    """
    if not letters:
        raise NothingApproved
    if barred := _withdraw_barred(letters, by):
        raise SomeWithdrawn([letter.review.pupil.short_name for letter in barred])
    papers = [files.fetch(letter.file, letter.sha256) for letter in letters]
    audit.record_each(by=by, action="letter.opened", rows=letters)
    return binding.bind(papers)


def _withdraw_barred(letters: Sequence[Letter], by: User) -> list[Letter]:
    barred = []
    for letter in letters:
        try:
            check_recipient(letter=letter, by=by)
        except RecipientNoLongerPermitted:
            barred.append(letter)
    return barred
