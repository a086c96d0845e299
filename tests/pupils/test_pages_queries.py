"""Lists about one pupil, and an import, ask as much of the database for thirty rows as for one."""

import pytest
from django.urls import reverse

from schools.models import Role
from tests.counting import asked_by, assert_does_not_grow
from tests.factories.pupils import ContactFactory, KeyWorkerFactory, PupilFactory
from tests.pupils.files.make_files import HEAD, table
from tests.pupils.importing.pages import bring_in, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


@pytest.fixture
def client(client, senco):
    client.force_login(senco)
    return client


def roll(first: int, how_many: int) -> bytes:
    return table(HEAD, *(f"Aspen{chr(97 + n)}{chr(97 + first)},Testing,,{1 + n % 28:02}/05/2014,7,K" for n in range(how_many)))


def test_contacts_do_not_grow_in_queries(client, school, pupil):
    ContactFactory(pupil=pupil)
    url = reverse("pupil-contacts", args=[school.slug, pupil.public_id])
    assert_does_not_grow(client, url, lambda: ContactFactory.create_batch(29, pupil=pupil), at_most=12)


def test_key_workers_do_not_grow_in_queries(client, school, pupil, member):
    def more(how_many: int = 29) -> None:
        for _ in range(how_many):
            KeyWorkerFactory(pupil=pupil, user=member(school, Role.KEY_WORKER))

    more(1)
    assert_does_not_grow(client, reverse("key-workers", args=[school.slug, pupil.public_id]), more, at_most=12)


def test_the_preview_of_an_import_does_not_grow_in_queries(client, school):
    client.get(stage(client, school, "roll.csv", roll(0, 2)))
    few, many = (asked_by(client, stage(client, school, "roll.csv", roll(n, rows))) for n, rows in ((1, 1), (2, 30)))
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= 20, "\n".join(many)


def test_what_an_import_changed_does_not_grow_in_queries(client, school):
    few, many = (bring_in(client, school, "roll.csv", roll(n, rows)).request["PATH_INFO"] for n, rows in ((1, 1), (2, 30)))
    asked = [asked_by(client, url) for url in (few, many)]
    assert len(asked[0]) == len(asked[1]), "\n".join(asked[1])
    assert len(asked[1]) <= 12, "\n".join(asked[1])
