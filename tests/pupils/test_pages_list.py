"""The list of pupils: who is in it, how they are found, what each person sees of them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.models import Pupil
from pupils.models.pupil import NamesNeedSave
from schools.models import Role
from schools.tenancy import in_school
from tests.factories.pupils import KeyWorkerFactory, NeedFactory, PupilFactory, SupportStatusFactory
from tests.pupils.pages import MOST_QUERIES, at, at_most, list_url, names_in, said

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def class_of(school):
    """Three pupils whose names are hard to type."""
    return [
        PupilFactory(school=school, forename="Ravindra", preferred_forename="Ravi", surname="Patel", nc_year="7", registration_group="7B"),
        PupilFactory(school=school, forename="Zoë", surname="O'Brien-Smith", nc_year="10", registration_group="10C"),
        PupilFactory(school=school, forename="Łukasz", surname="Nowak", nc_year="7", registration_group="7A"),
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ravi p", ["Ravi P."]),
        ("RAVI", ["Ravi P."]),
        ("ravindra", ["Ravi P."]),
        ("patel ravi", ["Ravi P."]),
        ("zoe", ["Zoë O."]),
        ("zoë o", ["Zoë O."]),
        ("obrien", ["Zoë O."]),
        ("o'b", ["Zoë O."]),
        ("o brien", ["Zoë O."]),
        ("smith", ["Zoë O."]),
        ("lukasz", ["Łukasz N."]),
        ("ŁUK", ["Łukasz N."]),
        ("avi", []),
        ("%", ["Łukasz N.", "Ravi P.", "Zoë O."]),
        ("ravi n", []),
        ("", ["Łukasz N.", "Ravi P.", "Zoë O."]),
    ],
)
def test_a_name_is_found_however_it_is_typed(client, senco, school, class_of, typed, found):
    client.force_login(senco)
    response = client.post(list_url(school), {"q": typed}, follow=True)
    assert names_in(response) == found


def test_a_letter_typed_twice_needs_two_names(client, senco, school):
    PupilFactory(school=school, forename="Sam", surname="Jones")
    PupilFactory(school=school, forename="Sam", surname="Smith")
    client.force_login(senco)
    assert names_in(client.post(list_url(school), {"q": "sam s"}, follow=True)) == ["Sam S."]
    assert names_in(client.post(list_url(school), {"q": "s sam"}, follow=True)) == ["Sam S."]


def test_a_search_stays_inside_the_school(client, senco, charlie, school, sister_school, foreign_school):
    for where in (school, sister_school, foreign_school):
        PupilFactory(school=where, forename="Ravi", surname=f"P{where.slug}")
    client.force_login(senco)
    response = client.post(list_url(school), {"q": "ravi"}, follow=True)
    assert [row.pupil.school_id for row in response.context["rows"]] == [school.pk]
    assert client.post(list_url(foreign_school), {"q": "ravi"}, follow=True).status_code == 404
    client.force_login(charlie)
    assert len(names_in(client.post(list_url(foreign_school), {"q": "ravi"}, follow=True))) == 1


def test_a_changed_name_is_found_by_the_new_one_only(client, senco, school, class_of):
    ravi = class_of[0]
    with in_school(school):
        ravi.preferred_forename, ravi.forename = "Robin", "Robin"
        ravi.save(update_fields=["preferred_forename", "forename"])
        Pupil.objects.bulk_update([class_of[1]], ["surname"])
    client.force_login(senco)
    assert names_in(client.post(list_url(school), {"q": "robin"}, follow=True)) == ["Robin P."]
    assert names_in(client.post(list_url(school), {"q": "ravi"}, follow=True)) == []


def test_names_cannot_change_behind_the_search(school, class_of):
    with in_school(school), pytest.raises(NamesNeedSave):
        Pupil.objects.filter(pk=class_of[0].pk).update(forename="Robin")


def test_bulk_writing_keeps_the_search_key(school):
    rows = [Pupil(forename=f"Ína{n}", surname="Bell", date_of_birth=date(2014, 1, 1), nc_year="7") for n in range(2)]
    with in_school(school):
        Pupil.objects.bulk_create(rows)
        rows[0].surname = "Wren"
        Pupil.objects.bulk_update(rows, ["surname"])
        assert [pupil.forename for pupil in Pupil.objects.matching("ina wren")] == ["Ína0"]


@pytest.fixture
def supported(school, key_worker, class_of):
    """Different support for each of the three."""
    ravi, zoe, lukasz = class_of
    SupportStatusFactory(pupil=ravi, provision="E")
    SupportStatusFactory(pupil=zoe, provision="K", ends_on=date(2025, 1, 1))
    SupportStatusFactory(pupil=zoe, provision="E", starts_on=date(2025, 1, 2))
    SupportStatusFactory(pupil=lukasz, provision="K")
    NeedFactory(pupil=ravi, need_type="SLCN")
    NeedFactory(pupil=zoe, need_type="ASD")
    NeedFactory(pupil=zoe, need_type="SLCN", rank=2)
    NeedFactory(pupil=lukasz, need_type="SLCN", ends_on=TODAY - timedelta(days=1))
    NeedFactory(pupil=lukasz, need_type="HI")
    KeyWorkerFactory(pupil=ravi, user=key_worker)
    KeyWorkerFactory(pupil=lukasz, user=key_worker, ends_on=TODAY - timedelta(days=1))
    return class_of


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"year": "7"}, ["Łukasz N.", "Ravi P."]),
        ({"group": "7B"}, ["Ravi P."]),
        ({"need": "SLCN"}, ["Ravi P.", "Zoë O."]),
        ({"need": "HI"}, ["Łukasz N."]),
        ({"provision": "E"}, ["Ravi P.", "Zoë O."]),
        ({"provision": "K"}, ["Łukasz N."]),
        ({"year": "7", "need": "SLCN"}, ["Ravi P."]),
        ({"year": "12"}, ["Łukasz N.", "Ravi P.", "Zoë O."]),  # nobody has it any more: the filter falls away
        ({"provision": "K", "year": "10"}, []),
    ],
)
def test_filters_keep_what_is_so_today(client, senco, school, supported, query, found):
    client.force_login(senco)
    assert names_in(client.get(list_url(school), query)) == found


def test_the_key_worker_filter_asks_who_it_is_today(client, senco, school, supported, key_worker):
    client.force_login(senco)
    assert names_in(client.get(list_url(school), {"worker": key_worker.pk})) == ["Ravi P."]


def test_filters_in_use_are_shown_and_can_be_taken_off_one_by_one(client, senco, school, supported):
    client.force_login(senco)
    page = client.post(list_url(school), {"q": "r", "year": "7", "provision": "E", "page": "1"}, follow=True)
    mark = page.wsgi_request.GET["find"]
    assert [(chip.label, chip.words, chip.url) for chip in page.context["chips"]] == [
        ("Year", "Year 7", f"?provision=E&find={mark}"),
        ("Provision", "EHC plan", f"?year=7&find={mark}"),
    ]
    assert "Clear all filters" in said(page)


def test_counts_follow_the_filters_on_both_sides(client, senco, school, supported):
    PupilFactory(school=school, forename="Kai", surname="Bell", nc_year="7", left_on=TODAY - timedelta(days=1))
    client.force_login(senco)
    assert client.get(list_url(school)).context["counts"] == {"here": 3, "left": 1}
    assert client.get(list_url(school), {"year": "7"}).context["counts"] == {"here": 2, "left": 1}
    assert names_in(client.get(list_url(school), {"roll": "left"})) == ["Kai B."]


def test_a_last_day_and_a_first_day_are_said(client, senco, school):
    PupilFactory(school=school, forename="Last", surname="Day", left_on=TODAY)
    PupilFactory(school=school, forename="First", surname="Day", on_roll_from=TODAY + timedelta(days=9))
    client.force_login(senco)
    text = said(client.get(list_url(school)))
    assert "Last D. Leaves" in text
    assert "First D. Joins" in text


def test_a_list_shows_first_names_and_initials_only(client, senco, school, supported):
    client.force_login(senco)
    page = client.get(list_url(school)).content.decode()
    assert "Ravi P." in page
    assert "Patel" not in page
    assert "Ravindra" not in page


def test_an_office_sees_neither_needs_nor_provision_nor_their_filters(client, office, teacher, school, supported):
    client.force_login(office)
    page = client.get(list_url(school))
    assert len(names_in(page)) == 3
    for words in ("Needs", "Provision", "Speech", "EHC", 'name="need"', 'name="provision"', 'name="worker"'):
        assert words not in page.content.decode()
    assert len(names_in(client.get(list_url(school), {"need": "HI"}))) == 3  # no filter of theirs: it tells them nothing
    client.force_login(teacher)
    page = client.get(list_url(school))
    for words in ("Needs", "Provision", "Speech", "EHC", 'name="need"', 'name="provision"'):
        assert words in page.content.decode()


def test_a_key_worker_sees_own_pupils_and_nobody_else(client, key_worker, school, supported, member):
    client.force_login(key_worker)
    page = client.get(list_url(school))
    assert names_in(page) == ["Ravi P."]
    assert "Łukasz" not in said(page)
    client.force_login(member(school, Role.KEY_WORKER))
    assert "once your SENCO has made you their key worker" in said(client.get(list_url(school)))


def test_who_is_key_worker_of_nobody_by_another_role_finds_no_list(client, governor, key_worker, school, class_of):
    client.force_login(governor)
    assert client.get(list_url(school)).status_code == 404
    client.force_login(key_worker)
    assert client.get(list_url(school)).status_code == 200


def test_each_name_leads_to_what_the_person_may_open(client, senco, office, key_worker, school, supported):
    ravi = supported[0]
    client.force_login(senco)
    assert at("pupil", ravi) in client.get(list_url(school)).content.decode()
    client.force_login(office)
    page = client.get(list_url(school)).content.decode()
    assert at("pupil-contacts", ravi) in page
    assert f'"{at("pupil", ravi)}"' not in page


def test_an_empty_school_leads_to_the_import_those_who_may(client, senco, teacher, school):
    client.force_login(senco)
    page = client.get(list_url(school))
    assert "No pupils yet" in said(page)
    assert f"/schools/{school.slug}/imports/" in page.content.decode()
    client.force_login(teacher)
    page = client.get(list_url(school))
    assert "No pupils yet" in said(page)
    assert f"/schools/{school.slug}/imports/" not in page.content.decode()


def test_no_match_offers_the_whole_list_again(client, senco, school, class_of):
    client.force_login(senco)
    page = client.post(list_url(school), {"q": "nobody"}, follow=True)
    assert "No pupil matches" in said(page)
    assert f'href="{list_url(school)}"' in page.content.decode()


def test_nobody_has_left_is_said(client, senco, school, class_of):
    client.force_login(senco)
    assert "Nobody has left" in said(client.get(list_url(school), {"roll": "left"}))


def test_a_page_holds_25_and_links_keep_the_filters(client, senco, school):
    PupilFactory.create_batch(26, school=school, nc_year="7")
    PupilFactory(school=school, nc_year="8")
    client.force_login(senco)
    first = client.get(list_url(school), {"year": "7"})
    assert len(names_in(first)) == 25
    assert "?year=7&amp;page=2" in first.content.decode()
    assert len(names_in(client.get(list_url(school), {"year": "7", "page": "2"}))) == 1
    assert len(names_in(client.get(list_url(school), {"year": "7", "page": "99"}))) == 1


def test_typing_fetches_the_list_alone(client, senco, school, class_of):
    client.force_login(senco)
    part = client.post(list_url(school), {"q": "ravi"}, follow=True, headers={"HX-Request": "true"}).content.decode()
    assert "Ravi P." in part
    assert "1 pupil found." in part
    assert "<html" not in part
    assert "<form" not in part


def test_the_list_does_not_grow_in_queries(client, senco, school, key_worker):
    client.force_login(senco)
    client.get(list_url(school))  # the first visit notes the school in the session
    counts = []
    for already, how_many in ((0, 1), (1, 30)):
        for n in range(already, how_many):
            pupil = PupilFactory(school=school, registration_group=f"7{n}")
            SupportStatusFactory(pupil=pupil)
            NeedFactory(pupil=pupil)
            KeyWorkerFactory(pupil=pupil, user=key_worker)
        with at_most(MOST_QUERIES) as captured:
            assert len(names_in(client.get(list_url(school)))) == min(how_many, 25)
        counts.append(captured.sent)
    assert counts[0] == counts[1]


def test_no_name_stands_in_the_title(client, senco, school, class_of):
    client.force_login(senco)
    assert "<title>Pupils</title>" in client.get(list_url(school)).content.decode()
