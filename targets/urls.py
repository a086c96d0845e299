"""Addresses below /schools/<slug>/."""

from django.urls import path

from targets import views

urlpatterns = [
    path("pupils/<uuid:public_id>/targets/new/", views.target_new, name="target-new"),
    path("targets/<uuid:target_id>/close/", views.target_close, name="target-close"),
]
