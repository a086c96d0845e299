"""How partnerships and schools begin. The rest they do themselves, in the browser."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from schools import audit
from schools.models import Partnership, PartnershipSchool, Programme, Role, School
from schools.services.invitations import LinkFor, invite
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


def invite_lead(*, partnership: Partnership, email: str, link_for: LinkFor) -> str:
    """Invite the lead of a partnership and return the link. Only the people who run the service do this."""
    return invite(place=partnership, email=email, role=Role.LEAD, link_for=link_for, by=None, granting=frozenset({Role.LEAD}))[1]


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
