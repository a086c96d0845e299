"""Unique pupil numbers of an authority whose test establishments nobody attends, each with its right letter."""

from collections import Counter

from pupils.importing.upn import check_letter

AUTHORITY = "838"
FIRST_SCHOOLS = ("2771", "7774", "7775", "7776")  # where the pupils of secondary schools came from
SERIAL_FROM = {"ashdown": 1, "birchwood": 301, "cedar": 601, "deepdale": 1}
SHARED_FROM = 900


def numbered(establishment: str, year: int, serial: str) -> str:
    rest = f"{AUTHORITY}{establishment}{year % 100:02d}{serial}"
    return check_letter(rest) + rest


class Numbers:
    """Issues the numbers of one school's pupils; each only once."""

    def __init__(self, slug: str) -> None:
        self._from = SERIAL_FROM[slug]
        self._issued: Counter[tuple[str, int]] = Counter()

    def _next(self, establishment: str, year: int) -> int:
        self._issued[establishment, year] += 1
        return self._from + self._issued[establishment, year] - 1

    def permanent(self, establishment: str, year: int) -> str:
        return numbered(establishment, year, f"{self._next(establishment, year):03d}")

    def temporary(self, establishment: str, year: int) -> str:
        return numbered(establishment, year, f"{self._next(establishment, year) % 100:02d}A")


def shared(number: int, year: int) -> str:
    """The number of a child who is on two rolls."""
    return numbered("2771", year, f"{SHARED_FROM + number:03d}")
