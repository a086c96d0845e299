"""Short ways to bring a roll in, for tests about what an import does."""

from datetime import date
from pathlib import Path

from pupils.importing.records import ContactRecord, FileHeader, RollFile, RollRow
from pupils.models import Contact, Need, Pupil, SupportStatus
from pupils.services import roll
from pupils.services.roll_plan import Plan, plan_import
from schools.models import School
from schools.tenancy import in_school
from tests.pupils.files import make_files

FILES = Path(make_files.__file__).parent
GOOD = sorted(make_files.good_files())
BAD_ROWS = sorted(make_files.bad_rows())
REFUSED = sorted(make_files.refused_files())


def file_bytes(name: str) -> bytes:
    return (FILES / name).read_bytes()


def bring_in(school: School, *rows: RollRow, keep_all: bool = True, is_partial: bool = True) -> Plan:
    """Import rows as the command does."""
    file = RollFile("csv", FileHeader(is_partial=is_partial), rows)
    with in_school(school):
        return roll.import_whole_roll(roll=file, sha256="0" * 64, keep_all=keep_all, is_rehearsal=False)


def look_at(school: School, *rows: RollRow, on: date, is_partial: bool = True) -> Plan:
    with in_school(school):
        return plan_import(RollFile("csv", FileHeader(is_partial=is_partial), rows), on)


def row(number: int = 1, **values: object) -> RollRow:
    """A row about Robin Alder, born on 5 November 2013."""
    defaults = {"surname": "Alder", "forename": "Robin", "dob": date(2013, 11, 5), "nc_year": "7"}
    return RollRow(number=number, **defaults | values)  # type: ignore[arg-type]


def contact(order: int = 1, forename: str = "Hazel", **values: object) -> ContactRecord:
    defaults = {"surname": "Alder", "relationship": "PAM", "has_responsibility": True}
    return ContactRecord(order=order, forename=forename, **defaults | values)  # type: ignore[arg-type]


def pupils(school: School) -> list[Pupil]:
    with in_school(school):
        return list(Pupil.objects.order_by("pk"))


def statuses(school: School) -> list[tuple[str, date, date | None]]:
    with in_school(school):
        return list(SupportStatus.objects.order_by("starts_on").values_list("provision", "starts_on", "ends_on"))


def needs(school: School) -> list[tuple[str, int, date | None]]:
    with in_school(school):
        return list(Need.objects.order_by("rank", "pk").values_list("need_type", "rank", "ends_on"))


def contacts(school: School) -> list[Contact]:
    with in_school(school):
        return list(Contact.objects.all())
