from schools.models.audit import AuditEvent, ChangedAudit
from schools.models.partnership import Partnership, PartnershipSchool, Programme
from schools.models.people import PARTNERSHIP_ROLES, SCHOOL_ROLES, Invitation, Membership, Role, Token, User
from schools.models.pin import MOST_TRIES, Pin
from schools.models.school import CycleDates, School, Term

__all__ = [
    "MOST_TRIES",
    "PARTNERSHIP_ROLES",
    "SCHOOL_ROLES",
    "AuditEvent",
    "ChangedAudit",
    "CycleDates",
    "Invitation",
    "Membership",
    "Partnership",
    "PartnershipSchool",
    "Pin",
    "Programme",
    "Role",
    "School",
    "Term",
    "Token",
    "User",
]
