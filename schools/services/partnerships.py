"""How partnerships and schools begin. The rest they do themselves, in the browser."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import Invitation, Partnership, PartnershipSchool, Programme, Role, School
from schools.models.people import PARTNERSHIP_ROLES
from schools.services.invitations import LinkFor, invite, send_again
from schools.services.settings import keep_planned
from schools.tenancy import in_school

AGES = {  # the wording that pupils of a phase meet
    School.Phase.NURSERY: Programme.Age.EARLY,
    School.Phase.PRIMARY: Programme.Age.PRIMARY,
    School.Phase.SPECIAL: Programme.Age.PRIMARY,
}


@transaction.atomic
def create_partnership(*, name: str, slug: str, kind: str) -> Partnership:
    """Make a partnership with nobody in it yet. Raises ValidationError for what cannot be."""
    partnership = Partnership(name=name, slug=slug, kind=kind)
    partnership.full_clean()
    partnership.save()
    audit.record(by=None, action="partnership.created", row=partnership)
    return partnership


@transaction.atomic
def invite_to_partnership(*, partnership: Partnership, email: str, role: str, link_for: LinkFor) -> str:
    """Invite somebody as lead or governor of a partnership and return the link. Only the people who run the service do this.

    One that was not accepted yet gets a new link: where nobody leads, nobody could send it again from the list.
    """
    granting = frozenset(PARTNERSHIP_ROLES)
    waiting = Invitation.objects.open().filter(partnership=partnership, email=email.strip().lower(), role=role).first()
    if waiting:
        return send_again(invitation=waiting, link_for=link_for, by=None, granting=granting)
    return invite(place=partnership, email=email, role=role, link_for=link_for, by=None, granting=granting)[1]


@transaction.atomic
def create_school(*, partnership: Partnership, look: str, name: str, slug: str, phase: str, kind: str, laestab: str) -> School:
    """Make a school that uses the partnership's language, feeds its figures from today, and has its cycles planned.

    Raises ValidationError for what cannot be, such as a LAESTAB that another school has.
    """
    if laestab and School.objects.filter(laestab=laestab).exists():
        raise ValidationError({"laestab": "Another school has this LAESTAB."})
    programme = programme_of(partnership, look, phase)
    school = School(partnership=partnership, programme=programme, name=name, slug=slug, phase=phase, kind=kind, laestab=laestab)
    school.key_workers_set_targets = phase == School.Phase.PRIMARY  # the school may decide otherwise in its settings
    school.full_clean()
    school.save()
    PartnershipSchool.objects.create(partnership=partnership, school=school, starts_on=timezone.localdate())
    with in_school(school):
        keep_planned(school=school, today=timezone.localdate())
        audit.record(by=None, action="school.created", row=school, school=school)
    return school


def programme_of(partnership: Partnership, look: str, phase: str) -> Programme:
    """Return the partnership's programme of that look, making it for the first school that runs it."""
    age = AGES.get(School.Phase(phase), Programme.Age.SECONDARY)
    found = partnership.programmes.filter(look=look).order_by("pk").first()
    return found or Programme.objects.create(partnership=partnership, name=look.upper(), look=look, age=age)


def invite_head(*, school: School, email: str, link_for: LinkFor) -> str:
    """Invite the first head of a school and return the link. Only the people who run the service do this."""
    return invite(place=school, email=email, role=Role.HEAD, link_for=link_for, by=None, granting=frozenset({Role.HEAD}))[1]
