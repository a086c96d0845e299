"""How background work looks on a page: that it waits, how far it is, or why it failed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from reports.models import Job
from reports.services.queue import UNFINISHED
from reports.services.refusals import ASKER_LEFT, LOST, NO_TARGETS, NOTHING_PUBLISHED

SOON = timedelta(seconds=20)
WHY = {
    ASKER_LEFT: "The person who asked for it no longer works here.",
    LOST: "The background service stopped three times in the middle of it.",
    NO_TARGETS: "The review judged no target that a letter could tell of.",
    NOTHING_PUBLISHED: "No school has published figures for this term.",
    "LetterTooLong": "The letter would be longer than two pages. Shorten what was written in the review.",
}


@dataclass(frozen=True)
class Progress:
    """One job in words."""

    job: Job

    @property
    def is_moving(self) -> bool:
        return self.job.state in UNFINISHED

    @property
    def is_late(self) -> bool:
        """It waits for longer than a worker at rest would take."""
        return self.job.state == Job.State.WAITING and timezone.now() - self.job.created_at > SOON

    @property
    def is_failed(self) -> bool:
        return self.job.state == Job.State.FAILED

    @property
    def why(self) -> str:
        return WHY.get(self.job.error, "Something went wrong. It was tried three times.")


def latest_job(kind: str, row_id: int) -> Progress | None:
    """The newest job of a kind for one row. The caller has already found that row within its school or partnership."""
    job = Job.objects.filter(kind=kind, row_id=row_id).order_by("-pk").first()
    return Progress(job) if job else None


class PrintedLater(HttpResponse):
    """A PDF that is printed when the view has returned and the school's scope is closed: Django calls `render` then."""

    def __init__(self, make: Callable[[], bytes], filename: str) -> None:
        super().__init__(content_type="application/pdf", headers=_headers(filename))
        self._make = make

    def render(self) -> "PrintedLater":
        self.content = self._make()
        return self


def pdf(content: bytes, filename: str) -> HttpResponse:
    """A PDF to be saved: its name tells nobody's name, and no cache keeps it."""
    return HttpResponse(content, content_type="application/pdf", headers=_headers(filename))


def _headers(filename: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
