"""The form of a new target: what it is about, the steps in sight, the words suggested, and hints that stop nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from pupils.models import Pupil
from schools.models import Programme, School
from schools.tenancy import in_school
from targets.models import Target
from targets.services import import_language, publish_language
from targets.services.language import starter
from tests.counting import asked_by, assert_does_not_grow
from tests.factories.assessments import CycleDatesFactory
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, strand_of
from tests.targets.languages import small

MARKUP = '<script>alert("x")</script>'
ASKING = next(starter().skills())
SKILL = "skill:asking-for-help"


@pytest.fixture
def pupil(school) -> Pupil:
    CycleDatesFactory.around_today(school)
    strand_of(school.partnership)
    return PupilFactory(school=school, forename="Ravi", surname="Patel")


@pytest.fixture
def typed() -> dict[str, str]:
    return {
        "about": SKILL,
        "looked_at": SKILL,
        "wording": "I ask for help when I am stuck",
        "how_we_will_know": "I put my hand up.",
        "start": "1",
        "aim": "3",
        "review_on": (localdate() + timedelta(days=60)).isoformat(),
        "chosen_by_pupil": "yes",
    }


@pytest.fixture
def signed_in(client, senco):
    client.force_login(senco)
    return client


def url(pupil: Pupil, about: str = "") -> str:
    page = reverse("target-new", args=[pupil.school.slug, pupil.public_id])
    return f"{page}?about={about}" if about else page


def targets_of(pupil: Pupil) -> list[Target]:
    with in_school(pupil.school):
        return list(Target.objects.filter(pupil=pupil))


def test_first_it_asks_what_it_is_about(signed_in, pupil):
    text = signed_in.get(url(pupil)).text
    for about in (SKILL, "strand:communicating", "academic"):
        assert f'href="?about={about}"' in text
    assert 'name="wording"' not in text


def test_what_is_not_in_the_language_is_asked_again(signed_in, pupil):
    assert 'name="wording"' not in signed_in.get(url(pupil, "skill:none")).text


@pytest.mark.parametrize("age", Programme.Age.values)
def test_all_five_steps_of_the_skill_are_in_sight_in_staff_words_and_the_programmes_pupil_words(signed_in, school, pupil, age):
    Programme.objects.filter(pk=school.programme_id).update(age=age)
    rungs = signed_in.get(url(pupil, SKILL)).context["rungs"]
    assert [(rung.staff, rung.pupil) for rung in rungs] == [(step.staff, getattr(step, age)) for step in ASKING.steps]


def test_the_words_of_the_skill_are_suggested_but_not_those_of_its_lowest_step(signed_in, school, pupil):
    age = school.programme.age
    response = signed_in.get(url(pupil, SKILL))
    assert response.context["suggested"] == [getattr(step, age) for step in ASKING.steps[1:]]
    assert '<datalist id="suggested">' in response.text
    assert 'list="suggested"' in response.text


def test_own_words_in_a_strand_are_helped_by_the_words_of_all_its_skills(signed_in, school, pupil):
    suggested = signed_in.get(url(pupil, "strand:communicating")).context["suggested"]
    strand = starter().strands[0]
    assert suggested == [getattr(step, school.programme.age) for skill in strand.skills for step in skill.steps[1:]]


def test_a_soft_skill_target_is_set(signed_in, pupil, typed):
    signed_in.post(url(pupil), typed)
    [target] = targets_of(pupil)
    with in_school(pupil.school):
        assert (target.kind, target.skill.key, target.strand.key) == ("soft-skill", "asking-for-help", "communicating")


def test_an_academic_target_asks_for_its_subject(signed_in, pupil, typed):
    academic = typed | {"about": "academic", "looked_at": "academic"}
    assert "Write the subject." in signed_in.post(url(pupil), academic).text
    signed_in.post(url(pupil), academic | {"subject": "Maths"})
    [target] = targets_of(pupil)
    assert (target.kind, target.subject, target.strand_id) == ("academic", "Maths", None)


def test_a_subject_typed_before_a_skill_was_chosen_is_left_out(signed_in, pupil, typed):
    signed_in.post(url(pupil), typed | {"subject": "Maths"})
    assert targets_of(pupil)[0].subject == ""


@pytest.mark.parametrize("asked", [{"look": "1"}, {}], ids=["asked for", "not asked for"])
def test_the_steps_of_something_else_are_shown_before_a_choice_among_them_counts(signed_in, pupil, typed, asked):
    other = typed | {"about": "skill:working-together"} | asked
    response = signed_in.post(url(pupil), other)
    assert targets_of(pupil) == []
    assert "Relationships: Working together." in response.text
    assert typed["wording"] in response.text
    assert typed["how_we_will_know"] in response.text
    assert response.context["form"]["looked_at"].value() == "skill:working-together"
    assert "There is a problem" not in response.text
    signed_in.post(url(pupil), other | {"looked_at": "skill:working-together"} if not asked else typed)
    assert len(targets_of(pupil)) == 1


def test_hints_stop_nothing(signed_in, pupil, typed):
    text = signed_in.post(url(pupil), typed | {"wording": "Better behaviour"}, follow=True).text
    assert "The target is set." in text
    assert "It says no doing word." in text
    assert len(targets_of(pupil)) == 1


def test_hints_stand_beside_words_that_are_shown_again(signed_in, pupil, typed):
    assert "It says no doing word." in signed_in.post(url(pupil), typed | {"wording": "Better manners", "aim": ""}).text


def test_hints_while_typing_know_the_schools_own_list(signed_in, school):
    School.objects.filter(pk=school.pk).update(words_to_avoid="golden time")
    page = reverse("target-hints", args=[school.slug])
    text = signed_in.post(page, {"wording": f"I earn golden time {MARKUP}"}).text
    assert "“golden time”" in text
    assert "<script>" not in text
    assert signed_in.post(page, {"wording": "I ask for help"}).text.strip() == ""
    assert signed_in.get(page).status_code == 405


def test_words_to_avoid_are_a_setting_of_the_school(signed_in, school):
    page = reverse("school-settings", args=[school.slug])
    form = {field.html_name: field.value() for field in signed_in.get(page).context["form"] if field.value() not in (None, False)}
    signed_in.post(page, form | {"words_to_avoid": "golden time, carpet"})
    school.refresh_from_db()
    assert school.words_to_avoid == "golden time, carpet"


@pytest.mark.parametrize("field", ["wording", "how_we_will_know", "subject"])
def test_markup_in_every_field_stays_words_in_the_form_and_on_the_page(signed_in, pupil, typed, field):
    academic = typed | {"about": "academic", "looked_at": "academic", "subject": "Maths"} | {field: MARKUP}
    assert MARKUP not in signed_in.post(url(pupil), academic | {"aim": ""}).text
    text = signed_in.post(url(pupil), academic, follow=True).text
    assert MARKUP not in text
    assert "&lt;script&gt;" in text


def test_a_skill_that_a_newer_version_left_out_is_asked_for_again(signed_in, school, pupil, typed):
    import_language(partnership=school.partnership, content=small("telling"), by=None)
    publish_language(partnership=school.partnership, by=None)
    response = signed_in.post(url(pupil), typed)
    assert "This is not in the target language now." in response.text
    assert typed["wording"] in response.text
    assert targets_of(pupil) == []


def test_a_form_sent_twice_makes_one_target(signed_in, pupil, typed):
    signed_in.post(url(pupil), typed)
    assert "works towards a target in these words already" in signed_in.post(url(pupil), typed).text
    assert len(targets_of(pupil)) == 1


def test_somebody_elses_fifth_target_meanwhile_is_said_and_then_asked_about(signed_in, senco, pupil, typed, monkeypatch):
    """The form was opened with a free slot, and the slot is taken when it is sent."""
    five = [TargetFactory(pupil=pupil, slot=slot, wording=f"Target {slot}") for slot in range(1, 6)]
    monkeypatch.setattr("targets.views.targets.SLOTS", (1, 2, 3, 4, 5, 6))  # this request still believes in a free slot
    assert "This pupil has five targets." in signed_in.post(url(pupil), typed).text
    monkeypatch.undo()
    assert "Which target closes?" in signed_in.post(url(pupil), typed).text
    assert len(targets_of(pupil)) == len(five)


@pytest.mark.parametrize("about", ["", SKILL, "strand:communicating"])
def test_the_page_does_not_grow_in_queries_with_the_pupils_targets(signed_in, pupil, about):
    def more() -> None:
        for _ in range(29):
            TargetFactory.closed(pupil=pupil)

    assert_does_not_grow(signed_in, url(pupil, about), more, at_most=16)


def test_the_page_asks_as_much_of_a_large_language_as_of_a_small_one(signed_in, school, pupil):
    signed_in.get(url(pupil))  # that the pupil was looked at is noted once
    large = len(asked_by(signed_in, url(pupil)))
    import_language(partnership=school.partnership, content=small("telling"), by=None)
    publish_language(partnership=school.partnership, by=None)
    assert len(asked_by(signed_in, url(pupil))) == large
