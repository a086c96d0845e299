"""Who may open which page about a pupil: each refusal has a twin that is let in, and says nothing about the pupil."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from pupils.access import visible_pupils
from schools.access import Access, Permission, rights_of
from schools.models import Role
from schools.tenancy import in_school
from tests.factories.pupils import ContactFactory, KeyWorkerFactory, ProfileFactory, PupilFactory, SupportStatusFactory
from tests.factories.schools import MembershipFactory
from tests.pupils.pages import at, audited, list_url, names_in, said

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SENCO, HEAD, TEACHER, OFFICE, GOVERNOR, KEY_WORKER = (
    Role.SENCO, Role.HEAD, Role.TEACHER, Role.OFFICE, Role.GOVERNOR, Role.KEY_WORKER,
)  # fmt: skip
EVERYBODY = {SENCO, HEAD, TEACHER, OFFICE, GOVERNOR, KEY_WORKER}
SEES = {SENCO, HEAD, TEACHER}
KEEPS_THE_ROLL = {SENCO, OFFICE}
PAGES = {
    "pupil": SEES | {KEY_WORKER},
    "pupil-timeline": SEES | {KEY_WORKER},
    "profile-print": SEES | {KEY_WORKER},
    "profile-edit": {SENCO, KEY_WORKER},
    "pupil-contacts": KEEPS_THE_ROLL | {HEAD},
    "contact-new": KEEPS_THE_ROLL,
    "contact-edit": KEEPS_THE_ROLL,
    "contact-remove": KEEPS_THE_ROLL,
    "key-workers": KEEPS_THE_ROLL | {HEAD},
    "pupil-left": KEEPS_THE_ROLL,
}


@pytest.fixture
def pupil(school):
    pupil = PupilFactory(school=school, forename="Ravi", surname="Patel", upn="B838777225001")
    ProfileFactory(pupil=pupil, liked_for="I tell jokes.")
    SupportStatusFactory(pupil=pupil, provision="E")
    return pupil


@pytest.fixture
def contact(pupil):
    return ContactFactory(pupil=pupil, surname="Hidden", address="9 Hidden Way")


def url_of(name, pupil, contact):
    return at(name, pupil, *([contact.public_id] if name in ("contact-edit", "contact-remove") else []))


@pytest.mark.parametrize("role", sorted(EVERYBODY))
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_its_roles_and_for_no_other(client, member, school, pupil, contact, name, role):
    person = member(school, role)
    if role == KEY_WORKER:
        KeyWorkerFactory(pupil=pupil, user=person)
    client.force_login(person)
    response = client.get(url_of(name, pupil, contact))
    assert response.status_code == (200 if role in PAGES[name] else 404)
    assert role in PAGES[name] or "Ravi" not in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_nobody_from_another_school_gets_in_by_either_address(client, member, school, sister_school, pupil, contact, name):
    stranger = member(sister_school, SENCO)
    client.force_login(stranger)
    own_address = url_of(name, pupil, contact)
    assert client.get(own_address).status_code == 404
    assert client.get(own_address.replace(school.slug, sister_school.slug)).status_code == 404
    client.force_login(member(school, SENCO))
    assert client.get(own_address).status_code == 200


@pytest.mark.parametrize("name", ["pupil", "pupil-timeline", "profile-print", "profile-edit"])
def test_a_key_worker_opens_own_pupils_only_and_only_while_it_lasts(client, key_worker, school, pupil, contact, name):
    other = PupilFactory(school=school)
    ProfileFactory(pupil=other)
    held = KeyWorkerFactory(pupil=pupil, user=key_worker, starts_on=TODAY - timedelta(days=9))
    client.force_login(key_worker)
    assert client.get(at(name, pupil)).status_code == 200
    assert client.get(at(name, other)).status_code == 404
    for dates in ({"ends_on": TODAY - timedelta(days=1)}, {"ends_on": None, "cover_until": TODAY - timedelta(days=1)}):
        renew(held, **dates)
        assert client.get(at(name, pupil)).status_code == 404
    renew(held, ends_on=TODAY, cover_until=None)
    assert client.get(at(name, pupil)).status_code == 200


def renew(held, **dates):
    with in_school(held.school):
        type(held).objects.filter(pk=held.pk).update(**dates)


def test_a_teacher_who_is_key_worker_may_edit_that_profile_only(client, teacher, school, pupil):
    other = PupilFactory(school=school)
    KeyWorkerFactory(pupil=pupil, user=teacher)
    client.force_login(teacher)
    assert client.get(at("profile-edit", pupil)).status_code == 200
    assert client.get(at("profile-edit", other)).status_code == 404
    assert "Change the profile" in said(client.get(at("pupil", pupil)))
    assert "Write the profile" not in said(client.get(at("pupil", other)))


def test_a_contact_of_another_pupil_is_not_found_under_this_one(client, senco, school, pupil, contact):
    other = PupilFactory(school=school)
    client.force_login(senco)
    assert client.get(at("contact-edit", other, contact.public_id)).status_code == 404
    assert client.get(at("contact-edit", pupil, contact.public_id)).status_code == 200


def test_the_upn_stands_on_the_data_page_alone_and_for_those_who_keep_the_roll(client, senco, head, office, pupil, contact):
    for person, may in ((senco, True), (office, True), (head, False)):
        client.force_login(person)
        assert (pupil.upn in client.get(at("pupil-contacts", pupil)).content.decode()) is may
    client.force_login(senco)
    for name in ("pupil", "pupil-timeline", "profile-print", "profile-edit", "key-workers", "pupil-left"):
        assert pupil.upn not in client.get(at(name, pupil)).content.decode()


def test_contacts_show_to_those_who_may_see_them(client, senco, teacher, pupil, contact):
    client.force_login(teacher)
    page = client.get(at("pupil", pupil)).content.decode()
    assert "Hidden" not in page
    assert "contacts/" not in page
    client.force_login(senco)
    assert "Hidden" in client.get(at("pupil", pupil)).content.decode()


def test_an_office_reads_no_provision_anywhere(client, office, senco, pupil, contact):
    client.force_login(office)
    for name in ("pupil-contacts", "key-workers", "pupil-left", "contact-new"):
        assert "EHC" not in client.get(at(name, pupil)).content.decode()
    client.force_login(senco)
    assert "EHC" in client.get(at("pupil-contacts", pupil)).content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_each_read_leaves_one_row_in_the_log_and_a_refusal_none(client, senco, governor, school, pupil, contact, name):
    client.force_login(governor)
    client.get(url_of(name, pupil, contact))
    assert audited(school, "pupil.seen") == 0
    client.force_login(senco)
    client.get(url_of(name, pupil, contact))
    assert audited(school, "pupil.seen") == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_leaver_is_out_between_two_requests(client, senco, school, pupil, contact, name):
    client.force_login(senco)
    assert client.get(url_of(name, pupil, contact)).status_code == 200
    senco.memberships.update(ended_at=timezone.now())
    assert client.get(url_of(name, pupil, contact)).status_code == 404
    assert client.post(url_of(name, pupil, contact), {"left_on": TODAY}).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_no_name_and_no_number_stands_in_a_title_or_an_address(client, senco, pupil, contact, name):
    client.force_login(senco)
    url = url_of(name, pupil, contact)
    title = client.get(url).content.decode().split("<title>")[1].split("</title>")[0]
    for canary in ("Ravi", "Patel", "Hidden", pupil.upn):
        assert canary not in title
        assert canary.lower() not in url.lower()


@pytest.mark.parametrize(
    ("status", "fields", "is_seen"),
    [
        ({"provision": "K"}, {}, True),
        ({"provision": "E"}, {}, True),
        (None, {"followed_because": "New to the country"}, True),
        (None, {}, False),
        ({"provision": "N"}, {}, False),
        ({"provision": "K", "ends_on": TODAY - timedelta(days=1)}, {}, False),
    ],
)
def test_a_teacher_sees_pupils_with_send_and_own_ones(client, teacher, head, school, status, fields, is_seen):
    pupil = PupilFactory(school=school, forename="Ravi", **fields)
    if status:
        SupportStatusFactory(pupil=pupil, **status)
    client.force_login(teacher)
    assert client.get(at("pupil", pupil)).status_code == (200 if is_seen else 404)
    assert ("Ravi" in client.get(list_url(school)).content.decode()) is is_seen
    KeyWorkerFactory(pupil=pupil, user=teacher)
    assert client.get(at("pupil", pupil)).status_code == 200
    assert names_in(client.get(list_url(school))) == [pupil.short_name]  # once, by whichever right
    client.force_login(head)
    assert client.get(at("pupil", pupil)).status_code == 200


def test_a_second_role_widens_a_teachers_view(client, teacher, school):
    pupil = PupilFactory(school=school)
    client.force_login(teacher)
    assert client.get(at("pupil", pupil)).status_code == 404
    MembershipFactory(user=teacher, school=school, role=SENCO)
    assert client.get(at("pupil", pupil)).status_code == 200


def test_a_right_that_key_workers_do_not_have_opens_no_pupil(teacher, school, pupil):
    KeyWorkerFactory(pupil=pupil, user=teacher)
    request = SimpleNamespace(user=teacher, school=school, access=Access(frozenset({TEACHER}), rights_of(frozenset({TEACHER}))))
    with in_school(school):
        assert list(visible_pupils(request, Permission.PUPIL_SEE)) == [pupil]
        assert list(visible_pupils(request, Permission.PUPIL_CONTACTS)) == []
