"""Letters of a completed review: one for each permitted recipient, looked at again before each goes out."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from assessments.models import Judgement
from pupils.models import Contact
from reports import rendering, services
from reports.models import Job, Letter
from reports.services import letters as making
from reports.services import running
from reports.services.letter_contents import contents_of
from reports.services.letter_prints import preview_letter
from reports.services.letters import who_may_receive
from reports.services.refusals import LetterSaysOther
from schools.models import Membership
from schools.tenancy import _current, in_school
from targets.models import Target
from tests.factories.pupils import ContactFactory
from tests.factories.targets import TargetFactory

MARKUP = '<a href="file:///etc/passwd">x</a>'


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_letter_tells_of_no_academic_target_and_of_no_proposal(open_review, target, senco, mother, letters_of, media):
    with in_school(open_review.school):
        academic = TargetFactory(pupil=open_review.pupil, kind="academic", slot=2, wording="I learn my tables")
        TargetFactory.proposed(pupil=open_review.pupil, wording="I wait my turn")
        Judgement.objects.create(review=open_review, target=academic, step=3, next="close")
        job = services.finish_review(review=open_review, version=open_review.version, by=senco)
    services.run_job(job.pk)
    [letter] = letters_of(open_review)
    words = words_of((media / letter.file).read_bytes())
    assert "I ask for help" in words
    assert "tables" not in words
    assert "turn" not in words


def change(contact: Contact, **values: object) -> None:
    with in_school(contact.school):
        Contact.objects.filter(pk=contact.pk).update(**values)


def state_of(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.error


def letters_url(review) -> str:
    return reverse("review-letters", args=[review.school.slug, review.cycle, review.pupil.public_id])


def test_completing_a_review_makes_a_letter_for_each_permitted_recipient(review, letters_job, mother, letters_of, media):
    father = ContactFactory(pupil=review.pupil, forename="Dev", surname="Patel", relationship="PAF", address="2 Other Road")
    ContactFactory(pupil=review.pupil, surname="Barred", no_contact=True, address="3 Third Way")
    services.run_job(letters_job.pk)
    assert state_of(letters_job) == (Job.State.DONE, "")
    made = letters_of(review)
    assert {letter.contact for letter in made} == {mother, father}
    assert len({letter.file for letter in made}) == 2
    first = words_of((media / made[0].file).read_bytes())
    assert "I ask for help" in first
    assert "1 Test Lane" in first
    assert "2 Other Road" not in first


def test_what_is_checked_is_what_was_printed_until_something_in_it_changes(review, letters_job, mother, letters_of, senco):
    services.run_job(letters_job.pk)
    with in_school(review.school):
        [letter] = Letter.objects.valid().select_related("review__pupil__school__programme", "review__cycle", "review__completed_by")
        assert preview_letter(letter=letter, by=senco).first_name == "Ravi"
        letter.review.pupil.school.phone = "01632 960999"
        with pytest.raises(LetterSaysOther):
            preview_letter(letter=letter, by=senco)


def test_a_letter_carries_the_day_in_england_on_which_the_review_was_completed(review, mother):
    """In summer the clock is an hour before UTC: half past midnight on the 2nd is still the 1st there."""
    review.completed_at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with in_school(review.school):
        [content] = contents_of(review, who_may_receive(review).recipients)
    assert content.dated == date(2026, 7, 2)


def test_a_letters_file_name_names_nobody_and_only_the_service_may_read_it(review, letters_job, mother, letters_of, media):
    services.run_job(letters_job.pk)
    [letter] = letters_of(review)
    path = media / letter.file
    assert path.stat().st_mode & 0o077 == 0
    assert "atel" not in letter.file


def test_done_twice_it_is_the_same_letters(review, letters_job, mother, letters_of):
    services.run_job(letters_job.pk)
    Job.objects.filter(pk=letters_job.pk).update(state=Job.State.WAITING)
    services.run_job(letters_job.pk)
    assert len(letters_of(review)) == 1


def test_a_worker_that_died_in_the_middle_leaves_nothing_twice(review, letters_job, mother, letters_of, monkeypatch, media):
    ContactFactory(pupil=review.pupil, relationship="PAF", address="2 Other Road")
    keep, kept = making._keep, []

    def die_after_the_first(*args) -> None:
        if kept:
            raise SystemExit
        kept.append(keep(*args))

    monkeypatch.setattr(making, "_keep", die_after_the_first)
    with pytest.raises(SystemExit):
        services.run_job(letters_job.pk)
    monkeypatch.setattr(making, "_keep", keep)
    assert state_of(letters_job)[0] == Job.State.RUNNING
    Job.objects.filter(pk=letters_job.pk).update(lease_until=timezone.now())
    services.run_job(letters_job.pk)
    assert state_of(letters_job)[0] == Job.State.DONE
    assert len(letters_of(review)) == 2
    assert len(list((media / "letters").iterdir())) == 2


def test_a_letter_is_not_printed_inside_the_schools_scope(review, letters_job, mother, monkeypatch):
    """On SQLite a scope holds the only write lock; on both it holds a connection."""
    scopes = []
    monkeypatch.setattr(rendering, "render_letter", lambda content: scopes.append(_current.get()) or b"pdf")
    services.run_job(letters_job.pk)
    assert scopes == [None]


def test_a_contact_barred_while_the_letter_was_printed_gets_none(review, letters_job, mother, letters_of, monkeypatch):
    def bar_and_print(content: object) -> bytes:
        change(mother, no_contact=True)
        return b"pdf"

    monkeypatch.setattr(rendering, "render_letter", bar_and_print)
    services.run_job(letters_job.pk)
    assert letters_of(review) == []


def test_doubt_is_held_for_a_person_and_the_page_says_so(client, senco, review, letters_job, mother, letters_of):
    change(mother, order=Contact.Order.TO_CHECK)
    services.run_job(letters_job.pk)
    assert letters_of(review) == []
    client.force_login(senco)
    text = client.get(letters_url(review)).text
    assert "Held for you to decide" in text
    assert "nobody has read it yet" in text


def test_after_the_decision_the_missing_letters_are_made(client, senco, review, letters_job, mother, letters_of):
    change(mother, order=Contact.Order.TO_CHECK)
    services.run_job(letters_job.pk)
    change(mother, order=Contact.Order.READ)
    client.force_login(senco)
    again = reverse("letters-again", args=[review.school.slug, review.cycle, review.pupil.public_id])
    assert again in client.get(letters_url(review)).text
    client.post(again)
    services.run_job(Job.objects.filter(kind=Job.Kind.LETTERS).latest("pk").pk)
    assert len(letters_of(review)) == 1


def test_a_leavers_queued_job_does_not_run(review, letters_job, mother, letters_of, senco, client, head):
    Membership.objects.filter(user=senco).update(ended_at=timezone.now())
    services.run_job(letters_job.pk)
    assert state_of(letters_job) == (Job.State.FAILED, "asker_left")
    assert letters_of(review) == []
    client.force_login(head)
    assert "The person who asked for it no longer works here." in client.get(letters_url(review)).text


def test_control_without_asking_again_a_leavers_letters_would_be_made(review, letters_job, mother, letters_of, senco, monkeypatch):
    monkeypatch.setattr(running, "may_still", lambda job: True)
    Membership.objects.filter(user=senco).update(ended_at=timezone.now())
    services.run_job(letters_job.pk)
    assert len(letters_of(review)) == 1


def test_a_failure_is_tried_three_times_and_its_words_stay_out_of_the_log(review, letters_job, mother, monkeypatch, caplog):
    def fail(content: object) -> bytes:
        raise ValueError("Asha Patel, 1 Test Lane")

    monkeypatch.setattr(rendering, "render_letter", fail)
    for attempt in (1, 2, 3):
        services.run_job(letters_job.pk)
        assert state_of(letters_job) == (Job.State.FAILED if attempt == 3 else Job.State.WAITING, "ValueError")
    assert "ValueError" in caplog.text
    assert "Patel" not in caplog.text


def test_letters_of_an_open_review_are_not_asked_for(client, senco, open_review):
    client.force_login(senco)
    again = reverse("letters-again", args=[open_review.school.slug, open_review.cycle, open_review.pupil.public_id])
    assert "Letters are made once the review is completed." in client.post(again, follow=True).text
    assert not Job.objects.filter(kind=Job.Kind.LETTERS).exists()


def test_markup_in_every_text_prints_as_words(review, letters_job, mother, letters_of, media):
    with in_school(review.school):
        Target.objects.update(wording=MARKUP)
        type(review).objects.update(pupil_view=MARKUP)
    change(mother, surname=MARKUP[:60], address=MARKUP)
    services.run_job(letters_job.pk)
    [letter] = letters_of(review)
    reader = PdfReader(media / letter.file)
    assert "file:///etc/passwd" in words_of((media / letter.file).read_bytes()).replace("\n", "").replace(" ", "")
    assert all("/Annots" not in page for page in reader.pages)


def test_the_page_asks_again_while_letters_are_made_and_then_no_more(client, senco, review, letters_job, mother):
    client.force_login(senco)
    assert 'hx-trigger="every 2s"' in client.get(letters_url(review)).text
    services.run_job(letters_job.pk)
    text = client.get(letters_url(review)).text
    assert "hx-trigger" not in text
    assert "Download PDF" in text


def test_the_page_gives_its_middle_part_alone_when_asked_again(client, senco, review):
    client.force_login(senco)
    text = client.get(letters_url(review), headers={"HX-Request": "true"}).text
    assert text.lstrip().startswith("<div id=")
    assert "<html" not in text


def test_a_job_that_nobody_picks_up_says_that_it_waits(client, senco, review, letters_job):
    Job.objects.filter(pk=letters_job.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    client.force_login(senco)
    assert "nothing is lost" in client.get(letters_url(review)).text
