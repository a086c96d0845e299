"""A pupil's overview and timeline: what is told, in what order, and what stands there while there is nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.models import Contact
from pupils.services.profiles import BLANK, save_profile
from pupils.views import frame
from pupils.words import class_words
from schools.tenancy import in_school
from tests.factories.pupils import ContactFactory, KeyWorkerFactory, NeedFactory, ProfileFactory, PupilFactory, SupportStatusFactory
from tests.pupils.pages import MOST_QUERIES, at, at_most, said

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school, forename="Ravi", surname="Patel", nc_year="3", registration_group="Maple")


def test_the_head_line_says_class_key_worker_and_provision(client, senco, pupil, member, school):
    SupportStatusFactory(pupil=pupil, provision="K")
    KeyWorkerFactory(pupil=pupil, user=member(school, "teacher", name="Tom Reed"), cover_until=TODAY)
    KeyWorkerFactory(pupil=pupil, user=member(school, "key_worker", name="Amira Khan"))
    client.force_login(senco)
    assert "Year 3 · Maple · key workers Amira Khan and Tom Reed · SEN support" in said(client.get(at("pupil", pupil)))


def test_a_pupil_without_anything_has_a_page_that_says_what_to_do(client, senco, teacher, pupil):
    client.force_login(senco)
    text = said(client.get(at("pupil", pupil)))
    for words in (
        "No profile yet",
        "Start with Ravi",
        "Write the profile",
        "Nobody yet.",
        "Nothing is recorded.",
        "No contacts are recorded.",
    ):
        assert words in text
    SupportStatusFactory(pupil=pupil)
    client.force_login(teacher)
    text = said(client.get(at("pupil", pupil)))
    assert "Start with Ravi" in text
    assert "Write the profile" not in text


def test_needs_and_provision_stand_with_their_dates(client, senco, pupil):
    SupportStatusFactory(
        pupil=pupil, provision="E", starts_on=date(2025, 2, 1), plan_issued_on=date(2025, 2, 3), next_annual_review_on=date(2027, 2, 3)
    )
    NeedFactory(pupil=pupil, need_type="ASD", rank=2)
    NeedFactory(pupil=pupil, need_type="SLCN", rank=1, starts_on=date(2024, 10, 1))
    NeedFactory(pupil=pupil, need_type="HI", rank=3, ends_on=TODAY - timedelta(days=1))
    client.force_login(senco)
    text = said(client.get(at("pupil", pupil)))
    assert "Education, health and care plan since 1 February 2025" in text
    assert "Plan issued 3 February 2025" in text
    assert "Next annual review 3 February 2027" in text
    assert "Main need Speech, language and communication needs since 1 October 2024 Further need Autistic spectrum disorder" in text
    assert "Further need Hearing" not in text


def test_restrictions_of_contacts_are_said_plainly(client, senco, pupil):
    ContactFactory(pupil=pupil, surname="Barred", no_contact=True, may_receive="none", order="read", order_reference="TB1")
    ContactFactory(pupil=pupil, surname="Unread", order="to_check")
    ContactFactory(pupil=pupil, surname="Safe", address="9 Hidden Way", address_confidential=True)
    client.force_login(senco)
    text = said(client.get(at("pupil-contacts", pupil)))
    assert "Barred No contact Court order No letters No contact. Nothing about Ravi goes to this person." in text
    assert "An order is recorded and nobody has read it yet. Until then every letter about Ravi is held back." in text
    assert "9 Hidden Way TS1 1ST Confidential: show it to nobody else." in text


def test_tabs_lead_to_pages_that_exist_and_that_the_person_may_open(client, senco, teacher, office, pupil):
    client.force_login(senco)
    assert [tab.label for tab in client.get(at("pupil", pupil)).context["tabs"]][:4] == ["Overview", "Targets", "One-to-ones", "Timeline"]
    SupportStatusFactory(pupil=pupil)
    client.force_login(teacher)
    assert "Contacts" not in [tab.label for tab in client.get(at("pupil", pupil)).context["tabs"]]
    client.force_login(office)
    tabs = client.get(at("pupil-contacts", pupil)).context["tabs"]
    assert "Overview" not in [tab.label for tab in tabs]
    assert "Contacts" in [tab.label for tab in tabs]
    assert all(client.get(tab.url).status_code == 200 for tab in tabs)


def told(response):
    return [(event.on, event.title) for event in response.context["page"].object_list]


def test_the_timeline_is_told_newest_first_and_not_ahead_of_time(client, senco, pupil, member, school):
    SupportStatusFactory(pupil=pupil, provision="K", starts_on=date(2024, 10, 1), ends_on=date(2025, 1, 31))
    SupportStatusFactory(pupil=pupil, provision="E", starts_on=date(2025, 2, 1), next_annual_review_on=TODAY + timedelta(days=30))
    NeedFactory(pupil=pupil, need_type="HI", starts_on=date(2024, 9, 20), ends_on=date(2025, 5, 1))
    KeyWorkerFactory(
        pupil=pupil, user=member(school, "teacher", name="Tom Reed"), starts_on=date(2025, 3, 1), ends_on=TODAY + timedelta(days=3)
    )
    client.force_login(senco)
    assert told(client.get(at("pupil-timeline", pupil))) == [
        (date(2025, 5, 1), "Need no longer recorded: Hearing impairment"),
        (date(2025, 3, 1), "Tom Reed became key worker"),
        (date(2025, 2, 1), "Education, health and care plan from this day"),
        (date(2024, 10, 1), "SEN support from this day"),
        (date(2024, 9, 20), "Need recorded: Hearing impairment"),
        (date(2024, 9, 1), "Joined the school"),
    ]


def test_the_timeline_keeps_what_a_profile_said_before(client, senco, head, pupil, school):
    with in_school(school):
        first = BLANK | {"support": "Give me time."}
        save_profile(pupil=pupil, base=BLANK, values=first, by=senco)
        save_profile(pupil=pupil, base=first, values=first | {"support": "Use my card."}, by=head, set_aside={"dream": "To fly."})
    client.force_login(senco)
    page = client.get(at("pupil-timeline", pupil))
    assert {title for _, title in told(page)} >= {"Profile written", "Profile changed", "Also written for the profile, and not chosen"}
    text = said(page)
    assert "How best to support me. By " + head.name in text
    assert "What it said before How best to support me Give me time." in text
    assert "What it said My dream To fly." in text


def test_a_timeline_page_holds_twenty_and_links_to_the_next(client, senco, pupil):
    for n in range(12):
        NeedFactory(pupil=pupil, need_type=f"N{n}", starts_on=date(2024, 10, 1), ends_on=date(2025, 1, n + 1))
    client.force_login(senco)
    first = client.get(at("pupil-timeline", pupil))
    assert len(told(first)) == 20
    assert "?page=2" in first.content.decode()
    assert told(client.get(at("pupil-timeline", pupil), {"page": 2}))[-1] == (date(2024, 9, 1), "Joined the school")
    assert "The whole timeline" in said(client.get(at("pupil", pupil)))


def test_the_pages_do_not_grow_in_queries(client, senco, pupil, member, school):
    ProfileFactory(pupil=pupil)
    SupportStatusFactory(pupil=pupil, starts_on=date(2025, 9, 1))
    client.force_login(senco)
    client.get(at("pupil", pupil))
    counts = []
    for already, how_many in ((0, 1), (1, 30)):
        for n in range(already, how_many):
            NeedFactory(pupil=pupil, need_type=f"N{n}")
            ContactFactory(pupil=pupil)
            KeyWorkerFactory(pupil=pupil, user=member(school, "teacher"))
            SupportStatusFactory(pupil=pupil, starts_on=date(2024, 9, 1) + timedelta(days=n), ends_on=date(2024, 9, 1) + timedelta(days=n))
        for name in ("pupil", "pupil-timeline", "pupil-contacts", "key-workers"):
            with at_most(MOST_QUERIES + (3 if name == "pupil" else 1)) as captured:  # one says when the pupil spoke, two what helps
                assert client.get(at(name, pupil)).status_code == 200
            counts.append(captured.sent)
    assert counts[:4] == counts[4:]


def test_a_tab_without_a_page_is_left_out(client, senco, pupil, monkeypatch):
    monkeypatch.setattr(frame, "TABS", (*frame.TABS, ("Diary", "no-such-page")))
    client.force_login(senco)
    assert "Diary" not in [tab.label for tab in client.get(at("pupil", pupil)).context["tabs"]]


def test_a_pupil_who_is_followed_without_send_says_why(client, senco, school):
    pupil = PupilFactory(school=school, followed_because="New to the country", followed_since=date(2025, 9, 1))
    client.force_login(senco)
    assert "In the programme because New to the country since 1 September 2025" in said(client.get(at("pupil", pupil)))
    assert (date(2025, 9, 1), "Followed in the programme") in told(client.get(at("pupil-timeline", pupil)))


@pytest.mark.parametrize(
    ("year", "group", "words"),
    [
        ("N1", "", "Nursery 1"),
        ("R", "Acorn", "Reception · Acorn"),
        ("X", "", "No year group"),
        ("7", "7B", "7B"),
        ("10", "C1", "Year 10 · C1"),
    ],
)
def test_a_class_and_a_year_are_said_once(year, group, words):
    assert class_words(year, group) == words


def test_a_letter_language_without_a_name_speaks_for_itself():
    assert Contact(letter_language="urd").language_words == "Urdu"
    assert Contact(letter_language="tlh").language_words == "tlh"
