"""The grid of a class without a script: one page, sent as a whole."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from assessments import services
from assessments.models import Judgement, OldWord, Review
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets import services as targets
from targets.models import Descriptor, Skill, Target
from targets.services.targets import Closing
from tests.assessments.grid.conftest import fields_of, grid_url, judged, note, now, review_of
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, strand_of

MARKUP = '<img src=x onerror="alert(1)">'


def a_skill(school) -> Skill:
    return Skill.objects.get(strand=strand_of(school.partnership), key="asking-for-help")


def test_a_class_is_one_table_with_a_body_for_each_pupil_and_a_row_for_each_target(client, senco, another, pupil, target, open_cycle):
    other = another(pupil, slot=2)
    third = another()
    cycle = open_cycle()
    client.force_login(senco)
    text = client.get(grid_url(cycle)).text
    assert text.count("<tbody") == 2
    assert re.search(r"<caption[^>]*>[^<]*7B: 2 pupils, 3 targets</caption>", text)
    assert 'role="grid"' not in text
    for each in (target, other, third):
        assert f'aria-labelledby="n-{review_of(each).pk} r-{each.pk} c-now"' in text
        assert f'id="r-{each.pk}"' in text
    assert text.count('aria-describedby="key ') == 1


def test_how_we_will_know_stands_beside_its_target_in_table_and_cards(client, senco, pupil, another, target, open_cycle):
    another(pupil, slot=2, how_we_will_know="Twice a lesson, seen by the teacher", wording="I wait my turn")
    cycle = open_cycle()
    client.force_login(senco)
    for view in ("table", "cards"):
        text = client.get(grid_url(cycle), {"view": view}).text
        assert text.count("Twice a lesson, seen by the teacher") == 1
        assert '<span class="visually-hidden"> of I wait my turn</span>' in text


def test_check_and_finish_leads_to_the_check_page_of_the_class(client, senco, cycle):
    client.force_login(senco)
    check = reverse("cycle-check", args=[cycle.school.slug, cycle])
    assert f'href="{check}?class=7B"' in client.get(grid_url(cycle)).text


def test_pupils_stand_by_first_name_and_initial_and_no_name_is_in_the_title(client, senco, cycle):
    client.force_login(senco)
    text = client.get(grid_url(cycle)).text
    assert "Ravi P." in text
    assert "Patel" not in text
    assert "Ravi" not in re.search(r"<title>(.*?)</title>", text, re.S)[1]


@pytest.mark.parametrize(("typed", "step"), [("0", 0), ("3", 3), ("n", 0), ("S", 1), ("G", 2), ("a", 3), ("D", 4)])
def test_a_number_or_a_letter_is_a_step(post, target, typed, step):
    assert "1 row saved." in post(**{now(target): typed}).text
    assert judged(target).step == step


def test_x_is_not_seen_with_the_usual_reason_which_can_then_be_changed(post, target):
    text = post(**{now(target): "x"}).text
    assert judged(target).not_seen == "no_opportunity"
    assert f'name="not_seen-{target.pk}"' in text
    fields = fields_of(text) | {f"not_seen-{target.pk}": "absent"}
    post(fields)
    assert judged(target).not_seen == "absent"


def test_the_equals_sign_accepts_what_the_evidence_suggests(client, senco, post, target):
    for step in (1, 3, 2):
        OneToOneFactory(pupil=target.pupil, steps={target: step})
    assert "= Getting there" in client.get(grid_url(review_of(target).cycle)).text
    post(**{now(target): "="})
    assert judged(target).step == 2


def test_anything_else_is_said_at_its_cell_and_the_other_rows_are_saved(client, senco, another, target, open_cycle):
    other = another()
    cycle = open_cycle()
    client.force_login(senco)
    fields = fields_of(client.get(grid_url(cycle)).text)
    response = client.post(grid_url(cycle), fields | {f"now-{target.pk}": "7", f"note-{target.pk}": "Not lost", f"now-{other.pk}": "2"})
    assert response.status_code == 422
    assert f'<a href="#now-{target.pk}">This term: Type 0 to 4, or X.</a>' in response.text
    shown = fields_of(response.text)
    assert (shown[f"now-{target.pk}"], shown[f"note-{target.pk}"]) == ("7", "Not lost")
    assert judged(other).step == 2
    with in_school(target.school):
        assert not Judgement.objects.filter(target=target).exists()


def test_a_note_is_saved_without_a_step(post, target):
    post(**{note(target): MARKUP})
    assert (judged(target).note, judged(target).step) == (MARKUP, None)


def test_markup_is_shown_as_it_was_typed(post, target):
    assert MARKUP not in post(**{note(target): MARKUP}).text


def test_a_page_sent_as_it_was_opened_saves_nothing(post, target):
    assert "row saved" not in post().text
    with in_school(target.school):
        assert not AuditEvent.objects.filter(action="judgement.saved").exists()


def test_ending_below_the_aim_asks_why_at_its_row(post, target):
    text = post(**{now(target): "2", f"next-{target.pk}": "close"}).text
    assert "Say why the target ends before its aim is reached." in text
    post(fields_of(text) | {f"reason-{target.pk}": "too_big"})
    assert judged(target).reason == "too_big"


def test_a_change_asks_for_its_words_and_its_reason(post, target):
    text = post(**{now(target): "2", f"next-{target.pk}": "change"}).text
    fields = fields_of(text) | {f"next_wording-{target.pk}": "I ask a friend", f"reason-{target.pk}": "pupil_chose"}
    assert "1 of 1 done" in post(fields).text
    assert judged(target).next_wording == "I ask a friend"


def test_what_pupil_and_parents_say_is_saved_beside_the_rows(post, target):
    review = review_of(target)
    fields = {f"said-{review.pk}-pupil_view_state": "declined", f"said-{review.pk}-parents_view": "She talks about school"}
    text = post(None, **fields).text
    after = review_of(target)
    assert (after.pupil_view_state, after.parents_view) == ("declined", "She talks about school")
    assert "did not want to say" in text


def test_a_meeting_that_lies_ahead_is_said_at_its_field(post, target):
    review = review_of(target)
    response = post(**{f"said-{review.pk}-parents_met_on": (localdate() + timedelta(days=3)).isoformat()})
    assert "once it has taken place" in response.text


def test_a_draft_is_shown_as_its_writers(client, senco, key_worker, cycle, target):
    KeyWorkerFactory(pupil=target.pupil, user=key_worker)
    client.force_login(key_worker)
    fields = fields_of(client.get(grid_url(cycle, "")).text)
    client.post(grid_url(cycle, ""), fields | {f"now-{target.pk}": "3"})
    client.force_login(senco)
    assert f"Drafted by {key_worker.name}" in client.get(grid_url(cycle)).text


def test_a_key_worker_has_own_pupils_alone_and_cannot_write_into_others(client, key_worker, another, target, open_cycle):
    other = another()
    KeyWorkerFactory(pupil=target.pupil, user=key_worker)
    cycle = open_cycle()
    client.force_login(key_worker)
    text = client.get(grid_url(cycle, "")).text
    assert f'name="now-{target.pk}"' in text
    assert f'name="now-{other.pk}"' not in text
    client.post(grid_url(cycle, ""), fields_of(text) | {f"now-{other.pk}": "4"})
    with in_school(other.school):
        assert not Judgement.objects.filter(target=other).exists()


def test_a_teacher_without_own_pupils_finds_no_grid(client, teacher, cycle):
    client.force_login(teacher)
    assert client.get(grid_url(cycle)).status_code == 404


def test_a_class_that_is_not_in_the_cycle_is_not_found(client, senco, cycle):
    client.force_login(senco)
    assert client.get(grid_url(cycle, "?group=9Z")).status_code == 404


def test_without_a_class_in_the_address_the_first_one_with_something_to_do_is_shown(client, senco, cycle):
    client.force_login(senco)
    assert "review, 7B" in client.get(grid_url(cycle, "")).text


def test_a_finished_review_has_no_rows_to_type_in(client, senco, cycle, target):
    with in_school(target.school):
        Review.objects.update(status=Review.Status.COMPLETED, completed_at=cycle.opened_at)
    client.force_login(senco)
    text = client.get(grid_url(cycle)).text
    assert "Completed" in text
    assert f"now-{target.pk}" not in text


def test_a_pupil_who_left_can_be_read_and_not_judged(client, senco, cycle, target):
    with in_school(target.school):
        type(target.pupil).objects.filter(pk=target.pupil_id).update(left_on=localdate() - timedelta(days=1))
    client.force_login(senco)
    text = client.get(grid_url(cycle)).text
    assert "Has left." in text
    assert f"now-{target.pk}" not in text


def test_a_cycle_that_closed_meanwhile_refuses_kindly(client, senco, cycle, post, target):
    opened = fields_of(client.get(grid_url(cycle)).text)
    with in_school(target.school):
        services.close_cycle(cycle=cycle, by=senco)
    text = post(opened, **{now(target): "3"}).text
    assert f"now-{target.pk}" not in text


def test_a_target_closed_meanwhile_keeps_the_note(client, senco, cycle, post, target):
    opened = fields_of(client.get(grid_url(cycle)).text)
    with in_school(target.school):
        targets.close_target(target=target, closing=Closing(step=3), by=senco)
    text = post(opened, **{now(target): "1", note(target): "Typed before I knew"}).text
    assert "Closed" in text
    assert (judged(target).step, judged(target).note) == (3, "Typed before I knew")


def test_a_skills_row_shows_what_its_steps_look_like(client, senco, another, school, open_cycle):
    skill = a_skill(school)
    another(kind=Target.Kind.SOFT_SKILL, skill=skill, strand=skill.strand)
    cycle = open_cycle()
    client.force_login(senco)
    text = client.get(grid_url(cycle)).text
    for words in Descriptor.objects.filter(skill=skill).values_list("staff", flat=True):
        assert words in text


def test_the_view_is_remembered_unless_the_page_chose_it_by_its_width(client, senco, cycle):
    client.force_login(senco)
    assert "<table" not in client.get(grid_url(cycle, "?group=7B&view=cards&auto=1")).text
    assert "<table" in client.get(grid_url(cycle)).text
    client.get(grid_url(cycle, "?group=7B&view=cards"))
    assert "<table" not in client.get(grid_url(cycle)).text


def test_the_table_knows_the_words_that_the_school_used_before(client, senco, cycle, school):
    with in_school(school):
        OldWord.objects.create(word="emerging", step=1)
        OldWord.objects.create(word="<b>", step=None)
    client.force_login(senco)
    table = client.get(grid_url(cycle, "?group=7B&view=table")).text
    assert '<span data-code="1">emerging</span>' in table
    assert '<span data-code="X">&lt;b&gt;</span>' in table
    assert "emerging" not in client.get(grid_url(cycle, "?group=7B&view=cards")).text


def test_the_grid_does_not_grow_in_queries(client, senco, another, school, open_cycle):
    skill = a_skill(school)
    first = another(kind=Target.Kind.SOFT_SKILL, skill=skill, strand=skill.strand)
    OneToOneFactory(pupil=first.pupil, steps={first: 2})
    cycle = open_cycle()
    client.force_login(senco)

    def fill_the_class() -> None:
        for _ in range(29):
            pupil = PupilFactory(school=school, registration_group="7B")
            KeyWorkerFactory(pupil=pupil, user=senco)
            rows = [another(pupil, slot=slot, kind=Target.Kind.SOFT_SKILL, skill=skill, strand=skill.strand) for slot in (1, 2, 3)]
            OneToOneFactory(pupil=pupil, steps=dict.fromkeys(rows, 3))
            with in_school(school):
                Review.objects.create(pupil=pupil, cycle=cycle, nc_year="7", registration_group="7B", sex="F", enrolment="C")

    assert_does_not_grow(client, grid_url(cycle), fill_the_class, at_most=15)
