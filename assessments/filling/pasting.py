"""What somebody pasted: rows and columns out of a spreadsheet's text, and which column is which. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assessments.filling.clipboard import rows_of
from assessments.filling.words import FIELDS, plain
from pupils.names import words_of

MOST_LETTERS = 100_000
ANOTHER = 0  # the answer that a name means nobody of the class
CLOSED = "This pupil’s review takes nothing any more, or looks at no target."
_HEADINGS = {
    "who": ("name", "pupil", "pupil name", "child", "student"),
    "target": ("target", "targets"),
    "step": ("this term", "step", "now", "level", "judgement"),
    "next": ("next", "next action"),
    "note": ("note", "notes", "comment"),
}
_COLUMN_OF = {words: column for column, spellings in _HEADINGS.items() for words in spellings}

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row: its number as pasted, the name and target where there were such columns, and the cells by field.

    A name may stand in a row above: whom it means is asked once, there.
    """

    number: int
    who: str = ""
    target: str = ""
    cells: Mapping[str, object] = field(default_factory=dict)
    named_in: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pasted:
    rows: tuple[PastedRow, ...]
    has_names: bool


def name_key(text: str) -> Name:
    """A name in any order and spelling of its signs: "Patel, Ravi" is "Ravi Patel"."""
    return tuple(sorted(words_of(text)))


def names_of(first: str, last: str) -> set[Name]:
    """The ways in which a sheet may call a pupil: in full, with an initial, by the first name alone."""
    words = words_of(first)
    return {tuple(sorted(words + more)) for more in (words_of(last), words_of(last[:1]), [])}


def read_paste(text: str, *, names: Collection[Name], targets: Collection[str]) -> Pasted:
    """Cut the text into rows. Columns go by their headings; without any, by whether the first holds names and the next targets.

    Raises UnclearQuotes.
    """
    table = [(number, cells) for number, cells in enumerate(rows_of(text), start=1) if any(cell.strip() for cell in cells)]
    if not table:
        return Pasted((), has_names=False)
    columns = _by_heading(table[0][1])
    rows = table[1:] if columns else table
    columns = columns or _by_look([cells for _, cells in rows], names, targets)
    read = [_row(number, cells, columns) for number, cells in rows]
    return Pasted(tuple(_named(read)), has_names="who" in columns)


def _named(rows: Iterable[PastedRow]) -> Iterator[PastedRow]:
    """A row without a name goes on with the pupil above, as sheets that say a name once do."""
    above = PastedRow(0)
    for row in rows:
        above = row if row.who else above
        yield replace(row, who=above.who, named_in=above.number)


def _by_heading(cells: Sequence[str]) -> list[str]:
    """The columns, where the first row names the steps or at least two columns; else none."""
    found = [_COLUMN_OF.get(plain(cell), "") for cell in cells]
    return found if "step" in found or len([column for column in found if column]) > 1 else []


def _by_look(rows: Sequence[Sequence[str]], names: Collection[Name], targets: Collection[str]) -> list[str]:
    before = []
    if any(name_key(cells[0]) in names for cells in rows if cells[0].strip()):
        before = ["who"]
        if any(len(cells) > 1 and plain(cells[1]) in targets for cells in rows):
            before = ["who", "target"]
    return [*before, *FIELDS]


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> PastedRow:
    value = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    return PastedRow(number, value.pop("who", "").strip(), value.pop("target", "").strip(), value)


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the class that a paste can mean: whose it is, which target."""

    pupil: int
    target: int
    wording: str


@dataclass
class Matched:
    """Which row of the class each pasted row means, which could be two pupils, and what fits nowhere."""

    found: list[tuple[PastedRow, Place]] = field(default_factory=list)
    asked: list[tuple[PastedRow, tuple[int, ...]]] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def match_in_order(pasted: Pasted, places: Sequence[Place]) -> Matched:
    """Without names the rows go downwards over the class as it is shown, and only where there are as many."""
    if len(pasted.rows) != len(places):
        return Matched(problems=[("The paste", _size(len(pasted.rows), len(places)))])
    return Matched(found=list(zip(pasted.rows, places, strict=True)))


def _size(pasted: int, wanted: int) -> str:
    rows = "1 row" if pasted == 1 else f"{pasted} rows"
    return f"It has {rows}, and the class has {wanted} targets. Paste as many, or add a column with names."


def match_by_name(
    pasted: Pasted,
    places: Sequence[Place],
    called: Mapping[Name, set[int]],
    chosen: Mapping[int, int],
    *,
    elsewhere: Collection[Name] = (),
) -> Matched:
    """By name, never guessing between two pupils: `chosen` says by the number of the named row whom a person picked.

    A name that also fits a pupil `elsewhere` is as open as one that fits two of the class.
    """
    matched, taken = Matched(), Counter[int]()
    for row in pasted.rows:
        name, answer = name_key(row.who), chosen.get(row.named_in)
        possible = called.get(name, set())
        pupil = answer if answer in possible else min(possible) if len(possible) == 1 and name not in elsewhere else None
        if not possible:
            matched.problems.append((f"Row {row.number}", f"There is no pupil called “{row.who[:40]}” in this class."))
        elif answer == ANOTHER:
            matched.problems.append((f"Row {row.number}", f"Left out, as “{row.who[:40]}” is not in this class here."))
        elif pupil is None:
            matched.asked.append((row, tuple(sorted(possible))))
        else:
            _match_target(matched, row, [place for place in places if place.pupil == pupil], taken)
    return matched


def _match_target(matched: Matched, row: PastedRow, places: list[Place], taken: Counter[int]) -> None:
    """By the target's words where the paste has them; else the pupil's rows in their order."""
    if row.target and places:
        possible = [place for place in places if plain(place.wording) == plain(row.target)]
        said = "This pupil has two such targets." if possible else "This pupil has no such target."
    else:
        number = taken[places[0].pupil] if places else 0
        possible = places[number : number + 1]
        said = f"This pupil has no more targets: {len(places)} in all." if places else CLOSED
    if len(possible) != 1:
        matched.problems.append((f"Row {row.number}", said))
        return
    taken[possible[0].pupil] += 1
    matched.found.append((row, possible[0]))


def unknown_words(rows: Iterable[PastedRow], known: Mapping[str, object]) -> list[str]:
    """The words in the column of steps that mean nothing yet, each once, in their order."""
    words = (plain(row.cells.get("step")) for row in rows)
    return list(dict.fromkeys(word for word in words if word and word not in known and len(word) <= 30))
