"""One-to-ones of the demo: every week or two, on school days, with steps that lead from one judgement to the next."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.utils.timezone import localdate

from assessments.models import Judgement
from pupils.models import KeyWorker
from reports.demo.children import Child
from reports.demo.days import at, weekday_before, weekday_from
from reports.demo.dice import Deck, dice, public_id
from reports.demo.profiles import band_of
from reports.demo.scene import Scene
from reports.demo.words.one_to_ones import NOTES
from schools.models import User
from targets.models import Helped, NotSeen, Observation, OneToOne, Step, Strategy, Target
from targets.services.strategies import start_strategies

Point = tuple[date, int]

BREAKS = (
    ((1, 1), (1, 4)), ((2, 15), (2, 19)), ((4, 2), (4, 16)), ((5, 31), (6, 4)), ((7, 21), (9, 3)), ((10, 26), (10, 30)),
    ((12, 19), (12, 31)),
)  # fmt: skip
RHYTHM = (6, 7, 7, 8, 9, 12, 14)
FIRST_AFTER = (2, 9)
# Days since the last one, for the pupils of the person who signs in as key worker; None: there was none yet.
LAST_AGO = (0, 8, 3, 12, 5, 6, None, 4, 1, 9)
LONG_AGO_EVERY, LONG_AGO = 13, timedelta(days=24)
UNSEEN, WOBBLE, HAS_NOTE, HAS_TARGET_NOTE, IS_ASKED, FOR_STAFF = 0.1, 0.08, 0.5, 0.12, 0.8, 0.06
FEELINGS = (OneToOne.Feeling.WELL, OneToOne.Feeling.WELL, OneToOne.Feeling.WELL, OneToOne.Feeling.SO_SO, OneToOne.Feeling.HARD)
MINUTES = (5, 10, 10, 10, 15, 20)
FAVOURITES, HELPED = 5, (0, 1, 1, 2, 2, 3)
SATURDAY = 5
ROWS_AT_ONCE, ENTERED_IN_ERROR = 2000, 3
DRIFT = timedelta(days=60)


def write_one_to_ones(scene: Scene) -> None:
    """The one-to-ones of every pupil since the first target, and what was seen in each."""
    Writer(scene, start_strategies()).write()


@dataclass
class Way:
    """A target with where it stood on which days: at its start, in each review, at its end; between them it grows."""

    target: Target
    points: list[Point]

    def is_worked_on(self, day: date) -> bool:
        return self.target.set_on <= day and (self.target.closed_on is None or day < self.target.closed_on)

    def step_on(self, day: date, rng: Random) -> int:
        """A step between the last judgement and the next one. The star is not seen before it is on its way."""
        before = max((point for point in self.points if point[0] <= day), default=self.points[0])
        after = min((point for point in self.points if point[0] > day), default=before)
        gone = (day - before[0]) / (after[0] - before[0]) if after is not before else 0
        step = int(before[1] + (after[1] - before[1]) * gone + rng.random() * 0.9) if after[1] > before[1] else before[1]
        step = min(step, max(before[1], after[1])) - (rng.random() < WOBBLE)
        return max(step, Step.NOT_STARTED)


class Writer:
    """Writes the one-to-ones of one school."""

    def __init__(self, scene: Scene, strategies: Sequence[Strategy]) -> None:
        self._scene, self._strategies = scene, strategies
        self._ways = ways_of(scene.today)
        self._met = meetings_of()
        self._notes = {band: Deck(notes, dice(scene.place.slug, "one-to-one notes", band)) for band, notes in NOTES.items()}
        self._rows: list[OneToOne] = []
        self._seen: list[Observation] = []
        self._helped: list[Helped] = []

    def write(self) -> None:
        told = self._last_days()
        for number, child in enumerate(self._scene.children):
            last = told.get(child.pupil.pk, self._usual_end(child, number))
            if self._ways[child.pupil.pk] and last:
                self._write_child(child, last, is_told=child.pupil.pk in told)
        self._enter_in_error(self._rows[ENTERED_IN_ERROR])
        OneToOne.objects.bulk_create(self._rows, batch_size=ROWS_AT_ONCE)
        Observation.objects.bulk_create(self._seen, batch_size=ROWS_AT_ONCE)
        Helped.objects.bulk_create(self._helped, batch_size=ROWS_AT_ONCE)

    def _enter_in_error(self, row: OneToOne) -> None:
        """One of a school was not held: what is left of it is a trace without words."""
        row.voided_at, row.voided_by, row.voided_because = row.recorded_at, row.key_worker, OneToOne.WhyVoided.NOT_HELD
        row.note, row.feeling = "", ""
        for seen in self._seen:
            seen.note = "" if seen.one_to_one is row else seen.note

    def _last_days(self) -> dict[int, date | None]:
        """Set days for the pupils of the person who signs in, so that their page shows every state."""
        own = KeyWorker.objects.on(self._scene.today).filter(user__email=f"keyworker@{self._scene.place.domain}").order_by("pk")
        agos = zip(own.values_list("pupil", flat=True), LAST_AGO, strict=False)
        return {pupil: None if ago is None else weekday_before(self._scene.today - timedelta(days=ago)) for pupil, ago in agos}

    def _usual_end(self, child: Child, number: int) -> date:
        last = child.pupil.left_on or self._scene.today - timedelta(days=1)
        return min(last, self._scene.today - LONG_AGO) if number % LONG_AGO_EVERY == LONG_AGO_EVERY - 1 else last

    def _write_child(self, child: Child, last: date, is_told: bool) -> None:
        rng = dice(self._scene.place.slug, child.key, "one-to-ones", self._scene.today)
        favourites = rng.sample(list(self._strategies), FAVOURITES)
        first = min(way.target.set_on for way in self._ways[child.pupil.pk]) + timedelta(days=rng.randrange(*FIRST_AFTER))
        for day in school_days(first, last, rng, ends_there=is_told):
            ways = [way for way in self._ways[child.pupil.pk] if way.is_worked_on(day)]
            if ways:
                self._write_one(child, day, ways, favourites, rng)

    def _write_one(self, child: Child, day: date, ways: list[Way], favourites: list[Strategy], rng: Random) -> None:
        band = band_of(child).__name__.rpartition(".")[2]
        key = (self._scene.place.slug, child.key, day)
        row = OneToOne(
            public_id=public_id("one-to-one", *key),
            client_id=public_id("form of a one-to-one", *key),
            pupil=child.pupil,
            key_worker=self._who(child, day),
            held_on=day,
            recorded_at=at(day, rng.randrange(8, 15) if day < self._scene.today else 8, rng.randrange(60)),
            minutes=rng.choice(MINUTES),
            feeling=rng.choice(FEELINGS) if rng.random() < IS_ASKED and band != "sensory" else "",
            note=self._notes[band].draw() if rng.random() < HAS_NOTE else "",
            audience=OneToOne.Audience.STAFF if rng.random() < FOR_STAFF else OneToOne.Audience.SHARED,
        )
        self._rows.append(row)
        self._seen += [self._observation(row, way, band, rng) for way in ways]
        self._helped += [Helped(one_to_one=row, strategy=each) for each in rng.sample(favourites, rng.choice(HELPED))]

    def _observation(self, row: OneToOne, way: Way, band: str, rng: Random) -> Observation:
        if rng.random() < UNSEEN:
            return Observation(one_to_one=row, target=way.target, not_seen=NotSeen.NO_OPPORTUNITY)
        note = self._notes[band].draw() if rng.random() < HAS_TARGET_NOTE else ""
        return Observation(one_to_one=row, target=way.target, step=way.step_on(row.held_on, rng), note=note)

    def _who(self, child: Child, day: date) -> User:
        """The key worker of that day; before there was one, the SENCO."""
        held = [each for each in self._met[child.pupil.pk] if each.starts_on <= day and not each.is_over(day)]
        return held[-1].user if held else self._scene.senco


def ways_of(today: date) -> Mapping[int, list[Way]]:
    """The ways of all targets, by pupil: judged by what completed reviews said, and what the open one is about to say."""
    found: dict[int, list[Way]] = defaultdict(list)
    judged: dict[int, list[Point]] = defaultdict(list)
    rows = Judgement.objects.filter(step__isnull=False).select_related("review__cycle").order_by("review__cycle__due_on")
    for row in rows:
        done_on = localdate(row.review.completed_at) if row.review.completed_at else max(row.review.cycle.due_on, today + timedelta(days=1))
        judged[row.target_id].append((done_on, row.step or 0))
    for target in Target.objects.ever_set().order_by("pk"):
        points = [(target.set_on, target.start), *judged[target.pk]]
        if target.closed_on and target.closing_step is not None:
            points.append((target.closed_on, target.closing_step))
        if points[-1][0] <= today:
            points.append((today + DRIFT, min(points[-1][1] + 1, Step.ALMOST, max(target.aim, points[-1][1]))))
        found[target.pupil_id].append(Way(target, points))
    return found


def meetings_of() -> Mapping[int, list[KeyWorker]]:
    """Who met whom, by pupil; those who cover come last."""
    found: dict[int, list[KeyWorker]] = defaultdict(list)
    for each in KeyWorker.objects.select_related("user").order_by("cover_until", "starts_on", "pk"):
        found[each.pupil_id].append(each)
    return found


def school_days(first: date, last: date, rng: Random, *, ends_there: bool) -> Iterator[date]:
    """School days every week or two from one day to another; with `ends_there` the last one is the very day asked for."""
    day = after_a_break(first, rng)
    while day < (last - timedelta(days=4) if ends_there else last):
        yield day
        day = after_a_break(day + timedelta(days=rng.choice(RHYTHM)), rng)
    if ends_there:
        yield last


def after_a_break(day: date, rng: Random) -> date:
    """The day itself where there is school; after a holiday some day of the first week, since not everybody is met at once."""
    day -= timedelta(days=day.weekday() == SATURDAY)
    back = in_school_time(day)
    return back if (back - day).days <= 2 else in_school_time(back + timedelta(days=rng.randrange(7)))


def in_school_time(day: date) -> date:
    """The day itself, or the next one that is neither of a weekend nor of a holiday."""
    day = weekday_from(day)
    for starts, ends in BREAKS:
        if starts <= (day.month, day.day) <= ends:
            return in_school_time(date(day.year, *ends) + timedelta(days=1))
    return day
