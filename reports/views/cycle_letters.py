"""All letters of a cycle: the list beside the letter that is looked at, to approve one after another, and to print as one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.converters import CycleKey
from assessments.models import ReviewCycle
from assessments.views.cycles import NO_GROUP, find_cycle
from pupils.models import Contact
from pupils.words import LETTER_LANGUAGES
from reports import lengths, services
from reports.content import LetterContent
from reports.models import Letter
from reports.services.refusals import ReportRefused
from reports.views.jobs import pdf
from reports.views.piles import CLASS_UNKNOWN
from schools.access import Permission, SchoolRequest, school_view

FILE_NAME = "letters.pdf"


@dataclass(frozen=True)
class Way:
    """All valid letters of a cycle in the order in which they are handed out: the way from letter to letter."""

    letters: list[Letter]

    @classmethod
    def through(cls, cycle: ReviewCycle) -> "Way":
        return cls(list(Letter.objects.for_list_page().valid().filter(review__cycle=cycle).by_class()))

    @property
    def approved(self) -> int:
        return _approved(self.letters)

    def classes(self) -> list[tuple[str, str, int, int]]:
        """Key, words, approved and all letters of each class."""
        groups = [(group, list(own)) for group, own in groupby(self.letters, key=_class_of)]
        return [(group or NO_GROUP, group or CLASS_UNKNOWN, _approved(own), len(own)) for group, own in groups]

    def of_class(self, group: str) -> list[Letter]:
        return [letter for letter in self.letters if _class_of(letter) == group]

    def chosen(self, public_id: str, group: str) -> Letter | None:
        """The letter of the address; else the first one to be checked of its class, or of all; else the first."""
        if found := next((letter for letter in self.letters if str(letter.public_id) == public_id), None):
            return found
        here = self.of_class("" if group == NO_GROUP else group) or self.letters
        return next((letter for letter in here if not _is_approved(letter)), here[0] if here else None)

    def beside(self, letter: Letter, by: int) -> Letter | None:
        place = self.letters.index(letter) + by
        return self.letters[place] if 0 <= place < len(self.letters) else None

    def next_to_check(self, after: Letter) -> Letter | None:
        """The next letter that nobody has checked, from one on and round again; none when all are."""
        start = self.letters.index(after) + 1 if after in self.letters else 0
        return next((letter for letter in [*self.letters[start:], *self.letters[:start]] if not _is_approved(letter)), None)


def _class_of(letter: Letter) -> str:
    return letter.review.registration_group


def _is_approved(letter: Letter) -> bool:
    return letter.state == Letter.State.APPROVED


def _approved(letters: Iterable[Letter]) -> int:
    return sum(map(_is_approved, letters))


@school_view(Permission.LETTER_SEE)
def cycle_letters(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """One class's letters, and the one that is looked at."""
    cycle = find_cycle(key)
    way = Way.through(cycle)
    letter = way.chosen(request.GET.get("letter", ""), request.GET.get("class", ""))
    context: dict[str, object] = {"cycle": cycle, "way": way, "letter": letter}
    if letter is None:
        return render(request, "reports/cycle_letters.html", context)
    try:
        content = services.preview_letter(letter=letter, by=request.user)
    except ReportRefused as refused:
        messages.error(request, refused.message)
        return redirect(address_of(request, cycle, way.beside(letter, 1) or way.beside(letter, -1)))
    group = _class_of(letter)
    letters = way.of_class(group)
    context |= {"letters": letters, "group": group or NO_GROUP, "group_words": group or CLASS_UNKNOWN, "approved_here": _approved(letters)}
    for name, by in (("before_url", -1), ("after_url", 1)):
        context[name] = address_of(request, cycle, beside) if (beside := way.beside(letter, by)) else ""
    return render(request, "reports/cycle_letters.html", context | _checked(letter, content))


def _checked(letter: Letter, content: LetterContent) -> dict[str, object]:
    """The letter in its own words, how many they are, and what its reader asked for."""
    return {
        "content": content,
        "wording": lengths.said(content),
        "language": LETTER_LANGUAGES.get(letter.language, letter.language),
        "format": Contact.Format(letter.format).label,
    }


def address_of(request: SchoolRequest, cycle: ReviewCycle, letter: Letter | None) -> str:
    """The page with a letter of the cycle in front; the bare page where there is none."""
    page = reverse("cycle-letters", args=[request.school.slug, cycle])
    return f"{page}?letter={letter.public_id}#letter" if letter else page


@school_view(Permission.LETTER_PRINT)
def cycle_letters_print(request: SchoolRequest, key: CycleKey) -> HttpResponse:
    """The approved letters of a cycle, or with a class in the query those of the class, as one file."""
    letters = Letter.objects.for_list_page().approved().filter(review__cycle=find_cycle(key)).by_class()
    if (group := request.GET.get("class")) is not None:
        letters = letters.filter(review__registration_group="" if group == NO_GROUP else group)
    try:
        return pdf(services.print_letters(letters=list(letters), by=request.user), FILE_NAME)
    except ReportRefused as refused:
        messages.error(request, refused.message)
        return redirect("letters-to-print", request.school.slug)
