"""The e-mails that an installation for trying out would have sent, so that an invitation can be followed. Nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

MOST = 30
BETWEEN = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Letter:
    """One e-mail as it would have left."""

    to: str
    subject: str
    sent_at: datetime
    body: str


@login_not_required
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Show the newest e-mails; signed out too, since an invited person has no account yet. Not found on a real installation."""
    if not settings.DEMO_MAIL:
        raise Http404
    return render(request, "schools/demo_mail.html", {"letters": list(_newest())})


def _newest() -> Iterator[Letter]:
    for raw in _sources()[:MOST]:
        read = message_from_bytes(raw, policy=policy.default)
        body = read.get_body(("plain",))
        yield Letter(str(read["To"]), str(read["Subject"]), parsedate_to_datetime(read["Date"]), body.get_content() if body else "")


def _sources() -> list[bytes]:
    """Return e-mails newest first: of the folder that they are written to, or of a test's outbox."""
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        files = sorted(Path(folder).glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [part for path in files[:MOST] for part in reversed(path.read_bytes().split(BETWEEN)) if part.strip()]
    return [letter.message().as_bytes() for letter in reversed(getattr(mail, "outbox", []))]
