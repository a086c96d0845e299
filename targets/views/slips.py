"""The slips of the day, four on a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pupils.access import refuse_governors
from pupils.services.pupils import record_each_seen
from schools.access import Permission, SchoolRequest, school_view
from targets.models import Step
from targets.slips import Slip
from targets.today import own_pupils

LADDER = (*Step.choices, (None, "Not seen"))


@school_view(Permission.ONE_TO_ONE_RECORD)
def slips(request: SchoolRequest) -> HttpResponse:
    """A slip for each pupil whom the person meets today, to be filled in by hand and typed in later."""
    refuse_governors(request)
    today = timezone.localdate()
    lines = own_pupils(request.user, today, request.school.one_to_one_every_days).first
    record_each_seen(pupils=[line.pupil for line in lines], by=request.user)
    forms = (reverse("one-to-one-new", args=[request.school.slug, line.pupil.public_id]) for line in lines)
    made = [Slip(line, request.build_absolute_uri(form)) for line, form in zip(lines, forms, strict=True)]
    return render(request, "targets/slips.html", {"slips": made, "ladder": LADDER})
