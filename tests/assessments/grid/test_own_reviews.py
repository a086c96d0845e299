"""The way of a key worker into the grid: from the menu to the own pupils."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from assessments.models import Review, ReviewCycle
from schools.models import Role
from schools.tenancy import in_school
from tests.counting import assert_does_not_grow
from tests.factories.assessments import ReviewCycleFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.schools import MembershipFactory


@pytest.fixture
def worker(pupil, key_worker):
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    return key_worker


@pytest.fixture
def url(school) -> str:
    return reverse("own-reviews", args=[school.slug])


def grid_of(cycle: ReviewCycle) -> str:
    return reverse("review-grid", args=[cycle.school.slug, cycle])


def reviewed(cycle: ReviewCycle, pupil) -> None:
    with in_school(pupil.school):
        Review.objects.create(pupil=pupil, cycle=cycle, nc_year="7", sex="F", enrolment="C")


def test_the_menu_of_a_key_worker_leads_to_the_grid_of_the_own_pupils(client, worker, school, cycle, url):
    client.force_login(worker)
    menu = client.get(reverse("today", args=[school.slug])).context["nav"]
    assert [link.url for link in menu if link.label == "Reviews"] == [url]
    assert client.get(url).headers["Location"] == grid_of(cycle)


def test_in_the_grid_a_key_worker_sees_reviews_marked_in_the_menu(client, worker, cycle):
    client.force_login(worker)
    menu = client.get(grid_of(cycle)).context["nav"]
    assert [link.label for link in menu if link.current] == ["Reviews"]


def test_the_menu_of_a_senco_who_is_a_key_worker_too_has_one_entry_for_reviews(client, senco, school, cycle):
    MembershipFactory(user=senco, school=school, role=Role.KEY_WORKER)
    client.force_login(senco)
    menu = client.get(reverse("pupil-list", args=[school.slug])).context["nav"]
    assert [link.url for link in menu if link.label == "Reviews"] == [reverse("cycle-list", args=[school.slug])]


def test_somebody_without_a_pupil_in_an_open_review_is_told_so(client, key_worker, cycle, url):
    client.force_login(key_worker)
    assert "No review is open for a pupil of yours" in client.get(url).text


def test_a_closed_cycle_is_not_led_to(client, worker, cycle, url):
    with in_school(cycle.school):
        ReviewCycle.objects.update(closed_at=now())
    client.force_login(worker)
    assert "No review is open for a pupil of yours" in client.get(url).text


def test_of_several_open_cycles_one_is_chosen(client, worker, pupil, cycle, url):
    other = ReviewCycleFactory(school=cycle.school, academic_year=1990, number=2)
    client.force_login(worker)
    assert client.get(url).status_code == 302  # nobody of one's own is in the other
    second = PupilFactory(school=cycle.school)
    KeyWorkerFactory(pupil=second, user=worker)
    reviewed(other, second)
    text = client.get(url).text
    assert all(f'href="{grid_of(each)}"' in text for each in (cycle, other))


def test_the_choice_does_not_grow_in_queries(client, worker, cycle, url):
    def add(academic_year: int) -> None:
        pupil = PupilFactory(school=cycle.school)
        KeyWorkerFactory(pupil=pupil, user=worker)
        reviewed(ReviewCycleFactory(school=cycle.school, academic_year=academic_year), pupil)

    add(1980)
    client.force_login(worker)
    assert client.get(url).status_code == 200
    assert_does_not_grow(client, url, lambda: [add(1990 + number) for number in range(30)], at_most=8)
