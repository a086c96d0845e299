"""The first page about a pupil, and the timeline: they show what one-to-ones and the pupil tell, so they live above pupils."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pupils.importing import codes
from pupils.models import Contact
from pupils.views.frame import open_pupil, profile_note, profile_of, pupil_frame
from schools.access import Permission, SchoolRequest, school_view
from targets.helping import what_helps
from targets.history import history_of

NEWEST = 5
A_PAGE = 20


@school_view(Permission.PUPIL_SEE)
def overview(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Everything that an adult who helps this pupil needs, on one page."""
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    frame = pupil_frame(request, pupil)
    prefetch_related_objects([pupil], "needs")
    today, profile = timezone.localdate(), profile_of(pupil)
    events = history_of(pupil, profile, today)
    frame |= {"profile": profile, "events": events[:NEWEST], "has_more": len(events) > NEWEST}
    frame |= {"note": profile_note(pupil, profile), "helps": what_helps(pupil, today)}
    frame["needs"] = [(codes.NEED.words(need.need_type), need.starts_on) for need in pupil.needs_on(today)]
    if Permission.PUPIL_CONTACTS in frame["rights"]:  # type: ignore[operator]
        frame["contacts"] = Contact.objects.filter(pupil=pupil)
    return render(request, "targets/overview.html", frame)


@school_view(Permission.PUPIL_SEE)
def pupil_timeline(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """What happened, newest first, twenty a page."""
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    frame = pupil_frame(request, pupil)
    events = history_of(pupil, profile_of(pupil), timezone.localdate())
    frame["page"] = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "targets/timeline.html", frame)
