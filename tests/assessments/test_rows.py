"""One row of a review: saved field by field, by two people at once, and nothing lost."""

from datetime import date

import pytest
from django.utils import timezone

from assessments import services
from assessments.models import Judgement, Review, SetAside
from assessments.services import refusals
from pupils.models import Pupil
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets import services as targets
from targets.services.targets import Closing
from tests.factories.targets import OneToOneFactory, TargetFactory

EMPTY = {"step": None, "next": "", "note": ""}


@pytest.fixture
def save_row(senco):
    """Save a row: save_row(review, target, step=3, note="…", base={…}, by=…)."""

    def save(review, target, base=EMPTY, by=None, unchosen=None, decided=(), **mine):
        more = {"by": by or senco, "unchosen": unchosen or {}, "decided": decided}
        with in_school(review.school):
            return services.save_row(review=review, target_id=target.pk, base=base, mine=mine, **more)

    return save


@pytest.fixture
def stored(review, target):
    """The row as the database has it now."""

    def read() -> Judgement:
        with in_school(review.school):
            return Judgement.objects.select_related("saved_by").get(review=review, target=target)

    return read


def test_a_row_is_saved_with_its_saver_its_time_and_one_audit_row(review, target, save_row, stored, senco):
    saved = save_row(review, target, step=3, note="Asks in science")
    row = stored()
    assert (row.step, row.note, row.saved_by, row.version) == (3, "Asks in science", senco, 1)
    assert row.saved_at <= timezone.now()
    assert (saved.version, saved.kept, saved.values["step"]) == (1, (), 3)
    with in_school(review.school):
        assert AuditEvent.objects.filter(action="judgement.saved", row_id=row.pk).count() == 1


@pytest.mark.parametrize(("step", "follows"), [(0, "keep"), (3, "keep"), (4, "close"), ("x", "keep")])
def test_the_next_action_follows_the_step_by_rule(review, target, save_row, step, follows):
    assert save_row(review, target, step=step).values["next"] == follows


def test_what_followed_the_old_step_follows_the_new_one(review, target, save_row):
    first = save_row(review, target, step=3).values
    second = save_row(review, target, base=first, step=4).values
    third = save_row(review, target, base=second, step=None).values
    assert (first["next"], second["next"], third["next"]) == ("keep", "close", "")


def test_a_next_action_that_was_chosen_stays_when_the_step_changes(review, target, save_row):
    first = save_row(review, target, step=3, next="next_step").values
    assert save_row(review, target, base=first, step=2).values["next"] == "next_step"


def test_a_next_action_that_was_decided_with_the_step_stays_even_where_it_is_the_old_one(review, target, save_row):
    first = save_row(review, target, step=3).values
    assert save_row(review, target, base=first, step=4, next="keep", decided={"next"}).values["next"] == "keep"


def test_deciding_for_the_old_value_is_a_clash_where_somebody_chose_another(review, target, save_row, stored, head):
    first = save_row(review, target, step=3).values
    save_row(review, target, base=first, next="change", by=head)
    with pytest.raises(refusals.RowClash) as clash:
        save_row(review, target, base=first, step=4, next="keep", decided={"next"})
    assert [(each.theirs, each.mine) for each in clash.value.merged.clashes] == [("change", "keep")]
    assert (stored().step, stored().next) == (3, "change")


def test_not_seen_has_a_reason_and_a_step_takes_it_away(review, target, save_row):
    first = save_row(review, target, step="x").values
    assert (first["step"], first["not_seen"]) == ("x", "no_opportunity")
    assert save_row(review, target, base=first, step=1).values["not_seen"] == ""


def test_fields_that_are_not_sent_are_left_alone(review, target, save_row, stored):
    save_row(review, target, step=2, note="Kept")
    save_row(review, target, base={"step": 2}, step=3)
    assert (stored().step, stored().note) == (3, "Kept")


def test_two_people_at_different_fields_are_merged_without_a_question(review, target, save_row, stored, head):
    save_row(review, target, step=2)
    saved = save_row(review, target, note="Mine", step=None, by=head)
    assert (stored().step, stored().note, stored().version) == (2, "Mine", 2)
    assert saved.kept == ("step",)


def test_two_people_at_one_field_are_asked_and_nothing_is_written(review, target, save_row, stored, senco, head):
    save_row(review, target, step=2)
    with pytest.raises(refusals.RowClash) as clash:
        save_row(review, target, step=3, note="Mine", by=head)
    assert [(c.name, c.theirs, c.mine) for c in clash.value.merged.clashes] == [("step", 2, 3)]
    assert clash.value.line.judgement.saved_by == senco
    assert (stored().step, stored().note, stored().version) == (2, "", 1)


def test_two_people_who_say_the_same_are_not_asked(review, target, save_row, stored, head):
    save_row(review, target, step=2)
    save_row(review, target, step=2, by=head)
    assert stored().version == 1


def test_saving_what_is_there_writes_nothing(review, target, save_row, stored):
    first = save_row(review, target, step=2).values
    save_row(review, target, base=first, **first)
    with in_school(review.school):
        assert AuditEvent.objects.filter(action="judgement.saved").count() == 1
    assert stored().version == 1


@pytest.mark.parametrize(("chosen", "not_chosen", "is_by_the_other"), [(3, 2, True), (2, 3, False)])
def test_the_value_that_was_not_chosen_is_set_aside_with_its_writer(
    review, target, save_row, stored, senco, head, chosen, not_chosen, is_by_the_other
):
    theirs = save_row(review, target, step=2).values
    save_row(review, target, base=theirs, step=chosen, unchosen={"step": not_chosen}, by=head)
    with in_school(review.school):
        aside = SetAside.objects.get(judgement=stored())
        assert (aside.field, aside.value) == ("step", str(not_chosen))
        assert (aside.written_by, aside.chosen_by) == (senco if is_by_the_other else head, head)
    assert stored().step == chosen


def test_the_row_keeps_what_the_evidence_suggested(review, target, save_row, stored):
    for step in (1, 4, 3):
        OneToOneFactory(pupil=target.pupil, held_on=date(2026, 11, 20), steps={target: step})
    save_row(review, target, step=4)
    assert stored().suggested == 3


def test_the_review_is_ready_with_its_last_row_and_has_a_new_version(review, target, save_row):
    other = TargetFactory(pupil=target.pupil, slot=2)
    save_row(review, target, step=3)
    with in_school(review.school):
        assert Review.objects.get(pk=review.pk).status == Review.Status.IN_PROGRESS
    save_row(review, other, step=3)
    with in_school(review.school):
        after = Review.objects.get(pk=review.pk)
    assert (after.status, after.version) == (Review.Status.READY, review.version + 2)


def test_of_a_target_closed_meanwhile_the_note_is_kept_and_the_closing_step_stands(review, target, save_row, stored, senco):
    with in_school(review.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    saved = save_row(review, target, step=1, next="keep", note="Typed before I knew")
    assert saved.is_closed
    assert (stored().step, stored().next, stored().note) == (3, "close", "Typed before I knew")


@pytest.mark.parametrize(
    ("status", "refusal"),
    [(Review.Status.MISSED, refusals.ReviewWasMissed), (Review.Status.COMPLETED, refusals.ReviewAlreadyCompleted)],
)
def test_a_finished_review_takes_no_more_rows(review, target, save_row, status, refusal):
    with in_school(review.school):
        Review.objects.filter(pk=review.pk).update(status=status, completed_at=review.cycle.opened_at)
    with pytest.raises(refusal):
        save_row(review, target, step=3)


def test_in_a_closed_cycle_nothing_is_saved(review, target, save_row, senco):
    with in_school(review.school):
        services.close_cycle(cycle=review.cycle, by=senco)
    with pytest.raises(refusals.ReviewWasMissed):
        save_row(review, target, step=3)


def test_of_a_pupil_who_left_nothing_is_saved(review, target, save_row):
    with in_school(review.school):
        Pupil.objects.filter(pk=review.pupil_id).update(left_on=date(2026, 1, 1))
    with pytest.raises(refusals.PupilLeftMeanwhile):
        save_row(review, target, step=3)
    with in_school(review.school):
        assert not Judgement.objects.exists()


def test_a_target_of_another_pupil_is_no_row_of_this_review(review, save_row):
    other = TargetFactory(pupil__school=review.school)
    with pytest.raises(refusals.NotInThisReview):
        save_row(review, other, step=3)


def test_a_row_stored_in_between_is_not_overwritten(review, target, save_row, stored, monkeypatch):
    """The last fence: a writer who passed the lock by still meets the version."""
    first = save_row(review, target, step=2).values
    read = services.rows.lines_of

    def read_then_lose(found):
        lines = read(found)
        Judgement.objects.filter(review=review, target=target).update(version=7, note="Got in between")
        return lines

    monkeypatch.setattr(services.rows, "lines_of", read_then_lose)
    with pytest.raises(refusals.ReviewChangedMeanwhile):
        save_row(review, target, base=first, step=3)
    assert stored().step == 2
