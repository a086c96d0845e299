"""Writing a profile: short enough for one page, and two people who write at once lose nothing."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from pupils.forms import merging
from pupils.models import Profile, ProfileEdition
from pupils.services import merging as merging_service
from pupils.services.profiles import BLANK, MOST_WORDS, save_profile, words_in
from schools.merge import Merge
from schools.tenancy import in_school
from tests.factories.pupils import PupilFactory, SupportStatusFactory
from tests.pupils.pages import at, audited, hidden, said

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
WORDS = {"liked_for": "I am kind.", "matters": "Trains.", "support": "Give me time.", "dream": "To drive a train.", "told_on": ""}


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


@pytest.fixture
def written(pupil, senco):
    """A profile that is there already."""
    with in_school(pupil.school):
        save_profile(pupil=pupil, base=BLANK, values=WORDS | {"told_on": None}, by=senco)
    return now(pupil)


def now(pupil):
    with in_school(pupil.school):
        return Profile.objects.filter(pupil=pupil).first()


def editions(pupil):
    with in_school(pupil.school):
        return list(ProfileEdition.objects.filter(pupil=pupil))


def open_form(client, pupil):
    """What the page sends back unless something is typed."""
    page = client.get(at("profile-edit", pupil))
    assert page.status_code == 200
    form = page.context["form"]
    return {name: form[name].value() or "" for name in (*WORDS, "opened")}


def test_a_first_profile_is_written_and_noted_once(client, senco, school, pupil):
    client.force_login(senco)
    response = client.post(at("profile-edit", pupil), open_form(client, pupil) | WORDS | {"told_on": "2026-09-09"}, follow=True)
    assert response.redirect_chain == [(at("pupil", pupil), 302)]
    assert "Profile saved." in said(response)
    assert "Ravi’s own words, 9 September 2026." in said(response)
    profile = now(pupil)
    assert (profile.support, profile.version, profile.changed_by) == ("Give me time.", 1, senco)
    assert editions(pupil) == []
    assert audited(school, "profile.edit") == 1


def test_lines_are_tidied_and_nothing_else(client, senco, pupil):
    client.force_login(senco)
    client.post(at("profile-edit", pupil), open_form(client, pupil) | {"matters": "  My   nan \r\n\r\n\r\nTrains.  "})
    assert now(pupil).matters == "My nan\nTrains."


def test_a_change_keeps_what_it_said_before(client, senco, head, school, pupil, written):
    client.force_login(senco)
    client.post(at("profile-edit", pupil), open_form(client, pupil) | {"dream": "To build trains."})
    assert (now(pupil).dream, now(pupil).version) == ("To build trains.", 2)
    assert [(kept.version, kept.dream, kept.is_set_aside) for kept in editions(pupil)] == [(1, "To drive a train.", False)]


def test_saving_without_a_change_writes_nothing(client, senco, school, pupil, written):
    client.force_login(senco)
    client.post(at("profile-edit", pupil), open_form(client, pupil))
    assert now(pupil).version == 1
    assert editions(pupil) == []
    assert audited(school, "profile.edit") == 1


def test_an_empty_first_profile_writes_nothing(client, senco, school, pupil):
    client.force_login(senco)
    client.post(at("profile-edit", pupil), open_form(client, pupil))
    assert now(pupil) is None
    assert audited(school, "profile.edit") == 0


@pytest.mark.parametrize("lines", [5, 6])
def test_a_part_holds_five_lines(client, senco, pupil, lines):
    typed = "\n".join(f"line {n}" for n in range(lines))
    client.force_login(senco)
    response = client.post(at("profile-edit", pupil), open_form(client, pupil) | {"support": typed})
    assert response.status_code == (302 if lines == 5 else 200)
    if lines == 6:
        assert response.context["form"].errors == {"support": ["Keep this part to 5 lines. It has 6."]}
        assert typed in response.content.decode()
        assert now(pupil) is None


@pytest.mark.parametrize("words", [MOST_WORDS, MOST_WORDS + 1])
def test_a_page_holds_150_words_in_all_and_the_longest_part_is_told(client, senco, pupil, words):
    typed = {"liked_for": " ".join(["kind"] * 50), "matters": " ".join(["tea"] * (words - 50))}
    client.force_login(senco)
    response = client.post(at("profile-edit", pupil), open_form(client, pupil) | typed)
    assert response.status_code == (302 if words == MOST_WORDS else 200)
    if words > MOST_WORDS:
        told = "The page holds 150 words and has 151: take 1 out, here or elsewhere."
        assert response.context["form"].errors == {"matters": [told]}
        assert "151 of 150 words" in said(response)


def test_a_part_of_endless_words_and_a_day_to_come_are_refused(client, senco, pupil):
    client.force_login(senco)
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    response = client.post(at("profile-edit", pupil), open_form(client, pupil) | {"dream": "x" * 601, "told_on": tomorrow})
    assert set(response.context["form"].errors) == {"dream", "told_on"}
    assert tomorrow in response.content.decode()


def test_two_people_on_different_parts_are_put_together_without_a_question(client, senco, head, school, pupil, written):
    client.force_login(senco)
    opened = open_form(client, pupil)
    with in_school(school):
        save_profile(pupil=pupil, base=written.values(), values=written.values() | {"matters": "Trains and nan."}, by=head)
    response = client.post(at("profile-edit", pupil), opened | {"dream": "To fly."}, follow=True)
    assert "What somebody else changed meanwhile is kept too: “What matters to me”." in said(response)
    assert (now(pupil).matters, now(pupil).dream, now(pupil).version) == ("Trains and nan.", "To fly.", 3)


@pytest.fixture
def clash(client, senco, head, school, pupil, written):
    """Both changed the dream; only the head changed what matters; only the SENCO how to support."""
    client.force_login(senco)
    opened = open_form(client, pupil)
    with in_school(school):
        theirs = written.values() | {"dream": "To fly.", "matters": "Nan."}
        save_profile(pupil=pupil, base=written.values(), values=theirs, by=head)
    return client.post(at("profile-edit", pupil), opened | {"dream": "To swim\nand dive.", "support": "Wait for me."})


def test_both_texts_are_shown_and_nothing_is_chosen_beforehand(clash, head, pupil):
    assert clash.status_code == 409
    page, text = clash.content.decode(), said(clash)
    assert f"{head.name} changed this profile at" in text
    assert "Theirs To fly. Yours To swim and dive." in text
    assert "See what it was before To drive a train." in text
    assert page.count('type="radio"') == 2
    assert "checked" not in page
    assert now(pupil).version == 2
    assert "<title>Pupil</title>" in page  # a question is no error


def answer(client, pupil, clash, choice):
    return client.post(at("profile-edit", pupil), hidden(clash) | choice, follow=True)


def test_mine_is_kept_and_theirs_stays_as_an_edition(client, clash, pupil):
    answer(client, pupil, clash, {"keep-dream": "mine"})
    assert now(pupil).values() == {
        "liked_for": "I am kind.", "matters": "Nan.", "support": "Wait for me.", "dream": "To swim\nand dive.", "told_on": None,
    }  # fmt: skip
    assert {(kept.version, kept.dream) for kept in editions(pupil)} == {(1, "To drive a train."), (2, "To fly.")}


def test_theirs_is_kept_and_mine_is_set_aside_for_the_timeline(client, clash, pupil):
    answer(client, pupil, clash, {"keep-dream": "theirs"})
    assert (now(pupil).dream, now(pupil).support) == ("To fly.", "Wait for me.")
    assert [kept.dream for kept in editions(pupil) if kept.is_set_aside] == ["To swim\nand dive."]
    assert "To swim" in said(client.get(at("pupil-timeline", pupil)))


def test_an_answer_without_a_choice_asks_again_and_loses_nothing(client, clash, pupil):
    again = answer(client, pupil, clash, {})
    assert again.status_code == 409
    text = said(again)
    assert "Choose which one to keep" in text
    assert "Choose one." in text
    assert "Theirs To fly. Yours To swim and dive." in text
    assert now(pupil).version == 2
    answer(client, pupil, again, {"keep-dream": "mine"})
    assert now(pupil).dream == "To swim\nand dive."


def test_a_third_change_during_the_question_asks_once_more(client, clash, pupil, school, head):
    with in_school(school):
        save_profile(pupil=pupil, base=now(pupil).values(), values=now(pupil).values() | {"dream": "To rest."}, by=head)
    again = answer(client, pupil, clash, {"keep-dream": "mine"})
    assert again.status_code == 409
    assert "Theirs To rest. Yours To swim and dive." in said(again)


def test_what_does_not_fit_together_is_given_back_to_be_shortened(client, senco, head, school, pupil, written):
    client.force_login(senco)
    opened = open_form(client, pupil)
    with in_school(school):
        save_profile(pupil=pupil, base=written.values(), values=written.values() | {"liked_for": " ".join(["kind"] * 90)}, by=head)
    response = client.post(at("profile-edit", pupil), opened | {"matters": " ".join(["tea"] * 80)})
    assert response.status_code == 200
    assert "has 177" in said(response)
    assert response.context["form"]["matters"].value().count("tea") == 80
    assert response.context["form"]["liked_for"].value().count("kind") == 90
    assert words_in(now(pupil).values()) < MOST_WORDS


def test_a_torn_seal_asks_about_every_difference(client, senco, pupil, written):
    client.force_login(senco)
    sent = open_form(client, pupil) | {"opened": "torn:by:hand", "dream": "To fly."}
    response = client.post(at("profile-edit", pupil), sent)
    assert response.status_code == 409
    assert [choice.name for choice in response.context["form"].choices()] == ["keep-dream"]
    assert now(pupil).dream == "To drive a train."


def test_a_seal_holds_what_the_page_showed_and_nobody_can_write_one(client, senco, pupil, written):
    client.force_login(senco)
    opened = open_form(client, pupil)["opened"]
    assert signing.loads(opened, salt=merging.SALT, serializer=merging._Packing)["now"]["dream"] == "To drive a train."
    with pytest.raises(signing.BadSignature):
        signing.loads(opened, salt="another")


def test_a_merge_that_does_not_look_would_overwrite_in_silence(client, senco, head, school, pupil, written, monkeypatch):
    """The control: with the comparison off, the second save wins unasked."""
    monkeypatch.setattr(merging_service, "merge", lambda *, base, theirs, mine: Merge(dict(mine), (), ()))
    client.force_login(senco)
    opened = open_form(client, pupil)
    with in_school(school):
        save_profile(pupil=pupil, base=written.values(), values=written.values() | {"dream": "To fly."}, by=head)
    assert client.post(at("profile-edit", pupil), opened | {"dream": "To swim."}).status_code == 302
    assert now(pupil).dream == "To swim."


def test_a_row_that_moved_between_reading_and_writing_is_merged_again(senco, head, school, pupil, written, monkeypatch):
    """Somebody saves after the row was read and before it is written: the version does not fit, and the merge is done anew."""
    real, calls = merging_service.merge, []

    def interrupted(*, base, theirs, mine):
        calls.append(theirs["matters"])
        if len(calls) == 1:
            Profile.objects.filter(pupil=pupil).update(matters="Nan.", version=2)
        return real(base=base, theirs=theirs, mine=mine)

    monkeypatch.setattr(merging_service, "merge", interrupted)
    with in_school(school):
        save_profile(pupil=pupil, base=written.values(), values=written.values() | {"dream": "To fly."}, by=senco)
    assert calls == ["Trains.", "Nan."]
    assert (now(pupil).matters, now(pupil).dream, now(pupil).version) == ("Nan.", "To fly.", 3)


def test_a_profile_of_a_pupil_who_left_meanwhile_is_not_written_and_not_lost(client, senco, school, pupil, written):
    client.force_login(senco)
    opened = open_form(client, pupil)
    with in_school(school):
        type(pupil).objects.filter(pk=pupil.pk).update(left_on=TODAY - timedelta(days=1))
    response = client.post(at("profile-edit", pupil), opened | {"dream": "To fly."})
    assert "Nothing was saved" in said(response)
    assert "To fly." in response.content.decode()
    assert now(pupil).version == 1


def test_markup_in_a_profile_stays_text(client, senco, pupil):
    client.force_login(senco)
    client.post(at("profile-edit", pupil), open_form(client, pupil) | {"dream": "<script>alert(1)</script>", "support": "<b>a</b>\nb"})
    client.post(at("profile-edit", pupil), open_form(client, pupil) | {"dream": "x", "support": "c"})
    for name in ("pupil", "pupil-timeline", "profile-print", "profile-edit"):
        page = client.get(at(name, pupil)).content.decode()
        assert "<script>alert" not in page
        assert "<b>a</b>" not in page


def test_a_print_without_a_profile_leads_back(client, senco, pupil):
    client.force_login(senco)
    assert client.get(at("profile-print", pupil)).url == at("pupil", pupil)


def test_a_sheet_for_the_wall_says_no_provision(client, senco, pupil, written):
    SupportStatusFactory(pupil=pupil, provision="E")
    client.force_login(senco)
    assert "EHC plan" in said(client.get(at("pupil", pupil)))
    text = said(client.get(at("profile-print", pupil)))
    assert "To drive a train." in text
    assert "contains personal information" in text
    assert "EHC plan" not in text


def test_a_nul_is_refused_at_the_field(client, senco, pupil):
    client.force_login(senco)
    response = client.post(at("profile-edit", pupil), open_form(client, pupil) | {"dream": "a\x00b", "support": "Time."})
    assert set(response.context["form"].errors) == {"dream"}
    assert now(pupil) is None
