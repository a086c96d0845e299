"""Addresses below /partnerships/<slug>/."""

from django.urls import path

from assessments.views import partnership_moderation

urlpatterns = [
    path("moderation/", partnership_moderation.partnership_moderation, name="partnership-moderation"),
    path("moderation/<uuid:round_id>/", partnership_moderation.partnership_round, name="partnership-round"),
    path("moderation/<uuid:round_id>/close/", partnership_moderation.partnership_round_close, name="partnership-round-close"),
]
