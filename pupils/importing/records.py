"""What every reader yields, whatever file it read.

`None` always means "the file does not say": the row that is already here is left alone. An empty tuple
means "the file has the section, and nothing in it".
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class CellError:
    """A reason why a row cannot be imported, at the column where somebody can mend it.

    The message may be kept with the import and so never repeats the file; what stood in the cell is shown and forgotten.
    """

    column: str
    message: str
    cell: str = ""

    @property
    def in_full(self) -> str:
        return f"{self.message} The file says “{self.cell}”." if self.cell else self.message


@dataclass(frozen=True, slots=True)
class SupportRecord:
    """One row of the SEN history; the current one has no end date."""

    provision: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class NeedRecord:
    """One ranked type of need."""

    code: str
    rank: int
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """An adult in the child's life. `court_order` and `has_responsibility` decide who may receive a letter."""

    order: int
    surname: str
    forename: str = ""
    title: str = ""
    relationship: str = ""
    has_responsibility: bool | None = None
    court_order: bool | None = None
    phones: tuple[str, ...] = ()
    email: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
    """Sessions of one year, as a transfer file counts them. Importing a roll leaves them alone; outcomes read them."""

    year: int
    possible: int
    attended: int


@dataclass(frozen=True, slots=True)
class RollRow:
    """One pupil as the file has it. `number` is the row in the spreadsheet, or the pupil's place in a CTF."""

    number: int
    surname: str | None = None
    forename: str | None = None
    dob: date | None = None
    upn: str | None = None
    former_upn: str | None = None
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    sex: str | None = None
    nc_year: str | None = None
    registration_group: str | None = None
    enrolment: str | None = None
    language: str | None = None
    is_eal: bool | None = None
    pupil_premium: bool | None = None
    looked_after: bool | None = None
    support: tuple[SupportRecord, ...] | None = None
    needs: tuple[NeedRecord, ...] | None = None
    contacts: tuple[ContactRecord, ...] | None = None
    attendance: tuple[AttendanceRecord, ...] = ()
    errors: tuple[CellError, ...] = ()
    warnings: tuple[str, ...] = ()

    def current_support(self, on: date) -> SupportRecord | None:
        """The row without an end date (or not yet ended); of several the one that began last."""
        running = [each for each in self.support or () if each.ends_on is None or each.ends_on >= on]
        begun = [each for each in running if each.starts_on is None or each.starts_on <= on]
        return max(begun, key=lambda each: (each.ends_on is None, each.starts_on or date.min), default=None)


@dataclass(frozen=True, slots=True)
class FileSchool:
    """A school as a file's header names it; `laestab` is None where the file uses a placeholder or nothing."""

    laestab: str | None = None
    name: str = ""

    def __str__(self) -> str:
        number = f"{self.laestab[:3]}/{self.laestab[3:]}" if self.laestab else "unknown"
        return f"{self.name} ({number})" if self.name else number


@dataclass(frozen=True, slots=True)
class FileHeader:
    """Who wrote the file, for whom, and whether it holds everything about each pupil."""

    source: FileSchool = field(default_factory=FileSchool)
    destination: FileSchool = field(default_factory=FileSchool)
    is_partial: bool = True
    version: str = ""


@dataclass(frozen=True, slots=True)
class RollFile:
    """A file that could be read: its header, its rows (some perhaps with errors) and what is odd about it."""

    kind: str
    header: FileHeader
    rows: tuple[RollRow, ...]
    warnings: tuple[str, ...] = ()
