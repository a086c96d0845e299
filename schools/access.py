"""The first fence: who may do what, as code, read at every request.

A view names its permission; somebody without it sees *not found*, never *forbidden*. Nobody passes by being a superuser.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from schools.models import SCHOOL_ROLES, Membership, Partnership, Role, School, User
from schools.places import memberships_of
from schools.tenancy import in_school

Rest = ParamSpec("Rest")


class Permission(StrEnum):
    """What can be done; domain.md 7, row by row."""

    PUPIL_NAMES = "pupil.names"  # the list of pupils, with names only
    PUPIL_SEE = "pupil.see"  # profile, needs, targets, timeline
    PUPIL_CONTACTS = "pupil.contacts"
    PROFILE_EDIT = "profile.edit"
    ROLL_IMPORT = "roll.import"  # and contacts, left on
    KEY_WORKERS_ASSIGN = "key-workers.assign"
    ONE_TO_ONE_RECORD = "one-to-one.record"
    TARGET_PROPOSE = "target.propose"
    TARGET_SET = "target.set"
    TARGET_DECIDE = "target.decide"  # on what others propose
    REVIEW_SEE = "review.see"
    REVIEW_DRAFT = "review.draft"
    REVIEW_COMPLETE = "review.complete"
    CYCLE_OPEN = "cycle.open"
    LETTER_MAKE = "letter.make"
    LETTER_SEE = "letter.see"
    LETTER_PRINT = "letter.print"
    SETTINGS_EDIT = "settings.edit"
    STAFF_SEE = "staff.see"
    STAFF_INVITE = "staff.invite"
    STAFF_END = "staff.end"
    DASHBOARD_SEE = "dashboard.see"  # own school's, with names
    DASHBOARD_SUPPRESSED = "dashboard.suppressed"
    PARTNERSHIP_FIGURES = "partnership.figures"
    PARTNERSHIP_STAFF = "partnership.staff"
    REPORT_ASK = "report.ask"
    MODERATION_SEE = "moderation.see"
    MODERATION_AGREE = "moderation.agree"
    MODERATION_JUDGE = "moderation.judge"  # and release own samples
    MODERATION_SET_UP = "moderation.set-up"
    LANGUAGE_SEE = "language.see"
    LANGUAGE_PUBLISH = "language.publish"


P = Permission

KEY_WORKER_RIGHTS = frozenset(
    {P.PUPIL_NAMES, P.PUPIL_SEE, P.PROFILE_EDIT, P.ONE_TO_ONE_RECORD, P.TARGET_PROPOSE, P.REVIEW_DRAFT}
)  # for the pupils whose key worker a person is, whatever the role


def key_worker_rights(school: School) -> frozenset[Permission]:
    """What a key worker may do for own pupils in this school: propose targets, or set them where its settings say so."""
    return KEY_WORKER_RIGHTS | {P.TARGET_SET} if school.key_workers_set_targets else KEY_WORKER_RIGHTS


ROLE_RIGHTS: dict[str, frozenset[Permission]] = {
    Role.KEY_WORKER: frozenset({P.LANGUAGE_SEE}),
    Role.TEACHER: frozenset({P.PUPIL_NAMES, P.PUPIL_SEE, P.TARGET_PROPOSE, P.LANGUAGE_SEE}),
    Role.SENCO: frozenset(
        {
            P.PUPIL_NAMES,
            P.PUPIL_SEE,
            P.PUPIL_CONTACTS,
            P.PROFILE_EDIT,
            P.ROLL_IMPORT,
            P.KEY_WORKERS_ASSIGN,
            P.ONE_TO_ONE_RECORD,
            P.TARGET_PROPOSE,
            P.TARGET_SET,
            P.TARGET_DECIDE,
            P.REVIEW_SEE,
            P.REVIEW_DRAFT,
            P.REVIEW_COMPLETE,
            P.CYCLE_OPEN,
            P.LETTER_MAKE,
            P.LETTER_SEE,
            P.LETTER_PRINT,
            P.SETTINGS_EDIT,
            P.STAFF_SEE,
            P.STAFF_INVITE,
            P.DASHBOARD_SEE,
            P.PARTNERSHIP_FIGURES,
            P.MODERATION_SEE,
            P.MODERATION_JUDGE,
            P.LANGUAGE_SEE,
        }
    ),
    Role.HEAD: frozenset(
        {
            P.PUPIL_NAMES,
            P.PUPIL_SEE,
            P.PUPIL_CONTACTS,
            P.KEY_WORKERS_ASSIGN,
            P.REVIEW_SEE,
            P.LETTER_SEE,
            P.SETTINGS_EDIT,
            P.STAFF_SEE,
            P.STAFF_INVITE,
            P.STAFF_END,
            P.DASHBOARD_SEE,
            P.PARTNERSHIP_FIGURES,
            P.REPORT_ASK,
            P.MODERATION_SEE,
            P.MODERATION_AGREE,
            P.LANGUAGE_SEE,
        }
    ),
    Role.OFFICE: frozenset(
        {
            P.PUPIL_NAMES,
            P.PUPIL_CONTACTS,
            P.ROLL_IMPORT,
            P.KEY_WORKERS_ASSIGN,
            P.LETTER_PRINT,
            P.STAFF_SEE,
            P.STAFF_INVITE,
            P.STAFF_END,
        }
    ),
    Role.GOVERNOR: frozenset({P.DASHBOARD_SUPPRESSED, P.PARTNERSHIP_FIGURES}),
    Role.LEAD: frozenset(
        {
            P.PARTNERSHIP_FIGURES,
            P.PARTNERSHIP_STAFF,
            P.REPORT_ASK,
            P.MODERATION_SET_UP,
            P.LANGUAGE_SEE,
            P.LANGUAGE_PUBLISH,
            P.CYCLE_OPEN,
        }
    ),
}

FROM_A_SCHOOL = frozenset({P.PARTNERSHIP_FIGURES, P.REPORT_ASK, P.LANGUAGE_SEE})  # what a school's role opens in its partnership

INVITES: dict[str, frozenset[str]] = {
    Role.SENCO: frozenset({Role.KEY_WORKER, Role.TEACHER}),
    Role.OFFICE: frozenset({Role.KEY_WORKER, Role.TEACHER}),
    Role.HEAD: frozenset({Role.KEY_WORKER, Role.TEACHER, Role.SENCO, Role.HEAD, Role.OFFICE, Role.GOVERNOR}),
    Role.LEAD: frozenset({Role.HEAD}),
}  # which roles a role may grant

ENDS: dict[str, frozenset[str]] = {
    Role.OFFICE: frozenset(SCHOOL_ROLES) - {Role.HEAD},
    Role.HEAD: frozenset(SCHOOL_ROLES),
}  # which roles a role may end; nobody ends an own one


def rights_of(roles: frozenset[str]) -> frozenset[Permission]:
    """Return what a set of roles allows for every row of the school or partnership."""
    return frozenset().union(*(ROLE_RIGHTS[role] for role in roles))


def may_grant(roles: frozenset[str]) -> frozenset[str]:
    """Return the roles that somebody with these roles may grant to others."""
    return frozenset().union(*(INVITES.get(role, frozenset()) for role in roles))


def may_end(roles: frozenset[str]) -> frozenset[str]:
    """Return the roles that somebody with these roles may end for others."""
    return frozenset().union(*(ENDS.get(role, frozenset()) for role in roles))


@dataclass(frozen=True)
class Access:
    """What one person may do in the school or partnership of the address, today."""

    roles: frozenset[str]
    rights: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Say whether a role allows this for every row; a key worker's own pupils are looked at beside it."""
        return permission in self.rights


class SchoolRequest(HttpRequest):
    """A request inside one school: set by school_view, so that a view never looks a school up itself."""

    user: User
    memberships: list[Membership]  # everywhere, as of today
    school: School
    access: Access


class PartnershipRequest(HttpRequest):
    """A request inside one partnership: no school's rows can be read in it."""

    user: User
    memberships: list[Membership]  # everywhere, as of today
    partnership: Partnership
    access: Access
    own_school_ids: frozenset[int]


def school_view(
    permission: Permission,
) -> Callable[[Callable[Concatenate[SchoolRequest, Rest], HttpResponse]], Callable[..., HttpResponse]]:
    """Open a view to the people of the school in the address who hold the permission; everybody else sees *not found*.

    A key worker's rights hold for own pupils only: such a view fetches its pupil with `pupils.access.pupil_or_404`.
    """

    def decorate(view: Callable[Concatenate[SchoolRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            inside = enter_school(request, slug)
            if permission not in inside.access.rights | key_worker_rights(inside.school):
                raise Http404
            with in_school(inside.school):
                return view(inside, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def enter_school(request: HttpRequest, slug: str) -> SchoolRequest:
    """Set school and access on the request. Raises Http404 for somebody with no role in the school today."""
    inside = cast(SchoolRequest, request)
    inside.memberships = memberships_of(inside.user, timezone.localdate())
    found = [membership for membership in inside.memberships if membership.school and membership.school.slug == slug]
    if not found:
        raise Http404
    roles = frozenset(membership.role for membership in found)
    inside.school = cast(School, found[0].school)
    inside.access = Access(roles, rights_of(roles))
    return inside


def partnership_view(
    permission: Permission,
) -> Callable[[Callable[Concatenate[PartnershipRequest, Rest], HttpResponse]], Callable[..., HttpResponse]]:
    """Open a view to people of the partnership in the address who hold the permission; it sees no pupil's row.

    Staff of a school that feeds the partnership count too, where their role in the school opens something here.
    """

    def decorate(view: Callable[Concatenate[PartnershipRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            inside = enter_partnership(request, slug)
            if permission not in inside.access.rights:
                raise Http404
            return view(inside, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def enter_partnership(request: HttpRequest, slug: str) -> PartnershipRequest:
    """Set partnership, access and own schools on the request; an outsider is left with no rights at all."""
    today = timezone.localdate()
    inside = cast(PartnershipRequest, request)
    inside.memberships = memberships_of(inside.user, today)
    inside.partnership = get_object_or_404(Partnership, slug=slug)
    direct = frozenset(membership.role for membership in inside.memberships if membership.partnership_id == inside.partnership.pk)
    held = Membership.objects.active_on(today).filter(user=inside.user.pk)
    through = list(held.feeding(inside.partnership, today).values_list("school", "role"))
    inside.own_school_ids = frozenset(school for school, _ in through)
    from_schools = rights_of(frozenset(role for _, role in through)) & FROM_A_SCHOOL
    inside.access = Access(direct | {role for _, role in through}, rights_of(direct) | from_schools)
    return inside
