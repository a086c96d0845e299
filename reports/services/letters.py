"""Letters of a completed review: one for each permitted recipient, printed outside the school's scope."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils import timezone

from assessments.models import Review
from pupils.recipients import Decision, Recipient, recipients
from reports import rendering
from reports.content import LetterContent
from reports.models import Job, Letter
from reports.services import files
from reports.services.letter_contents import contents_of
from reports.services.queue import Lease
from reports.services.refusals import NOT_COMPLETED, CannotBeDone, LetterNotApproved, LetterNotToBeApproved, RecipientNoLongerPermitted
from schools import audit
from schools.models import User
from schools.tenancy import in_school

KIND = "letter"


@dataclass(frozen=True)
class Draft:
    """A letter still to be printed: plain values that outlive the school's scope. It is of one version of the review."""

    recipient: Recipient
    content: LetterContent
    version: int


def who_may_receive(review: Review) -> Decision:
    """The pupil's recipients as of today; they are asked for again before each letter is stored, approved or opened."""
    return recipients(review.pupil, KIND, timezone.localdate())


def addressed(recipient: Recipient) -> str:
    """Names and address as a hash: a letter goes out only while they are still those of a permitted recipient."""
    return hashlib.sha256("\n".join((*recipient.names, "", *recipient.address)).encode()).hexdigest()


def said(content: LetterContent) -> str:
    """Everything that a letter says as a hash: whoever checks a letter reads what was printed, or is told that it changed."""
    return hashlib.sha256(repr(content).encode()).hexdigest()


def permitted_now(review: Review) -> set[tuple[int | None, str]]:
    return {(each.contact_id, addressed(each)) for each in who_may_receive(review).recipients}


def missing(decision: Decision, letters: Iterable[Letter]) -> int:
    """How many permitted recipients have no valid letter yet."""
    have = {letter.contact_id for letter in letters if letter.state in Letter.VALID}
    return sum(each.contact_id not in have for each in decision.recipients)


def make_letters(job: Job, lease: Lease) -> None:
    """Print what is missing: a letter for each permitted recipient without a valid one. Done twice it is the same letters."""
    with in_school(cast(int, job.school_id)):
        drafts = _drafts(job.row_id)
    lease.renew(0, len(drafts))
    for done, draft in enumerate(drafts, start=1):
        pdf = rendering.render_letter(draft.content)
        lease.renew(done, len(drafts))
        with in_school(cast(int, job.school_id)):
            _keep(job, draft, pdf)


def _drafts(review_id: int) -> list[Draft]:
    """Gather what the missing letters say. Raises CannotBeDone for a review that is not completed."""
    review = Review.objects.select_related("cycle", "pupil__school__programme", "completed_by").get(pk=review_id)
    if review.status != Review.Status.COMPLETED:
        raise CannotBeDone(NOT_COMPLETED)
    have = set(Letter.objects.valid().filter(review=review).values_list("contact", flat=True))
    wanted = [recipient for recipient in who_may_receive(review).recipients if recipient.contact_id not in have]
    return [Draft(recipient, content, review.version) for recipient, content in zip(wanted, contents_of(review, wanted), strict=True)]


def _keep(job: Job, draft: Draft, pdf: bytes) -> None:
    """Store a printed letter, unless its recipient was barred while it was printed, the review changed, or another worker was first."""
    recipient = draft.recipient
    review = Review.objects.select_related("pupil").select_for_update(of=("self",)).get(pk=job.row_id)
    key = (recipient.contact_id, addressed(recipient))
    if review.version != draft.version:
        return
    if key not in permitted_now(review) or Letter.objects.valid().filter(review=review, contact=recipient.contact_id).exists():
        return
    letter = Letter(review=review, contact_id=key[0], addressed=key[1], language=recipient.language, format=recipient.format)
    letter.file = files.name_for("letters", f"{review.pk}:{review.version}:{recipient.contact_id}:{job.pk}")
    letter.sha256, letter.says = files.store(letter.file, pdf), said(draft.content)
    letter.save()
    audit.record(by=job.asked_by, action="letter.made", row=letter)


def make_stale(*, review: Review, by: User) -> None:
    """The review is open again: no letter made before goes out. Each can be made again once it is completed."""
    letters = list(Letter.objects.valid().filter(review=review))
    Letter.objects.valid().filter(pk__in=[letter.pk for letter in letters]).update(state=Letter.State.STALE)
    audit.record_each(by=by, action="letter.stale", rows=letters)


def approve_letter(*, letter: Letter, by: User) -> None:
    """Let a letter out to be printed by the office. Refused when its recipient was barred meanwhile."""
    check_recipient(letter=letter, by=by)
    with transaction.atomic():
        if not Letter.objects.filter(pk=letter.pk, state=Letter.State.MADE).update(state=Letter.State.APPROVED):
            raise LetterNotToBeApproved
        audit.record(by=by, action="letter.approved", row=letter)


def check_recipient(*, letter: Letter, by: User) -> None:
    """Look once more whether the recipient, under the printed address, may have the letter; if not, it is withdrawn and refused."""
    if (letter.contact_id, letter.addressed) in permitted_now(letter.review):
        return
    with transaction.atomic():
        if Letter.objects.valid().filter(pk=letter.pk).update(state=Letter.State.WITHDRAWN):
            audit.record(by=by, action="letter.withdrawn", row=letter)
    raise RecipientNoLongerPermitted


def open_letter(*, letter: Letter, by: User, only_approved: bool) -> bytes:
    """Read a letter's file for somebody who prints or checks it. Raises a ReportRefused where it may not be opened."""
    if letter.state not in Letter.VALID:
        raise RecipientNoLongerPermitted
    if only_approved and letter.state != Letter.State.APPROVED:
        raise LetterNotApproved
    check_recipient(letter=letter, by=by)
    content = files.fetch(letter.file, letter.sha256)
    audit.record(by=by, action="letter.opened", row=letter)
    return content
