"""Outcomes through their pages: measures, a file with its preview, and what is typed for one pupil."""

import io
import re
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments import services
from assessments.models import OutcomeMeasure, OutcomeValue, Review
from assessments.services.outcomes import MOST_MEASURES
from schools.models import AuditEvent
from schools.tenancy import in_school
from tests.assessments.outcomes.transfer import CTF, YEAR
from tests.counting import assert_does_not_grow
from tests.factories.assessments import OutcomeMeasureFactory, OutcomeValueFactory, ReviewCycleFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory

MARKUP = '<img src=x onerror="alert(1)">'


def page(review: Review) -> str:
    return reverse("cycle-outcomes", args=[review.pupil.school.slug, review.cycle])


def typing(review: Review) -> str:
    return reverse("review-outcomes", args=[review.pupil.school.slug, review.cycle, review.pupil.public_id])


def recorded(review: Review) -> dict[str, str]:
    with in_school(review.school_id):
        rows = OutcomeValue.objects.filter(pupil=review.pupil, cycle=review.cycle)
        return dict(rows.values_list("measure__name", "value"))


@pytest.fixture
def bring(client, senco, open_review) -> Callable[..., str]:
    """Bring a file in and give back the page that comes of it."""
    client.force_login(senco)

    def upload(content: bytes | str, name: str = "outcomes.csv") -> str:
        data = content if isinstance(content, bytes) else content.format(upn=open_review.pupil.upn).encode()
        return client.post(page(open_review), {"file": SimpleUploadedFile(name, data)}).text

    return upload


@pytest.fixture
def put_in(client, open_review) -> Callable[[str], str]:
    """Press the button of a preview."""

    def press(preview: str) -> str:
        parcel = re.search(r'name="parcel" value="([^"]*)"', preview)
        assert parcel
        address = reverse("outcomes-put-in", args=[open_review.pupil.school.slug, open_review.cycle])
        return client.post(address, {"parcel": unescape(parcel[1])}, follow=True).text

    return press


def test_a_file_is_shown_first_and_put_in_by_the_button(open_review, measures, bring, put_in):
    preview = bring("UPN,Attendance %,Points,Reading age,Colour\n{upn},92.54%,3,8y 4m,red\n")
    for words in ("3 values will change", "Ravi P.", "92.5 %", "8y 4m", "Columns that were not read: Colour."):
        assert words in preview
    assert recorded(open_review) == {}
    assert "3 values were put in." in put_in(preview)
    assert recorded(open_review) == {"Attendance": "92.5", "Points": "3", "Reading age": "8y 4m"}


def test_the_same_file_twice_changes_nothing(open_review, measures, bring, put_in):
    put_in(bring("UPN,Points\n{upn},3\n"))
    again = bring("UPN,Points\n{upn},3\n")
    assert "0 values will change" in again
    assert "Put them in" not in again


def test_an_empty_cell_leaves_what_is_here_alone(open_review, measures, bring, put_in):
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, measure=measures["Points"], value="5")
    put_in(bring("UPN,Points,Reading age\n{upn},,8y\n"))
    assert recorded(open_review) == {"Points": "5", "Reading age": "8y"}


def test_a_workbook_is_read_too(open_review, measures, bring, put_in):
    book = openpyxl.Workbook()
    book.active.append(["UPN", "Points"])
    book.active.append([open_review.pupil.upn, 4])
    content = io.BytesIO()
    book.save(content)
    put_in(bring(content.getvalue(), "outcomes.xlsx"))
    assert recorded(open_review) == {"Points": "4"}


def test_a_transfer_file_brings_the_attendance_of_its_newest_year(open_review, measures, bring, put_in):
    preview = bring(CTF.replace("{years}", YEAR.format(2024, 190, 19) + YEAR.format(2025, 190, 181)), "attendance.xml")
    assert "The newest attendance in this file is that of 2025." in preview
    put_in(preview)
    assert recorded(open_review) == {"Attendance": "95.3"}


def test_a_transfer_file_says_of_how_many_it_holds_nothing_that_can_be_read(open_review, measures, bring):
    other = CTF.split("<CTFpupilData>")[1].split("</CTFpupilData>")[0].format(upn="P207000016049", years=YEAR.format(2025, 10, 11))
    both = CTF.replace("{years}", YEAR.format(2025, 190, 181)).replace("</CTFpupilData>", f"{other}</CTFpupilData>")
    assert "Of 1 of its 2 pupils it holds none of that year that can be read." in bring(both, "attendance.xml")


def test_a_measure_without_its_kind_is_asked_for_it(client, senco, open_review):
    client.force_login(senco)
    text = client.post(page(open_review), {"name": "Points"}).text
    assert "This field is required." in text
    assert 'value="Points"' in text


@pytest.mark.parametrize("year", [YEAR.format(2025, 10, 11), YEAR.format(2025, "many", 1), YEAR.format(2025, 0, 0), ""])
def test_attendance_that_cannot_be_is_refused(open_review, measures, bring, year):
    assert "holds no attendance" in bring(CTF.replace("{years}", year), "attendance.xml")


def test_a_transfer_file_needs_a_measure_of_attendance(open_review, bring):
    OutcomeMeasureFactory(school=open_review.pupil.school)
    assert "Add a measure of attendance first" in bring(CTF.replace("{years}", YEAR.format(2025, 190, 181)), "attendance.xml")


def test_rows_with_problems_are_said_at_their_place_and_the_others_put_in(open_review, measures, bring, put_in):
    twin = {"forename": "Sam", "surname": "Bay", "date_of_birth": open_review.pupil.date_of_birth, "school": open_review.pupil.school}
    PupilFactory.create_batch(2, **twin, upn="")
    rows = [
        "UPN,Surname,Forename,DOB,Attendance",
        "{upn},Patel,Ravi,,90",
        ",Aspen,Lee,,91",
        f",Bay,Sam,{twin['date_of_birth']:%d/%m/%Y},92",
        "B801200005001,Cole,Mia,01/02/2014,93",
        ",Dean,Zoe,01/02/2014,much",
    ]
    preview = bring("\n".join(rows))
    assert "Row 3, <b>Pupil:</b> To find the pupil a row needs the UPN" in preview
    assert "Row 4, <b>Name:</b> Two pupils here have this name" in preview
    assert "Row 6, <b>Attendance:</b> Write attendance as a percentage" in preview
    assert "1 row of children who are not in the programme here is left out" in preview
    put_in(preview)
    assert recorded(open_review) == {"Attendance": "90"}


def test_a_pupil_who_stands_in_the_file_twice_is_left_out(open_review, measures, bring):
    twice = bring("UPN,Points\n{upn},3\n{upn},4\n")
    assert "0 values will change" in twice
    assert twice.count("more than once") == 2


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "outcomes.csv", "empty"),
        (b"UPN,Colour\nB801200005001,red\n", "outcomes.csv", "No column of this table is one of your measures"),
        (b"Points\n3\n", "outcomes.csv", "To find the pupil a row needs"),
        (b"UPN,Points\n", "outcomes.csv", "no pupil"),
        (b"PK\x03\x04 broken", "outcomes.xlsx", "damaged"),
        (b"<!DOCTYPE x><CTfile/>", "outcomes.xml", ""),
        (b"%PDF-1.7", "outcomes.csv", "PDF"),
        (b"x", "outcomes.xlsm", "macros"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_place(open_review, measures, bring, content, name, said):
    text = bring(content, name)
    assert "There is a problem" in text
    assert said in text
    assert recorded(open_review) == {}


def test_a_value_changed_since_the_preview_is_not_overwritten(open_review, measures, bring, put_in):
    preview = bring("UPN,Points,Reading age\n{upn},3,8y\n")
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, measure=measures["Points"], value="5")
    assert "Nothing was saved" in put_in(preview)
    assert recorded(open_review) == {"Points": "5"}


def test_a_preview_of_another_cycle_or_person_or_torn_is_refused(client, open_review, measures, bring, put_in, member):
    preview = bring("UPN,Points\n{upn},3\n")
    assert "too old" in put_in(preview.replace('name="parcel" value="', 'name="parcel" value="x'))
    client.force_login(member(open_review.pupil.school, "senco"))
    assert "too old" in put_in(preview)
    other = ReviewCycleFactory(school=open_review.pupil.school, academic_year=2020)
    open_review.cycle = other
    assert "too old" in put_in(preview)
    with in_school(open_review.school_id):
        assert not OutcomeValue.objects.exists()


def test_a_measure_is_added_once_and_stopped_without_losing_values(client, senco, open_review):
    client.force_login(senco)
    for said in ("is looked at from now on", "There is a measure of this name already."):
        assert said in client.post(page(open_review), {"kind": "behaviour", "name": " Points "}, follow=True).text
    with in_school(open_review.school_id):
        measure = OutcomeMeasure.objects.get(name="Points")
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, measure=measure)
    stop = reverse("measure-stop", args=[open_review.pupil.school.slug, open_review.cycle, measure.public_id])
    assert "no longer asked for" in client.post(stop, follow=True).text
    assert recorded(open_review) == {"Points": "3"}
    assert "Points" not in client.get(typing(open_review)).text.split("<form")[-1]
    client.post(page(open_review), {"kind": "behaviour", "name": "Points"})
    assert 'name="m' in client.get(typing(open_review)).text


def test_a_school_has_one_measure_of_attendance_and_a_few_in_all(client, senco, open_review):
    client.force_login(senco)
    OutcomeMeasureFactory(school=open_review.pupil.school, kind="attendance", name="Attendance")
    assert "a school has one" in client.post(page(open_review), {"kind": "attendance", "name": "Presence"}).text
    OutcomeMeasureFactory.create_batch(MOST_MEASURES - 1, school=open_review.pupil.school)
    assert "at most" in client.post(page(open_review), {"kind": "attainment", "name": "One more"}).text


def opened(client, review: Review) -> dict[str, str]:
    text = client.get(typing(review)).text
    seal = re.search(r'name="opened" value="([^"]*)"', text)
    assert seal
    return dict(re.findall(r'name="(m\d+)" value="([^"]*)"', text)) | {"opened": unescape(seal[1])}


def test_values_are_typed_for_one_pupil_and_taken_away_by_an_empty_box(client, senco, open_review, measures):
    client.force_login(senco)
    attendance, points = (f"m{measures[name].pk}" for name in ("Attendance", "Points"))
    assert "Write attendance as a percentage" in client.post(typing(open_review), opened(client, open_review) | {attendance: "91,5"}).text
    client.post(typing(open_review), opened(client, open_review) | {attendance: "91.5", points: "2"})
    assert recorded(open_review) == {"Attendance": "91.5", "Points": "2"}
    client.post(typing(open_review), opened(client, open_review) | {points: ""})
    assert recorded(open_review) == {"Attendance": "91.5"}
    with in_school(open_review.school_id):
        assert AuditEvent.objects.filter(action="outcome.saved", row_id=open_review.pupil_id).count() == 2


def test_two_people_at_different_measures_are_not_asked_and_at_one_both_values_are_shown(client, senco, open_review, measures):
    client.force_login(senco)
    points, age = (f"m{measures[name].pk}" for name in ("Points", "Reading age"))
    stale = opened(client, open_review)
    client.post(typing(open_review), stale | {points: "2"})
    client.post(typing(open_review), stale | {age: "8y"})
    assert recorded(open_review) == {"Points": "2", "Reading age": "8y"}
    asked = client.post(typing(open_review), stale | {points: "9"})
    assert asked.status_code == 409
    assert "Somebody else wrote “2” meanwhile" in asked.text
    assert recorded(open_review)["Points"] == "2"
    seal = re.search(r'name="opened" value="([^"]*)"', asked.text)
    client.post(typing(open_review), stale | {points: "9", age: "8y", "opened": unescape(seal[1])})
    assert recorded(open_review)["Points"] == "9"


def test_a_past_cycle_takes_values_too(client, senco, open_review, measures):
    client.force_login(senco)
    page_then = opened(client, open_review)
    with in_school(open_review.school_id):
        services.close_cycle(cycle=open_review.cycle, by=senco)
    client.post(typing(open_review), page_then | {f"m{measures['Points'].pk}": "2"})
    assert recorded(open_review) == {"Points": "2"}


def test_outcomes_stand_beside_the_steps_on_the_pages_of_a_pupil(client, senco, open_review, measures):
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, measure=measures["Attendance"], value="88.8")
    client.force_login(senco)
    for name in ("review-judge", "review-meeting"):
        assert (
            "88.8 %" in client.get(reverse(name, args=[open_review.pupil.school.slug, open_review.cycle, open_review.pupil.public_id])).text
        )
    assert "88.8 %" in client.get(reverse("pupil-targets", args=[open_review.pupil.school.slug, open_review.pupil.public_id])).text


def test_a_key_worker_types_for_own_pupils_and_brings_no_file_in(client, key_worker, open_review, measures):
    client.force_login(key_worker)
    assert client.get(typing(open_review)).status_code == 404
    KeyWorkerFactory(pupil=open_review.pupil, user=key_worker)
    assert client.get(typing(open_review)).status_code == 200
    assert client.get(page(open_review)).status_code == 404


def test_markup_in_names_and_values_stays_words(client, senco, open_review, measures):
    OutcomeMeasureFactory(school=open_review.pupil.school, kind="attainment", name=MARKUP[:30])
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, measure=measures["Reading age"], value=MARKUP[:20])
    client.force_login(senco)
    for address in (page(open_review), typing(open_review)):
        assert "<img src=x" not in client.get(address).text


@pytest.mark.parametrize("address", [page, typing])
def test_the_pages_do_not_grow_in_queries(client, senco, open_review, measures, address):
    client.force_login(senco)
    OutcomeValueFactory(pupil=open_review.pupil, cycle=open_review.cycle, measure=measures["Points"])

    def more() -> None:
        for number in range(29):
            cycle = ReviewCycleFactory(school=open_review.pupil.school, academic_year=1990 + number)
            OutcomeValueFactory(pupil=open_review.pupil, cycle=cycle, measure=measures["Points"])
        OutcomeValueFactory(pupil=PupilFactory(school=open_review.pupil.school), cycle=open_review.cycle, measure=measures["Points"])

    assert_does_not_grow(client, address(open_review), more, at_most=12)
