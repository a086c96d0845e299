"""The text that a spreadsheet copies, cut into rows and cells; static/js/clipboard.js cuts it the same way. Pure.

A cell that holds a line break or a tab stands in quotation marks, with its own marks doubled.
"""

import re

# A mark within a cell, or one that is never closed, is a mark that somebody typed.
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"(?=[\t\n]|\Z)|([^\t\n]*))(\t|\n|\Z)')
UNCLEAR = (
    "Row {number}: it cannot be seen where a cell ends, so rows could go to other pupils. A quotation mark stands alone there, or a cell "
    "begins with a line break. Take it out in your spreadsheet, copy the cells again and paste them."
)


class UnclearQuotes(ValueError):
    """Marks that could hold one cell together or stand in two of them, such as " for "as above"; the text says where."""


def rows_of(text: str) -> list[list[str]]:
    """The cells of each row. Raises UnclearQuotes."""
    rows: list[list[str]] = [[]]
    for found in _CELL.finditer(text.replace("\r\n", "\n").replace("\r", "\n")):
        quoted, bare, end = found.groups()
        if quoted and _is_unclear(quoted):
            raise UnclearQuotes(UNCLEAR.format(number=len(rows)))
        rows[-1].append(bare if quoted is None else quoted.replace('""', '"'))
        if not end:
            break
        if end == "\n":
            rows.append([])
    return rows


def _is_unclear(quoted: str) -> bool:
    """Two lone marks look like one cell that begins with a break, or that runs over breaks and tabs."""
    return quoted[:1] in ("\n", "\t") or ("\n" in quoted and "\t" in quoted)
