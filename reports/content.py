"""What letters and reports hold: plain values, gathered inside a school's scope and printed outside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.suppression import Cell, Published

MOST_TARGETS = 5


@dataclass(frozen=True, slots=True)
class Brand:
    """A programme as it is printed: its look ("dreams" or "horizons") and its name."""

    look: str
    name: str


@dataclass(frozen=True, slots=True)
class Sender:
    name: str
    address: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """Who can be talked to about the letter."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target on a letter. `now` is None when it was not seen; without a sentence the rule's own is printed."""

    words: str
    start: int
    previous: int
    now: int | None
    aim: int
    strand_key: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """One letter to one recipient, whose name and address are the lines of `recipient`. The first name is the pupil's.

    Raises ValueError when there is no target or more than five.
    """

    sender: Sender
    brand: Brand
    recipient: tuple[str, ...]
    first_name: str
    review: str
    dated: date
    targets: tuple[TargetLine, ...]
    talk: Talk
    is_to_pupil: bool = False
    pupil_says: str = ""
    at_home: str = ""
    happens_next: tuple[str, ...] = ()
    twin_url: str = ""
    steps: Sequence[str] = ("Not started", "Started", "Getting there", "Almost", "Done it")

    def __post_init__(self) -> None:
        if not 1 <= len(self.targets) <= MOST_TARGETS:
            raise ValueError(f"A letter holds one to five targets, not {len(self.targets)}")


@dataclass(frozen=True, slots=True)
class Work:
    """Counts of work on reviews, which say nothing of a child's result."""

    due: int
    completed: int
    pupil_views: int
    parents_met: int
    on_hold: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class SchoolInfo:
    """A school in the report. `key` finds its cells; `work` is None for a school of very few pupils."""

    key: str
    name: str
    phase: str
    brand: Brand
    published_on: date
    work: Work | None
    is_revision: bool = False


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The cross-school progress report: published, suppressed figures and nothing else."""

    partnership: str
    period: str
    dated: date
    strands: tuple[tuple[str, str], ...]
    schools: tuple[SchoolInfo, ...]
    published: Published
    threshold: int = 5

    def cells(self, school: SchoolInfo, key: str) -> Mapping[str, Cell]:
        """What may be printed of a school in one strand, or in all."""
        return next(each for each in self.published.schools if each.school == school.key).rows[key]


@dataclass(frozen=True, slots=True)
class CertificateContent:
    """One target whose aim was reached, in the pupil's words. The name is the first name unless staff choose the whole one."""

    school: str
    brand: Brand
    name: str
    first_name: str
    words: str
    start: int
    step: int
    set_on: date
    dated: date
    helped: tuple[str, ...] = ()
    key_worker: str = ""
    steps: Sequence[str] = ("Not started", "Started", "Getting there", "Almost", "Done it")
