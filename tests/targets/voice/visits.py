"""What the tests of the pupils' voice share: addresses, and reads inside the school."""

from django.urls import reverse

from pupils.models import Pupil
from schools.tenancy import in_school
from targets.models import Voice, VoiceVisit

PIN = "8052"
GOOD, FIRST_TARGET, LAST_TARGET, HELPS, ELSE, RIGHT, THANKS = 1, 2, 4, 5, 6, 7, 8  # the pages of a visit with three targets


def at(name: str, pupil: Pupil) -> str:
    return reverse(name, args=[pupil.school.slug, pupil.public_id])


def start_url(pupil: Pupil) -> str:
    return at("voice-start", pupil)


def voices(pupil: Pupil) -> list[Voice]:
    """Every question of the pupil's visits, in the order asked."""
    with in_school(pupil.school):
        return list(Voice.objects.filter(visit__pupil=pupil).select_related("target").order_by("pk"))


def voice(pupil: Pupil, number: int) -> Voice:
    """The question of a page of the only visit."""
    return voices(pupil)[number - 1]


def visit_of(pupil: Pupil) -> VoiceVisit:
    with in_school(pupil.school):
        return VoiceVisit.objects.get(pupil=pupil)
