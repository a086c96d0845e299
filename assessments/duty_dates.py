"""When the duties beside the termly reviews fall due (SEND Code of Practice 2015). Pure: dates in, dates out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PAPERS_BEFORE = REPORT_AFTER = timedelta(weeks=2)
MEETINGS_A_YEAR = 3


@dataclass(frozen=True, slots=True)
class AnnualReview:
    """The annual review of a plan: its meeting, the papers two weeks before it, the report two weeks after."""

    meeting_on: date

    @property
    def papers_on(self) -> date:
        return self.meeting_on - PAPERS_BEFORE

    @property
    def report_on(self) -> date:
        return self.meeting_on + REPORT_AFTER

    def is_near(self, today: date, ahead: timedelta) -> bool:
        """From some time before the papers on; one whose date has passed stays until the next date is entered."""
        return self.papers_on - ahead <= today

    def next_step(self, today: date) -> str:
        """What comes next of it, in words."""
        if today <= self.papers_on:
            return "papers"
        if today <= self.meeting_on:
            return "meeting"
        return "report" if today <= self.report_on else "over"


def meetings_due(term_ends: Iterable[date], today: date, since: date | None = None) -> int:
    """How many of the year's meetings with parents are due by a day: one for each term whose reviews are due by then.

    `term_ends` holds the last due date of each term. A pupil who joined after it owes that term nothing.
    """
    over = [end for end in term_ends if end < today and (since is None or since <= end)]
    return min(len(over), MEETINGS_A_YEAR)


def ends_of_terms(due_dates: Iterable[tuple[str, date]]) -> Mapping[str, date]:
    """The last due date of each term; a school with six cycles has two a term."""
    found: dict[str, date] = {}
    for term, due_on in due_dates:
        found[term] = max(found.get(term, due_on), due_on)
    return found
