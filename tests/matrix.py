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
SCHOOLS = ("own", "sister", "foreign")
OPENED = (200, 302, 303, 400, 409, 422)


@dataclass(frozen=True)
class Route:
    """An address: how it is filled from a world, and who may open it."""

    allowed: frozenset[str]
    rows: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    below: str = "school"  # or "partnership"
    methods: tuple[str, ...] = METHODS

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
        for where in SCHOOLS:
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
        return getattr(client, method)(url, **({"data": {}, "content_type": "application/json"} if method == "patch" else {}))


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


def kept_from(stage: Stage, route: Route, where: str, *, opens: bool) -> list[str]:
    """What an answer may not say: names of strangers, their pupils, and no pupil at all in the partnership or to who may not open."""
    of_partnership = route.below == "partnership"
    at_home = ("own", "sister") if of_partnership and where in ("own", "sister") else (where,)
    strangers = [getattr(stage, name) for name in SCHOOLS if name not in at_home]
    hidden = strangers if opens and not of_partnership else [stage.own, stage.sister, stage.foreign]
    return [*(world.mark for world in strangers), *(world.canary for world in hidden)]


def judge(route: Route, where: str, role: str, response: HttpResponse, stage: Stage) -> Iterator[str]:
    text, opens = everything_said(response), may_open(route, where, role)
    yield from (f"saw {words}" for words in kept_from(stage, route, where, opens=opens) if words in text)
    if role == ANONYMOUS:
        if not asks_to_sign_in(response):
            yield f"anonymous got {response.status_code}"
    elif opens:
        if response.status_code not in (*OPENED, 405) or asks_to_sign_in(response):
            yield f"should be allowed, got {response.status_code}"
    elif response.status_code not in (404, 405):
        yield f"should see not found, got {response.status_code}"


def asks_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/signin/")


def opens_for_somebody(stage: Stage, name: str, route: Route) -> bool:
    """Say whether one of the allowed gets a real answer by one of the methods: neither a wrong method nor the way to sign in."""
    allowed = [user for where, role, user in stage.people() if may_open(route, where, role)]
    url = route.url(name, stage.own if route.below == "school" else stage, stage.own)
    answers = (ask(user, method, url) for user in allowed for method in route.methods)
    return any(answer.status_code in OPENED and not asks_to_sign_in(answer) for answer in answers)
