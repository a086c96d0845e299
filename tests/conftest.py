"""What every test starts from: the database as the application role, and the cast."""

from collections.abc import Iterator

import pytest
from django.conf import settings

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    if settings.TEST_DATABASE_URL:
        from tests.database import create_roles

        create_roles()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Build the database as the migrator, run every test as the application, and drop it as the migrator."""
    if not settings.TEST_DATABASE_URL:
        yield
        return
    from schools.fences import MIGRATOR
    from tests.database import become_application, connect_as

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        become_application()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connect_as(MIGRATOR)
