"""Many letters as one file for the printer. Pure: bytes in, bytes out.

Each letter begins on a fresh sheet even where both sides are printed: one family's words must not stand on the back of another's.
"""

import io
from collections.abc import Iterable

import pikepdf

SIDES_OF_A_SHEET = 2


def bind(papers: Iterable[bytes]) -> bytes:
    """Put papers one behind the other, with an empty page after an odd number of pages. The file's own data name nobody."""
    with pikepdf.new() as bound:
        for paper in papers:
            _add(bound, paper)
        out = io.BytesIO()
        bound.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _add(bound: pikepdf.Pdf, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as letter:
        bound.pages.extend(letter.pages)
        if len(letter.pages) % SIDES_OF_A_SHEET:
            _, _, width, height = letter.pages[-1].mediabox
            bound.add_blank_page(page_size=(float(width), float(height)))
