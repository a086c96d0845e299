"""What pupil mode says and shows: questions in two voices, pictures with their words, and the answers of each scale.

A line holds eight words at most. DREAMS speaks as an adult does of oneself; HORIZONS asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schools.models import Programme
from targets.models import Scale, Voice

Look = Programme.Look
Question, Answer = Voice.Question, Voice.Answer

MOST_PICTURES = 3
UNDER = 10  # years


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what is stored, its words, and its picture in the sprite."""

    key: str
    words: str
    picture: str = ""


@dataclass(frozen=True)
class Asking:
    """A question as it is put: its heading, and what to do, a line each."""

    heading: str
    lines: tuple[str, ...] = ()


GOOD = (
    Choice("art", "Art", "say-art"),
    Choice("reading", "Reading", "say-reading"),
    Choice("sport", "Sport", "say-sport"),
    Choice("music", "Music", "say-music"),
    Choice("making", "Making things", "say-making"),
    Choice("friends", "Being a friend", "say-friends"),
    Choice("animals", "Animals", "say-animals"),
    Choice("computers", "Computers", "say-computers"),
)
HELPS = (
    Choice("quiet", "A quiet place", "say-quiet"),
    Choice("time", "Time to think", "say-time"),
    Choice("card", "A picture card", "say-card"),
    Choice("moving", "Moving about", "say-moving"),
    Choice("adult", "An adult near me", "say-adult"),
    Choice("friend", "A friend with me", "say-friends"),
    Choice("shown", "Being shown first", "say-shown"),
    Choice("praise", "Hearing “well done”", "say-praise"),
)
PICTURES: Mapping[str, tuple[Choice, ...]] = {Question.GOOD: GOOD, Question.HELPS: HELPS}
BY_KEY: Mapping[str, Choice] = {choice.key: choice for choice in (*GOOD, *HELPS)}

TWO = (Choice(Answer.YES, "Yes", "say-yes"), Choice(Answer.NOT_NOW, "Not now", "say-not-now"))
THREE = (
    Choice(Answer.WELL, "Going well", "face-well"),
    Choice(Answer.SO_SO, "So-so", "face-soso"),
    Choice(Answer.HARD, "Hard for me", "face-hard"),
)
WORDS = tuple(
    Choice(answer, str(answer.label)) for answer in (Answer.IT_IS_HARD, Answer.LOTS_OF_HELP, Answer.SOME_HELP, Answer.MOSTLY, Answer.ALONE)
)
SCALES: Mapping[str, tuple[Choice, ...]] = {Scale.TWO: TWO, Scale.THREE: THREE, Scale.WORDS: WORDS}
ANSWERS: Mapping[str, Choice] = {choice.key: choice for choices in SCALES.values() for choice in choices}
UNSAID = Choice(Answer.UNSAID, str(Answer.UNSAID.label), "say-unsaid")

NOT_SAFE = ("If you tell us you are not safe,", "we must tell someone who can help.")

ASKED: Mapping[str, Mapping[str, Asking]] = {
    Look.DREAMS: {
        Question.DID: Asking("You said, we did", ("Did it help?",)),
        Question.GOOD: Asking("What I am good at", ("Choose up to three.",)),
        Question.GOING: Asking("How this is going for me"),
        Question.HELPS: Asking("What helps me", ("Choose up to three.",)),
        Question.ELSE: Asking("Anything else I want to say", ("Write or draw it here.",)),
    },
    Look.HORIZONS: {
        Question.DID: Asking("You said. We did.", ("Did it help?",)),
        Question.GOOD: Asking("What am I good at?", ("Choose up to three.",)),
        Question.GOING: Asking("How is this going?"),
        Question.HELPS: Asking("What helps?", ("Choose up to three.",)),
        Question.ELSE: Asking("Anything else?", ("Write it or draw it.",)),
    },
}
RIGHT: Mapping[str, Asking] = {
    Look.DREAMS: Asking("This is what I said", ("Is it right?",)),
    Look.HORIZONS: Asking("This is what you said", ("Is it right?",)),
}
THANKS: Mapping[str, Asking] = {
    Look.DREAMS: Asking("Thank you for telling us", ("We will tell you what we did.", "Now give this back.")),
    Look.HORIZONS: Asking("A star for telling us!", ("We will tell you what we did.", "Now give this back.")),
}


def choices_of(question: str, scale: str) -> tuple[Choice, ...]:
    """The answers of a question that is answered by choosing one; none where pictures or words are given."""
    if question == Question.DID:
        return TWO
    return SCALES[scale] if question == Question.GOING else ()


def usual_scale(programme: Programme, age: int) -> Scale:
    """What a pupil is offered until somebody chooses: pictures with symbols and under ten, words for those who are older."""
    has_pictures = programme.look == Look.HORIZONS or programme.age == Programme.Age.EARLY or age < UNDER
    return Scale.THREE if has_pictures else Scale.WORDS
