"""E-mails of an installation for trying out can be read on a page, and nowhere else."""

import pytest
from django.conf import settings as configured
from django.core.mail import send_mail
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

PAGE = "/demo/mail/"


def test_the_newest_e_mail_comes_first_and_its_link_can_be_followed(client: Client) -> None:
    send_mail("First", "See http://testserver/invitation/abc/ today.", None, ["a@x.example"])
    send_mail("Second", "Hello <b>you</b>", None, ["b@x.example"])
    body = client.get(PAGE).content.decode()
    assert body.index("Second") < body.index("First")
    assert 'href="http://testserver/invitation/abc/"' in body
    assert "&lt;b&gt;you" in body


def test_e_mails_are_read_from_the_folder_they_are_written_to(client: Client, settings, tmp_path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    send_mail("Grüße, a subject", "A line – with a dash\n\nand http://testserver/x/", None, ["a@x.example"])
    body = client.get(PAGE).content.decode()
    assert "Grüße, a subject" in body
    assert "A line – with a dash" in body


def test_an_empty_page_says_what_will_appear(client: Client, settings, tmp_path) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "not-there-yet"
    assert "No e-mails yet" in client.get(PAGE).content.decode()


def test_a_real_installation_has_no_such_page(client: Client, settings) -> None:
    settings.DEMO_MAIL = False
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get(reverse("account_login")).content.decode()


def test_the_demo_is_the_exception() -> None:
    from config.settings import base

    assert base.DEMO_MAIL is False
    assert configured.DEMO_MAIL is True
