"""What the demo's pupils said: of every second one a visit some weeks ago that was answered, and of some another since."""

from datetime import date, timedelta
from random import Random

from pupils.models import KeyWorker
from reports.demo.children import Child
from reports.demo.days import at, weekday_from
from reports.demo.dice import dice, public_id
from reports.demo.one_to_ones import meetings_of
from reports.demo.profiles import band_of
from reports.demo.scene import Scene
from reports.demo.words.voices import DRAWING, NOTICED, WE_DID, WORDS
from schools.models import User
from targets.models import Scale, Target, Voice, VoiceVisit
from targets.voice_words import GOOD, HELPS, SCALES, usual_scale

EVERY, WEEKS_AGO, DAYS_AGO = 2, 6, 9
IS_UNSAID, HAS_WORDS, DRAWS, HAS_SECOND = 0.1, 0.5, 0.25, 0.5


def write_voices(scene: Scene) -> None:
    """Visits of every second pupil on roll, with what was said and, for the earlier ones, what was done."""
    met, visits, voices = meetings_of(), [], []
    for child in [child for child in scene.children if child.is_on_roll(scene.today)][::EVERY]:
        rng = dice(scene.place.slug, child.key, "voice")
        targets = list(Target.objects.active().filter(pupil=child.pupil).order_by("slot"))
        adult = _adult(scene, met.get(child.pupil.pk, []))
        days = [scene.today - timedelta(weeks=WEEKS_AGO), *([scene.today - timedelta(days=DAYS_AGO)] if rng.random() < HAS_SECOND else [])]
        for number, day in enumerate(days):
            visit = _visit(scene, child, adult, weekday_from(day))
            if number == 0 and not visit.is_observed:
                visit.we_did, visit.we_did_by, visit.we_did_at = rng.choice(WE_DID), adult, at(weekday_from(day + timedelta(days=5)), 16)
            visits.append(visit)
            voices += _said(visit, targets, band_of(child).__name__.rpartition(".")[2], rng)
    VoiceVisit.objects.bulk_create(visits)
    Voice.objects.bulk_create(voices)


def _adult(scene: Scene, met: list[KeyWorker]) -> User:
    now = [each for each in met if not each.is_over(scene.today)]
    return now[-1].user if now else scene.senco


def _visit(scene: Scene, child: Child, adult: User, day: date) -> VoiceVisit:
    is_observed = band_of(child).__name__.endswith("sensory")
    age = (day - child.pupil.date_of_birth).days // 366
    return VoiceVisit(
        public_id=public_id("voice", scene.place.slug, child.key, day),
        pupil=child.pupil,
        adult=adult,
        told_at=at(day, 11, 20),
        given=VoiceVisit.Given.OBSERVED if is_observed else VoiceVisit.Given.HELP if age < 11 else VoiceVisit.Given.OWN,
        scale="" if is_observed else usual_scale(scene.school.programme, age),
        ended="" if is_observed else VoiceVisit.Ended.AGREED,
    )


def _said(visit: VoiceVisit, targets: list[Target], band: str, rng: Random) -> list[Voice]:
    if visit.is_observed:
        return [Voice(visit=visit, question=question, words=words) for question, words in NOTICED]
    words = WORDS.get(band, WORDS["primary"])
    rows = [Voice(visit=visit, question=Voice.Question.GOOD, pictures=" ".join(each.key for each in rng.sample(GOOD, 2)))]
    for target in targets:
        answer = Voice.Answer.UNSAID if rng.random() < IS_UNSAID else rng.choice(SCALES[visit.scale or Scale.THREE]).key
        rows.append(Voice(visit=visit, question=Voice.Question.GOING, target=target, answer=answer))
    rows.append(Voice(visit=visit, question=Voice.Question.HELPS, pictures=" ".join(each.key for each in rng.sample(HELPS, 2))))
    said = rng.choice(words) if rng.random() < HAS_WORDS else ""
    return [*rows, Voice(visit=visit, question=Voice.Question.ELSE, words=said, drawing=DRAWING if rng.random() < DRAWS else "")]
