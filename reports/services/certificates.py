"""A certificate for a target whose aim was reached, made when somebody asks for it and kept nowhere."""

from django.db import transaction

from reports.celebrating import Reached, helped_in
from reports.content import Brand, CertificateContent
from schools import audit
from schools.models import User
from targets.models import Step

MOST_HELPED = 2


@transaction.atomic
def make_certificate(*, reached: Reached, is_whole_name: bool, by: User) -> CertificateContent:
    """Gather what a certificate says, as plain values to be printed outside the school's scope. It is for what is shared alone."""
    target, best = reached.target, reached.best
    pupil, school = target.pupil, target.pupil.school
    audit.record(by=by, action="certificate.made", row=target)
    return CertificateContent(
        school=str(school),
        brand=Brand(school.programme.look, school.programme.name),
        name=pupil.full_name if is_whole_name else pupil.first_name,
        first_name=pupil.first_name,
        words=reached.words,
        start=target.start,
        step=best.step,
        set_on=target.set_on,
        dated=best.day,
        helped=helped_in(best.talk)[:MOST_HELPED] if best.talk else (),
        key_worker=next((worker.user.get_full_name() for worker in pupil.key_workers_on(best.day)), ""),
        steps=Step.words(school.programme.words),
    )
