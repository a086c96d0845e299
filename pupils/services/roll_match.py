"""Which pupil of the school is meant by a row of a file: by UPN, then former UPN, then name and birthday. Never a guess."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pupils.importing.records import CellError, RollRow
from pupils.models import Pupil

_Name = tuple[str, str, date]


class Roll:
    """The pupils of one school, found in the ways that files name them."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self._by_upn: dict[str, Pupil] = {}
        self._by_former: dict[str, list[Pupil]] = defaultdict(list)
        self._by_name: dict[_Name, list[Pupil]] = defaultdict(list)
        for pupil in pupils:
            if pupil.upn:
                self._by_upn[pupil.upn] = pupil
            if pupil.former_upn:
                self._by_former[pupil.former_upn].append(pupil)
            self._by_name[pupil.surname.casefold(), pupil.forename.casefold(), pupil.date_of_birth].append(pupil)

    def find(self, row: RollRow) -> tuple[Pupil | None, CellError | None, str]:
        """The pupil, or None for somebody new; an error where two could be meant; a caution to show beside the row."""
        by_number = self._by_number(row)
        if len(by_number) == 1:
            return by_number[0], None, ""
        if by_number:
            return None, CellError("UPN", "The UPN and the former UPN belong to different pupils here. Settle that first."), ""
        return self._by_name_and_birthday(row)

    def _by_number(self, row: RollRow) -> list[Pupil]:
        """A row's UPN may be here, or be the former one of somebody here; its former UPN may be here as the UPN."""
        found = {pupil.pk: pupil for number in (row.upn, row.former_upn) if number and (pupil := self._by_upn.get(number))}
        if not found and row.upn:
            found = {pupil.pk: pupil for pupil in self._by_former.get(row.upn, [])}
        return list(found.values())

    def _by_name_and_birthday(self, row: RollRow) -> tuple[Pupil | None, CellError | None, str]:
        """Only where a UPN is missing, in the file or here; two with the same name are never told apart by guessing."""
        if not (row.surname and row.forename and row.dob):
            return None, None, ""
        same = self._by_name.get((row.surname.casefold(), row.forename.casefold(), row.dob), [])
        possible = [pupil for pupil in same if not (row.upn and pupil.upn)]
        if len(possible) == 1:
            return possible[0], None, ""
        if possible:
            return None, CellError("Name", "Two pupils here have this name and date of birth. Add the UPN to the row."), ""
        caution = "Somebody here has the same name and date of birth, with another UPN. Check that this is another child." if same else ""
        return None, None, caution
