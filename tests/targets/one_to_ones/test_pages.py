"""Recording, changing and undoing a one-to-one through its pages."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import Observation, Skill, Strategy, Target
from tests.factories.pupils import KeyWorkerFactory, ProfileFactory, PupilFactory
from tests.factories.schools import UserFactory
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory
from tests.targets.one_to_ones.talks import change_url, kept, live, saw, url_of

MARKUP = '<script>alert("x")</script>'


def test_a_key_worker_records_three_targets(send, pupil, typed, key_worker, targets):
    text = send(typed("2", "3", "x", feeling="well", note="A good day.", audience="staff", minutes="12"))
    assert "<b>Saved.</b> Ravi P., 3 targets." in text
    assert "Undo" in text
    [row] = live(pupil)
    assert (row.key_worker, row.feeling, row.note, row.audience, row.minutes) == (key_worker, "well", "A good day.", "staff", 12)
    with in_school(pupil.school):
        seen = list(Observation.objects.order_by("target").values_list("target", "step", "not_seen"))
    assert seen == [(targets[0].pk, 2, ""), (targets[1].pk, 3, ""), (targets[2].pk, None, "no_opportunity")]


def test_what_is_left_empty_is_not_recorded(send, pupil, typed):
    assert "Ravi P., 1 target." in send(typed("", "3"))
    with in_school(pupil.school):
        assert Observation.objects.count() == 1


def test_a_script_that_sends_gets_data_and_three_times_the_same_form_is_one_row(client, pupil, typed, key_worker):
    client.force_login(key_worker)
    data, form = {"Accept": "application/json"}, typed("2")
    answers = [client.post(url_of(pupil), form, headers=data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    [row] = live(pupil)
    assert {answer.json()["page"] for answer in answers} == {f"/schools/own-school/today/?saved={row.public_id}#saved"}
    refused = client.post(url_of(pupil), typed(), headers=data)
    assert (refused.status_code, refused.json()) == (422, {"errors": ["Choose a step for at least one target."]})
    assert live(pupil) == [row]


def test_a_script_that_sends_is_told_of_a_star_and_of_its_certificate(client, pupil, typed, key_worker, targets):
    client.force_login(key_worker)
    data = {"Accept": "application/json"}
    forms = [typed("4"), typed("4"), typed("", "4", audience="staff")]
    told = [client.post(url_of(pupil), form, headers=data).json()["reached"] for form in forms]
    page = reverse("certificate", args=[pupil.school.slug, targets[0].public_id])
    words = [f"Ravi has done it. Tell him! {target.wording}" for target in targets]
    assert told == [[{"words": words[0], "certificate": page}], [], [{"words": words[1], "certificate": ""}]]


def test_a_script_that_sends_again_what_was_taken_back_celebrates_nothing(client, pupil, typed, key_worker):
    client.force_login(key_worker)
    data, form = {"Accept": "application/json"}, typed("4")
    assert len(client.post(url_of(pupil), form, headers=data).json()["reached"]) == 1
    [row] = live(pupil)
    client.post(reverse("one-to-one-undo", args=[pupil.school.slug, row.public_id]))
    assert client.post(url_of(pupil), form, headers=data).json()["reached"] == []


def test_a_script_that_sends_when_signed_out_or_for_a_stranger_gets_no_page(client, pupil, typed, head):
    data = {"Accept": "application/json"}
    assert client.post(url_of(pupil), typed("2"), headers=data).status_code == 401
    client.force_login(head)
    assert client.post(url_of(pupil), typed("2"), headers=data).status_code == 404
    assert kept(pupil) == []


@pytest.mark.parametrize("role", ["head", "teacher", "office", "governor", "charlie", "member"])
def test_nobody_else_records(client, pupil, typed, role, request, school):
    user = UserFactory() if role == "member" else request.getfixturevalue(role)
    client.force_login(user)
    assert client.get(url_of(pupil)).status_code == 404
    assert client.post(url_of(pupil), typed("2")).status_code == 404
    assert kept(pupil) == []


def test_a_key_worker_records_for_own_pupils_only_and_a_senco_for_all(client, pupil, typed, key_worker, senco):
    other = PupilFactory(school=pupil.school)
    client.force_login(key_worker)
    assert client.get(url_of(other)).status_code == 404
    client.force_login(senco)
    assert client.post(url_of(pupil), typed("2")).status_code == 302
    assert [row.key_worker for row in kept(pupil)] == [senco]


def test_a_teacher_who_is_key_worker_records(client, pupil, typed, teacher):
    KeyWorkerFactory(pupil=pupil, user=teacher)
    client.force_login(teacher)
    assert client.post(url_of(pupil), typed("2")).status_code == 302


def test_at_least_one_target_is_answered_and_what_was_typed_stays(send, pupil, typed, client):
    strategy = StrategyFactory(school=pupil.school, name="Time to think")
    text = send(typed(note="Kept words", feeling="hard", helped=[strategy.pk], audience="staff"))
    assert "Choose a step for at least one target." in text
    assert "There is a problem" in text
    assert "Kept words" in text
    assert text.count(" checked") == 3  # what helped, the face and the audience
    assert kept(pupil) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"held_on": (localdate() + timedelta(days=1)).isoformat()}, f"By our clock it is {localdate():%A %-d %B}."),
        ({"held_on": (localdate() - timedelta(days=15)).isoformat()}, "can be recorded for 14 days"),
        ({"held_on": "some day"}, "Enter a valid date."),
        ({"note": "n" * 301}, "This note has 301 characters. It holds 300."),
        ({"minutes": "500"}, "less than or equal to 240"),
        ({"feeling": "fabulous"}, "Select a valid choice"),
        ({"audience": "everybody"}, "Select a valid choice"),
        ({"helped": "99999"}, "Select a valid choice"),
        ({"client_id": "no id"}, "Enter a valid UUID."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(send, pupil, typed, more, words):
    text = send(typed("2") | more)
    assert words in text
    assert kept(pupil) == []


def test_an_unknown_step_is_refused(send, pupil, typed):
    for step in ("5", "-1", "D", "done"):
        assert "Select a valid choice" in send(typed(step))
    assert kept(pupil) == []


def test_a_note_of_300_letters_over_several_lines_is_kept_whole(send, pupil, typed):
    send(typed("2", note="a\r\n" * 149 + "bc"))
    assert len(live(pupil)[0].note) == 300


def test_a_note_on_a_target_without_a_step_is_not_lost(send, pupil, typed, targets):
    text = send(typed("2") | {f"note-{targets[1].public_id}": "He tried."})
    assert "for the target that you wrote a note on" in text
    assert "He tried." in text
    assert kept(pupil) == []


def test_a_form_sent_twice_is_one_row(send, pupil, typed):
    form = typed("2", "3")
    assert "<b>Saved.</b>" in send(form)
    assert "<b>Saved.</b>" in send(form)
    assert len(kept(pupil)) == 1


def test_a_target_closed_meanwhile_keeps_what_was_seen_and_the_page_says_so(send, pupil, typed, targets):
    form = typed("2", "3")
    with in_school(pupil.school):
        Target.objects.filter(pk=targets[0].pk).update(status="achieved", slot=None, closing_step=3, closed_on=localdate())
    text = send(form)
    assert "“I can do thing 1” was closed in the meantime. What you saw is kept with it as a note." in text
    with in_school(pupil.school):
        assert Observation.objects.filter(target=targets[0], step=2).count() == 1


@pytest.mark.parametrize("is_change", [False, True])
def test_a_strategy_switched_off_meanwhile_still_helped(send, pupil, typed, targets, key_worker, is_change):
    strategy = StrategyFactory(school=pupil.school, name="Time to think")
    form = typed("2", helped=[strategy.pk])
    url = change_url(saw(pupil, key_worker, targets[0], 1)) if is_change else ""
    with in_school(pupil.school):
        Strategy.objects.filter(pk=strategy.pk).update(is_active=False)
    send(form, url)
    with in_school(pupil.school):
        assert [each.strategy for each in live(pupil)[-1].helped.all()] == [strategy]


def test_rows_of_other_schools_and_other_pupils_are_refused(send, pupil, typed, sister_school):
    strangers = [TargetFactory(pupil=PupilFactory(school=pupil.school)), TargetFactory(pupil=PupilFactory(school=sister_school))]
    for stranger in strangers:
        assert "no longer fits the pupil’s targets" in send(typed("2") | {f"step-{stranger.public_id}": "3"})
    assert "no longer fits" in send(typed("2") | {"step-not-an-id": "3"})
    foreign = StrategyFactory(school=sister_school)
    assert "Select a valid choice" in send(typed("2", helped=[foreign.pk]))
    assert kept(pupil) == []
    assert kept(strangers[1].pupil) == []


def test_another_schools_pupil_and_row_are_not_found(client, charlie, pupil, targets, typed):
    row = OneToOneFactory(pupil=pupil, steps={targets[0]: 2})
    client.force_login(charlie)
    for name, of in (("one-to-one-new", pupil), ("one-to-one-change", row), ("one-to-one-undo", row), ("one-to-one-void", row)):
        for slug in (pupil.school.slug, "foreign-school"):
            assert client.post(reverse(name, args=[slug, of.public_id]), typed("2")).status_code == 404
    assert kept(pupil) == [row]


def test_a_pupil_who_left_meanwhile_gets_nothing_and_the_words_stay(send, client, pupil, typed, senco):
    with in_school(pupil.school):
        pupil.left_on = localdate() - timedelta(days=1)
        pupil.save()
    client.force_login(senco)
    text = client.post(url_of(pupil), typed("2", note="Kept words")).text
    assert "This pupil has left." in text
    assert "Kept words" in text
    assert kept(pupil) == []
    assert "This pupil has left" in client.get(url_of(pupil), follow=True).text


def test_without_targets_there_is_nothing_to_ask(client, pupil, key_worker):
    client.force_login(key_worker)
    assert "There is none yet." in client.get(url_of(pupil)).text


# ------------------------------------------------------------------------------------------------------------ what the form shows


def test_last_time_is_marked_and_nothing_is_chosen(client, pupil, targets, key_worker):
    OneToOneFactory(pupil=pupil, held_on=localdate() - timedelta(days=3), steps={targets[0]: 1})
    OneToOneFactory(pupil=pupil, held_on=localdate() - timedelta(days=2), steps={targets[0]: 3, targets[1]: None})
    client.force_login(key_worker)
    text = client.get(url_of(pupil)).text
    assert text.count(", last time") == 1
    assert text.count(" checked") == 1  # the audience
    same = client.get(url_of(pupil), {"same": "1"}).text
    assert f'id="id_step-{targets[0].public_id}_3"' in same
    assert same.count(" checked") == 2


def test_what_helped_this_pupil_most_comes_first(client, pupil, targets, key_worker):
    client.force_login(key_worker)
    client.get(url_of(pupil))
    with in_school(pupil.school):
        last = Strategy.objects.order_by("order").last()
    OneToOneFactory(pupil=pupil, steps={targets[0]: 1}, helped_by=[last])
    text = client.get(url_of(pupil)).text
    assert text.index(last.name) < text.index("Visual card")


def test_what_the_steps_look_like_is_one_tap_away(client, pupil, key_worker):
    language = TargetFactory(pupil=pupil, slot=1, how_we_will_know="She says it aloud.").strand.language
    skill = Skill.objects.filter(strand__language=language).first()
    TargetFactory(pupil=pupil, slot=2, kind="soft-skill", strand=skill.strand, skill=skill, how_we_will_know="")
    TargetFactory(pupil=pupil, slot=3, how_we_will_know="")
    client.force_login(key_worker)
    text = unescape(client.get(url_of(pupil)).text)
    assert text.count("What the steps look like") == 2
    assert "She says it aloud." in text
    assert [each.staff for each in skill.descriptors.all() if each.staff not in text] == []


def test_the_form_tells_how_to_support_and_of_a_colleague_who_was_there_today(client, pupil, targets, key_worker, senco):
    ProfileFactory(pupil=pupil, support="Give me time.")
    OneToOneFactory(pupil=pupil, key_worker=senco, steps={targets[0]: 2})
    client.force_login(key_worker)
    text = client.get(url_of(pupil)).text
    assert "Give me time." in text
    assert f"{senco} recorded a one-to-one today" in text


def test_a_colleague_of_the_same_day_is_named_after_saving(send, pupil, targets, typed, senco):
    OneToOneFactory(pupil=pupil, key_worker=senco, steps={targets[0]: 2})
    assert f"{senco} also recorded today" in send(typed("3"))
    assert len(live(pupil)) == 2


def test_the_first_star_is_told_and_the_second_is_not(send, pupil, typed):
    assert "Ravi has done it. Tell him!" in send(typed("4"))
    assert "Tell him!" not in send(typed("4"))


def test_opening_the_form_is_on_record_once(client, pupil, targets, key_worker):
    client.force_login(key_worker)
    client.get(url_of(pupil))
    with in_school(pupil.school):
        assert AuditEvent.objects.filter(action="pupil.seen", row_id=pupil.pk).count() == 1
