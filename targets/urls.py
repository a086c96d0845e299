"""Addresses below /schools/<slug>/."""

from django.urls import path

from targets.views import language, targets

urlpatterns = [
    path("language/", language.language, name="language"),
    path("pupils/<uuid:public_id>/targets/new/", targets.target_new, name="target-new"),
    path("targets/<uuid:target_id>/close/", targets.target_close, name="target-close"),
]
