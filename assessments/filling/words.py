"""What a cell of somebody's own sheet means: codes, letters, the ladder's words, and the words that a school used before."""

from collections.abc import Mapping, Sequence

from assessments.drafts import NOT_SEEN, Value
from pupils.importing.cells import CellProblem, read_text, tidy

LETTERS = "NSGAD"
NEXTS = {"keep": "Keep", "next_step": "Next step", "change": "Change", "close": "Close"}
LONGEST_NOTE = 200
FIELDS = ("step", "next", "note")
LABELS = {"step": "This term", "next": "Next", "note": "Note"}
_UNSEEN = ("x", "not seen", "not seen this time")


def plain(cell: object) -> str:
    """Letters in one case, without stray spaces: how two spellings of one word are compared."""
    return tidy(cell).casefold()


def known_steps(ladder: Sequence[str], old: Mapping[str, Value]) -> dict[str, Value]:
    """Everything that stands for a step here. A school's old word never changes what a code or a word of the ladder means."""
    known: dict[str, Value] = {plain(word): value for word, value in old.items()}
    for value, (letter, word) in enumerate(zip(LETTERS, ladder, strict=True)):
        known |= {str(value): value, letter.casefold(): value, plain(word): value}
    return known | dict.fromkeys(_UNSEEN, NOT_SEEN)


def read_step(cell: object, known: Mapping[str, Value]) -> Value:
    """A step or not seen. Raises CellProblem."""
    word = plain(cell)
    if word not in known:
        raise CellProblem(f"“{tidy(cell)[:20]}” is no step. Write 0 to 4, a letter, a word of the ladder, or X.")
    return known[word]


def read_next(cell: object) -> str:
    """What happens next, by its words. Raises CellProblem."""
    word = plain(cell)
    for value, words in NEXTS.items():
        if word in (value, words.casefold()):
            return value
    raise CellProblem(f"“{tidy(cell)[:20]}” is no next action. Write Keep, Next step, Change or Close.")


def read_note(cell: object) -> str:
    return read_text(cell, longest=LONGEST_NOTE) or ""


def read_cells(cells: Mapping[str, object], known: Mapping[str, Value]) -> tuple[dict[str, Value], list[str]]:
    """The values of one row by field, and what could not be understood. An empty cell leaves its field as it is."""
    values: dict[str, Value] = {}
    problems: list[str] = []
    for field in FIELDS:
        if not tidy(cells.get(field)):
            continue
        try:
            values[field] = _read(field, cells[field], known)
        except CellProblem as problem:
            problems.append(f"{LABELS[field]}: {problem}")
    return values, problems


def _read(field: str, cell: object, known: Mapping[str, Value]) -> Value:
    if field == "step":
        return read_step(cell, known)
    return read_next(cell) if field == "next" else read_note(cell)


def step_as_words(value: Value, ladder: Sequence[str]) -> str:
    if value == NOT_SEEN:
        return "Not seen"
    return ladder[value] if isinstance(value, int) else ""


def as_words(field: str, value: Value, ladder: Sequence[str]) -> str:
    """A value as a page or a sheet says it."""
    if field == "step":
        return step_as_words(value, ladder)
    return NEXTS.get(str(value), "") if field == "next" else str(value or "")
