"""Addresses below /schools/<slug>/."""

from django.urls import path

from assessments import converters  # noqa: F401 - registers <cycle:...>
from reports.views import celebrating, checking, cycle_letters, dashboards, letters, reviews, school_dashboard

urlpatterns = [
    path("reviews/<cycle:key>/open/", reviews.cycle_open, name="cycle-open"),
    path("reviews/<cycle:key>/check/", checking.cycle_check, name="cycle-check"),
    path("reviews/<cycle:key>/close/", reviews.cycle_close, name="cycle-close"),
    path("reviews/<cycle:key>/<uuid:public_id>/complete/", reviews.review_complete, name="review-complete"),
    path("reviews/<cycle:key>/<uuid:public_id>/reopen/", reviews.review_reopen, name="review-reopen"),
    path("reviews/<cycle:key>/<uuid:public_id>/letters/", letters.review_letters, name="review-letters"),
    path("reviews/<cycle:key>/<uuid:public_id>/letters/make/", letters.letters_again, name="letters-again"),
    path("reviews/<cycle:key>/letters/", cycle_letters.cycle_letters, name="cycle-letters"),
    path("reviews/<cycle:key>/letters/print/", cycle_letters.cycle_letters_print, name="cycle-letters-print"),
    path("pupils/<uuid:public_id>/letters/", letters.pupil_letters, name="pupil-letters"),
    path("letters/", letters.letters_to_print, name="letters-to-print"),
    path("letters/<uuid:letter_id>/file/", letters.letter_file, name="letter-file"),
    path("letters/<uuid:letter_id>/print/", letters.letter_print, name="letter-print"),
    path("letters/<uuid:letter_id>/approve/", letters.letter_approve, name="letter-approve"),
    path("targets/<uuid:target_id>/certificate/", celebrating.certificate, name="certificate"),
    path("celebrate/", celebrating.celebrate, name="celebrate"),
    path("dashboard/", school_dashboard.school_dashboard, name="school-dashboard"),
    path("dashboard/strands/<slug:strand>/", school_dashboard.dashboard_strand, name="dashboard-strand"),
    path("dashboard/figures.csv", school_dashboard.dashboard_csv, name="dashboard-csv"),
    path("dashboard/published/", dashboards.school_published, name="school-published"),
]
