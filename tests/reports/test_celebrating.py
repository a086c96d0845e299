"""The first time a target reaches its aim: what counts, who is named in assembly, and who gets a certificate made."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from reports.celebrating import celebrated
from schools.models import AuditEvent
from schools.tenancy import current_school_id, in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import JudgementFactory, ReviewFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory, SupportStatusFactory
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory
from tests.reports.papers import words


@pytest.fixture
def pupil(school, key_worker):
    pupil = PupilFactory(school=school, forename="Ravi", surname="Patel", sex="M")
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    SupportStatusFactory(pupil=pupil)
    return pupil


@pytest.fixture
def target(pupil):
    return TargetFactory(pupil=pupil, wording="I ask for help", start=1, aim=3)


def saw(target: Target, step: int | None, days_ago: int = 0, **fields):
    return OneToOneFactory(pupil=target.pupil, recorded_at=now() - timedelta(days=days_ago), steps={target: step}, **fields)


def judged(target: Target, step: int, days_ago: int = 0, *, status: str = "completed", first: bool = True):
    review = ReviewFactory(pupil=target.pupil, status=status, completed_at=now() - timedelta(days=days_ago))
    return JudgementFactory(review=review, target=target, step=step, start=target.start, aim=target.aim, first_achieved=first)


def named(school) -> list[tuple[str, str]]:
    with in_school(school):
        return [(each.target.pupil.short_name, each.words) for each in celebrated(localdate())]


RAVI = [("Ravi P.", "I ask for help")]


@pytest.mark.parametrize(("steps", "expected"), [((2, 3), RAVI), ((4,), RAVI), ((3, 2, 3), RAVI), ((2, None), []), ((1, 2), [])])
def test_an_aim_seen_in_a_one_to_one_is_celebrated_once(school, target, steps, expected):
    for ago, step in enumerate(reversed(steps)):
        saw(target, step, ago)
    assert named(school) == expected


def test_an_aim_judged_in_a_completed_review_is_celebrated(school, target):
    judged(target, 3)
    assert named(school) == RAVI


def test_a_review_that_is_not_completed_tells_nobody(school, target):
    judged(target, 3, status="ready")
    assert named(school) == []


@pytest.mark.parametrize(("ago", "expected"), [(14, RAVI), (15, [])])
def test_after_fourteen_days_it_is_no_news(school, target, ago, expected):
    saw(target, 3, ago)
    assert named(school) == expected


def test_what_was_reached_long_ago_is_not_reached_again(school, target):
    saw(target, 3, 30)
    saw(target, 4, 2)
    judged(target, 4, 1)
    assert named(school) == []


def test_staying_where_one_began_is_no_aim_reached(school, pupil):
    target = TargetFactory(pupil=pupil, start=2, aim=2)
    saw(target, 2)
    judged(target, 3)
    assert named(school) == []


def test_what_was_taken_back_or_set_by_mistake_or_of_a_leaver_is_not_told(school, pupil, target, key_worker):
    row = saw(target, 3)
    OneToOneFactory(pupil=pupil, supersedes=row, steps={target: 2})
    assert named(school) == []
    saw(target, 3)
    assert named(school) == RAVI
    with in_school(school):
        Target.objects.filter(pk=target.pk).update(closing_reason="mistake")
        assert celebrated(localdate()) == []
        Target.objects.filter(pk=target.pk).update(closing_reason="")
        type(pupil).objects.filter(pk=pupil.pk).update(left_on=localdate() - timedelta(days=1))
        assert celebrated(localdate()) == []


def test_the_words_of_a_target_are_told_only_where_its_audience_is_shared(school, target):
    saw(target, 3, 2, audience="staff")
    assert named(school) == [("Ravi P.", "")]
    saw(target, 3, 1)
    assert named(school) == RAVI


def test_the_latest_comes_first_and_a_day_by_name(school, target):
    for name, ago in (("Zoe", 0), ("Ava", 0), ("Ben", 3)):
        saw(TargetFactory(pupil=PupilFactory(school=school, forename=name, surname="Adams"), wording=name), 3, ago)
    saw(target, 3, 1)
    assert [who for who, _ in named(school)] == ["Ava A.", "Zoe A.", "Ravi P.", "Ben A."]


# -- pages


@pytest.mark.parametrize("role", ["head", "senco"])
@pytest.mark.parametrize("page", ["celebrate", "school-dashboard"])
def test_head_and_senco_read_names_for_assembly(client, school, target, role, page, request):
    saw(target, 3)
    client.force_login(request.getfixturevalue(role))
    text = client.get(reverse(page, args=[school.slug])).text
    assert "Ravi P." in text
    assert "I ask for help" in text
    assert "Patel" not in text


@pytest.mark.parametrize(("page", "words"), [("celebrate", "Nobody reached an aim"), ("school-dashboard", "Nobody reached an aim")])
def test_with_nothing_to_celebrate_the_page_says_so(client, school, head, page, words):
    client.force_login(head)
    assert words in client.get(reverse(page, args=[school.slug])).text


def test_the_list_is_noted_as_read_once_a_pupil(client, school, pupil, target, head):
    saw(target, 3)
    saw(TargetFactory(pupil=pupil, slot=2), 3)
    client.force_login(head)
    client.get(reverse("celebrate", args=[school.slug]))
    with in_school(school):
        assert AuditEvent.objects.filter(action="pupil.seen", row_id=pupil.pk, by=head).count() == 1


def test_the_list_does_not_grow_in_queries(client, school, target, head):
    def more() -> None:
        for number in range(29):
            other = TargetFactory(pupil=PupilFactory(school=school, forename=f"P{number}"))
            saw(other, 3)

    saw(target, 3)
    client.force_login(head)
    assert_does_not_grow(client, reverse("celebrate", args=[school.slug]), more, at_most=9)


def certificate_url(target: Target) -> str:
    return reverse("certificate", args=[target.school.slug, target.public_id])


@pytest.mark.parametrize("role", ["key_worker", "senco", "head", "teacher"])
def test_whoever_may_see_the_target_makes_its_certificate(client, school, target, role, request):
    saw(target, 3, helped_by=[StrategyFactory(school=school, name="Quiet place")])
    client.force_login(request.getfixturevalue(role))
    assert "Make the certificate" in client.get(certificate_url(target)).text
    response = client.post(certificate_url(target), {"name": "first"})
    assert response["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert "no-store" in response["Cache-Control"]
    printed = words(response.content)
    assert "Ravi did it." in printed
    assert "“I ask for help”" in printed
    assert "What helped: quiet place." in printed
    assert "Patel" not in printed
    with in_school(school):
        assert AuditEvent.objects.filter(action="certificate.made", row_id=target.pk).count() == 1


def test_the_surname_stands_on_it_only_where_staff_choose_it(client, target, senco):
    saw(target, 3)
    client.force_login(senco)
    assert "Ravi Patel did it." in words(client.post(certificate_url(target), {"name": "whole"}).content)
    text = client.get(certificate_url(target)).text
    assert text.index('value="first"') < text.index("checked") < text.index('value="whole"')


def test_what_only_staff_may_read_gets_no_certificate(client, school, target, senco):
    saw(target, 3, audience="staff")
    client.force_login(senco)
    assert certificate_url(target) not in client.get(reverse("celebrate", args=[school.slug])).text
    assert client.post(certificate_url(target), {"name": "first"}).status_code == 302
    assert "Only staff may read where this target reached its aim" in client.get(certificate_url(target), follow=True).text


def test_a_certificate_tells_of_what_is_shared_and_of_nothing_that_is_for_staff(client, school, target, senco):
    day = localdate() - timedelta(days=9)
    saw(target, 3, 9)
    saw(target, 4, 3, audience="staff", helped_by=[StrategyFactory(school=school, name="Quiet place")])
    client.force_login(senco)
    assert certificate_url(target) in client.get(reverse("celebrate", args=[school.slug])).text
    printed = words(client.post(certificate_url(target), {"name": "first"}).content)
    assert "“I ask for help”" in printed
    assert f"{day.day} {day:%B %Y}" in printed
    assert "Done it" not in printed
    assert "quiet place" not in printed


def test_the_highest_step_is_told_with_its_first_day(client, target, senco):
    day = localdate() - timedelta(days=3)
    saw(target, 3, 9), saw(target, 4, 3), saw(target, 4, 1)
    client.force_login(senco)
    printed = words(client.post(certificate_url(target), {"name": "first"}).content)
    assert f"{day.day} {day:%B %Y}" in printed
    assert "Done it" in printed


def test_it_is_printed_when_the_schools_scope_is_closed(client, target, senco, monkeypatch):
    scopes = []

    def print_it(content: object) -> bytes:
        try:
            scopes.append(current_school_id())
        except RuntimeError:
            scopes.append(None)
        return b"%PDF"

    monkeypatch.setattr("reports.views.celebrating.render_certificate", print_it)
    saw(target, 3)
    client.force_login(senco)
    assert client.post(certificate_url(target), {"name": "first"}).content == b"%PDF"
    assert scopes == [None]


def test_before_the_aim_there_is_no_certificate_and_the_page_says_why(client, target, senco):
    saw(target, 2)
    client.force_login(senco)
    assert "has not reached its aim yet" in client.get(certificate_url(target), follow=True).text
    assert client.post(certificate_url(target), {"name": "first"}).status_code == 302


def test_no_name_chosen_is_said_at_its_place(client, target, senco):
    saw(target, 3)
    client.force_login(senco)
    assert "Choose a name." in client.post(certificate_url(target), {"name": ""}).text


@pytest.mark.parametrize("role", ["office", "governor", "charlie"])
def test_nobody_else_makes_one(client, target, role, request):
    saw(target, 3)
    client.force_login(request.getfixturevalue(role))
    assert client.get(certificate_url(target)).status_code == 404
    assert client.post(certificate_url(target), {"name": "first"}).status_code == 404
