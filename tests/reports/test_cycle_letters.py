"""The letters of a cycle: looked at and approved one after another, printed as one file, refused to whoever was barred meanwhile."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Review
from pupils.models import Contact
from reports.models import Letter
from reports.services import files, letter_prints
from reports.services.letters import addressed, who_may_receive
from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.models import Target
from tests.counting import assert_does_not_grow
from tests.factories.assessments import JudgementFactory, ReviewCycleFactory, ReviewFactory
from tests.factories.pupils import ContactFactory, PupilFactory
from tests.factories.reports import LetterFactory
from tests.factories.targets import TargetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def cycle(school):
    return ReviewCycleFactory(school=school)


def paper(width: int, pages: int = 1) -> bytes:
    """A PDF that is known again by the width of its pages."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(width, 100))
        made.save(out)
    return out.getvalue()


def widths_of(pdf: bytes) -> list[int]:
    with pikepdf.open(io.BytesIO(pdf)) as bound:
        return [int(page.mediabox[2]) for page in bound.pages]


@pytest.fixture
def make(cycle) -> Callable[..., Letter]:
    """A made letter of a completed review: `make("Ravi", "7B", width=101)`."""

    def a_letter(forename: str = "Ravi", group: str = "7B", width: int = 100, pages: int = 1, **fields: object) -> Letter:
        pupil = PupilFactory(school=cycle.school, forename=forename, surname="Patel", registration_group=group)
        contact = ContactFactory(pupil=pupil, forename="Asha", surname="Patel")
        review = ReviewFactory(pupil=pupil, cycle=cycle, status="completed", completed_at=timezone.now(), pupil_view="I like it")
        target = TargetFactory(pupil=pupil, wording=f"{forename} asks for help")
        JudgementFactory(review=review, target=target, start=1, aim=3, previous=1, counts=True)
        with in_school(cycle.school):
            [recipient] = who_may_receive(review).recipients
        path = files.name_for("letters", str(review.pk))
        stored = {"file": path, "sha256": files.store(path, paper(width, pages)), "addressed": addressed(recipient)}
        return LetterFactory(review=review, contact=contact, **stored | fields)

    return a_letter


def page(cycle, **query: object) -> str:
    return reverse("cycle-letters", args=[cycle.school.slug, cycle], query=query or None)


def file(cycle, **query: object) -> str:
    return reverse("cycle-letters-print", args=[cycle.school.slug, cycle], query=query or None)


def approve(client, letter: Letter):
    return client.post(reverse("letter-approve", args=[letter.school.slug, letter.public_id]), {"onward": "1"})


def state_of(letter: Letter) -> str:
    with in_school(letter.school):
        return Letter.objects.get(pk=letter.pk).state


def bar(letter: Letter) -> None:
    with in_school(letter.school):
        Contact.objects.filter(pk=letter.contact_id).update(no_contact=True)


def noted(letter: Letter, action: str) -> int:
    with in_school(letter.school):
        return AuditEvent.objects.filter(action=action, row_id=letter.pk).count()


def test_the_first_letter_to_be_checked_stands_beside_the_list_in_its_own_words(client, senco, cycle, make):
    make("Bea", state="approved")
    ravi = make("Ravi")
    client.force_login(senco)
    text = client.get(page(cycle)).text
    assert "<b>1 of 2</b> approved" in text
    assert "Ravi asks for help" in text
    assert "Bea asks for help" not in text
    assert "“I like it”" in text
    assert noted(ravi, "letter.previewed") == 1


def test_the_list_shows_first_names_and_the_title_none(client, senco, cycle, make):
    make("Ravi")
    client.force_login(senco)
    text = client.get(page(cycle)).text
    assert "Ravi P." in text
    assert "Ravi" not in text.split("</title>")[0]


def test_without_letters_the_page_says_where_they_come_from(client, senco, cycle):
    client.force_login(senco)
    assert "No letters yet" in client.get(page(cycle)).text


def test_approving_leads_to_the_next_letter_in_the_order_of_classes(client, senco, cycle, make):
    ravi, zoe, bea = make("Ravi", "7B"), make("Zoe", "7A"), make("Bea", "7B")
    client.force_login(senco)
    order = [zoe, bea, ravi]
    for letter, following in zip(order, [*order[1:], ravi], strict=True):
        assert approve(client, letter).url == f"{page(cycle, letter=following.public_id)}#letter"
        assert state_of(letter) == "approved"


def test_the_keys_next_and_previous_go_through_all_classes(client, senco, cycle, make):
    zoe, bea, ravi = make("Zoe", "7A"), make("Bea", "7B"), make("Ravi", "7B")
    client.force_login(senco)
    text = client.get(page(cycle, letter=bea.public_id)).text
    for key, letter in (("k", zoe), ("j", ravi)):
        assert f"letter={letter.public_id}" in text.split(f'data-key="{key}"')[1].split("</span>")[0]
    assert 'data-key="j"' not in client.get(page(cycle, letter=ravi.public_id)).text


@pytest.mark.parametrize("query", [{"letter": "nonsense"}, {"letter": "00000000-0000-0000-0000-000000000000"}, {"class": "nowhere"}])
def test_an_address_that_names_nothing_shows_the_first_letter(client, senco, cycle, make, query):
    make("Ravi")
    client.force_login(senco)
    assert "Ravi asks for help" in client.get(page(cycle, **query)).text


def test_a_stale_letter_is_not_offered(client, senco, cycle, make):
    make("Ravi", state="stale")
    client.force_login(senco)
    assert "No letters yet" in client.get(page(cycle)).text


def test_a_letter_to_somebody_barred_meanwhile_is_withdrawn_when_it_is_looked_at(client, senco, cycle, make):
    letter, other = make("Ravi"), make("Zoe")
    bar(letter)
    client.force_login(senco)
    text = client.get(page(cycle, letter=letter.public_id), follow=True).text
    assert "may no longer receive the letter, so it was withdrawn" in text
    assert "Zoe asks for help" in text
    assert (state_of(letter), state_of(other)) == ("withdrawn", "made")


def test_a_letter_that_would_say_something_else_today_is_never_approved_unseen(client, senco, cycle, make):
    letter, other = make("Ravi", says="what was printed"), make("Zoe", says="")
    client.force_login(senco)
    text = client.get(page(cycle, letter=letter.public_id), follow=True).text
    assert "changed since this letter was printed" in text
    assert (state_of(letter), state_of(other)) == ("stale", "made")


def test_a_head_reads_and_does_not_approve(client, head, cycle, make):
    make("Ravi")
    client.force_login(head)
    text = client.get(page(cycle)).text
    assert "Ravi asks for help" in text
    assert 'data-key="a"' not in text
    assert file(cycle) not in text


@pytest.mark.parametrize(
    ("view", "says"),
    [
        ("I like it", []),
        ("I do it all by me now. " * 9, ["1 of 2 targets is not printed,"]),
        ("a " * 150, ["This letter has "]),
    ],
)
def test_a_letter_that_is_shortened_or_too_long_says_so_wherever_it_is_approved(client, senco, cycle, make, view, says):
    letter = make("Ravi")
    wordy = "a bit " * 25
    target = TargetFactory(pupil=letter.review.pupil, wording=wordy, slot=2)
    JudgementFactory(review=letter.review, target=target, start=1, aim=3, previous=1, counts=True)
    with in_school(cycle.school):
        Target.objects.filter(pupil=letter.review.pupil).update(wording=wordy)
        Review.objects.filter(pk=letter.review_id).update(pupil_view=view)
    client.force_login(senco)
    one = reverse("review-letters", args=[cycle.school.slug, cycle, letter.review.pupil.public_id])
    for url in (page(cycle), one):
        text = client.get(url).text
        assert [each for each in ("1 of 2 targets is not printed,", "This letter has ") if each in text] == says


def test_the_page_does_not_grow_in_queries(client, senco, cycle, make):
    make("Ravi")
    client.force_login(senco)
    assert_does_not_grow(client, page(cycle), lambda: [make(f"Zed{n}") for n in range(29)], at_most=20)


# -- as one file


@pytest.fixture
def three(make) -> list[Letter]:
    """Two approved letters of 7B and one of 7A; a fourth is not approved."""
    make("Amy", "7A", width=400)
    return [make(*who, state="approved") for who in (("Ravi", "7B", 103), ("Zoe", "7A", 101, 2), ("Bea", "7B", 102))]


def test_all_approved_letters_are_one_file_by_class_and_each_begins_on_a_fresh_sheet(client, office, cycle, three):
    client.force_login(office)
    response = client.get(file(cycle))
    assert widths_of(response.content) == [101, 101, 102, 102, 103, 103]
    assert response["Content-Disposition"] == 'attachment; filename="letters.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert [noted(letter, "letter.opened") for letter in three] == [1, 1, 1]


def test_one_class_is_one_file(client, office, cycle, three):
    client.force_login(office)
    to_print = client.get(reverse("letters-to-print", args=[cycle.school.slug])).text
    assert f"{file(cycle)}?class=7B" in to_print
    assert widths_of(client.get(file(cycle, **{"class": "7B"})).content) == [102, 102, 103, 103]


def test_the_file_names_nobody(client, senco, cycle, three):
    client.force_login(senco)
    with pikepdf.open(io.BytesIO(client.get(file(cycle)).content)) as bound:
        assert dict(bound.docinfo) == {}


def test_with_nothing_approved_there_is_no_file(client, office, cycle, make):
    make("Ravi")
    client.force_login(office)
    assert "nothing to print" in client.get(file(cycle), follow=True).text


def test_somebody_barred_meanwhile_stops_the_printing_until_their_letter_is_out(client, office, cycle, three):
    bar(three[0])
    client.force_login(office)
    text = client.get(file(cycle), follow=True).text
    assert "1 letter had to be withdrawn" in text
    assert "(Ravi P.)" in text
    assert [state_of(letter) for letter in three] == ["withdrawn", "approved", "approved"]
    assert [noted(letter, "letter.opened") for letter in three] == [0, 0, 0]
    assert widths_of(client.get(file(cycle)).content) == [101, 101, 102, 102]


def test_control_without_the_second_look_the_barred_contacts_letter_would_be_printed(client, office, cycle, three, monkeypatch):
    monkeypatch.setattr(letter_prints, "check_recipient", lambda **what: None)
    bar(three[0])
    client.force_login(office)
    assert 103 in widths_of(client.get(file(cycle)).content)


def test_a_damaged_file_stops_the_printing(client, office, cycle, three, media):
    (media / three[1].file).write_bytes(b"%PDF something else")
    client.force_login(office)
    assert "missing or damaged" in client.get(file(cycle), follow=True).text
