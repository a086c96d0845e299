"""The style guide: there for builders and tests, nowhere else, and as strict as every page."""

import re

import pytest
from django.urls import reverse

from config.styleguide import MODES, SECTIONS, THEMES
from tests.look.drawing import flat

URL = reverse("styleguide")


@pytest.mark.django_db
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", MODES)
def test_it_shows_every_section_in_every_look(client, theme, mode):
    response = client.get(URL, {"theme": theme, "mode": mode})
    assert response.status_code == 200
    page = flat(response.content.decode())
    assert f'data-theme="{theme}" data-mode="{mode}"' in page
    assert [name for _, name in SECTIONS if f'id="{name}"' not in page] == []


@pytest.mark.django_db
def test_it_is_not_there_in_production(client, settings):
    settings.STYLEGUIDE = False
    assert client.get(URL).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("query", [{"theme": "neon"}, {"mode": "sepia"}])
def test_it_knows_no_other_look(client, query):
    assert client.get(URL, query).status_code == 404


@pytest.mark.django_db
def test_it_has_no_inline_script_or_style(client):
    page = client.get(URL).content.decode()
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=", page) == []


@pytest.mark.django_db
def test_every_id_is_used_once_and_every_label_finds_its_box(client):
    page = client.get(URL).content.decode()
    found = re.findall(r'\sid="([^"]+)"', page)
    assert len(found) == len(set(found))
    assert set(re.findall(r'<label[^>]*\sfor="([^"]+)"', page)) <= set(found)
