"""The import as a person does it: choose a file, look, decide."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schools.models import School
from tests.pupils.importing.rolls import file_bytes


def list_url(school: School) -> str:
    return reverse("import-list", args=[school.slug])


def upload(client: Client, school: School, name: str, data: bytes | None = None):
    """Send a file. A readable one answers with the address of its preview."""
    file = SimpleUploadedFile(name, file_bytes(name) if data is None else data)
    return client.post(list_url(school), {"file": file})


def stage(client: Client, school: School, name: str, data: bytes | None = None) -> str:
    answer = upload(client, school, name, data)
    assert answer.status_code == 302, refusal(answer)
    return answer.url


def refusal(answer) -> str:
    return " ".join(answer.context["form"].errors.get("file", [])) if answer.context else ""


def digest(answer) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', answer.content.decode())
    assert found
    return found[1]


def decide(client: Client, url: str, *, go: str = "apply", seen: str | None = None, **ticks):
    """Send the preview's form as the page stands, or as it stood when its digest was `seen`."""
    page = client.get(url)
    data = {"digest": seen or digest(page), "go": go, "leave_problems_out": "on", **ticks}
    return client.post(url, data)


def bring_in(client: Client, school: School, name: str, data: bytes | None = None):
    """Choose a file, apply it with what the page proposes, and open what changed."""
    url = stage(client, school, name, data)
    assert decide(client, url).status_code == 302
    return client.get(url)
