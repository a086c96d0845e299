"""Files that nobody should open are refused before they are parsed, in words that say what to do."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pupils.importing import safety, sheets, workbook_guard
from pupils.importing.reading import read_roll_file
from pupils.importing.safety import RollFileRefused
from pupils.importing.xml_guard import XmlGuard
from tests.pupils.files import make_files

TODAY = date(2025, 11, 22)
HERE = Path(make_files.__file__).parent

REASONS = {
    "refused_other_school.xml": "for another school: Birchwood Test School (838/7773)",
    "refused_empty.csv": "empty",
    "refused_really_a_workbook.csv": "ends in .csv, but it is an Excel workbook",
    "refused_really_a_table.xlsx": "ends in .xlsx, but it is a text table",
    "refused_truncated.xml": "stops in the middle or is damaged, near line",
    "refused_truncated.xlsx": "stops in the middle or is damaged",
    "refused_doctype.xml": "DOCTYPE",
    "refused_deep.xml": "32 levels",
    "refused_macros.xlsm": "macros",
    "refused_macros_renamed.xlsx": "macros",
    "refused_binary.csv": "not text",
    "refused_photo.jpg": "cannot read a file with this ending",
    "refused_other_xml.xml": "not a Common Transfer File",
    "refused_no_pupil.xml": "no pupil",
    "refused_no_headings.csv": "no column headings",
    "refused_no_surname.csv": "missing: Surname",
    "refused_open_quote.csv": "quotation mark in row 2",
    "refused_only_headings.csv": "no pupil",
    "refused_old_excel.xlsx": "old Excel file",
    "refused_utf16.csv": "UTF-16",
}


def read(name, data):
    return read_roll_file(name, data, laestab="8387772", today=TODAY)


def refusal(name, data):
    with pytest.raises(RollFileRefused) as refused:
        read(name, data)
    return str(refused.value)


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_a_bad_file_is_refused_with_its_reason(name, reason):
    assert reason in refusal(name, (HERE / name).read_bytes())


def test_every_refused_fixture_has_its_reason_here():
    assert set(REASONS) == set(make_files.refused_files()) == {path.name for path in HERE.glob("refused_*")}


def test_committed_files_are_the_ones_that_the_script_writes():
    assert {name: (HERE / name).read_bytes() for name in make_files.all_files()} == make_files.all_files()


def test_a_huge_file_is_refused_by_its_size_alone():
    assert "largest that we read is 20 MB" in refusal("huge.csv", b"\x00" * (safety.MAX_BYTES + 1))


def test_nesting_of_any_depth_is_counted_without_recursion():
    deep = b"<CTfile>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</CTfile>"
    assert "32 levels" in refusal("deep.xml", deep)


def test_a_file_of_exactly_the_allowed_depth_passes_the_guard():
    guard = XmlGuard()
    guard.feed(b"<a>" * 32 + b"</a>" * 32)
    guard.close()


def test_too_many_elements_are_refused():
    guard = XmlGuard(elements=10)
    with pytest.raises(RollFileRefused, match="far more entries"):
        guard.feed(b"<a>" + b"<b/>" * 10 + b"</a>")


@pytest.mark.parametrize("encoding", ["no-such-encoding", "utf-7"])
def test_an_unknown_encoding_is_refused(encoding):
    assert "UTF-8" in refusal("odd.xml", f'<?xml version="1.0" encoding="{encoding}"?><CTfile/>'.encode())


def test_a_web_page_is_called_by_its_name():
    assert "web page" in refusal("page.xml", b"<!DOCTYPE html><html></html>")
    assert "PDF" in refusal("paper.csv", b"%PDF-1.7")


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", **parts}.items():
            target.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_refused_by_its_directory():
    assert "unpacks to far more" in refusal("bomb.xlsx", archive(**{"xl/bomb.bin": b"0" * (workbook_guard.MAX_UNPACKED + 1)}))


def test_a_zip_bomb_whose_directory_lies_is_refused_by_what_comes_out():
    bomb = bytearray(archive(**{"xl/bomb.bin": b"0" * 9_000_000}))
    entry = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"PK\x05\x06"))
    bomb[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    assert refusal("bomb.xlsx", bytes(bomb))


def test_a_small_archive_that_unpacks_a_hundredfold_is_refused():
    assert "unpacks to far more" in refusal("bomb.xlsx", archive(**{"xl/sheet.bin": b"0" * 2_000_000}))


def test_an_archive_of_many_parts_is_refused():
    assert "more than 200 parts" in refusal("many.xlsx", archive(**{f"xl/part{number}.bin": b"0" for number in range(200)}))


def test_an_archive_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("letter.txt", "hello")
    assert "not an Excel workbook" in refusal("letter.xlsx", out.getvalue())


def test_a_doctype_inside_a_workbook_is_refused():
    assert "DOCTYPE" in refusal("inside.xlsx", archive(**{"xl/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}))


def test_a_workbook_without_a_sheet_is_refused():
    assert "has no sheet" in refusal("empty.xlsx", archive())


def test_a_row_at_the_end_of_the_world_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 100)
    good = make_files.workbook()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b'<row r="5"', b'<row r="999999999999"') if "sheet1" in name else data)
    assert "rows" in refusal("far.xlsx", out.getvalue())


def test_a_table_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    assert "more than" in refusal("long.csv", make_files.table("Surname,Forename", *["A,B"] * 5))


def test_an_endless_cell_is_refused():
    assert "quotation mark" in refusal("endless.csv", make_files.table("Surname,Forename", '"' + "x" * 200_000))
