"""Writes every fixture of this folder, in the shape of real files and about nobody: `python -m tests.pupils.files.make_files`.

All pupils belong to establishments of authority 838 that do not exist; all phone numbers are kept for drama.
"""

from datetime import date, datetime
from pathlib import Path

import openpyxl

from tests.pupils.files.parts import (
    ABROAD,
    AS_PUPIL,
    ATTENDANCE,
    ELSEWHERE,
    HOME,
    ORDER,
    OURS,
    PRIMARY,
    SISTER,
    UNKNOWN,
    contact,
    contacts,
    document,
    header,
    make_upn,
    packed,
    phones,
    pupil,
    sen,
    tags,
    temporary_upn,
    with_macro,
)

HERE = Path(__file__).parent


def full_file() -> bytes:
    return document(
        header(OURS, UNKNOWN, "full", "26.0"), _with_an_order(), _with_a_plan(), _once_on_support(), _without_support(), _with_a_statement()
    )


def _with_an_order() -> str:
    """Contacts not in order, one with a court order; needs not in order; sections that nobody asked for."""
    family = contacts(
        contact(2, "Alder", "Rowan", "PAF", ELSEWHERE, phones("01632 960 002 (works nights)", ""), ORDER, title="Mr"),
        contact(1, "Alder", "Hazel", "PAM", AS_PUPIL, phones("+44 (0)1632 960001", "ex-directory"), tags(Email="hazel@family.example")),
        contact(3, "Quill", "Sam", "SWR", phones("01632 960003 ext. 12"), responsible="false", title="Ms"),
    )
    support = sen(("K", "2022-01-10", None), needs=((2, "ASD", None), (1, "SLCN", "2022-01-10")))
    unasked = (ATTENDANCE, "<SuppInfo><Note>ignored</Note></SuppInfo>", "<UnknownThing><Deep/></UnknownThing>")
    basics = {"PreferredForename": "Rob", "NCyearActual": "7", "Ethnicity": "WBRI", "EnrolStatus": "C", "Language": "ENG"}
    return pupil(make_upn(1), "Alder", "Robin", "2013-11-05", "M", support, HOME, family, *unasked, **basics)


def _with_a_plan() -> str:
    """From K to E, an old type of need, in care, and a contact abroad whose relationship nobody knows."""
    support = sen(("E", "2023-02-01", None), ("K", "2020-09-01", "2023-01-31"), needs=((1, "BESD", "2014-01-06"), (2, "HI", None)))
    abroad = contacts(contact(1, "Bracken", "Ivy", "ZZZ", ABROAD, phones("00 33 1 00 00 00 00"), tags(Email="not an address")))
    basics = {"NCyearActual": "9", "EnrolStatus": "M", "Language": "PNJA"}
    in_care = "<LookedAfter><InCare>true</InCare></LookedAfter>"
    return pupil(make_upn(2), "Bracken", "Fern", "2012-03-14", "F", support, HOME, abroad, in_care, **basics)


def _once_on_support() -> str:
    """From K to N: the newest row comes first and the old one is still there."""
    support = sen(("N", "2024-09-02", None), ("K", "2022-09-05", "2024-09-01"))
    return pupil(make_upn(3), "Cedar", "Linden", "2013-06-30", "U", support, HOME, NCyearActual="7", EnrolStatus="C", Language="URD")


def _without_support() -> str:
    support = sen(("N", "2022-09-05", None))
    return pupil(make_upn(4), "Dogwood", "Ash", "2011-01-02", "F", support, HOME, NCyearActual="10", EnrolStatus="C", Language="ENB")


def _with_a_statement() -> str:
    """A guest with a code that was withdrawn in 2018."""
    support = sen(("S", "2012-09-01", None), needs=((1, "PMLD", None),))
    return pupil(make_upn(5), "O’Elm-Zoë", "Sorrel", "2008-12-24", "F", support, HOME, NCyearActual="12", EnrolStatus="G", Language="POL")


def partial_file() -> bytes:
    """A feeder school sends what it has, in the words of version 19."""
    return document(
        header(PRIMARY, OURS, "partial", "19.0"),
        pupil(
            make_upn(11, "2771", "17"),
            "Furze",
            "Heather",
            "2014-02-03",
            "F",
            sen(("K", "2021-09-06", None)),
            sex_tag="Gender",
            NCyearActual="6",
        ),
        pupil(make_upn(12, "2771", "17"), "Gorse", "Briar", "2014-07-19", "M", sex_tag="Gender", EnrolStatus="P", NCyearActual="6"),
    )


def upn_file() -> bytes:
    return document(
        header(SISTER, ("LLL", "LLLL", ""), "full", "24.0"),
        pupil(temporary_upn(21), "Holly", "Wren", "2012-05-06", "F", sen(("K", "2023-09-04", None)), NCyearActual="8"),
        pupil(
            make_upn(22),
            "Juniper",
            "Lark",
            "2012-08-09",
            "M",
            sen(("K", "2023-09-04", None)),
            FormerUPN=make_upn(22, "7773"),
            NCyearActual="8",
        ),
        pupil(None, "Larch", "Kit", "2012-10-11", "M", sen(("K", "2023-09-04", None)), NCyearActual="8"),
    )


def odd_case_file() -> bytes:
    """Another supplier: tags in capitals and no school named for it; a version that is not out yet."""
    head, body = header(UNKNOWN, UNKNOWN, "full", "31.0"), pupil(make_upn(31), "Maple", "Jay", "2010-04-01", "F", NCyearActual="11")
    text = document(head, body).decode()
    first, rest = text.split("\n", 1)
    return (
        first + "\n" + rest.replace("Surname", "SURNAME").replace("CTfile", "CTFILE").replace("<DOB>", "<Dob>").replace("</DOB>", "</Dob>")
    ).encode()


SIMS = (
    "Legal Surname,Legal Forename,Chosen Name,UPN,DOB,Gender,Year,Reg,SEN Status,SEN Need(s),PP,FSM,EAL,In Care,Admission Number",
    f'Núñez,Beatriz,Bea,{make_upn(41)},05/11/2013,F,Year 7,7B,K - SEN Support,"Speech, language and communication needs",Y,Y,Y,N,1041',
    f'D’Arcy,Noël,,{make_upn(42)},14/03/2012,M,Year 9,9C,E,"ASD, SLD",N,N,N,Y,1042',
    f"Poplar,Finch,,{make_upn(43)},30/06/2013,M,Year  8,8A,N,,,,,,1043",
)
ARBOR = (
    "First Name;Last Name;UPN;Date of Birth;Sex;Year Group;Registration Form;SEN Status Code;SEN Need Type;Pupil Premium;First Language;"
    "Contact 1 Surname;Contact 1 Forename;Contact 1 Relationship;Contact 1 Parental Responsibility;Contact 1 Phone;Contact 1 Court Order",
    f"Teal;Spruce;{make_upn(51)};2012-09-01;Female;Year 9;9A;K;MLD / SEMH;TRUE;English;Spruce;Pat;Mother;Yes;01632 960051;No",
    f"Swift;Willow;{make_upn(52)};2011-02-28;Male;Year 10;10B;EHCP;PD;FALSE;Polish;Willow;Alex;Father;Yes;01632 960052 / 960053;Yes",
)
BROMCOM = (
    "UPN\tSurname\tForename\tPreferred Forename\tD.O.B.\tYear\tTutor Group\tSEN\tSEN Type 1\tSEN Type 2\tNative Language\tLAC",
    f"{make_upn(61)}\tYew\tSkye\tSky\t01/09/2009\t12\t12Z\tK\tSEMH\tSPLD\tSomali\tNo",
    f"{make_upn(62)}\tŻuk\tMarta\t\t31/08/2020\tReception\tR1\tSEN support\tHearing impairment\t\tPOL\tNo",
)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Pupils with SEND, made for tests"])
    sheet.append([])
    sheet.append(
        ["Unique Pupil Number", "Surname", "Forename", "Date of Birth", "NC Year", "Class", "SEN Provision", "SEN Type", "Pupil Premium"]
    )
    sheet.append([make_upn(71), "Rushes", "Reed", date(2016, 4, 23), 4, "Owls", "K", "SLCN", True])
    sheet.append([make_upn(72), "Sedge", "Moss", datetime(2020, 1, 31), "N2", "Ducklings", "E", "ASD; PD", False])
    book.create_sheet("Notes").append(["Nothing for us"])
    return packed(book)


def one_pupil(
    *sections: str, source: tuple[str, str, str] = OURS, dob: str = "2013-05-06", number: str | None = None, **basics: str
) -> bytes:
    basics.setdefault("NCyearActual", "7")
    return document(
        header(source, UNKNOWN if source == OURS else source, "full", "26.0"),
        pupil(number or make_upn(81), "Bad", "Row", dob, "F", *sections, **basics),
    )


def table(*rows: str, encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    return (newline.join(rows) + newline).encode(encoding)


HEAD = "Surname,Forename,UPN,DOB,Year,SEN Status"


def good_files() -> dict[str, bytes]:
    return {
        "ctf_full_v26.xml": full_file(),
        "ctf_partial_v19.xml": partial_file(),
        "ctf_temporary_and_former_upn.xml": upn_file(),
        "ctf_other_case_v31.xml": odd_case_file(),
        "sims_windows_1252.csv": table(*SIMS, encoding="windows-1252"),
        "arbor_semicolon.csv": table(*ARBOR),
        "bromcom_tab_bom.txt": table(*BROMCOM, encoding="utf-8-sig", newline="\n"),
        "roll.xlsx": workbook(),
    }


def bad_rows() -> dict[str, bytes]:
    """Files that can be read, each with a row that cannot be imported."""
    wrong = "A" + make_upn(81)[1:]
    twice = pupil(make_upn(81), "Bad", "Row", "2013-05-06", "F", NCyearActual="7")
    return {
        "bad_upn_letter.xml": one_pupil(number=wrong),
        "bad_upn_letter.csv": table(HEAD, f"Bad,Row,{wrong},06/05/2013,7,K"),
        "bad_code.xml": one_pupil(sen(("Q", "2024-09-01", None), needs=((1, "ABC", None),))),
        "bad_code.csv": table(HEAD, f"Bad,Row,{make_upn(81)},06/05/2013,Year 77,Q"),
        "bad_date.xml": one_pupil(dob="2013-02-30"),
        "bad_date.csv": table(HEAD, f"Bad,Row,{make_upn(81)},31/02/2013,7,K", f"Worse,Row,{make_upn(82)},01/01/2999,7,K"),
        "bad_duplicate.xml": document(header(OURS, UNKNOWN, "full", "26.0"), twice, twice),
        "bad_duplicate.csv": table(HEAD, f"Bad,Row,{make_upn(81)},06/05/2013,7,K", f"Bad,Row,{make_upn(81)},06/05/2013,8,K"),
        "bad_wide_row.csv": table(HEAD, f"Bad,Row,{make_upn(81)},06/05/2013,7,K,what,is,this"),
    }


def refused_files() -> dict[str, bytes]:
    """Files that are refused as a whole."""
    good = full_file()
    doctype = b'<?xml version="1.0"?>\n<!DOCTYPE CTfile [<!ENTITY a "aaaa">]>\n<CTfile><Header/><CTFpupilData/></CTfile>'
    return {
        "refused_other_school.xml": one_pupil(source=SISTER),
        "refused_empty.csv": b"",
        "refused_really_a_workbook.csv": workbook(),
        "refused_really_a_table.xlsx": table(HEAD, f"Bad,Row,{make_upn(81)},06/05/2013,7,K"),
        "refused_truncated.xml": good[: len(good) // 2],
        "refused_truncated.xlsx": workbook()[:3000],
        "refused_doctype.xml": doctype,
        "refused_deep.xml": b"<CTfile>" + b"<a>" * 40 + b"</a>" * 40 + b"</CTfile>",
        "refused_macros.xlsm": with_macro(workbook()),
        "refused_macros_renamed.xlsx": with_macro(workbook()),
        "refused_binary.csv": bytes(range(256)) * 8,
        "refused_photo.jpg": b"\xff\xd8\xff\xe0" + bytes(100),
        "refused_other_xml.xml": b"<?xml version='1.0'?>\n<Message><Header/></Message>",
        "refused_no_pupil.xml": document(header(OURS, UNKNOWN, "full", "26.0")),
        "refused_no_headings.csv": table("Bad,Row,7,K", "Worse,Row,8,N"),
        "refused_no_surname.csv": table("Forename,UPN,DOB", f"Row,{make_upn(81)},06/05/2013"),
        "refused_open_quote.csv": table(HEAD, f'"Bad,Row,{make_upn(81)},06/05/2013,7,K', "Next,Row,,06/05/2013,7,K"),
        "refused_only_headings.csv": table(HEAD),
        "refused_old_excel.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "refused_utf16.csv": HEAD.encode("utf-16"),
    }


def all_files() -> dict[str, bytes]:
    return good_files() | bad_rows() | refused_files()


def main() -> None:
    for name, data in all_files().items():
        (HERE / name).write_bytes(data)


if __name__ == "__main__":
    main()
