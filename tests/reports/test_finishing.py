"""Completing one, a class or all that are ready in one action: one refusal does not stop the rest, and the page says what was done."""

import re
from html import unescape

import pytest
from django.urls import reverse

from assessments.models import Judgement, Review, ReviewCycle
from reports import services
from reports.models import Finishing, Job
from reports.services import finishing, running
from reports.services.refusals import AlreadyFinishing
from schools.models import CycleDates, Membership
from schools.tenancy import in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory, JudgementFactory, ReviewFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory


@pytest.fixture
def cycle(school, senco) -> ReviewCycle:
    """Three pupils with a due target each: two in 7B, one in 7C."""
    dates = CycleDatesFactory.around_today(school)
    for name, group in (("Ravi", "7B"), ("Owen", "7B"), ("Safiya", "7C")):
        TargetFactory(pupil=PupilFactory(school=school, forename=name, registration_group=group), review_on=dates[0].due_on)
    with in_school(school):
        return services.begin_cycle(school=school, dates=dates[0], by=senco)


@pytest.fixture
def judge(cycle):
    """Judge the target of each of these pupils."""

    def draft(*names: str, step: int = 2) -> None:
        with in_school(cycle.school):
            for review in Review.objects.filter(cycle=cycle, pupil__forename__in=names):
                Judgement.objects.create(review=review, target=Target.objects.get(pupil=review.pupil_id), step=step, next="keep")
                Review.objects.filter(pk=review.pk).update(status=Review.Status.READY)

    return draft


def url(cycle: ReviewCycle, group: str = "") -> str:
    return reverse("cycle-check", args=[cycle.school.slug, cycle]) + (f"?class={group}" if group else "")


def form_of(text: str) -> dict[str, str]:
    seen = re.search(r'name="seen" value="([^"]+)"', text)
    return {"seen": unescape(seen[1]) if seen else ""}


def statuses(cycle: ReviewCycle) -> dict[str, str]:
    with in_school(cycle.school):
        return dict(Review.objects.filter(cycle=cycle).values_list("pupil__forename", "status"))


def versions(cycle: ReviewCycle) -> dict[int, int]:
    with in_school(cycle.school):
        return dict(Review.objects.filter(cycle=cycle).values_list("pk", "version"))


def test_a_class_is_completed_in_one_action_and_no_other(client, senco, cycle, judge):
    judge("Ravi", "Owen", "Safiya")
    client.force_login(senco)
    text = client.get(url(cycle, "7B")).text
    assert "Finish 2 reviews" in text
    done = client.post(url(cycle, "7B"), form_of(text) | {"sure": "on"}, follow=True)
    assert "2 reviews are completed. Their letters are being made." in done.text
    assert statuses(cycle) == {"Ravi": "completed", "Owen": "completed", "Safiya": "ready"}
    assert Job.objects.filter(kind=Job.Kind.LETTERS).count() == 2


def test_all_that_are_ready_are_completed_and_the_rest_stays_open(client, senco, cycle, judge):
    judge("Ravi", "Safiya")
    client.force_login(senco)
    text = client.get(url(cycle)).text
    assert "Owen S." in text
    client.post(url(cycle), form_of(text) | {"sure": "on"})
    assert statuses(cycle) == {"Ravi": "completed", "Owen": "not_started", "Safiya": "completed"}


def test_without_the_tick_nothing_is_completed(client, senco, cycle, judge):
    judge("Ravi", "Owen")
    client.force_login(senco)
    text = client.post(url(cycle, "7B"), form_of(client.get(url(cycle, "7B")).text)).text
    assert "Tick the box to complete them." in text
    assert "completed" not in statuses(cycle).values()


@pytest.mark.parametrize("seen", ["", "1:1; drop", "x:1", "99999999999:1 "])
def test_a_torn_form_completes_nothing(client, senco, cycle, judge, seen):
    judge("Ravi")
    client.force_login(senco)
    assert client.post(url(cycle), {"seen": seen, "sure": "on"}).status_code in (200, 302)
    assert "completed" not in statuses(cycle).values()


def test_one_refusal_does_not_stop_the_rest_and_the_page_says_why(client, senco, cycle, judge):
    judge("Ravi", "Owen")
    client.force_login(senco)
    looked_at = form_of(client.get(url(cycle, "7B")).text)
    with in_school(cycle.school):
        Review.objects.filter(pupil__forename="Owen").update(version=7)
    text = client.post(url(cycle, "7B"), looked_at | {"sure": "on"}, follow=True).text
    assert "1 review is completed." in text
    assert re.search(r"Owen S\.: not completed\. Somebody changed this review", text)
    assert statuses(cycle) == {"Ravi": "completed", "Owen": "ready", "Safiya": "not_started"}


def test_a_refused_review_leaves_nothing_half_done(cycle, judge, senco):
    """The next cycle is not planned, so that what follows from each review is refused in its middle."""
    judge("Ravi")
    with in_school(cycle.school):
        CycleDates.objects.filter(due_on__gt=cycle.due_on).delete()
        outcome = finishing.finish_some(cycle=cycle, seen=versions(cycle), by=senco)
        assert (outcome.completed, len(outcome.refused)) == ([], 3)
        assert not Judgement.objects.filter(start__isnull=False).exists()
    assert "completed" not in statuses(cycle).values()


def test_another_cycles_review_is_not_completed_with_this_one(cycle, judge, senco):
    judge("Ravi")
    other = ReviewFactory(pupil=PupilFactory(school=cycle.school), cycle__academic_year=2020, status="ready")
    with in_school(cycle.school):
        assert len(finishing.finish_some(cycle=cycle, seen={other.pk: other.version}, by=senco)) == 0


@pytest.fixture
def in_the_background(monkeypatch):
    """Let more than one review be more than is done at once."""
    monkeypatch.setattr("reports.views.checking.AT_ONCE", 1)


def work() -> Job:
    job = Job.objects.filter(kind=Job.Kind.COMPLETE).latest("pk")
    running.run_job(job.pk)
    job.refresh_from_db()
    return job


def test_many_go_through_the_queue_and_the_page_shows_how_far_it_is(client, senco, cycle, judge, in_the_background):
    judge("Ravi", "Owen")
    client.force_login(senco)
    text = client.post(url(cycle), form_of(client.get(url(cycle)).text) | {"sure": "on"}, follow=True).text
    assert "Reviews are about to be completed" in text
    assert 'name="sure"' not in text
    with in_school(cycle.school):
        Review.objects.filter(pupil__forename="Owen").update(version=7)
    job = work()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    text = client.get(url(cycle)).text
    assert "1 review was completed together" in text
    assert "Somebody changed this review" in text
    assert statuses(cycle)["Ravi"] == "completed"


def test_a_worker_that_died_in_the_middle_is_followed_by_one_that_completes_the_rest_once(cycle, judge, senco, monkeypatch):
    judge("Ravi", "Owen")
    with in_school(cycle.school):
        job = finishing.ask_to_finish(cycle=cycle, seen=versions(cycle), by=senco)
    finish, done = finishing._finish, []

    def die_after_the_first(*args) -> str:
        if done:
            raise SystemExit
        done.append(finish(*args))
        return done[0]

    monkeypatch.setattr(finishing, "_finish", die_after_the_first)
    with pytest.raises(SystemExit):
        running.run_job(job.pk)
    monkeypatch.setattr(finishing, "_finish", finish)
    Job.objects.filter(pk=job.pk).update(lease_until="2020-01-01T00:00Z")
    assert work().state == "done"
    with in_school(cycle.school):
        assert sorted(Finishing.objects.values_list("outcome", flat=True)) == ["TargetsLeft", "completed", "completed"]
        assert set(Review.objects.filter(status="completed").values_list("version", flat=True)) == {2}


def test_asking_again_while_it_runs_is_refused(cycle, judge, senco):
    judge("Ravi")
    with in_school(cycle.school):
        finishing.ask_to_finish(cycle=cycle, seen=versions(cycle), by=senco)
        with pytest.raises(AlreadyFinishing):
            finishing.ask_to_finish(cycle=cycle, seen=versions(cycle), by=senco)


def test_a_senco_who_left_completes_nothing(cycle, judge, senco):
    judge("Ravi")
    with in_school(cycle.school):
        finishing.ask_to_finish(cycle=cycle, seen=versions(cycle), by=senco)
    Membership.objects.filter(user=senco).update(ended_at="2026-01-01T00:00Z")
    assert work().state == "failed"
    assert "completed" not in statuses(cycle).values()


def test_every_refusal_has_its_words():
    assert finishing.words_of("NoPlannedCycle") != finishing.words_of("TargetsLeft") != finishing.words_of("gone")


def test_a_line_leads_to_its_target_and_saving_leads_back(client, senco, cycle):
    client.force_login(senco)
    links = re.findall(r'href="([^"]+judge/\?check=7B#h-t\d+)"', client.get(url(cycle, "7B")).text)
    assert len(links) == 2
    page = client.get(links[0]).text
    assert f'id="{links[0].rpartition("#")[2]}"' in page
    seal = re.search(r'name="opened" value="([^"]*)"', page)
    response = client.post(links[0], {"opened": unescape(seal[1]), "pupil_view": "It is hard"})
    assert response.url == url(cycle, "7B")


def test_a_head_reads_the_page_and_cannot_finish(client, head, cycle, judge):
    judge("Ravi")
    client.force_login(head)
    text = client.get(url(cycle)).text
    assert "Left to do" in text
    assert 'name="sure"' not in text
    with in_school(cycle.school):
        ravi = Review.objects.get(pupil__forename="Ravi")
    client.post(url(cycle), {"seen": f"{ravi.pk}:{ravi.version}", "sure": "on"})
    assert "completed" not in statuses(cycle).values()


def test_gone_back_is_said_without_alarm(client, senco, cycle, judge):
    judge("Ravi", step=0)
    client.force_login(senco)
    text = client.get(url(cycle)).text.partition("page-body")[2].partition("</main")[0]
    assert "Gone back" in text
    assert not re.search(r"alert-(danger|warning)|tag-error", text)


def test_an_empty_class_says_so(client, senco, cycle):
    client.force_login(senco)
    assert "No review is open here" in client.get(url(cycle, "9Z")).text


def test_the_page_does_not_grow_in_queries(client, senco, cycle, judge):
    judge("Ravi")
    client.force_login(senco)

    def thirty() -> None:
        for number in range(29):
            pupil = PupilFactory(school=cycle.school)
            target = TargetFactory(pupil=pupil, review_on=cycle.due_on)
            JudgementFactory(review=ReviewFactory(pupil=pupil, cycle=cycle, status=("ready", "in_progress")[number % 2]), target=target)

    assert_does_not_grow(client, url(cycle), thirty, at_most=14)
