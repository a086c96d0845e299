"""Addresses below /schools/<slug>/."""

from django.urls import path

from assessments import converters  # noqa: F401 - registers <cycle:...>
from assessments.views import (
    cycles,
    duties,
    filling,
    grid,
    meetings,
    moderation,
    one_to_ones,
    outcomes,
    pasting,
    pausing,
    presence,
    reviews,
    rows,
    targets,
)

urlpatterns = [
    path("pupils/<uuid:public_id>/targets/", targets.pupil_targets, name="pupil-targets"),
    path("targets/<uuid:target_id>/undo/", targets.target_undo, name="target-undo"),
    path("one-to-ones/<uuid:one_to_one_id>/undo/", one_to_ones.one_to_one_undo, name="one-to-one-undo"),
    path("one-to-ones/<uuid:one_to_one_id>/entered-in-error/", one_to_ones.one_to_one_void, name="one-to-one-void"),
    path("reviews/", cycles.cycle_list, name="cycle-list"),
    path("reviews/yours/", grid.own_reviews, name="own-reviews"),
    path("reviews/<cycle:key>/", cycles.cycle, name="cycle"),
    path("reviews/<cycle:key>/remind/", duties.cycle_remind, name="cycle-remind"),
    path("reviews/<cycle:key>/duties/", duties.cycle_duties, name="cycle-duties"),
    path("reviews/<cycle:key>/grid/", grid.review_grid, name="review-grid"),
    path("reviews/<cycle:key>/sheet/", filling.review_sheet_back, name="review-sheet-back"),
    path("reviews/<cycle:key>/sheet/download/", filling.review_sheet, name="review-sheet"),
    path("reviews/<cycle:key>/paste/", pasting.review_paste, name="review-paste"),
    path("reviews/<cycle:key>/put-in/", filling.review_put_in, name="review-put-in"),
    path("reviews/<cycle:key>/grid/presence/", presence.grid_presence, name="grid-presence"),
    path("reviews/<cycle:key>/rows/<uuid:target_id>/", rows.review_row, name="review-row"),
    path("reviews/<cycle:key>/said/<uuid:public_id>/", rows.review_said, name="review-said"),
    path("reviews/<cycle:key>/outcomes/", outcomes.cycle_outcomes, name="cycle-outcomes"),
    path("reviews/<cycle:key>/outcomes/put-in/", outcomes.outcomes_put_in, name="outcomes-put-in"),
    path("reviews/<cycle:key>/outcomes/<uuid:measure_id>/stop/", outcomes.measure_stop, name="measure-stop"),
    path("reviews/<cycle:key>/<uuid:public_id>/outcomes/", outcomes.review_outcomes, name="review-outcomes"),
    path("reviews/<cycle:key>/<uuid:public_id>/", reviews.review, name="review"),
    path("reviews/<cycle:key>/<uuid:public_id>/judge/", reviews.review_judge, name="review-judge"),
    path("reviews/<cycle:key>/<uuid:public_id>/pause/", pausing.review_pause, name="review-pause"),
    path("reviews/<cycle:key>/<uuid:public_id>/resume/", pausing.review_resume, name="review-resume"),
    path("reviews/<cycle:key>/<uuid:public_id>/meeting/", meetings.review_meeting, name="review-meeting"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/agree/", moderation.moderation_agree, name="moderation-agree"),
    path("moderation/samples/<uuid:sample_id>/", moderation.moderation_sample, name="moderation-sample"),
    path("moderation/marks/<uuid:mark_id>/", moderation.moderation_mark, name="moderation-mark"),
]
