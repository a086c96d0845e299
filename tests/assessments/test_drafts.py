"""A review's draft: saved as often as one likes, by two people at once, and nothing lost."""

import pytest

from assessments.models import Judgement, Review
from assessments.services import refusals
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets import services as targets
from targets.services.targets import Closing
from tests.factories.targets import TargetFactory


def stored(review: Review) -> Review:
    with in_school(review.school):
        return Review.objects.get(pk=review.pk)


def judgement_of(review: Review, target) -> Judgement:
    with in_school(review.school):
        return Judgement.objects.get(review=review, target=target)


def test_a_saved_step_is_kept_by_default(review, target, save):
    save(review, target, step=3)
    judgement = judgement_of(review, target)
    assert (judgement.step, judgement.not_seen, judgement.next) == (3, "", "keep")


def test_done_it_closes_by_default(review, target, save):
    save(review, target, step=4)
    assert judgement_of(review, target).next == "close"


def test_not_seen_is_no_step_and_has_a_reason(review, target, save):
    save(review, target, step="x")
    judgement = judgement_of(review, target)
    assert (judgement.step, judgement.not_seen, judgement.next) == (None, "no_opportunity", "keep")


def test_a_step_takes_the_place_of_not_seen(review, target, save):
    save(review, target, step="x", not_seen="absent")
    save(review, target, step=2)
    assert judgement_of(review, target).not_seen == ""


@pytest.mark.parametrize(("step", "status"), [(3, Review.Status.READY), (None, Review.Status.IN_PROGRESS)])
def test_a_review_is_ready_when_nothing_is_left(review, target, save, step, status):
    save(review, target, step=step)
    assert stored(review).status == status


def test_an_unfinished_change_can_be_saved_but_is_not_ready(review, target, save):
    save(review, target, step=2, next="change")
    assert stored(review).status == Review.Status.IN_PROGRESS


def test_saving_leaves_one_audit_row_and_a_new_version(review, save):
    save(review, pupil_view="I like it")
    with in_school(review.school):
        assert AuditEvent.objects.filter(action="review.saved", row_id=review.pk).count() == 1
    assert stored(review).version == review.version + 1


def test_two_people_changing_different_fields_keep_both(review, target, save):
    opened = {"parents_view": "", "pupil_view": "", f"t{target.pk}-note": ""}
    save(review, base=opened, pupil_view="Said by the first", parents_view="", **{f"t{target.pk}-note": ""})
    kept = save(review, base=opened, parents_view="Said by the second", pupil_view="", **{f"t{target.pk}-note": ""})
    after = stored(review)
    assert (after.pupil_view, after.parents_view) == ("Said by the first", "Said by the second")
    assert kept == ("pupil_view",)


def test_two_people_changing_one_field_are_asked_and_nothing_is_overwritten(review, save):
    opened = {"pupil_view": ""}
    save(review, base=opened, pupil_view="Said by the first")
    with pytest.raises(refusals.FieldsClash) as clash:
        save(review, base=opened, pupil_view="Said by the second")
    assert [(c.name, c.theirs, c.mine) for c in clash.value.merged.clashes] == [("pupil_view", "Said by the first", "Said by the second")]
    assert stored(review).pupil_view == "Said by the first"


def test_two_people_saying_the_same_are_not_asked(review, target, save):
    opened = {f"t{target.pk}-step": None}
    save(review, target, base=opened, step=3)
    save(review, target, base=opened, step=3)
    assert judgement_of(review, target).step == 3


def test_without_knowing_what_was_seen_nothing_of_theirs_is_overwritten(review, save):
    """The control: a page that forgets what it showed cannot win silently."""
    save(review, pupil_view="Said by the first")
    with pytest.raises(refusals.FieldsClash):
        save(review, base={}, pupil_view="Said by the second")


def test_a_target_closed_meanwhile_keeps_its_closing_step_and_the_note(review, target, save, senco):
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    save(review, target, step=1, next="keep", note="Typed before I knew")
    judgement = judgement_of(review, target)
    assert (judgement.step, judgement.next, judgement.note) == (3, "close", "Typed before I knew")


def test_values_of_a_target_of_another_pupil_write_nothing(review, save):
    other = TargetFactory(pupil__school=review.school)
    save(review, base={}, **{f"t{other.pk}-step": 4})
    with in_school(review.school):
        assert not Judgement.objects.filter(target=other).exists()


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(Review.Status.MISSED, refusals.ReviewWasMissed), (Review.Status.COMPLETED, refusals.ReviewAlreadyCompleted)],
)
def test_a_finished_review_takes_no_more_drafts(review, save, status, refusal):
    with in_school(review.school):
        Review.objects.filter(pk=review.pk).update(status=status, completed_at=review.cycle.opened_at)
    with pytest.raises(refusal):
        save(review, pupil_view="Too late")
