"""SENCO and office bring the roll in. Everybody else, and every other school, finds nothing at these addresses."""

import pytest
from django.urls import reverse

from schools.models import Role
from tests.pupils.importing.checksums import table_checksums
from tests.pupils.importing.pages import bring_in, decide, digest, list_url, stage, upload
from tests.pupils.importing.rolls import pupils

NOBODYS = [Role.KEY_WORKER, Role.TEACHER, Role.HEAD, Role.GOVERNOR]


@pytest.fixture
def staged(client, school, senco):
    client.force_login(senco)
    url = stage(client, school, "ctf_full_v26.xml")
    seen = digest(client.get(url))
    client.logout()
    return url, seen


@pytest.mark.parametrize("role", [Role.SENCO, Role.OFFICE])
def test_senco_and_office_may(client, school, member, role):
    client.force_login(member(school, role))
    assert bring_in(client, school, "ctf_full_v26.xml").status_code == 200
    assert pupils(school)


@pytest.mark.parametrize("role", NOBODYS)
def test_other_roles_find_nothing_and_change_nothing(client, school, member, staged, role):
    url, seen = staged
    client.force_login(member(school, role))
    before = table_checksums()
    assert client.get(list_url(school)).status_code == 404
    assert upload(client, school, "ctf_full_v26.xml").status_code == 404
    assert client.get(url).status_code == 404
    assert client.post(url, {"digest": seen, "go": "apply"}).status_code == 404
    assert client.post(f"{url}discard/").status_code == 404
    assert table_checksums() == before


def test_an_outsider_finds_nothing(client, school, charlie, staged):
    url, seen = staged
    client.force_login(charlie)
    before = table_checksums()
    assert upload(client, school, "ctf_full_v26.xml").status_code == 404
    assert client.post(url, {"digest": seen, "go": "apply"}).status_code == 404
    assert table_checksums() == before


def test_an_import_is_not_found_under_another_school(client, school, sister_school, senco, member, staged):
    """Even somebody who may import in both schools finds it in its own only."""
    url, seen = staged
    both = member(sister_school, Role.SENCO)
    member_of_ours = url.replace(school.slug, sister_school.slug)
    client.force_login(both)
    before = table_checksums()
    assert client.get(member_of_ours).status_code == 404
    assert client.post(member_of_ours, {"digest": seen, "go": "apply"}).status_code == 404
    assert client.post(f"{member_of_ours}discard/").status_code == 404
    assert table_checksums() == before


def test_signed_out_people_are_asked_to_sign_in(client, school, staged):
    answer = client.get(staged[0])
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_a_file_of_another_school_is_refused_and_the_school_is_named(client, sister_school, school, member):
    client.force_login(member(sister_school, Role.OFFICE))
    answer = upload(client, sister_school, "ctf_partial_v19.xml")
    assert "for another school: 838/7772" in answer.content.decode()
    assert pupils(sister_school) == []


def test_a_leaver_is_thrown_out_between_two_requests(client, school, senco, staged):
    url, _ = staged
    client.force_login(senco)
    assert client.get(url).status_code == 200
    senco.memberships.update(ends_on="2020-09-02")
    assert client.get(url).status_code == 404
    assert pupils(school) == []


def test_what_a_colleague_staged_can_be_applied_by_the_office(client, school, office, staged):
    client.force_login(office)
    decide(client, staged[0])
    assert pupils(school)
