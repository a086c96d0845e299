"""The cast: Alice owns things in her school, Bob is a colleague there, Charlie is an outsider from another partnership.

Fixtures named after a role sign nobody in; `client.force_login(senco)` does.
"""

from collections.abc import Callable

import pytest

from schools.models import Partnership, Role, School, User
from tests.factories.schools import MembershipFactory, PartnershipFactory, SchoolFactory, UserFactory


@pytest.fixture
def partnership(db: None) -> Partnership:
    return PartnershipFactory(slug="own")


@pytest.fixture
def school(partnership: Partnership) -> School:
    """The school in which a test plays."""
    return SchoolFactory(slug="own-school", partnership=partnership)


@pytest.fixture
def sister_school(partnership: Partnership) -> School:
    """Another school of the same partnership."""
    return SchoolFactory(slug="sister-school", partnership=partnership)


@pytest.fixture
def foreign_school(db: None) -> School:
    """A school of another partnership."""
    return SchoolFactory(slug="foreign-school")


@pytest.fixture
def member() -> Callable[..., User]:
    """Make a person with a role: `member(school, Role.HEAD)` or `member(partnership, Role.LEAD)`."""

    def make(where: School | Partnership, role: str, **fields: object) -> User:
        user = UserFactory(**fields)
        MembershipFactory(user=user, role=role, **{"school" if isinstance(where, School) else "partnership": where})
        return user

    return make


@pytest.fixture
def senco(school: School, member: Callable[..., User]) -> User:
    return member(school, Role.SENCO)


@pytest.fixture
def head(school: School, member: Callable[..., User]) -> User:
    return member(school, Role.HEAD)


@pytest.fixture
def teacher(school: School, member: Callable[..., User]) -> User:
    return member(school, Role.TEACHER)


@pytest.fixture
def office(school: School, member: Callable[..., User]) -> User:
    return member(school, Role.OFFICE)


@pytest.fixture
def governor(school: School, member: Callable[..., User]) -> User:
    return member(school, Role.GOVERNOR)


@pytest.fixture
def key_worker(school: School, member: Callable[..., User]) -> User:
    """A person with the role; whose key worker they are, a test says with KeyWorkerFactory."""
    return member(school, Role.KEY_WORKER)


@pytest.fixture
def lead(partnership: Partnership, member: Callable[..., User]) -> User:
    return member(partnership, Role.LEAD)


@pytest.fixture
def charlie(foreign_school: School, member: Callable[..., User]) -> User:
    """The outsider: SENCO of a school in another partnership."""
    return member(foreign_school, Role.SENCO)
