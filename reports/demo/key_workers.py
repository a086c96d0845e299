"""Who meets whom one to one: the sign-in has eight pupils, colleagues share the rest, and some are covered for."""

from datetime import date, timedelta
from itertools import cycle, islice

from pupils.models import KeyWorker
from reports.demo.children import Child
from reports.demo.days import weekday_from, year_start
from reports.demo.people import COLLEAGUES, Staff, address_of
from reports.demo.places import Place
from schools.cycles import academic_year_of
from schools.models import User

OF_THE_SIGN_IN, OF_THE_TEACHER = 8, 3
COVER_FOR = timedelta(days=16)
CHANGED_EVERY, COVERED = 9, 2


def key_workers_of(place: Place, children: list[Child], staff: Staff, today: date) -> list[KeyWorker]:
    """One key worker for each pupil on roll but the newest, who has none yet; every ninth had another one last year."""
    here = [child for child in children if child.is_on_roll(today)]
    newest = max(here, key=lambda child: (child.pupil.on_roll_from, child.key))
    colleagues = [staff[address_of(name, place.domain)] for name, _ in COLLEAGUES[place.slug]]
    sign_in, teacher = staff[f"keyworker@{place.domain}"], staff[f"teacher@{place.domain}"]
    spread = _spread([child for child in here if child is not newest])
    workers = [*[sign_in] * OF_THE_SIGN_IN, *[teacher] * OF_THE_TEACHER, *islice(cycle(colleagues), len(here))]
    rows = []
    for index, (child, user) in enumerate(zip(spread, workers, strict=False)):
        since = max(child.pupil.on_roll_from or today, year_start(academic_year_of(today) - 1))
        if index % CHANGED_EVERY == 0 and (today - since).days > COVER_FOR.days:
            handed_over = weekday_from(since + (today - since) // 2)
            former = colleagues[-1] if user is not colleagues[-1] else colleagues[0]
            rows.append(KeyWorker(pupil=child.pupil, user=former, starts_on=since, ends_on=handed_over - timedelta(days=1)))
            since = handed_over
        rows.append(KeyWorker(pupil=child.pupil, user=user, starts_on=since))
    return [*rows, *_cover(rows, sign_in, today)]


def _spread(children: list[Child]) -> list[Child]:
    """Children in an order that gives each adult pupils of several years."""
    return [child for start in range(5) for child in children[start::5]]


def _cover(rows: list[KeyWorker], sign_in: User, today: date) -> list[KeyWorker]:
    """The person who signs in as key worker stands in for a colleague who is away for two weeks."""
    away = [row for row in rows if row.user != sign_in and row.ends_on is None][-COVERED:]
    since = today - timedelta(days=3)
    return [KeyWorker(pupil=row.pupil, user=sign_in, starts_on=max(since, row.starts_on), cover_until=today + COVER_FOR) for row in away]
