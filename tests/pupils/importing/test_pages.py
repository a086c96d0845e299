"""Through the front door: every fixture comes in, every bad file is answered plainly, and nothing happens unseen."""

from datetime import date

import pytest
from django.core.files.storage import default_storage

from pupils.models import Contact, Pupil, RollImport
from pupils.services import roll_files
from pupils.services.roll_plan import plan_import as plan_of_rows
from pupils.views import import_rows
from schools.models import AuditEvent
from schools.tenancy import in_school
from tests.factories.pupils import PupilFactory, SupportStatusFactory
from tests.pupils.files.make_files import HEAD, full_file, table
from tests.pupils.files.parts import make_upn
from tests.pupils.importing.checksums import table_checksums
from tests.pupils.importing.pages import bring_in, decide, digest, list_url, refusal, stage, upload
from tests.pupils.importing.rolls import BAD_ROWS, GOOD, REFUSED, pupils
from tests.pupils.importing.test_refusals import REASONS

BORN = date(2013, 11, 5)


@pytest.fixture
def client(client, senco):
    client.force_login(senco)
    return client


@pytest.fixture
def robin(school):
    pupil = PupilFactory(school=school, surname="Alder", forename="Robin", date_of_birth=BORN, upn=make_upn(1), nc_year="6")
    SupportStatusFactory(pupil=pupil, provision="K", starts_on=date(2022, 1, 10))
    return pupil


def the_import(school):
    with in_school(school):
        return RollImport.objects.get()


def staged_files():
    return default_storage.listdir("imports")[1] if default_storage.exists("imports") else []


@pytest.mark.parametrize("name", GOOD)
def test_every_good_file_comes_in(client, school, name):
    page = bring_in(client, school, name)
    assert page.status_code == 200
    assert the_import(school).state == RollImport.State.APPLIED
    assert len(pupils(school)) == the_import(school).counts["new"]


@pytest.mark.parametrize("name", sorted(set(GOOD) - {"ctf_other_case_v31.xml"}))
def test_the_same_file_twice_changes_nothing(client, school, name):
    bring_in(client, school, name)
    before = table_checksums()
    page = client.get(stage(client, school, name))
    after = table_checksums()
    assert {name for name in before if before[name] != after[name]} == {"pupils_rollimport", "schools_auditevent"}
    assert page.context["counts"]["changed"] == page.context["counts"]["new"] == 0
    assert "This very file was applied on" in page.content.decode()


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_says_why_and_changes_nothing(client, school, name):
    before = table_checksums()
    answer = upload(client, school, name)
    assert answer.status_code == 200
    assert REASONS[name] in refusal(answer)
    assert table_checksums() == before


def test_no_file_and_a_huge_file_are_answered_at_the_box(client, school, monkeypatch):
    monkeypatch.setattr("pupils.importing.safety.MAX_BYTES", 100)
    before = table_checksums()
    assert "Choose a file first." in refusal(client.post(list_url(school), {}))
    assert "The largest that we read" in refusal(upload(client, school, "huge.csv", b"x" * 101))
    assert table_checksums() == before


def test_an_endless_upload_is_cut_off_and_answered_at_the_box(client, school, monkeypatch):
    monkeypatch.setattr("config.uploads.CAP", 10_000)
    before = table_checksums()
    answer = upload(client, school, "huge.csv", b"x" * 200_000)
    assert "larger than 20 MB" in refusal(answer)
    assert table_checksums() == before
    assert upload(client, school, "small.csv", b"x" * 5_000).context["form"].errors["file"] != [refusal(answer)]


@pytest.mark.parametrize("name", BAD_ROWS)
def test_bad_rows_are_shown_by_row_and_column_and_left_out_knowingly(client, school, name):
    url = stage(client, school, name)
    before = table_checksums()
    page = client.get(url)
    problems = page.context["parts"][0].rows
    assert all(problem.column and problem.message for row in problems for problem in row.problems)
    answer = client.post(url, {"digest": digest(page), "go": "apply"})
    assert answer.context["form"].errors["leave_problems_out"]
    assert table_checksums() == before


def test_the_other_rows_come_in_and_the_bad_ones_stay_listed(client, school):
    rows = table(HEAD, f"Good,Row,{make_upn(1)},06/05/2013,7,K", f"Bad,Row,{make_upn(2)},31/02/2013,7,K")
    page = bring_in(client, school, "mixed.csv", rows)
    assert [pupil.surname for pupil in pupils(school)] == ["Good"]
    assert the_import(school).outcome["problems"] == [[3, "DOB", "There is no such day in the calendar. Write the date as DD/MM/YYYY."]]
    assert "no such day" in page.content.decode()


def test_the_preview_shows_what_was_and_what_becomes(client, school, robin):
    page = client.get(stage(client, school, "ctf_full_v26.xml"))
    words = page.content.decode()
    assert ">was </span>6</del>" in words
    assert "7</ins>" in words
    assert page.context["counts"] | {"warnings": 0} == {
        "new": 2, "changed": 1, "unchanged": 0, "left_out": 0, "not_kept": 2, "errors": 0, "warnings": 0,
    }  # fmt: skip


def test_neither_upn_nor_address_nor_surname_stands_in_the_preview(client, school, robin):
    words = client.get(stage(client, school, "ctf_full_v26.xml")).content.decode()
    assert "Robin A." in words
    assert not [secret for secret in (make_upn(1), make_upn(2), "Example Terrace", "960001", "Bracken") if secret in words]


def test_nothing_is_written_before_somebody_says_yes(client, school, robin):
    before = table_checksums()
    url = stage(client, school, "ctf_full_v26.xml")
    client.get(url)
    after = table_checksums()
    assert {name for name in before if before[name] != after[name]} == {"pupils_rollimport", "schools_auditevent"}


def test_a_left_out_row_stays_as_it_is_and_a_ticked_one_is_kept(client, school, robin):
    url = stage(client, school, "ctf_full_v26.xml")
    decide(client, url, shown=[1, 2, 3, 4, 5], leave_out=[1, 2], keep=[4])
    assert [(pupil.forename, pupil.nc_year) for pupil in pupils(school)] == [("Robin", "6"), ("Sorrel", "12"), ("Ash", "10")]
    assert the_import(school).counts["left_out"] == 2


def test_a_number_of_no_row_is_refused(client, school):
    url = stage(client, school, "ctf_full_v26.xml")
    before = table_checksums()
    answer = decide(client, url, keep=[99])
    assert answer.status_code == 200
    assert "not in the file" in answer.content.decode()
    assert table_checksums() == before


def test_ticks_are_kept_from_page_to_page(client, school, monkeypatch):
    monkeypatch.setattr(import_rows, "ROWS_A_PAGE", 2)
    url = stage(client, school, "ctf_full_v26.xml")
    assert client.get(url).context["page"].paginator.num_pages == 3
    assert decide(client, url, go="2", shown=[1, 2], leave_out=[1]).url == f"{url}?page=2"
    decide(client, url, go="3", shown=[5, 3], keep=[3])
    decide(client, url, shown=[4])
    assert sorted(pupil.forename for pupil in pupils(school)) == ["Fern", "Linden", "Sorrel"]


def test_a_tick_can_be_taken_back(client, school):
    url = stage(client, school, "ctf_full_v26.xml")
    decide(client, url, go="1", shown=[1, 2], leave_out=[1, 2])
    decide(client, url, go="1", shown=[1, 2], leave_out=[2])
    assert client.get(url).context["counts"]["left_out"] == 1


def test_what_somebody_changed_since_the_preview_is_not_overwritten(client, school, robin):
    url = stage(client, school, "ctf_full_v26.xml")
    seen = digest(client.get(url))
    with in_school(school):
        Pupil.objects.filter(pk=robin.pk).update(nc_year="8")
    before = table_checksums()
    answer = client.post(url, {"digest": seen, "go": "apply"}, follow=True)
    assert "Somebody has changed a pupil since" in answer.content.decode()
    after = table_checksums()
    assert {name for name in before if before[name] != after[name]} <= {"pupils_rollimport"}
    assert ">was </span>8</del>" in answer.content.decode()
    assert decide(client, url).status_code == 302
    assert pupils(school)[0].nc_year == "7"


def test_a_change_that_touches_no_row_does_not_stop_the_import(client, school, robin):
    url = stage(client, school, "ctf_full_v26.xml")
    seen = digest(client.get(url))
    PupilFactory(school=school, upn=make_upn(99))
    decide(client, url, seen=seen)
    assert the_import(school).state == RollImport.State.APPLIED


def test_applying_twice_is_refused_kindly(client, school):
    url = stage(client, school, "ctf_full_v26.xml")
    seen = digest(client.get(url))
    client.post(url, {"digest": seen, "go": "apply"})
    before = table_checksums()
    answer = client.post(url, {"digest": seen, "go": "apply"}, follow=True)
    assert "Nothing was imported a second time" in answer.content.decode()
    assert table_checksums() == before


def test_setting_aside_removes_the_file_and_imports_nothing(client, school, django_capture_on_commit_callbacks):
    url = stage(client, school, "ctf_full_v26.xml")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{url}discard/").status_code == 302
    assert the_import(school).staged_file == ""
    assert pupils(school) == []
    assert "Nothing was imported" in client.get(url).content.decode()
    assert "settled in the meantime" in client.post(f"{url}discard/", follow=True).content.decode()
    assert client.get(f"{url}discard/").status_code == 405


def test_the_staged_file_has_a_random_name_and_goes_when_it_is_applied(client, school, django_capture_on_commit_callbacks):
    before = set(staged_files())
    url = stage(client, school, "ctf_full_v26.xml")
    (name,) = set(staged_files()) - before
    assert len(name) == 32
    assert int(name, 16) >= 0
    assert roll_files.read(f"imports/{name}") == full_file()
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, url)
    assert name not in staged_files()


def test_a_preview_whose_file_is_gone_leads_back_with_a_word(client, school):
    url = stage(client, school, "ctf_full_v26.xml")
    roll_files.remove(the_import(school).staged_file)
    answer = client.get(url, follow=True)
    assert answer.redirect_chain[0][0] == list_url(school)
    assert "no longer kept" in answer.content.decode()


def test_a_file_that_goes_while_it_is_applied_is_answered_kindly(client, school, monkeypatch):
    url = stage(client, school, "ctf_full_v26.xml")
    before = table_checksums()
    monkeypatch.setattr("pupils.services.roll.plan_import", _plan_and_lose(school))
    answer = decide(client, url)
    assert answer.status_code == 302
    assert table_checksums() == before


def _plan_and_lose(school):
    """The plan of the page can still be made; after it the file is removed, as by the housekeeping of that minute."""

    def plan_import(*args, **kwargs):
        plan = plan_of_rows(*args, **kwargs)
        if getattr(plan_import, "calls", 0):
            roll_files.remove(the_import(school).staged_file)
        plan_import.calls = getattr(plan_import, "calls", 0) + 1
        return plan

    return plan_import


def test_a_school_that_got_another_number_since_is_told(client, school):
    url = stage(client, school, "ctf_partial_v19.xml")
    school.laestab = "8387779"
    school.save()
    assert "for another school" in client.get(url, follow=True).content.decode()


def test_an_import_leaves_one_trace_for_itself_and_one_for_each_pupil(client, school, senco, robin):
    bring_in(client, school, "ctf_full_v26.xml")
    with in_school(school):
        found = list(AuditEvent.objects.filter(by=senco).values_list("action", flat=True))
    assert sorted(found) == ["pupil.imported"] * 3 + ["roll.applied", "roll.staged"]


def test_what_changed_links_to_the_pupils(client, school, robin):
    words = bring_in(client, school, "ctf_full_v26.xml").content.decode()
    assert f"/schools/{school.slug}/pupils/{robin.public_id}/" in words
    assert "Rob A." in words


def test_a_contact_with_an_order_waits_to_be_read(client, school):
    bring_in(client, school, "ctf_full_v26.xml")
    with in_school(school):
        assert Contact.objects.get(forename="Rowan").order == Contact.Order.TO_CHECK


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_list_does_not_grow_in_queries(client, school, senco, how_many, django_assert_num_queries, settings):
    with in_school(school):
        RollImport.objects.bulk_create(RollImport(kind="csv", state="applied", by=senco, file_sha256="0" * 64) for _ in range(how_many))
    client.get(list_url(school))
    scope = 2 if settings.TEST_DATABASE_URL else 0  # PostgreSQL is told which school may be seen, and told again to forget it
    with django_assert_num_queries(7 + scope):
        assert client.get(list_url(school)).status_code == 200
