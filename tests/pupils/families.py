"""A thousand generated families: a pupil and the contacts as they stand in the rows, saved or not, and what is wrong with an answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pupils.models import Contact, Pupil
from pupils.recipients import Decision, PupilFacts, decide, facts_of
from schools.models import School
from tests.pupils.recipients_oracle import HOLD, SEND, verdicts

TODAY = date(2026, 12, 4)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
FAMILIES = 1_000
FIRST_KEY = 1_000_000
LINES = ("", "1 Test Lane", "2 Test Lane", "1, test lane", "1 Test Lane\nFenside", "2 Test Lane, Fenside, TS1 1ST")
POSTCODES = ("", "TS1 1ST", "TS11ST", "TS1 1ST", "TS2 2ST")


@dataclass(frozen=True, slots=True)
class Family:
    pupil: Pupil
    contacts: tuple[Contact, ...]


Answer = Callable[[Family], Decision]


def some_day(random: Random) -> date | None:
    return random.choice((None, TODAY + timedelta(days=random.randint(-400, 400)), TODAY, YESTERDAY, TOMORROW))


def some_contact(random: Random, key: int, pupil: Pupil) -> Contact:
    starts, ends = sorted((some_day(random) or date.min, some_day(random) or date.max))
    address, postcode = random.choice(LINES), random.choice(POSTCODES)
    return Contact(
        pk=key,
        school_id=pupil.school_id,
        pupil_id=pupil.pk,
        priority=key % 10,
        surname=f"Contact {key}",
        relationship=random.choice(("PAM", "PAF", "PAM", "PAF", "STF", "FOM", "REL", "SWR", "OTH")),
        has_parental_responsibility=random.random() < 0.75,
        may_receive=random.choice(("all", "all", "all", "none")),
        no_contact=random.random() < 0.15,
        address_confidential=random.random() < 0.15,
        order=random.choice(("none",) * 8 + ("read",) * 4 + ("to_check",)),
        order_from=None if starts == date.min else starts,
        order_to=None if ends == date.max else ends,
        letter_language=random.choice(("eng", "urd")),
        letter_format=random.choice(("standard", "large")),
        address=address,
        postcode=postcode,
    )


def family(seed: int, school: School | None = None) -> Family:
    random = Random(seed)  # noqa: S311
    born = date(random.randint(2006, 2020), random.randint(1, 12), random.randint(1, 28))
    pupil = Pupil(pk=FIRST_KEY + seed, school=school, forename="Ravi", surname="Pillai", date_of_birth=born, sex="M")
    keys = range(FIRST_KEY + 10 * seed, FIRST_KEY + 10 * seed + random.randint(0, 4))
    return Family(pupil, tuple(some_contact(random, key, pupil) for key in keys))


def families(school: School | None = None, how_many: int = FAMILIES) -> list[Family]:
    return [family(seed, school) for seed in range(how_many)]


def saved_families(school: School, how_many: int = FAMILIES) -> list[Family]:
    """The same families, as rows of the school in scope."""
    every = families(school, how_many)
    Pupil.objects.bulk_create(each.pupil for each in every)
    Contact.objects.bulk_create(contact for each in every for contact in each.contacts)
    return every


def overlooking(on: date = TODAY, **facts: object) -> Answer:
    """The decision by somebody who does not see some of the facts."""

    def answer(each: Family) -> Decision:
        contacts = tuple(replace(facts_of(contact), **facts) for contact in each.contacts)
        return decide(PupilFacts(each.pupil.full_name, each.pupil.date_of_birth, contacts), "letter", on)

    return answer


def mistakes(answer: Answer, every: list[Family]) -> dict[str, int]:
    """Letters to those who may have none, letters withheld that should go, and doubts that nobody hears of."""
    found = {"barred": 0, "withheld": 0, "unheard": 0}
    for each in every:
        decision, right = answer(each), verdicts(each.pupil, each.contacts, TODAY)
        sent, waiting = {one.contact_id for one in decision.recipients}, {one.contact_id for one in decision.held}
        found["barred"] += sum(right[one] != SEND for one in sent)
        found["withheld"] += sum(verdict == SEND and one not in sent for one, verdict in right.items())
        found["unheard"] += sum((verdict == HOLD) != (one in waiting) for one, verdict in right.items())
    return found
