"""Addresses below /schools/<slug>/."""

from django.urls import path

from assessments import converters  # noqa: F401 - registers <cycle:...>
from reports.views import dashboards, reviews

urlpatterns = [
    path("reviews/<cycle:key>/open/", reviews.cycle_open, name="cycle-open"),
    path("reviews/<cycle:key>/close/", reviews.cycle_close, name="cycle-close"),
    path("reviews/<cycle:key>/<uuid:public_id>/complete/", reviews.review_complete, name="review-complete"),
    path("dashboard/", dashboards.school_dashboard, name="school-dashboard"),
    path("dashboard/published/", dashboards.school_published, name="school-published"),
]
