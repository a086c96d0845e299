"""Provision over time and ranked needs of a child."""

from datetime import date, timedelta
from random import Random

from pupils.models import Need, SupportStatus
from reports.demo.children import Child
from reports.demo.days import weekday_from
from reports.demo.dice import dice
from reports.demo.numbers import AUTHORITY

DAY = timedelta(days=1)
YOUNGEST = timedelta(days=3 * 365)  # provision is seldom recorded before the third birthday
HAD_SUPPORT_FIRST = 0.75
OVERDUE = timedelta(days=9)


def support_of(child: Child, today: date, is_overdue: bool = False) -> list[SupportStatus]:
    """The current status, and the one before it where there was one."""
    rng = dice(child.key, "support")
    began = _began(child, today, rng)
    if child.provision == "K":
        return [SupportStatus(pupil=child.pupil, provision="K", starts_on=began)]
    turned = weekday_from(began + timedelta(days=(today - began).days * rng.randrange(30, 70) // 100))
    earlier = SupportStatus(pupil=child.pupil, provision="K", starts_on=began, ends_on=max(began, turned - DAY))
    if child.provision == "N":
        since = child.pupil.followed_since or turned
        return [SupportStatus(pupil=child.pupil, provision="N", starts_on=since)]
    plan = SupportStatus(
        pupil=child.pupil,
        provision="E",
        starts_on=turned,
        plan_issued_on=turned,
        next_annual_review_on=today - OVERDUE if is_overdue else _next_annual_review(turned, today),
        local_authority=AUTHORITY,
    )
    return [plan, earlier] if rng.random() < HAD_SUPPORT_FIRST else [plan]


def _began(child: Child, today: date, rng: Random) -> date:
    youngest = child.pupil.date_of_birth + YOUNGEST if child.born_into > 0 else today - timedelta(days=360)
    span = max(200, min((today - youngest).days, 6 * 365))
    began = today - timedelta(days=rng.randrange(min(300, span - 1), span))
    return began - timedelta(days=began.weekday())


def _next_annual_review(issued: date, today: date) -> date:
    """Two weeks before the plan's next anniversary."""
    coming = (date(today.year + later, issued.month, min(issued.day, 28)) - timedelta(days=14) for later in (0, 1, 2))
    return next(day for day in coming if day > today)


def needs_of(child: Child, began: date) -> list[Need]:
    return [Need(pupil=child.pupil, need_type=code, rank=rank, starts_on=began) for rank, code in enumerate(child.needs, start=1)]
