"""Addresses below /schools/<slug>/."""

from django.urls import path

from targets.views import targets

urlpatterns = [
    path("pupils/<uuid:public_id>/targets/new/", targets.target_new, name="target-new"),
    path("targets/<uuid:target_id>/close/", targets.target_close, name="target-close"),
]
