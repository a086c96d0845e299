"""The schools and partnerships of a person, and which of them is home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from schools.models import Membership, Partnership, Role, School, User


def key_of(where: School | Partnership) -> str:
    """Return what the session keeps of the place used last."""
    return f"{where._meta.model_name}/{where.pk}"


@dataclass(frozen=True)
class Place:
    """A school or partnership in which a person has a role today."""

    where: School | Partnership
    roles: frozenset[str]

    @property
    def home(self) -> str:
        """Where its people start: key workers with today, governors and a partnership's people at figures, others at the pupils."""
        if isinstance(self.where, Partnership):
            return reverse("partnership-dashboard", args=[self.where.slug])
        first: dict[frozenset[str], str] = {frozenset({Role.GOVERNOR}): "school-published", frozenset({Role.KEY_WORKER}): "today"}
        name = first.get(self.roles, "pupil-list")
        return reverse(name, args=[self.where.slug])


def memberships_of(user: User, day: date) -> list[Membership]:
    """Return what a person holds on a day, with all that fences and menus ask of it; one query."""
    held = Membership.objects.active_on(day).filter(user=user.pk)
    return list(held.select_related("school__programme", "school__partnership", "partnership"))


def places_for(memberships: Iterable[Membership]) -> list[Place]:
    """Return where somebody with these memberships has a role, alphabetically."""
    roles: dict[School | Partnership, set[str]] = {}
    for membership in memberships:
        roles.setdefault(membership.place, set()).add(membership.role)
    found = [Place(where, frozenset(held)) for where, held in roles.items()]
    return sorted(found, key=lambda place: str(place.where).casefold())


def home_of(places: list[Place], last_used: str) -> Place | None:
    """Return the place used last, where it is still the person's, else the first by name."""
    return next((place for place in places if key_of(place.where) == last_used), places[0] if places else None)
