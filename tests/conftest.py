"""What every test starts from: the database as the application role, and the cast. And which tests need a second database."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings

pytest_plugins = ["tests.cast"]

hypothesis.settings.register_profile("suite", deadline=None)  # how long an example takes is for bench/, not for a test
hypothesis.settings.load_profile("suite")

OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup"}
# What the demo holds; that it holds the same on every database, tests/reports/test_demo_runs.py says on every database.
SAME_ROWS = ("tests/reports/demo/", "tests/reports/test_demo_runs.py::test_on_any_day")
OF_SERVICES = ("tests/postgresql/", "tests/project/test_health.py")  # they find the services themselves


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database", action="store_true", help="only what uses the database or a service; the rest is the same on every database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--with-database"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
    items[:] = [item for item in items if uses_database(item)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how large the permission matrix was that was asked: address × method × person."""
    passed = [dict(report.user_properties).get("cells", 0) for report in terminalreporter.stats.get("passed", []) if report.when == "call"]
    if cells := sum(passed):
        terminalreporter.write_line(f"Permission matrix: {cells} cells without a leak")


def uses_database(item: pytest.Item) -> bool:
    """Say whether a test could go another way on another database."""
    if item.nodeid.startswith(SAME_ROWS):
        return False
    asked_for = OF_THE_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asked_for or item.get_closest_marker("django_db") or item.nodeid.startswith(OF_SERVICES))


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
