"""Adults around a child: one parent or two, one household or two, and the cases in which a letter must not go out."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from pupils.models import Contact
from reports.demo.children import Child
from reports.demo.dice import dice
from reports.demo.homes import email, home, phone
from reports.demo.names import COMMUNITIES

LETTER_LANGUAGES = {
    "URD": "urd", "PNJ": "pan", "BNG": "ben", "POL": "pol", "ROM": "ron", "ARA": "ara",
    "SOM": "som", "UKR": "ukr", "CHI": "zho", "GUJ": "guj",
}  # fmt: skip
ASKS_FOR_HOME_LANGUAGE, HAS_EMAIL, OTHER_SURNAME = 0.8, 0.8, 0.25
SHAPES = ("two parents", "one parent", "two households", "grandparent")
SHAPE_WEIGHTS = (56, 22, 18, 4)
MOTHER, FATHER, GRANDPARENT, STEP_FATHER, FOSTER_MOTHER, FOSTER_FATHER, SOCIAL_WORKER = "PAM", "PAF", "REL", "STF", "FOM", "FOF", "SWR"
TITLES = {MOTHER: ("Mrs", "Ms", "Miss"), FATHER: ("Mr",), GRANDPARENT: ("Mrs",), STEP_FATHER: ("Mr",), FOSTER_MOTHER: ("Mrs", "Ms"),
          FOSTER_FATHER: ("Mr",), SOCIAL_WORKER: ("Ms", "Mr")}  # fmt: skip
MEN = (FATHER, STEP_FATHER, FOSTER_FATHER)


def family_of(child: Child) -> list[Contact]:
    """The contacts of one child, by priority."""
    rng = dice(child.key, "family")
    adults = _foster_family(child, rng) if child.pupil.is_looked_after else _own_family(child, rng)
    for priority, adult in enumerate(adults, start=1):
        adult.priority = priority
    return adults


def _own_family(child: Child, rng: Random) -> list[Contact]:
    shape = rng.choices(SHAPES, SHAPE_WEIGHTS)[0]
    first_home = home(rng)
    if shape == "grandparent":
        return [_adult(child, GRANDPARENT, first_home, rng), _adult(child, MOTHER, home(rng), rng)]
    mother = _adult(child, MOTHER, first_home, rng)
    if shape == "one parent":
        return [mother]
    if shape == "two parents":
        return [mother, _adult(child, rng.choices((FATHER, STEP_FATHER), (6, 1))[0], first_home, rng)]
    return [mother, _adult(child, FATHER, home(rng), rng)]


def _foster_family(child: Child, rng: Random) -> list[Contact]:
    """Foster carers come first; the social worker has the authority's office as address; a parent keeps responsibility."""
    foster_home = home(rng)
    carers = [_adult(child, FOSTER_MOTHER, foster_home, rng), _adult(child, FOSTER_FATHER, foster_home, rng)]
    worker = _adult(child, SOCIAL_WORKER, ("Children's Services\nCivic Hall\nThornbeck", "TB2 1AA"), rng)
    worker.email = email(worker.forename, worker.surname, rng).replace("family.example", "authority.example")
    for carer in carers:
        carer.address_confidential = True
    return [*carers, worker, _adult(child, MOTHER, home(rng), rng)]


def _adult(child: Child, relationship: str, where: tuple[str, str], rng: Random) -> Contact:
    names = child.names if relationship in (MOTHER, FATHER, GRANDPARENT) else COMMUNITIES["british"]
    forename = rng.choice(names.fathers if relationship in MEN else names.mothers)
    is_own = relationship in (MOTHER, FATHER) and rng.random() > OTHER_SURNAME
    surname = child.pupil.surname if is_own else rng.choice(names.surnames)
    return Contact(
        pupil=child.pupil,
        title=rng.choice(TITLES[relationship][:1] if relationship == SOCIAL_WORKER else TITLES[relationship]),
        forename=forename,
        surname=surname,
        relationship=relationship,
        has_parental_responsibility=relationship in (MOTHER, FATHER),
        letter_language=_letter_language(child, relationship, rng),
        address=where[0],
        postcode=where[1],
        phone=phone(rng),
        email=email(forename, surname, rng) if rng.random() < HAS_EMAIL else "",
    )


def _letter_language(child: Child, relationship: str, rng: Random) -> str:
    asks = rng.random() < ASKS_FOR_HOME_LANGUAGE
    if relationship not in (MOTHER, FATHER, GRANDPARENT) or not asks:
        return "eng"
    return LETTER_LANGUAGES.get(child.pupil.first_language, "eng")


# ------------------------------------------------------------------------------------------------- cases that every school has


def no_contact(adult: Contact, today: date) -> None:
    """A court has said: no contact, and nothing about the child."""
    adult.no_contact, adult.may_receive, adult.order = True, Contact.MayReceive.NONE, Contact.Order.READ
    adult.order_reference, adult.order_from = "TB24P00317", today - timedelta(days=410)


def order_to_check(adult: Contact, today: date) -> None:
    """The roll file said that there is an order; nobody has read it yet."""
    adult.order = Contact.Order.TO_CHECK


def order_over(adult: Contact, today: date) -> None:
    """An order that has run out: this parent may receive letters again."""
    adult.order, adult.order_reference = Contact.Order.READ, "TB22P00108"
    adult.order_from, adult.order_to = today - timedelta(days=900), today - timedelta(days=170)


def hidden_address(adult: Contact, today: date) -> None:
    adult.address_confidential = True


def no_letters(adult: Contact, today: date) -> None:
    """Has asked for none: the other parent passes the news on."""
    adult.may_receive = Contact.MayReceive.NONE


def large_print(adult: Contact, today: date) -> None:
    adult.letter_format = Contact.Format.LARGE


def easy_read(adult: Contact, today: date) -> None:
    adult.letter_format = Contact.Format.EASY_READ


def _in_care(family: list[Contact], today: date) -> None:
    """Under a care order the authority shares the responsibility, so its social worker may receive letters."""
    family[2].has_parental_responsibility = True


def _kept_apart(family: list[Contact], today: date) -> None:
    no_contact(family[-1], today)


Case = Callable[[Contact, date], None]
APART: tuple[tuple[Case, ...], ...] = ((no_contact,), (order_to_check,), (order_over,), (), (no_letters,))  # for the father elsewhere
FOSTERED = (_in_care, _kept_apart)
FIRST: tuple[Case, ...] = (large_print, easy_read, large_print, easy_read)


def mark_cases(families: Sequence[list[Contact]], today: date) -> None:
    """Spread the orders over the two-household families, and the formats over the others."""
    apart = [family for family in families if len(family) == 2 and family[0].postcode != family[1].postcode]
    together = [family for family in families if len(family) == 2 and family[0].postcode == family[1].postcode]
    for family, cases in zip(apart, APART, strict=False):
        for case in cases:
            case(family[1], today)
        if no_contact in cases:
            hidden_address(family[0], today)
    for family, case in zip(together[2:], FIRST, strict=False):
        case(family[0], today)
    fostered = [family for family in families if family[0].relationship == FOSTER_MOTHER]
    for family, of_family in zip(fostered, FOSTERED, strict=False):
        of_family(family, today)
