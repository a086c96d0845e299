"""Addresses below /schools/<slug>/."""

from django.urls import path

from assessments import converters  # noqa: F401 - registers <cycle:...>
from assessments.views import cycles, reviews, targets

urlpatterns = [
    path("pupils/<uuid:public_id>/targets/", targets.pupil_targets, name="pupil-targets"),
    path("reviews/", cycles.cycle_list, name="cycle-list"),
    path("reviews/<cycle:key>/", cycles.cycle, name="cycle"),
    path("reviews/<cycle:key>/<uuid:public_id>/", reviews.review, name="review"),
    path("reviews/<cycle:key>/<uuid:public_id>/judge/", reviews.review_judge, name="review-judge"),
]
