"""What the fixture files are put together from: numbers, XML in the shape of a transfer file, saved workbooks."""

import io
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape

import openpyxl

from pupils.importing import upn

OURS, SISTER, PRIMARY = (
    ("838", "7772", "Ashdown Test School"),
    ("838", "7773", "Birchwood Test School"),
    ("838", "2771", "Cedar Test Primary"),
)
UNKNOWN = ("XXX", "XXXX", "")


def make_upn(serial: int, estab: str = "7772", year: str = "18") -> str:
    rest = f"838{estab}{year}{serial:03}"
    return upn.check_letter(rest) + rest


def temporary_upn(serial: int) -> str:
    rest = f"838777218{serial:02}0A"[:11] + "A"
    return upn.check_letter(rest) + rest


def tags(**values: object) -> str:
    return "".join(f"<{tag}>{escape(str(value))}</{tag}>" for tag, value in values.items() if value is not None)


def header(source: tuple[str, str, str], dest: tuple[str, str, str], qualifier: str, version: str) -> str:
    schools = (
        f"<SourceSchool>{tags(LEA=source[0], Estab=source[1], URN='XXXXXX', SchoolName=source[2], AcademicYear=2025)}</SourceSchool>"
        f"<DestSchool>{tags(LEA=dest[0], Estab=dest[1])}</DestSchool>"
    )
    first = tags(DocumentName="Common Transfer File", CTFversion=version, DateTime="2025-11-03T09:30:00", DocumentQualifier=qualifier)
    return f"<Header>{first}{tags(SupplierID='Made by hand')}{schools}</Header>"


def document(head: str, *pupils: str, encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<CTfile>{head}<CTFpupilData>{"".join(pupils)}</CTFpupilData></CTfile>'
    return text.replace("><", ">\n<").encode(encoding)


def pupil(
    number: str | None, surname: str, forename: str, dob: str, sex: str, *sections: str, sex_tag: str = "Sex", **basics: object
) -> str:
    identity = tags(UPN=number, UniqueLearnerNumber=None, Surname=surname, Forename=forename, DOB=dob, **{sex_tag: sex})
    language = basics.pop("Language", None)
    spoken = f"<Languages><Type>{tags(LanguageType='F', Language=language)}</Type></Languages>" if language else ""
    details = f"<BasicDetails>{tags(**basics)}{spoken}</BasicDetails>" if basics or language else ""
    return f"<Pupil>{identity}{details}{''.join(sections)}</Pupil>"


def sen(*rows: tuple[str, str, str | None], needs: tuple[tuple[int, str, str | None], ...] | None = None) -> str:
    history = "".join(f"<SEN>{tags(StartDate=start, SENprovision=code, EndDate=end)}</SEN>" for code, start, end in rows)
    if needs is not None:
        listed = "".join(f"<SENneed>{tags(NeedStartDate=start, SENtypeRank=rank, SENtype=code)}</SENneed>" for rank, code, start in needs)
        history += f"<SENneeds>{listed}</SENneeds>"
    return f"<SENhistory>{history}</SENhistory>"


HOME = (
    "<Address><BS7666Address>"
    + tags(SAON="Flat 2", PAON="      14", Street="Example Terrace", Locality="Lower Test", Town="Testbury")
    + "</BS7666Address>"
    + tags(PostCode="TS1 4AB", Country="GB")
    + "</Address>"
)
AS_PUPIL = f"<Address>{tags(AddressAsPupil='true')}</Address>"
ELSEWHERE = (
    f"<Address><AddressLines>{tags(AddressLine1='Rose Cottage', AddressLine2='Sample Lane', AddressLine3='Testford')}</AddressLines>"
    f"{tags(PostCode='ts9 9zz', Country='GB')}</Address>"
)
ABROAD = f"<Address><AddressLines>{tags(AddressLine1='1 Rue Exemple', AddressLine2='Ville')}</AddressLines>{tags(ZIP='00000')}</Address>"


def contact(order: int, surname: str, forename: str, relationship: str, *parts: str, responsible: str = "true", title: str = "Mrs") -> str:
    first = tags(Order=order, Title=title, Surname=surname, Forename=forename, Relationship=relationship, Responsibility=responsible)
    return f"<Contact>{first}{''.join(parts)}</Contact>"


def phones(*numbers: str) -> str:
    return "<Phones>" + "".join(f"<Phone>{tags(TelephoneType='H', PhoneNo=number)}</Phone>" for number in numbers) + "</Phones>"


def contacts(*each: str) -> str:
    return f"<Contacts>{''.join(each)}</Contacts>"


ORDER = f"<SuppInfo>{tags(CourtOrder='true')}</SuppInfo>"
ATTENDANCE = f"<Attendance><YearData>{tags(Year=2025, SessionsPossible=190, SessionsAttended=181)}</YearData></Attendance>"


def packed(book: openpyxl.Workbook) -> bytes:
    """Saved with fixed times, so that writing it again gives the same bytes."""
    book.properties.created = book.properties.modified = datetime(2025, 11, 3)
    first, last = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = data.replace(data[data.index(b"<dcterms:modified") : data.index(b"</dcterms:modified>") + 19], b"")
            target.writestr(zipfile.ZipInfo(name, (2025, 11, 3, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return last.getvalue()


def with_macro(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info, source.read(info))
        target.writestr(zipfile.ZipInfo("xl/vbaProject.bin", (2025, 11, 3, 0, 0, 0)), b"not a real macro")
    return out.getvalue()
