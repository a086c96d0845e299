"""The stage on PostgreSQL leaves out what uses no database; nothing that uses one may slip through."""

from dataclasses import dataclass

import pytest

from tests.conftest import uses_database


@pytest.fixture
def through_a_fixture(school: object) -> object:
    return school


@pytest.mark.django_db
def test_a_marked_test_uses_the_database(request):
    assert uses_database(request.node)


def test_a_test_that_gets_rows_through_fixtures_uses_the_database(request, through_a_fixture):
    assert uses_database(request.node)


def test_a_test_of_words_does_not(request):
    assert not uses_database(request.node)


def test_a_test_of_a_service_runs_though_it_asks_for_no_fixture():
    [service, words] = (FakeItem(f"tests/{name}.py::test_it") for name in ("postgresql/test_setup_database_roles", "reports/test_wording"))
    assert uses_database(service)
    assert not uses_database(words)


@dataclass
class FakeItem:
    """A test that asks for nothing."""

    nodeid: str

    def get_closest_marker(self, name: str) -> None:
        return None
