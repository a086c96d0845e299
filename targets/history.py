"""What happened to a pupil, with when the pupil spoke: it lives above the pupils' own timeline, which knows no voice."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from pupils.models import Profile, Pupil
from pupils.timeline import Event, timeline_of
from targets.models import VoiceVisit


def history_of(pupil: Pupil, profile: Profile | None, today: date) -> list[Event]:
    """Everything up to today, newest first. What was said stands on the Voice page; here is that it was, and what was done."""
    return sorted([*voice_events(pupil), *timeline_of(pupil, profile, today)], key=lambda event: event.on, reverse=True)


def voice_events(pupil: Pupil) -> Iterator[Event]:
    for visit in VoiceVisit.objects.told().filter(pupil=pupil).order_by("-told_at", "-pk").select_related("adult", "we_did_by"):
        title = "What we noticed" if visit.is_observed else f"{pupil.first_name} said how it goes"
        how = "An adult’s reading, by" if visit.is_observed else f"{visit.get_given_display()}, with"
        yield Event(timezone.localdate(visit.told_at), title, "chat", f"{how} {visit.adult}. The words are on the Voice page.")
        if visit.we_did_at:
            yield Event(timezone.localdate(visit.we_did_at), "You said, we did", "check", f"{visit.we_did} By {visit.we_did_by}.")
