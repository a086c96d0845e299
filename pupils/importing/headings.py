"""Which heading of an export means which field. Exports are built by users, so the spellings are many; the first wins."""

import re
from collections.abc import Iterable, Sequence

# field → spellings, best first: where a table has two of them, the earlier one is read.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "upn": ("UPN", "Unique Pupil Number", "UPN Number", "Pupil UPN", "Student UPN"),
    "former_upn": ("Former UPN", "Previous UPN", "Old UPN"),
    "surname": ("Legal Surname", "Legal Last Name", "Surname", "Last Name", "Family Name", "Pupil Surname", "Student Surname"),
    "forename": (
        "Legal Forename", "Legal First Name", "Forename", "First Name", "Given Name", "Forenames", "Pupil Forename", "Student Forename",
    ),
    "preferred_surname": ("Preferred Surname", "Preferred Last Name", "Chosen Surname", "Known Surname"),
    "preferred_forename": ("Preferred Forename", "Preferred First Name", "Chosen Name", "Known As", "Preferred Name", "Chosen First Name"),
    "dob": ("Date of Birth", "DOB", "D.O.B.", "Birth Date", "Birthdate"),
    "sex": ("Sex", "Gender", "Legal Sex", "Sex at Birth"),
    "nc_year": ("NC Year", "NC Year Actual", "National Curriculum Year", "Year Group", "Year", "Curriculum Year", "Yr", "Year taught in"),
    "registration_group": (
        "Registration Group", "Reg Group", "Reg", "Registration Form", "Form", "Tutor Group", "Form Group", "Tutor", "Class", "Class Name",
    ),
    "enrolment": ("Enrolment Status", "Enrol Status", "Enrolment"),
    "language": ("First Language", "Language", "Home Language", "Native Language", "Mother Tongue"),
    "is_eal": ("EAL", "Is EAL", "English as an Additional Language", "English Additional Language", "EAL Status"),
    "pupil_premium": ("Pupil Premium", "PP", "Pupil Premium Indicator", "Is Pupil Premium", "Pupil Premium Eligible", "PPI"),
    "looked_after": ("In Care", "LAC", "Looked After", "Is Looked After", "Child Looked After", "CLA", "Looked After Child"),
    "provision": (
        "SEN Provision", "SEN Status", "SEND Status", "SEN Stage", "SEN Status Code", "SEN", "SEND", "Current SEN Status", "SEN Code",
    ),
    "provision_from": ("SEN Start Date", "SEN Provision Start Date", "SEN Status Start Date", "SEN Status From"),
    "needs": (
        "SEN Needs", "SEN Need(s)", "SEN Types", "SEN Type", "SEN Need", "Need Types", "Need Type", "SEN Need Type", "Needs",
        "Primary SEN Need", "Primary SEN Type", "Primary Need", "SEN Type 1", "SEN Need 1",
    ),
    "second_need": ("Secondary SEN Need", "Secondary SEN Type", "Secondary Need", "SEN Type 2", "SEN Need 2"),
}  # fmt: skip

# Met in exports, known, and not kept on purpose: no warning about them.
_NOT_KEPT = (
    "Ethnicity", "Address", "Home Address", "Postcode", "Post Code", "FSM", "FSM Eligible", "Free School Meals", "Admission Number",
    "Adno", "Middle Name", "Middle Names", "Middle Name(s)", "ULN", "House", "Age", "Full Name", "Pupil Name", "Student ID",
)  # fmt: skip

REQUIRED = {"surname": "Surname", "forename": "Forename"}


def plain(heading: object) -> str:
    """Letters and digits only: "SEN Need(s)" and "sen_needs" are one heading."""
    return re.sub(r"[^a-z0-9]", "", str(heading or "").casefold())


_FIELD_OF = {plain(spelling): (field, place) for field, spellings in SPELLINGS.items() for place, spelling in enumerate(spellings)}
_SILENT = {plain(heading) for heading in _NOT_KEPT}


def match(cells: Sequence[object]) -> dict[str, int]:
    """Field → place of its column, by the best spelling that the row of headings has."""
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(cells):
        field, rank = _FIELD_OF.get(plain(cell), ("", 0))
        if field and (field not in best or rank < best[field][0]):
            best[field] = (rank, place)
    return {field: place for field, (_, place) in best.items()}


def find(rows: Sequence[Sequence[object]]) -> int:
    """Which of the first rows holds the headings: the one that has most of them. Exports may put a title above."""
    scores = [len(match(row)) for row in rows]
    return scores.index(max(scores)) if scores else 0


_CONTACT = re.compile(r"(?:priority|contact|parent|guardian)(\d)(?:contact)?(\D+\d?)")
_CONTACT_FIELDS = {
    "title": "title", "surname": "surname", "lastname": "surname", "forename": "forename", "firstname": "forename",
    "relationship": "relationship", "relation": "relationship", "parentalresponsibility": "has_responsibility",
    "hasparentalresponsibility": "has_responsibility", "courtorder": "court_order", "email": "email", "emailaddress": "email",
    "phone": "phone", "telephone": "phone", "mobile": "mobile", "mobilephone": "mobile", "address": "address", "postcode": "postcode",
}  # fmt: skip


def match_contacts(cells: Sequence[object]) -> dict[tuple[int, str], int]:
    """(which contact, field) → place of its column, for headings such as "Contact 1 Surname"."""
    found: dict[tuple[int, str], int] = {}
    for place, cell in enumerate(cells):
        parts = _CONTACT.fullmatch(plain(cell))
        if parts and (field := _CONTACT_FIELDS.get(parts[2])):
            found.setdefault((int(parts[1]), field), place)
    return found


def unread(cells: Sequence[object], used: Iterable[int]) -> list[str]:
    """Headings that mean nothing to us, to be shown so that nobody believes that they were imported."""
    places = set(used)
    texts = [(place, " ".join(str(cell or "").split())[:40]) for place, cell in enumerate(cells)]
    return [text for place, text in texts if text and place not in places and plain(text) not in _SILENT]
