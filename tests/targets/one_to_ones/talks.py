"""What tests of one-to-ones share: a conversation, recorded inside its school."""

from datetime import date, datetime
from uuid import uuid4

from django.urls import reverse
from django.utils.timezone import localdate

from pupils.models import Pupil
from schools.models import User
from schools.tenancy import in_school
from targets.models import OneToOne, Target
from targets.services.one_to_ones import Conversation, Sighting, record_one_to_one


def talk(*sightings: Sighting, held_on: date | None = None, **more) -> Conversation:
    return Conversation(**{"client_id": uuid4(), "held_on": held_on or localdate(), "sightings": sightings} | more)


def record(
    pupil: Pupil, conversation: Conversation, by: User, *, instead_of: OneToOne | None = None, at: datetime | None = None
) -> OneToOne:
    with in_school(pupil.school):
        return record_one_to_one(pupil=pupil, conversation=conversation, by=by, instead_of=instead_of, at=at)


def saw(pupil: Pupil, by: User, target: Target, step: int, **how) -> OneToOne:
    return record(pupil, talk(Sighting(target, step)), by, **how)


def kept(pupil: Pupil) -> list[OneToOne]:
    """Every row of a pupil, whether it holds or not."""
    with in_school(pupil.school):
        return list(OneToOne.objects.filter(pupil=pupil).order_by("pk"))


def live(pupil: Pupil) -> list[OneToOne]:
    """Those that hold."""
    with in_school(pupil.school):
        return list(OneToOne.objects.live().filter(pupil=pupil).order_by("pk"))


def url_of(pupil: Pupil) -> str:
    return reverse("one-to-one-new", args=[pupil.school.slug, pupil.public_id])


def change_url(row: OneToOne) -> str:
    return reverse("one-to-one-change", args=[row.school.slug, row.public_id])
