"""The first page of a key worker: whom to meet next, what is done, and who else there is."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils.timezone import localdate, now

from schools.models import School
from schools.tenancy import in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import JudgementFactory, ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, ProfileFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, TargetFactory
from tests.targets.one_to_ones.talks import url_of

MARKUP = '<script>alert("x")</script>'


def cards(text: str) -> list[str]:
    return [card.partition("Record<")[0] for card in text.split('<li class="card one">')[1:]]


def names(text: str) -> list[str]:
    found = (re.search(r"<h3>.*?>([^<]+)</a>", card, re.DOTALL) for card in cards(text))
    return [match[1] for match in found if match]


def test_those_who_waited_longest_come_first(own, today):
    own("Ava", 3), own("Ben", 9), own("Cem")
    assert names(today()) == ["Cem P.", "Ben P.", "Ava P."]


def test_a_card_shows_class_last_time_steps_and_how_to_support(own, today):
    ProfileFactory(pupil=own("Ava", 6), support="Give me ten seconds.\nThen ask again.")
    [card] = cards(today())
    assert '7B · <span class="visually-hidden">last one-to-one </span>6 days ago' in card
    assert "Getting there" in card
    assert "Give me ten seconds." in card
    assert "Then ask again." not in card
    assert "Overdue" not in card


def test_longer_than_the_schools_interval_is_overdue_in_words(own, today, school):
    own("Ava", 8), own("Ben", 7)
    text = today()
    assert [name for name, card in zip(names(text), cards(text), strict=True) if "Overdue" in card] == ["Ava P."]
    assert "<b>1 one-to-one</b> is overdue" in text
    School.objects.filter(pk=school.pk).update(one_to_one_every_days=14)
    assert "Overdue" not in today()


def test_before_the_first_one_a_target_that_has_waited_too_long_is_overdue(own, today):
    pupil = own("Ava")
    assert "Overdue" not in today()
    with in_school(pupil.school):
        Target.objects.update(set_on=localdate() - timedelta(days=8))
    assert "Overdue" in today()


def test_eight_are_shown_and_the_others_are_below(own, today):
    for number in range(10):
        own(f"Pupil{number}", number + 1)
    text = today()
    assert names(text) == [f"Pupil{number} P." for number in range(9, 1, -1)]
    assert "Your other pupils" in text
    assert "You are key worker for 10 pupils." in text


def test_the_forms_of_the_eight_are_in_the_page_and_of_nobody_else(own, today):
    for number in range(10):
        own(f"Pupil{number}", number + 1)
    text = today()
    opened = re.findall(r"<template>.*?One-to-one with (\w+ P\.).*?</template>", text, re.DOTALL)
    assert opened == names(text)
    assert text.count("data-one-to-one") == 8


def test_a_form_in_the_page_is_the_one_that_its_address_serves(own, today, client):
    pupil = own("Ava", 3)
    [form] = re.findall(r"<template>.*?<form[^>]*>(.*?)</form>", today(), re.DOTALL)
    [served] = re.findall(r"<form[^>]*data-one-to-one[^>]*>(.*?)</form>", client.get(url_of(pupil)).text, re.DOTALL)
    assert fields_of(form) == fields_of(served) != []


def fields_of(form: str) -> list[str]:
    return re.findall(r'<(?:input|textarea|button)[^>]*name="(?!csrf)([^"]+)"', form)


def test_who_is_due_by_sunday_is_counted_beside_who_is_overdue(own, today, monkeypatch):
    wednesday = datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Europe/London"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: wednesday)
    for days_ago in (8, 7, 3, 2):  # overdue, due today, due on Sunday, due on Monday
        own(f"Pupil{days_ago}", days_ago)
    assert "<b>1 one-to-one</b> is overdue. <b>2</b> more are due this week." in today()


@pytest.mark.parametrize(
    ("broken", "said", "stands"),
    [
        ("own_pupils", "We cannot show this list right now.", "Done today (1)"),
        ("done_by", "We cannot show what you recorded right now.", "Record<"),
    ],
)
def test_a_panel_that_cannot_be_read_says_so_alone(own, today, key_worker, monkeypatch, broken, said, stands):
    def fail(*args: object) -> None:
        raise OperationalError("the database is away")

    own("Ava", 3)
    OneToOneFactory(pupil=own("Ben"), key_worker=key_worker)
    assert said not in today()
    monkeypatch.setattr(f"targets.views.today.{broken}", fail)
    text = today()
    assert said in text
    assert stands in text
    assert "Everyone else" in text


def test_who_had_one_today_waits_no_more(own, today):
    own("Ava", 0)
    text = today()
    assert names(text) == []
    assert "Every pupil of yours had a one-to-one today." in text


def test_somebody_without_pupils_is_told_whom_to_ask(today):
    text = today()
    assert "No one-to-ones planned" in text
    assert "ask your SENCO to add you as key worker" in text


def test_a_pupil_without_a_target_is_named_and_has_no_card(own, today, school):
    pupil = own("Ava")
    with in_school(school):
        Target.objects.all().delete()
    text = today()
    assert names(text) == []
    assert "Without a target yet" in text
    assert pupil.short_name in text


def test_a_pupil_who_left_or_is_somebody_elses_is_not_there(own, today, school, senco):
    own("Gone", left_on=localdate() - timedelta(days=1))
    other = PupilFactory(school=school, forename="Otto")
    KeyWorkerFactory(pupil=other, user=senco)
    TargetFactory(pupil=other)
    text = today()
    assert "Gone" not in text
    assert "Otto" not in text


def test_a_key_worker_finds_own_pupils_and_a_senco_all(own, today, client, school, senco):
    own("Ava", 1)
    PupilFactory(school=school, forename="Avery")
    assert "Avery" not in today(q="av")
    assert "Ava P." in today(q="ava p")
    client.force_login(senco)
    text = client.post(reverse("today", args=[school.slug]), {"q": "av"}, follow=True).text
    assert "Avery" in text
    assert "Ava P." in text


def test_a_search_without_a_match_says_so_and_markup_in_it_stays_words(today):
    text = today(q=MARKUP)
    assert "None of your pupils has a name that begins with" in text
    assert MARKUP not in text


def test_a_search_while_typing_gets_the_found_pupils_alone(own, client, school, key_worker):
    own("Ava", 1)
    client.force_login(key_worker)
    text = client.post(reverse("today", args=[school.slug]), {"q": "av"}, follow=True, headers={"HX-Request": "true"}).text
    assert "Ava P." in text
    assert "1 found." in text
    assert "<html" not in text


def test_more_than_twenty_found_are_said_to_be_more(client, school, senco):
    PupilFactory.create_batch(21, school=school, forename="Ava")
    client.force_login(senco)
    text = client.post(reverse("today", args=[school.slug]), {"q": "ava"}, follow=True).text
    [found] = re.findall(r'<ul class="found">(.*?)</ul>', text, re.DOTALL)
    assert found.count("<li") == 20
    assert "There are more. Type another letter." in text


def test_what_one_recorded_stands_under_done_with_change_and_undo(own, today, key_worker, school):
    pupil = own("Ava", 5)
    with in_school(school):
        target = Target.objects.get()
    row = OneToOneFactory(pupil=pupil, key_worker=key_worker, steps={target: 4}, note="Well done.")
    text = today()
    assert "Done today (1)" in text
    assert "1 target, a note." in text
    assert f"{target.wording}, for the first time in a one-to-one" in text
    assert reverse("one-to-one-change", args=[school.slug, row.public_id]) in text
    assert reverse("one-to-one-undo", args=[school.slug, row.public_id]) in text


def test_after_a_review_that_saw_it_already_a_one_to_one_claims_no_more_than_its_own_first_time(own, today, key_worker, school):
    pupil = own("Ava", 5)
    with in_school(school):
        target = Target.objects.get()
    review = ReviewFactory(pupil=pupil, status="completed", completed_at=now() - timedelta(days=2))
    JudgementFactory(review=review, target=target, step=3, start=1, aim=3, first_achieved=True, next="keep")
    OneToOneFactory(pupil=pupil, key_worker=key_worker, steps={target: 3})
    said = re.findall(r"for the first time[\w -]*", today())
    assert said == ["for the first time in a one-to-one"]


def test_what_only_staff_may_read_is_offered_no_certificate(own, today, key_worker, school):
    pupil = own("Ava")
    with in_school(school):
        target = Target.objects.get()
    row = OneToOneFactory(pupil=pupil, key_worker=key_worker, steps={target: 3}, audience="staff")
    text = today(saved=row.public_id)
    assert "Ava has reached the aim." in text
    assert reverse("certificate", args=[school.slug, target.public_id]) not in text


def test_after_24_hours_it_is_not_there_any_more(own, today, key_worker):
    OneToOneFactory(pupil=own("Ava"), key_worker=key_worker, recorded_at=now() - timedelta(hours=24, minutes=1))
    text = today()
    assert "Done today" not in text
    assert "Done yesterday" not in text


def test_what_a_colleague_recorded_is_not_mine_to_change(own, today, senco):
    OneToOneFactory(pupil=own("Ava"), key_worker=senco)
    assert "Done today" not in today()


@pytest.mark.parametrize("role", ["senco", "head", "teacher", "office"])
def test_staff_may_open_it_since_any_of_them_may_be_key_worker(client, school, role, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(reverse("today", args=[school.slug])).status_code == 200


@pytest.mark.parametrize("who", ["governor", "charlie"])
def test_nobody_else_does(client, school, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("today", args=[school.slug])).status_code == 404


def test_the_page_does_not_grow_in_queries(own, client, school, key_worker):
    def more() -> None:
        for number in range(29):
            pupil = own(f"Pupil{number}", number)
            ProfileFactory(pupil=pupil)
            with in_school(school):
                target = Target.objects.get(pupil=pupil)
            OneToOneFactory(pupil=pupil, key_worker=key_worker, steps={target: 4})

    ProfileFactory(pupil=own("Ava", 3))
    OneToOneFactory(pupil=own("Ben", 3), key_worker=key_worker)
    client.force_login(key_worker)
    assert_does_not_grow(client, reverse("today", args=[school.slug]), more, at_most=12)


@pytest.mark.parametrize(
    ("aim", "steps", "words"),
    [
        (3, (3,), "Ava has reached the aim."),
        (4, (4,), "Ava has done it."),
        (3, (4,), "Ava has done it."),
        (3, (3, 4), "Ava has done it."),  # the aim is long reached, the star is new
        (3, (3, 3), None),
        (3, (4, 3), None),
        (3, (2,), None),
        (1, (1,), None),  # to stay where one began
    ],
)
def test_the_first_time_at_the_aim_is_celebrated_once_and_leads_to_a_certificate(own, today, key_worker, school, aim, steps, words):
    pupil = own("Ava", sex="F")
    with in_school(school):
        Target.objects.update(aim=aim)
        target = Target.objects.get()
    at = [now() - timedelta(minutes=len(steps) - place) for place in range(len(steps))]
    rows = [OneToOneFactory(pupil=pupil, key_worker=key_worker, recorded_at=at[n], steps={target: step}) for n, step in enumerate(steps)]
    text = today(saved=rows[-1].public_id)
    found = text.partition('id="saved"')[2].partition("</section>")[0].partition('aria-labelledby="h-today"')[0]
    assert ("Tell her!" in found) is (words is not None)
    assert (reverse("certificate", args=[school.slug, target.public_id]) in found) is (words is not None)
    assert words is None or words in found
    done = text.partition('class="done-list"')[2].partition("</li>")[0]
    assert ("Certificate" in done) is (words is not None)
