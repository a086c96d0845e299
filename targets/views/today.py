"""The first page of a key worker."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pupils.access import refuse_governors, visible_pupils
from pupils.searching import search_address, searched_words
from schools.access import Permission, SchoolRequest, school_view
from schools.models import User
from targets.models import OneToOne
from targets.today import MOST_FOUND, Done, done_by, own_pupils, search
from targets.views.cards import cards_of

logger = logging.getLogger(__name__)
Panel = TypeVar("Panel")

MORNING_ENDS, AFTERNOON_ENDS = 12, 18


@school_view(Permission.ONE_TO_ONE_RECORD)
def today(request: SchoolRequest) -> HttpResponse:
    """Whom to meet next, what is done, and everyone else by search. Whoever of the staff is key worker of a pupil starts here."""
    refuse_governors(request)
    day, every_days = timezone.localdate(), request.school.one_to_one_every_days
    if request.method == "POST":
        return redirect(search_address(request))
    text = searched_words(request)
    found = search(visible_pupils(request, Permission.ONE_TO_ONE_RECORD), text, day, every_days) if text else []
    sees_all = request.access.may(Permission.ONE_TO_ONE_RECORD)
    context = {"q": text, "found": found[:MOST_FOUND], "has_more": len(found) > MOST_FOUND, "sees_all": sees_all}
    if "HX-Request" in request.headers:
        return render(request, "targets/_found.html", context | {"is_part": True})
    own = or_none(lambda: own_pupils(request.user, day, every_days))
    done = or_none(lambda: done_by(request.user, timezone.now()))
    saved = next((each for each in done or () if str(each.row.public_id) == request.GET.get("saved")), None)
    context |= {
        "own": own,
        "cards": cards_of(own.first, day) if own else [],
        "today": day,
        "greeting": greeting(request.user),
        "done_count": sum(each.is_today for each in done or ()),
        "done": None if done is None else folds_of(done),
        "saved": saved,
        "others": others_today(saved) if saved else [],
    }
    return render(request, "targets/today.html", context)


def or_none(read: Callable[[], Panel]) -> Panel | None:
    """Read one panel of the page. Where that fails, the panel alone says so and the rest of the page stands."""
    try:
        with transaction.atomic():
            return read()
    except DatabaseError:
        logger.exception("A panel of today could not be read")
        return None


def greeting(user: User) -> str:
    """Good morning, Amira."""
    hour = timezone.localtime().hour
    words = "Good morning" if hour < MORNING_ENDS else "Good afternoon" if hour < AFTERNOON_ENDS else "Good evening"
    return f"{words}, {name}" if (name := user.get_short_name()) else words


def folds_of(done: list[Done]) -> list[tuple[str, list[Done]]]:
    """What may still be changed, of today and of yesterday, each under its heading."""
    by_day = (("Done today", [each for each in done if each.is_today]), ("Done yesterday", [each for each in done if not each.is_today]))
    return [(f"{title} ({len(rows)})", rows) for title, rows in by_day if rows]


def others_today(saved: Done) -> list[OneToOne]:
    """What colleagues recorded with this pupil on the same day: both are kept, and each is told."""
    row = saved.row
    same_day = OneToOne.objects.live().filter(pupil=row.pupil, held_on=row.held_on).exclude(key_worker=row.key_worker)
    return list(same_day.select_related("key_worker").order_by("recorded_at"))
