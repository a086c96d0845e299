"""Letters and reports of invented people for the tests, and what can be read back out of a PDF."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from random import Random

from pypdf import PdfReader

from reports.content import Brand, LetterContent, ReportContent, SchoolInfo, Sender, Talk, TargetLine, Work
from reports.suppression import ALL, SchoolFigures, publish
from reports.wording import looked_at_again
from tests.reports.partnerships import exact, judgement

DREAMS, HORIZONS = Brand("dreams", "DREAMS"), Brand("horizons", "HORIZONS")
STRANDS = (
    ("communicating", "Communicating"),
    ("relationships", "Relationships"),
    ("managing-feelings", "Managing feelings"),
    ("independence", "Independence"),
    ("engagement", "Engagement and motivation"),
    ("confidence", "Confidence and aspirations"),
)
TARGETS = (
    TargetLine("Ask for help when I am stuck", 1, 1, 3, 4, "communicating", "Ravi now asks in most lessons."),
    TargetLine("Tell an adult when I am worried", 0, 1, 2, 3, "managing-feelings"),
    TargetLine("Pack my own bag", 2, 2, 2, 4, "independence"),
    TargetLine("Join in with a game at break", 2, 3, 2, 4, "relationships"),
    TargetLine("Say what I am good at", 1, 1, None, 1, "confidence"),
)
LETTER = LetterContent(
    sender=Sender("Ashdown School", ("Heron Lane", "Thornbeck TB3 1ZZ"), "01632 960117"),
    brand=DREAMS,
    recipient=("Mr and Mrs S. Pillai", "14 Alder Walk", "Fenside", "Thornbeck", "TB3 9QX"),
    first_name="Ravi",
    review="Autumn review",
    dated=date(2026, 12, 4),
    targets=TARGETS[:3],
    talk=Talk("Dan Achebe", "SENCO", "01632 960117", "senco@ashdown.example"),
    pupil_says="I ask now. It feels OK. The bag is still hard.",
    happens_next=("Miss Okoro meets Ravi each week.", looked_at_again(date(2027, 3, 12))),
)


def letter(how_many: int = 3, **changes) -> LetterContent:
    return replace(LETTER, targets=TARGETS[:how_many], **changes)


SCHOOLS = (
    ("Ashdown School", "Secondary", DREAMS, 58),
    ("Birchwood School", "Secondary", DREAMS, 44),
    ("Cedar School", "Primary", HORIZONS, 36),
    ("Deepdale School", "Special", HORIZONS, 3),
)


def figures(random: Random, key: str, group: str, size: int) -> SchoolFigures:
    rows: dict[str, list] = {strand: [] for strand, _ in STRANDS}
    for pupil in range(size):
        for _ in range(random.randint(2, 4)):
            rows[random.choice(list(rows))].append(judgement(random, pupil))
    every = [row for strand in rows.values() for row in strand]
    return SchoolFigures(key, group, {ALL: exact(every)} | {strand: exact(found) for strand, found in rows.items()})


def report(seed: int = 4, **changes) -> ReportContent:
    """Two schools under each programme; the last one has three pupils."""
    random = Random(seed)  # noqa: S311
    exact_figures = [figures(random, str(place), brand.name, size) for place, (_, _, brand, size) in enumerate(SCHOOLS)]
    infos = tuple(
        SchoolInfo(str(place), name, phase, brand, date(2026, 12, 5), Work(size, size - 2, size - 6, size - 9) if size >= 5 else None)
        for place, (name, phase, brand, size) in enumerate(SCHOOLS)
    )
    content = ReportContent("Fenside Partnership", "Autumn 2026", date(2026, 12, 7), STRANDS, infos, publish(exact_figures))
    return replace(content, **changes)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """All words of a PDF in one line."""
    return " ".join(" ".join(page.extract_text() for page in reader(pdf).pages).split())
