"""What people open: each page against an empty one through the same middleware, signed in, in the same process."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Review
from bench.seeding import Ground
from bench.stopwatch import Case
from schools.tenancy import in_school

OF_ONE, OF_MANY = 3, 4
NOT_OF_THE_PAGE = ("BEGIN", "COMMIT", "SELECT current_setting")


class PageFailed(Exception):
    """A page that answers with an error must not be measured: errors are quick."""


def cases(ground: Ground) -> Iterator[Case]:
    client, school = signed_in(ground), ground.school.slug
    with in_school(ground.school):
        review = Review.objects.filter(completed_at=None).select_related("cycle", "pupil").order_by("pk")[0]
    of_pupil, of_review = [school, review.pupil.public_id], [school, review.cycle, review.pupil.public_id]
    one_class = "?" + urlencode({"class": review.registration_group})
    for name, address, goal in (
        ("the frame around nothing", reverse("frame", args=[school]), OF_ONE),
        ("today", reverse("today", args=[school]), OF_MANY),
        ("list of 25 pupils", reverse("pupil-list", args=[school]), OF_MANY),
        ("one pupil", reverse("pupil", args=of_pupil), OF_ONE),
        ("a pupil's targets", reverse("pupil-targets", args=of_pupil), OF_ONE),
        ("cycle by class", reverse("cycle", args=[school, review.cycle]), OF_MANY),
        ("reviews of a class", reverse("cycle", args=[school, review.cycle]) + one_class, OF_MANY),
        ("review to judge", reverse("review-judge", args=of_review), OF_ONE),
        ("school dashboard", reverse("school-dashboard", args=[school]), OF_MANY),
        ("partnership dashboard", reverse("partnership-dashboard", args=[ground.partnership.slug]), OF_MANY),
    ):
        yield Case(f"page: {name}", goal, opening(client, address), opening(client, reverse("nothing")), remark=weight(client, address))


def signed_in(ground: Ground) -> Client:
    client = Client()
    client.force_login(ground.senco)
    return client


def opening(client: Client, address: str) -> Callable[[], None]:
    def get() -> None:
        if (status := client.get(address).status_code) != 200:
            raise PageFailed(f"{address} answers {status}")

    return get


def weight(client: Client, address: str) -> str:
    """Queries to tables and HTML, neither of which depends on the machine; a second time, since the first one notes the place."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    asked = [query for query in captured.captured_queries if not query["sql"].startswith(NOT_OF_THE_PAGE)]
    return f"{len(asked)} queries, {len(page.content) / 1024:.0f} KB"
