"""Whom to tell when something said is a worry: the school's own route. It takes nothing and keeps nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schools.access import Permission, SchoolRequest, school_view


@school_view(Permission.PUPIL_SEE)
@require_GET
def safeguarding(request: SchoolRequest) -> HttpResponse:
    """Show the route to everybody who works here: whoever hears something must know it."""
    return render(request, "schools/safeguarding.html")
