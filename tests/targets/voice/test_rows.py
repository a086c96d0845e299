"""What a pupil said is kept as words and pictures: no number, nothing that could run, nothing beside "I don't want to say"."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction

from schools.tenancy import in_school
from targets.models import Voice, VoiceScale, VoiceVisit
from targets.models.voice import DRAWING
from tests.factories.pupils import PupilFactory
from tests.factories.targets import TargetFactory, VoiceVisitFactory

WORDS_AND_KEYS = (models.CharField, models.TextField, models.DateTimeField, models.UUIDField, models.ForeignKey)


def could_be_counted(model: type[models.Model]) -> set[str]:
    """The columns that a dashboard could add up, average or chart: everything but words, moments and keys; and words that are digits."""
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    numbers = {field.name for field in columns if not isinstance(field, WORDS_AND_KEYS)}
    return numbers | {field.name for field in columns if any(re.search(r"\d", str(key)) for key, _ in field.choices or ())}


@pytest.mark.parametrize("model", [VoiceScale, VoiceVisit, Voice])
def test_there_is_no_number_in_what_a_pupil_said(model):
    assert could_be_counted(model) == set()


@pytest.mark.parametrize(
    "column",
    [
        models.PositiveSmallIntegerField(),
        models.FloatField(),
        models.BooleanField(),
        models.DurationField(),
        models.JSONField(),
        models.CharField(choices=[("1", "Hard"), ("2", "Easy")], max_length=1),
    ],
)
def test_a_number_would_be_found(column):
    stray = type("Stray", (models.Model,), {"happy": column, "__module__": __name__, "Meta": type("Meta", (), {"app_label": "strays"})})
    assert could_be_counted(stray) == {"happy"}
    del apps.all_models["strays"]


def users_of_voice(folder: Path) -> set[str]:
    """The modules of the apps of figures and reviews that name the rows of the pupils' voice."""
    modules = (path for app in ("assessments", "reports") for path in (folder / app).rglob("*.py"))
    return {str(path.relative_to(folder)) for path in modules if re.search(r"\bVoice(Visit|Scale)?\b", path.read_text())}


REVIEWED = {
    "assessments/services/taking_back.py": "refuses to undo a target of which the pupil spoke",
    "assessments/views/offering.py": "offers the words as the pupil's view",
    "reports/demo/voices.py": "makes the demo's",
}


def test_no_figure_and_no_report_reads_what_a_pupil_said():
    assert users_of_voice(Path(settings.BASE_DIR)) == REVIEWED.keys()


def test_a_figure_that_reads_it_would_be_found(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "queries.py").write_text("from targets.models import Voice\n")
    assert users_of_voice(tmp_path) == {"reports/queries.py"}


@pytest.fixture
def visit(school):
    return VoiceVisitFactory(pupil=PupilFactory(school=school))


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "good", "answer": "unsaid", "words": "but this"},
        {"question": "going"},
    ],
)
def test_the_database_itself_refuses_an_answer_that_cannot_be(visit, wrong):
    with in_school(visit.school), pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.create(visit=visit, **wrong)


@pytest.mark.parametrize("wrong", [{"scale": ""}, {"given": "observed"}, {"we_did": "We made room."}])
def test_the_database_itself_refuses_a_visit_that_cannot_be(school, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        VoiceVisitFactory(pupil=PupilFactory(school=school), **wrong)


def test_a_question_is_asked_once_a_visit(visit):
    target = TargetFactory(pupil=visit.pupil)
    for columns in ({"question": "good"}, {"question": "going", "target": target}):
        with in_school(visit.school):
            Voice.objects.create(visit=visit, **columns)
            with pytest.raises(IntegrityError), transaction.atomic():
                Voice.objects.create(visit=visit, **columns)


def test_a_visit_in_which_nothing_was_said_is_not_told_and_not_wanting_to_say_is(school):
    pupil = PupilFactory(school=school)
    VoiceVisitFactory(pupil=pupil, said=[{"question": "good"}])
    unsaid = VoiceVisitFactory(pupil=pupil, said=[{"question": "good", "answer": "unsaid"}])
    with in_school(school):
        assert list(VoiceVisit.objects.told()) == [unsaid]


def test_erasing_a_pupil_takes_the_voice_along(school):
    target = TargetFactory(pupil=PupilFactory(school=school))
    VoiceVisitFactory(pupil=target.pupil, said=[{"question": "going", "target": target, "answer": "well"}])
    with in_school(school):
        target.pupil.delete()
        assert not Voice.objects.exists()
        assert not VoiceVisit.objects.exists()


@pytest.mark.parametrize("drawing", ["1,2", "1,2 3,4;5,6 1000,7"])
def test_a_drawing_is_strokes_of_points(drawing):
    assert re.match(DRAWING, drawing)


@pytest.mark.parametrize("drawing", ["<svg onload=x>", "1,2 ", "M1 2", "1,2;", "1,2\n", "12345,1", "javascript:1", "１,２"])
def test_nothing_else_is_a_drawing(drawing):
    assert not re.fullmatch(DRAWING, drawing)
