"""What the tests of pupil pages share: addresses, what a form would send, and reads inside a school."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pupils.models import Pupil
from schools.models import AuditEvent, School
from schools.tenancy import in_school

FENCE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SELECT CURRENT_SETTING", "PRAGMA")
MOST_QUERIES = 12
FIELD = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"')


def at(name: str, pupil: Pupil, *more: object) -> str:
    """The address of a page about one pupil."""
    return reverse(name, args=[pupil.school.slug, pupil.public_id, *more])


def list_url(school: School, query: str = "") -> str:
    return f"{reverse('pupil-list', args=[school.slug])}{query}"


def said(response: HttpResponse) -> str:
    """A page's words, without its markup."""
    text = re.sub(r"<(script|style)[\s\S]*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def hidden(response: HttpResponse) -> dict[str, Any]:
    """The hidden fields that a page would send again."""
    found: dict[str, Any] = {}
    for match in FIELD.finditer(response.content.decode()):
        found.setdefault(match["name"], []).append(unescape(match["value"]))
    return found


def names_in(response: Any) -> list[str]:
    """The short names of a list of pupils, in its order."""
    return [row.pupil.short_name for row in response.context["rows"]]


def audited(school: School, action: str) -> int:
    with in_school(school):
        return AuditEvent.objects.filter(school=school, action=action).count()


@contextmanager
def at_most(number: int) -> Iterator[CaptureQueriesContext]:
    """At most so many queries, beside the transaction's own and the ones that open the school's fence."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    sent = [query["sql"] for query in captured if not query["sql"].upper().startswith(FENCE)]
    captured.sent = len(sent)  # type: ignore[attr-defined]
    if len(sent) > number:
        pytest.fail(f"{len(sent)} queries:\n" + "\n".join(sent))
