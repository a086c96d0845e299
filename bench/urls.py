"""The product's own addresses, the floor of every page, and what a page costs before it has anything of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as product
from schools.access import Permission, SchoolRequest, school_view


def nothing(request: HttpRequest) -> HttpResponse:
    """What a signed-in page costs before it says anything."""
    return HttpResponse()


@school_view(Permission.PUPIL_NAMES)
def frame(request: SchoolRequest) -> HttpResponse:
    """The fences, the header and the menus of every page of a school, around nothing."""
    return render(request, "base.html")


urlpatterns = [path("nothing/", nothing, name="nothing"), path("schools/<slug:slug>/frame/", frame, name="frame"), *product]
