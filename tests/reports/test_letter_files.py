"""The files of letters: who opens one, and that its recipient is looked at again each time."""

from pathlib import Path

import pytest
from django.urls import reverse

from pupils.models import Contact
from reports import services
from reports.models import Letter
from reports.services import letters
from schools.models import AuditEvent
from schools.tenancy import in_school


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def change(contact: Contact, **values: object) -> None:
    with in_school(contact.school):
        Contact.objects.filter(pk=contact.pk).update(**values)


def of(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.school.slug, letter.public_id])


@pytest.fixture
def letter(review, letters_job, mother, letters_of) -> Letter:
    services.run_job(letters_job.pk)
    return letters_of(review)[0]


def test_the_download_is_a_file_that_no_cache_keeps_and_no_name_betrays(client, senco, letter):
    client.force_login(senco)
    response = client.get(of("letter-file", letter))
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_a_download_is_noted(client, senco, letter):
    client.force_login(senco)
    client.get(of("letter-file", letter))
    with in_school(letter.school):
        assert AuditEvent.objects.filter(action="letter.opened", row_id=letter.pk, by=senco).count() == 1


def test_a_contact_barred_before_the_download_gets_nothing_and_the_letter_is_withdrawn(client, senco, letter, mother):
    client.force_login(senco)
    change(mother, no_contact=True)
    response = client.get(of("letter-file", letter))
    assert response.status_code == 302
    assert "may no longer receive the letter" in client.get(response["Location"]).text
    with in_school(letter.school):
        assert Letter.objects.get(pk=letter.pk).state == Letter.State.WITHDRAWN
    change(mother, no_contact=False)
    assert client.get(of("letter-file", letter)).status_code == 302


def test_control_without_the_second_look_the_barred_contact_would_get_it(client, senco, letter, mother, monkeypatch):
    """The fence broken on purpose: the test above is about check_recipient and nothing else."""
    monkeypatch.setattr(letters, "check_recipient", lambda **what: None)
    client.force_login(senco)
    change(mother, no_contact=True)
    assert client.get(of("letter-file", letter)).status_code == 200


def test_a_letter_printed_for_another_address_does_not_go_out(client, senco, letter, mother):
    client.force_login(senco)
    change(mother, address="9 New Road")
    assert client.get(of("letter-file", letter)).status_code == 302


def test_the_control_an_unchanged_family_gets_its_letter(client, senco, letter, mother):
    client.force_login(senco)
    change(mother, phone="01632 960002")
    assert client.get(of("letter-file", letter)).status_code == 200


def test_a_damaged_file_is_not_handed_out(client, senco, letter, media):
    (media / letter.file).write_bytes(b"%PDF something else")
    client.force_login(senco)
    assert "missing or damaged" in client.get(of("letter-file", letter), follow=True).text


def test_the_office_prints_approved_letters_only(client, senco, office, letter):
    client.force_login(office)
    to_print = reverse("letters-to-print", args=[letter.school.slug])
    assert "No letters to print" in client.get(to_print).text
    assert "not approved yet" in client.get(of("letter-print", letter), follow=True).text
    client.force_login(senco)
    client.post(of("letter-approve", letter))
    client.force_login(office)
    assert of("letter-print", letter) in client.get(to_print).text
    assert client.get(of("letter-print", letter)).content.startswith(b"%PDF")


def test_a_letter_to_somebody_barred_meanwhile_is_not_approved(client, senco, letter, mother):
    change(mother, no_contact=True)
    client.force_login(senco)
    assert "may no longer receive" in client.post(of("letter-approve", letter), follow=True).text
    with in_school(letter.school):
        assert Letter.objects.get(pk=letter.pk).state == Letter.State.WITHDRAWN


def test_a_letter_is_approved_once(client, senco, letter):
    client.force_login(senco)
    client.post(of("letter-approve", letter))
    assert "in the meantime" in client.post(of("letter-approve", letter), follow=True).text


@pytest.mark.parametrize(
    ("role", "name", "allowed"),
    [
        ("senco", "letter-file", True),
        ("head", "letter-file", True),
        ("office", "letter-file", False),
        ("teacher", "letter-file", False),
        ("charlie", "letter-file", False),
        ("head", "letter-print", False),
        ("teacher", "letter-print", False),
    ],
)
def test_who_opens_a_letter(client, letter, role, name, allowed, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(of(name, letter)).status_code == (200 if allowed else 404)


def test_a_pupils_letters_stand_on_the_tab(client, head, letter):
    client.force_login(head)
    text = client.get(reverse("pupil-letters", args=[letter.school.slug, letter.review.pupil.public_id])).text
    assert of("letter-file", letter) in text
    assert of("letter-approve", letter) not in text
