"""Setting and closing a target through its pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from pupils.models import Pupil
from schools.tenancy import in_school
from targets.models import Target
from targets.services import import_language, publish_language
from tests.counting import assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import KeyWorkerFactory, PupilFactory, SupportStatusFactory
from tests.factories.targets import TargetFactory, strand_of
from tests.targets.languages import small

MARKUP = '<script>alert("x")</script>'


@pytest.fixture
def pupil(school) -> Pupil:
    CycleDatesFactory.around_today(school)
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


@pytest.fixture
def typed(school) -> dict[str, str]:
    return {
        "about": f"strand:{strand_of(school.partnership).key}",
        "looked_at": "strand:communicating",
        "wording": "I ask for help when I am stuck",
        "how_we_will_know": "I put my hand up.",
        "start": "1",
        "aim": "3",
        "review_on": (localdate() + timedelta(days=60)).isoformat(),
        "chosen_by_pupil": "yes",
    }


def new_url(pupil: Pupil) -> str:
    return reverse("target-new", args=[pupil.school.slug, pupil.public_id])


def close_url(target: Target) -> str:
    return reverse("target-close", args=[target.school.slug, target.public_id])


def targets_of(pupil: Pupil) -> list[Target]:
    with in_school(pupil.school):
        return list(Target.objects.filter(pupil=pupil).order_by("pk"))


def five_targets(pupil: Pupil) -> list[Target]:
    return [TargetFactory(pupil=pupil, slot=slot, wording=f"Target {slot}") for slot in range(1, 6)]


def test_a_senco_sets_a_target(client, senco, pupil, typed):
    client.force_login(senco)
    response = client.post(new_url(pupil), typed, follow=True)
    assert "The target is set." in response.text
    [target] = targets_of(pupil)
    assert (target.wording, target.start, target.aim, target.set_by, target.chosen_by_pupil) == (typed["wording"], 1, 3, senco, "yes")


@pytest.mark.parametrize("role", ["head", "office", "governor", "charlie"])
def test_nobody_else_sets_one(client, pupil, typed, role, request):
    client.force_login(request.getfixturevalue(role))
    assert client.get(new_url(pupil)).status_code == 404
    assert client.post(new_url(pupil), typed).status_code == 404
    assert targets_of(pupil) == []


def test_the_review_date_is_offered(client, senco, pupil, typed):
    client.force_login(senco)
    assert f'value="{localdate() + timedelta(days=128)}"' in client.get(f"{new_url(pupil)}?about=strand:communicating").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": "3", "aim": "2"}, "at or above the start"),
        ({"review_on": "2020-01-01"}, "review date that lies ahead"),
        ({"start": ""}, "Choose the step of today."),
        ({"aim": "5"}, "Select a valid choice"),
        ({"start": "x"}, "Select a valid choice"),
        ({"wording": "w" * 161}, "at most 160 characters"),
        ({"about": "strand:none", "looked_at": "strand:none"}, "not in the target language now"),
        ({"about": ""}, "Choose what it is about."),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_nothing_typed_is_lost(client, senco, pupil, typed, changes, words):
    client.force_login(senco)
    response = client.post(new_url(pupil), typed | changes)
    assert words in response.text
    assert "There is a problem" in response.text
    assert typed["how_we_will_know"] in response.text
    assert targets_of(pupil) == []


def test_a_strand_of_another_partnership_is_no_choice(client, senco, pupil, typed, foreign_school):
    client.force_login(senco)
    import_language(partnership=foreign_school.partnership, content=small("asking", strand="theirs"), by=None)
    publish_language(partnership=foreign_school.partnership, by=None)
    theirs = {"about": "skill:asking", "looked_at": "skill:asking"}
    assert "not in the target language now" in client.post(new_url(pupil), typed | theirs).text
    assert targets_of(pupil) == []


def test_without_a_language_the_page_says_what_to_do(client, senco, pupil):
    client.force_login(senco)
    assert "manage.py start_language --partnership own" in client.get(new_url(pupil)).text


def test_a_pupil_who_left_gets_no_target(client, senco, school, typed):
    CycleDatesFactory.around_today(school)
    left = PupilFactory(school=school, left_on=localdate() - timedelta(days=1))
    client.force_login(senco)
    assert "This pupil has left" in client.post(new_url(left), typed, follow=True).text
    assert targets_of(left) == []


def test_the_sixth_target_asks_which_to_close(client, senco, pupil, typed):
    five = five_targets(pupil)
    client.force_login(senco)
    response = client.post(new_url(pupil), typed)
    assert "Five targets are the most. Choose the one that closes." in response.text
    assert typed["wording"] in response.text
    assert len(targets_of(pupil)) == 5
    client.post(new_url(pupil), typed | {"instead_of": five[1].public_id, "step": "3"})
    assert [target.slot for target in targets_of(pupil)] == [1, None, 3, 4, 5, 2]


def test_the_sixth_target_cannot_close_another_pupils(client, senco, pupil, typed):
    five_targets(pupil)
    other = TargetFactory(pupil=PupilFactory(school=pupil.school))
    client.force_login(senco)
    client.post(new_url(pupil), typed | {"instead_of": other.public_id, "step": "3"})
    assert targets_of(other.pupil)[0].status == Target.Status.ACTIVE
    assert len(targets_of(pupil)) == 5


def test_a_target_is_closed_with_its_step(client, senco, pupil):
    target = TargetFactory(pupil=pupil, aim=3)
    client.force_login(senco)
    client.post(close_url(target), {"step": "3"})
    [closed] = targets_of(pupil)
    assert (closed.status, closed.closing_step) == ("achieved", 3)


@pytest.mark.parametrize(
    ("typed", "words"),
    [({}, "Choose a step, or “Not seen”."), ({"step": "1"}, "Say why the target ends"), ({"step": "x"}, "Say why the target ends")],
)
def test_a_target_is_not_closed_without_a_step_and_a_reason(client, senco, pupil, typed, words):
    target = TargetFactory(pupil=pupil, aim=3)
    client.force_login(senco)
    assert words in client.post(close_url(target), typed).text
    assert targets_of(pupil)[0].status == Target.Status.ACTIVE


def test_a_target_closed_meanwhile_is_said_so(client, senco, pupil):
    target = TargetFactory.closed(pupil=pupil)
    client.force_login(senco)
    assert "closed already" in client.post(close_url(target), {"step": "3"}, follow=True).text


def test_a_target_of_another_school_is_not_found(client, charlie, senco, pupil):
    target = TargetFactory(pupil=pupil)
    client.force_login(charlie)
    assert client.post(close_url(target), {"step": "3"}).status_code == 404
    foreign = reverse("target-close", args=["foreign-school", target.public_id])
    assert client.post(foreign, {"step": "3"}).status_code == 404


def page(pupil: Pupil) -> str:
    return reverse("pupil-targets", args=[pupil.school.slug, pupil.public_id])


def test_the_page_of_targets_shows_words_steps_and_dates(client, senco, pupil):
    TargetFactory(pupil=pupil, wording="I ask for help", start=1, aim=3)
    TargetFactory.closed(pupil=pupil, wording="I wait my turn")
    client.force_login(senco)
    text = client.get(page(pupil)).text
    assert "I ask for help" in text
    assert "Earlier targets" in text
    assert "Set a target" in text


def test_a_teacher_reads_targets_without_the_buttons(client, teacher, pupil):
    SupportStatusFactory(pupil=pupil)
    target = TargetFactory(pupil=pupil)
    client.force_login(teacher)
    text = client.get(page(pupil)).text
    assert target.wording in text
    assert "Set a target" not in text
    assert close_url(target) not in text


def test_a_key_worker_sees_own_pupils_targets_only(client, key_worker, pupil):
    client.force_login(key_worker)
    assert client.get(page(pupil)).status_code == 404
    KeyWorkerFactory(pupil=pupil, user=key_worker)
    assert client.get(page(pupil)).status_code == 200


def test_markup_in_what_was_typed_stays_words(client, senco, pupil, typed):
    client.force_login(senco)
    client.post(new_url(pupil), typed | {"wording": MARKUP, "how_we_will_know": MARKUP})
    text = client.get(page(pupil)).text
    assert MARKUP not in text
    assert "&lt;script&gt;" in text


def test_the_page_of_targets_does_not_grow_in_queries(client, senco, pupil):
    TargetFactory(pupil=pupil)
    client.force_login(senco)
    assert_does_not_grow(client, page(pupil), lambda: [TargetFactory.closed(pupil=pupil) for _ in range(29)], at_most=12)
