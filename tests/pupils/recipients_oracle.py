"""Who may receive a letter, told a second time: by striking people off a list, rule by rule, from the words of the rules.

Written apart from pupils.recipients: it reads the rows itself, with its own calendar and its own way of comparing addresses.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date

from pupils.models import Contact, Pupil

SEND, HOLD, NEVER = "send", "hold", "never"
WORK_WITH_THE_FAMILY = {"SWR", "CHM", "DOC", "TCR", "RLG", "HTC", "OTH"}


def verdicts(pupil: Pupil, contacts: Sequence[Contact], on: date) -> dict[int | None, str]:
    """A verdict for each contact; under None, for the pupil."""
    unread = [each for each in contacts if each.order == "to_check"]
    if is_old_enough(pupil.date_of_birth, on):
        return {None: HOLD if unread else SEND} | {each.pk: NEVER for each in contacts}
    found: dict[int | None, str] = {None: NEVER}
    for each in contacts:
        found[each.pk] = verdict(each, contacts, on)
        if unread and found[each.pk] == SEND:
            found[each.pk] = HOLD
    return found


def verdict(contact: Contact, contacts: Sequence[Contact], on: date) -> str:
    if contact.no_contact:
        ran_out = contact.order == "read" and not (as_day(contact.order_from, date.min) <= on <= as_day(contact.order_to, date.max))
        return HOLD if ran_out else NEVER
    if contact.may_receive == "none":
        return NEVER
    housemates = [each for each in contacts if each.pk != contact.pk and same_home(each, contact)]
    if {"no contact" for each in housemates if each.no_contact}:
        return HOLD
    if any(each.address_confidential for each in housemates) and not contact.address_confidential:
        return HOLD
    if contact.relationship in WORK_WITH_THE_FAMILY and not contact.has_parental_responsibility:
        return HOLD
    return SEND


def as_day(day: date | None, otherwise: date) -> date:
    return otherwise if day is None else day


def same_home(one: Contact, other: Contact) -> bool:
    """Word by word: the shorter address says nothing else than the longer one, and a code counts only where both have one."""
    (words, code), (others, other_code) = in_words(one), in_words(other)
    if code != other_code and code and other_code:
        return False
    told = list(zip(words, others, strict=False))
    return all(mine == theirs for mine, theirs in told) and (len(told) > 0 or code == other_code != "")


def in_words(contact: Contact) -> tuple[list[str], str]:
    words = re.findall(r"[a-z0-9]+", contact.address.lower())
    code = re.sub(r"\W", "", contact.postcode.lower())
    if len(words) > 2 and re.fullmatch(r"[a-z]+[0-9]+", words[-2]) and re.fullmatch(r"[0-9][a-z][a-z]", words[-1]):
        *words, outward, inward = words
        code = code or outward + inward
    return words, code


def is_old_enough(born: date, on: date) -> bool:
    """The summer of Year 11 is the one in which everybody born from September to August has turned, or turns, sixteen."""
    summer = born.year + 16 + (born.month > 8)
    fridays = [week[calendar.FRIDAY] for week in calendar.monthcalendar(summer, 6) if week[calendar.FRIDAY]]
    return (on.year, on.month, on.day) >= (summer, 6, fridays[-1])
