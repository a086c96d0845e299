"""Addresses, telephone numbers and e-mail addresses of a town that is on no map."""

from random import Random

STREETS = (
    "Alder Walk", "Station Road", "Cobbler's Row", "Lark Rise", "Fenside Avenue", "Wharf Street", "Bramble Close", "Tanner's Yard",
    "Moorland Drive", "Kiln Lane", "Priory Crescent", "Weaver's Court", "Beck Side", "Park Terrace", "Sycamore Grove", "Canal View",
    "Church Walk", "Hollin Bank", "Meadow Way", "Bobbin Street", "Granary Lane", "Nightingale Road", "Spinney Hill", "Windmill Close",
)  # fmt: skip
DISTRICTS = (
    ("Fenside", "TB1"), ("Thornbeck", "TB2"), ("Thornbeck", "TB3"), ("Hollinwell", "TB4"), ("Mill Cross", "TB5"), ("Quarry End", "TB7"),
)  # fmt: skip
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
FIRST_PHONE, LAST_PHONE = 100, 999


def home(rng: Random) -> tuple[str, str]:
    """An address of two lines and a town, and its postcode."""
    place, district = rng.choice(DISTRICTS)
    street = f"{rng.randrange(1, 180)} {rng.choice(STREETS)}"
    lines = [street, place] if place == "Thornbeck" else [street, place, "Thornbeck"]
    return "\n".join(lines), f"{district} {rng.randrange(1, 10)}{rng.choice(LETTERS)}{rng.choice(LETTERS)}"


def phone(rng: Random) -> str:
    """From the numbers that are kept free for stories."""
    return f"01632 960{rng.randrange(FIRST_PHONE, LAST_PHONE + 1)}"


def email(forename: str, surname: str, rng: Random) -> str:
    return f"{forename}.{surname}{rng.randrange(10, 99)}@family.example".lower()
