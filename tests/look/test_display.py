"""Light, dark, or as the device: kept for the person, else for the device, and never a way to another site."""

import pytest
from django.urls import reverse

from schools.models import User

URL = reverse("display")

pytestmark = pytest.mark.django_db


def mode_of_next_page(client) -> str:
    return client.get(URL).context["mode"]


@pytest.mark.parametrize("mode", ["light", "dark", "auto"])
def test_a_person_keeps_the_choice_on_every_device(client, senco, mode):
    client.force_login(senco)
    client.post(URL, {"mode": mode})
    assert User.objects.get(pk=senco.pk).mode == mode
    client.cookies.clear()
    client.force_login(senco)
    assert mode_of_next_page(client) == mode


def test_somebody_signed_out_keeps_it_on_the_device(client):
    client.post(URL, {"mode": "dark"})
    assert mode_of_next_page(client) == "dark"


def test_one_person_does_not_change_another(client, senco, teacher):
    client.force_login(senco)
    client.post(URL, {"mode": "dark"})
    assert User.objects.get(pk=teacher.pk).mode == "auto"


def test_an_altered_cookie_is_ignored(client):
    client.cookies["mode"] = "dark:forged"
    assert mode_of_next_page(client) == "auto"


def test_an_unknown_mode_is_refused_and_nothing_changes(client, senco):
    client.force_login(senco)
    assert client.post(URL, {"mode": "sepia"}).status_code == 400
    assert client.post(URL).status_code == 400
    assert User.objects.get(pk=senco.pk).mode == "auto"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/schools/x/pupils/?page=2", "/schools/x/pupils/?page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_it_leads_back_to_the_page_but_never_to_another_site(client, address, leads_to):
    response = client.post(URL, {"mode": "dark", "next": address})
    assert response.status_code == 302
    assert response["Location"] == leads_to


def test_the_cookie_is_out_of_reach_of_scripts(client):
    cookie = client.post(URL, {"mode": "dark"}).cookies["mode"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_page_marks_the_present_choice(client):
    client.post(URL, {"mode": "dark"})
    page = client.get(URL).content.decode()
    assert 'value="dark" checked' in page
