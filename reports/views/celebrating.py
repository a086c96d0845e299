"""What pupils have reached: the list for assembly, and a certificate for each."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from pupils.services.pupils import record_each_seen
from pupils.views.frame import open_pupil, pupil_frame
from reports.celebrating import SINCE, celebrated, reached_of
from reports.forms import CertificateForm
from reports.rendering import render_certificate
from reports.services import make_certificate
from reports.views.jobs import PrintedLater
from schools.access import Permission, SchoolRequest, school_view
from targets.models import Target
from targets.views.targets import sent

FILE_NAME = "certificate.pdf"
NOT_YET = "This target has not reached its aim yet. The certificate can be made when it has."
STAFF_ONLY = "Only staff may read where this target reached its aim. It can be made when a shared one-to-one or a review says so too."


@school_view(Permission.DASHBOARD_SEE)
def celebrate(request: SchoolRequest) -> HttpResponse:
    """Names for assembly: who reached an aim in the last 14 days."""
    today = timezone.localdate()
    reached = celebrated(today)
    record_each_seen(pupils={each.target.pupil for each in reached}, by=request.user)
    return render(request, "reports/celebrate.html", {"reached": reached, "today": today, "days": SINCE.days})


@school_view(Permission.PUPIL_SEE)
def certificate(request: SchoolRequest, target_id: UUID) -> HttpResponse:
    """Ask which name stands on it, then print it."""
    target = get_object_or_404(Target.objects.select_related("pupil__school__programme"), public_id=target_id)
    pupil = open_pupil(request, target.pupil.public_id, Permission.PUPIL_SEE)
    reached = next(iter(reached_of([target])), None)
    if reached is None or not reached.is_shared:
        messages.warning(request, NOT_YET if reached is None else STAFF_ONLY)
        return redirect("pupil-targets", request.school.slug, pupil.public_id)
    form = CertificateForm(sent(request), pupil=pupil)
    if form.is_valid():
        content = make_certificate(reached=reached, is_whole_name=form.is_whole_name, by=request.user)
        return PrintedLater(partial(render_certificate, content), FILE_NAME)
    return render(request, "reports/certificate.html", pupil_frame(request, pupil, form=form, reached=reached))
