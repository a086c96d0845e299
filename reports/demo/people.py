"""Staff of the demo: seven sign-ins with one known password, and colleagues as whom nobody can sign in."""

from collections.abc import Iterable
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from reports.demo.days import at
from schools.models import Membership, Partnership, PartnershipSchool, Role, School, User

PASSWORD = "demo-password-2026"  # noqa: S105 - public on purpose, and printed by the command
LEAD = ("lead@partnership.example", "Helen Marchbank")
COLLEAGUES_SINCE = timedelta(days=800)
LEFT_LAST = timedelta(days=120)

SIGN_INS: dict[str, dict[str, str]] = {
    "ashdown": {
        "senco": "Joanne Pike", "keyworker": "Amira Khan", "teacher": "Daniel Achebe",
        "head": "Ruth Pemberton", "office": "Sue Garland", "governor": "Clive Ostler",
    },
    "birchwood": {
        "senco": "Gareth Rowlands", "keyworker": "Precious Moyo", "teacher": "Kate Ellison",
        "head": "Imran Sheikh", "office": "Dawn Tranter", "governor": "Margaret Feeney",
    },
    "cedar": {
        "senco": "Nasreen Iqbal", "keyworker": "Tina Brooker", "teacher": "Owen Hartley",
        "head": "Caroline Addy", "office": "Lorraine Peake", "governor": "Vijay Nair",
    },
    "deepdale": {
        "senco": "Fiona Mackay", "keyworker": "Marcin Wolak", "teacher": "Grace Adeyemi",
        "head": "Stephen Thorley", "office": "Bev Cartledge", "governor": "Anne Whitcombe",
    },
}  # fmt: skip

COLLEAGUES: dict[str, tuple[tuple[str, Role], ...]] = {
    "ashdown": (
        ("Leanne Dutton", Role.KEY_WORKER), ("Samir Haddad", Role.KEY_WORKER), ("Carol Whiteley", Role.KEY_WORKER),
        ("Tom Beresford", Role.TEACHER), ("Chloe Pritchard", Role.TEACHER), ("Yusuf Demir", Role.TEACHER), ("Ellie Nwosu", Role.TEACHER),
    ),
    "birchwood": (
        ("Karen Sowerby", Role.KEY_WORKER), ("Dylan Marsh", Role.KEY_WORKER), ("Agnieszka Kurek", Role.KEY_WORKER),
        ("Priti Chauhan", Role.TEACHER), ("Rob Langley", Role.TEACHER), ("Hannah Teasdale", Role.TEACHER),
    ),
    "cedar": (
        ("Jackie Lomas", Role.KEY_WORKER), ("Shabnam Akhtar", Role.KEY_WORKER), ("Debbie Crowther", Role.KEY_WORKER),
        ("Megan Tolley", Role.TEACHER), ("Ben Okafor", Role.TEACHER), ("Sarah Wragg", Role.TEACHER),
    ),
    "deepdale": (
        ("Paula Stead", Role.KEY_WORKER), ("Kofi Asante", Role.KEY_WORKER), ("Julie Hebden", Role.KEY_WORKER),
        ("Ravina Gill", Role.KEY_WORKER),
        ("Mark Dunford", Role.TEACHER), ("Alison Beck", Role.TEACHER), ("Joel Campbell", Role.TEACHER),
    ),
}  # fmt: skip
FORMER = {"ashdown": "Patricia Sewell", "birchwood": "Neil Astbury", "cedar": "Wendy Ince", "deepdale": "Martin Coe"}
ROLES = {"senco": Role.SENCO, "keyworker": Role.KEY_WORKER, "teacher": Role.TEACHER, "head": Role.HEAD, "office": Role.OFFICE,
         "governor": Role.GOVERNOR}  # fmt: skip

Staff = dict[str, User]


def address_of(name: str, domain: str) -> str:
    forename, surname = name.lower().split(" ", 1)
    return f"{forename[0]}.{surname}@{domain}"


def make_users(people: Iterable[tuple[str, str, str]], today: date) -> Staff:
    """People by e-mail from (e-mail, name, hashed password), each address verified."""
    joined_at = at(today - COLLEAGUES_SINCE, 9)
    users = User.objects.bulk_create(
        [User(email=email, name=name, password=password, joined_at=joined_at) for email, name, password in people]
    )
    EmailAddress.objects.bulk_create([EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users])
    return {user.email: user for user in users}


def make_staff(school: School, today: date, password: str) -> Staff:
    """The people of one school with their roles: six sign-ins, some colleagues, and one who has left."""
    domain, starts_on = f"{school.slug}.example", today - COLLEAGUES_SINCE
    roles = {f"{place}@{domain}": role for place, role in ROLES.items()}
    people = [(f"{place}@{domain}", name, password) for place, name in SIGN_INS[school.slug].items()]
    for name, role in (*COLLEAGUES[school.slug], (FORMER[school.slug], Role.TEACHER)):
        roles[address_of(name, domain)] = role
        people.append((address_of(name, domain), name, make_password(None)))
    staff = make_users(people, today)
    former = address_of(FORMER[school.slug], domain)
    ends = {former: today - LEFT_LAST}
    Membership.objects.bulk_create(
        [
            Membership(user=staff[mail], school=school, role=role, starts_on=starts_on, ends_on=ends.get(mail))
            for mail, role in roles.items()
        ]
    )
    head = staff[f"head@{domain}"]
    PartnershipSchool.objects.filter(school=school).update(agreed_by=head, agreed_on=starts_on)
    return {mail: user for mail, user in staff.items() if mail not in ends}


def make_lead(partnership: Partnership, today: date, password: str) -> User:
    lead = make_users([(*LEAD, password)], today)[LEAD[0]]
    Membership.objects.create(user=lead, partnership=partnership, role=Role.LEAD, starts_on=today - COLLEAGUES_SINCE)
    return lead


def add_second_school(user: User, school: School, today: date) -> None:
    """Let a governor serve two schools, so that the way to switch between them can be seen."""
    Membership.objects.create(user=user, school=school, role=Role.GOVERNOR, starts_on=today - COLLEAGUES_SINCE)
