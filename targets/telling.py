"""What a pupil said, in words and pictures as a page shows it. Nothing here adds up, averages or compares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from targets.models import Voice
from targets.voice_words import ANSWERS, BY_KEY, UNSAID, Choice


@dataclass(frozen=True)
class Told:
    """One answer: what it was about, the pictures or the word chosen, own words, and the lines of a drawing."""

    voice: Voice
    about: str
    chosen: Sequence[Choice]
    words: str
    strokes: Sequence[str]
    is_hidden: bool = False


def told(voice: Voice, *, may_read: bool = True) -> Told:
    """What was said to one question; words for the key worker alone are left out where somebody else reads."""
    about = voice.target.wording if voice.target else str(voice.get_question_display())
    if voice.audience == Voice.Audience.KEY_WORKER and not may_read:
        return Told(voice, about, (), "", (), is_hidden=True)
    chosen = [BY_KEY[key] for key in voice.picture_keys if key in BY_KEY]
    if voice.answer:
        chosen = [UNSAID if voice.is_unsaid else ANSWERS[voice.answer]]
    return Told(voice, about, chosen, voice.words, voice.strokes)


def all_told(voices: Iterable[Voice], *, may_read: bool = True) -> list[Told]:
    """Everything that was said in a visit, in the order of the questions; what was passed is left out."""
    return [told(voice, may_read=may_read) for voice in voices if voice.is_said]


def in_a_line(tellings: Iterable[Told]) -> str:
    """What was said as one text, each thing behind what it was about; nothing of what is hidden or was not to be said."""
    return " ".join(line for each in tellings if (line := _line(each)))


def _line(each: Told) -> str:
    chosen = [choice.words for choice in each.chosen if choice is not UNSAID]
    said = [", ".join(chosen), f"“{each.words}”" if each.words else ""]
    words = "; ".join(part for part in said if part)
    return f"{each.about.rstrip('.?')}: {words}." if words else ""
