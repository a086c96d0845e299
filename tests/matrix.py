"""The permission matrix: every address × method × person, and what each may get. Routes are listed in tests/routes.py.

`allowed` repeats domain.md 7 by hand, apart from the code, so that a slip in either shows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from schools.models import SCHOOL_ROLES, Partnership, Role, User
from tests.factories.schools import MembershipFactory, PartnershipFactory, UserFactory
from tests.world import World, build_world

METHODS = ("get", "post")
SENCO, HEAD, TEACHER, OFFICE, GOVERNOR, KEY_WORKER = (
    Role.SENCO, Role.HEAD, Role.TEACHER, Role.OFFICE, Role.GOVERNOR, Role.KEY_WORKER,
)  # fmt: skip
LEAD, PARTNERSHIP_GOVERNOR = "lead", "partnership governor"
ANONYMOUS = "nobody"


@dataclass(frozen=True)
class Route:
    """An address: how it is filled from a world, and who may open it."""

    allowed: frozenset[str]
    rows: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    below: str = "school"  # or "partnership"

    def url(self, name: str, where: "Stage | World", of: World) -> str:
        """The address in `where`, naming rows of `of`: the same world, or another one to be refused."""
        slug = where.school.slug if isinstance(where, World) else where.partnership.slug
        return reverse(name, kwargs={"slug": slug, **self.rows(of)})


@dataclass
class Stage:
    """Three schools: own, its sister in the partnership, and a foreign one; and everybody who could knock."""

    partnership: Partnership
    own: World
    sister: World
    foreign: World
    outside: dict[str, User]

    def people(self) -> Iterator[tuple[str, str, User | None]]:
        """Yield (where from, role, person); nobody for an anonymous visitor."""
        for where in ("own", "sister", "foreign"):
            for role in SCHOOL_ROLES:
                yield where, role, getattr(self, where).staff[role]
        for name, user in self.outside.items():
            yield ("own" if "foreign" not in name else "foreign"), name.removeprefix("foreign "), user
        yield "nowhere", ANONYMOUS, None


def build_stage() -> Stage:
    own_partnership, foreign_partnership = PartnershipFactory(slug="own-partnership"), PartnershipFactory(slug="foreign-partnership")
    outside = {}
    for prefix, partnership in (("", own_partnership), ("foreign ", foreign_partnership)):
        for name, role in ((LEAD, Role.LEAD), (PARTNERSHIP_GOVERNOR, Role.GOVERNOR)):
            outside[prefix + name] = UserFactory(email=f"{prefix}{name}@partnership.example".replace(" ", "-"))
            MembershipFactory(user=outside[prefix + name], role=role, partnership=partnership)
    return Stage(
        own_partnership,
        build_world("own", own_partnership),
        build_world("sister", own_partnership),
        build_world("foreign", foreign_partnership),
        outside,
    )


def may_open(route: Route, where: str, role: str) -> bool:
    """Say what domain.md 7 says of one cell of the matrix."""
    if route.below == "school":
        return where == "own" and role in route.allowed and role not in (LEAD, PARTNERSHIP_GOVERNOR)
    return where in ("own", "sister") and role in route.allowed


@contextmanager
def undone() -> Iterator[None]:
    """Let a request do what it does, and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(user: User | None, method: str, url: str) -> HttpResponse:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user)
    with undone():
        return getattr(client, method)(url)


def everything_said(response: HttpResponse) -> str:
    """Body, headers and redirect of an answer as one text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return f"{response.headers} {content.decode(errors='replace')}"


def complaints(stage: Stage, name: str, route: Route, method: str) -> list[str]:
    """Return what is wrong in one row of the matrix: a denial that opened, a leak, or a right that did not hold."""
    found = []
    for where, role, user in stage.people():
        target = stage.own if route.below == "school" else stage
        response = ask(user, method, route.url(name, target, stage.own))
        found += [f"{method} {name} by {role} of {where}: {why}" for why in judge(route, where, role, response, stage)]
    return found


def judge(route: Route, where: str, role: str, response: HttpResponse, stage: Stage) -> Iterator[str]:
    text = everything_said(response)
    strangers = {"own": [stage.sister, stage.foreign], "sister": [stage.own, stage.foreign], "foreign": [stage.own, stage.sister]}
    if route.below == "partnership":
        strangers = {"own": [], "sister": [], "foreign": [stage.own, stage.sister]}
    for world in strangers.get(where, [stage.own, stage.sister, stage.foreign]):
        if world.canary in text:
            yield f"saw {world.canary}"
    if role == ANONYMOUS:
        if response.status_code != 302 or not response.headers["Location"].startswith("/signin/"):
            yield f"anonymous got {response.status_code}"
    elif may_open(route, where, role):
        if response.status_code not in (200, 302, 303, 400, 405, 409, 422):
            yield f"should be allowed, got {response.status_code}"
    elif response.status_code not in (404, 405):
        yield f"should see not found, got {response.status_code}"
