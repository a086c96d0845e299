"""What the demo's pupils said: words and pictures that pupil mode offers, of their own targets, and something to open a visit with."""

import re

import pytest

from pupils.models import Pupil
from reports.demo.words.voices import NOTICED, WE_DID, WORDS
from targets.models import Target, Voice, VoiceVisit
from targets.models.voice import DRAWING
from targets.voice_words import BY_KEY, choices_of
from tests.reports.demo.runs import TODAY

pytestmark = pytest.mark.django_db


def test_pupils_on_roll_said_what_pupil_mode_offers(demo):
    rows = list(Voice.objects.select_related("visit__pupil", "target"))
    assert len(rows) > 50
    for row in rows:
        offered = {choice.key for choice in choices_of(row.question, row.visit.scale)} if not row.visit.is_observed else set()
        assert row.answer in offered | {"", "unsaid"}
        assert set(row.picture_keys) <= BY_KEY.keys()
        assert not row.drawing or re.fullmatch(DRAWING, row.drawing)
        assert row.target is None or row.target.pupil_id == row.visit.pupil_id
        assert row.visit.told_at.date() < TODAY


def test_some_were_answered_and_what_adults_noticed_is_marked(demo):
    visits = VoiceVisit.objects.told()
    assert 0 < visits.exclude(we_did="").count() < visits.count()
    assert not visits.filter(given="observed").exclude(scale="").exists()


def test_the_words_name_nobody_of_the_demo(demo):
    said = " ".join([*(words for band in WORDS.values() for words in band), *(words for _, words in NOTICED), *WE_DID])
    named = {word.strip(".,“”!?") for word in said.split()} & set(Pupil.objects.values_list("forename", flat=True))
    assert not named
    assert Target.objects.exists()
