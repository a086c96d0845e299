"""The short sentences that letters are made of. Two of each: to the family about the pupil, and to the pupil.

Nobody's free text is rewritten here. Each sentence is easy to read: a test holds whole letters to a reading age.
"""

from collections.abc import Sequence
from datetime import date

from reports.content import CertificateContent, LetterContent, TargetLine

NUMBERS = ("none", "one", "two", "three", "four", "five")
LAST_STEP = 4

AT_HOME = {
    "communicating": "Each day, ask {name} to tell you one thing. Wait, and listen. Give time to find the words.",
    "relationships": "Do one thing side by side this week. Take turns. Say what you liked.",
    "managing-feelings": "When {name} is upset, breathe slowly with {name}. Talk about it later.",
    "independence": "Let {name} do one small job alone each day. Praise the trying, not just the end.",
    "engagement": "Ask {name} what was good to learn today. Let {name} show you.",
    "confidence": "Each night, say one thing that {name} did well. Let {name} say one too.",
    "": "Ask {name} about one target each week. Praise the trying, not just the end.",
}
AT_HOME_TO_PUPIL = {
    "communicating": "Each day, tell someone one thing. Take your time to find the words.",
    "relationships": "Do one thing with a friend this week. Take turns. Say what you liked.",
    "managing-feelings": "When you are upset, breathe slowly. Talk about it later.",
    "independence": "Do one small job alone each day. Well done for trying.",
    "engagement": "Tell someone what was good to learn today.",
    "confidence": "Each night, think of one thing that you did well.",
    "": "Talk to someone about one target each week.",
}


def of(count: int) -> str:
    return f"{NUMBERS[count]} target" if count == 1 else f"{NUMBERS[count]} targets"


INCOMPLETE = {True: "incomplete", None: "may be incomplete", False: ""}
"""Beside a rate: more than a fifth was not seen; that is not known, as the number is hidden; neither."""


def on(day: date) -> str:
    """A day as a letter says it: 12 March."""
    return f"{day.day} {day:%B}"


def heading(letter: LetterContent) -> str:
    return "How you are doing" if letter.is_to_pupil else f"How {letter.first_name} is doing"


def lead(letter: LetterContent) -> str:
    """How many targets moved on since the last review, stayed, went down or were not seen."""
    who = "You" if letter.is_to_pupil else letter.first_name
    seen = [target for target in letter.targets if target.now is not None]
    moved, same, down = (sum(_way(target) == way for target in seen) for way in (1, 0, -1))
    said = [f"{who} moved up on {of(moved)}."] if moved else []
    if same:
        said.append(f"{NUMBERS[same].capitalize()} stayed the same." if said else f"{who} stayed the same on {of(same)}.")
    if down:
        said.append(f"{NUMBERS[down].capitalize()} went down." if said else f"{who} went down on {of(down)}.")
        said.append("That can happen.")
    if unseen := len(letter.targets) - len(seen):
        said.append(f"We did not see {NUMBERS[unseen] if said else of(unseen)} this time.")
    return " ".join(said)


def _way(target: TargetLine) -> int:
    now = target.previous if target.now is None else target.now
    return (now > target.previous) - (now < target.previous)


def sentence(letter: LetterContent, target: TargetLine) -> str:
    """One sentence about a target: the one that was written for it, else by rule."""
    who, has = ("You", "have") if letter.is_to_pupil else (letter.first_name, "has")
    if target.sentence:
        return target.sentence
    if target.now is None:
        return "We will look at this again soon."
    if target.now == LAST_STEP:
        return f"{who} {has} done it. Well done!"
    if target.now >= target.aim:
        return f"{who} {has} reached the aim. Well done!"
    return {1: f"{who} {has} moved up.", 0: "We keep at it.", -1: "This was hard. We will help."}[_way(target)]


def from_to(letter: LetterContent, target: TargetLine) -> tuple[str, str]:
    """The words before the step, and the step: "From Started to", "Almost"."""
    if target.now is None:
        return "", "Not seen this time"
    step = letter.steps[target.now]
    return ("Still", step) if target.now == target.start else (f"From {letter.steps[target.start]} to", step)


def at_home(letter: LetterContent) -> str:
    """One thing to do at home: the one that was written, else one for the first target that is not reached yet."""
    if letter.at_home:
        return letter.at_home
    open_targets = [target for target in letter.targets if target.now is None or target.now < target.aim]
    key = (open_targets or letter.targets)[0].strand_key
    choices = AT_HOME_TO_PUPIL if letter.is_to_pupil else AT_HOME
    return choices.get(key, choices[""]).format(name=letter.first_name)


def at_home_in_short(letter: LetterContent) -> str:
    """The same where there is little room; what was written stays."""
    short = AT_HOME_TO_PUPIL[""] if letter.is_to_pupil else "Ask {name} about one target each week."
    return letter.at_home or short.format(name=letter.first_name)


def looked_at_again(day: date) -> str:
    return f"We look at the targets again by {on(day)}."


def says_heading(letter: LetterContent) -> str:
    return "What you say" if letter.is_to_pupil else f"What {letter.first_name} says"


def tear_line(letter: LetterContent, *, is_plain: bool = False) -> str:
    where = "Give this part to the office." if letter.is_to_pupil else f"Give this part to {letter.first_name}, or to the office."
    return f"Tear here. {'' if is_plain else f'{where} '}Letter: {letter.first_name}, {letter.review}."


def more(left_out: int) -> str:
    """Instead of the targets for which there is no room."""
    return (
        "There is one more target. Ask us about it." if left_out == 1 else f"There are {NUMBERS[left_out]} more targets. Ask us about them."
    )


def talk(letter: LetterContent) -> Sequence[str]:
    who = letter.talk
    return (", ".join(part for part in (who.name, who.role) if part), who.phone, who.email)


def certificate_heading(certificate: CertificateContent) -> str:
    return f"{certificate.name} did it." if certificate.brand.look == "dreams" else f"Well done, {certificate.name}!"


def certificate_way(certificate: CertificateContent) -> str:
    """From where to where; HORIZONS says it to the child."""
    if certificate.brand.look != "dreams":
        done = "You have done it." if certificate.step == LAST_STEP else "You have reached your aim."
        return f"{done} We are proud of you."
    start, step = (certificate.steps[number] for number in (certificate.start, certificate.step))
    began, ended = (f"{day:%B}" for day in (certificate.set_on, certificate.dated))
    return f"From {start} to {step} in {ended}." if began == ended else f"From {start} in {began} to {step} in {ended}."


def certificate_helped(certificate: CertificateContent) -> str:
    names = " and ".join(name[:1].lower() + name[1:] for name in certificate.helped)
    return f"What helped: {names}." if names else ""


def certificate_proud(certificate: CertificateContent) -> str:
    """What stands below the pupil's own line."""
    first_name = certificate.first_name
    return f"{first_name}: I am proud of this" if certificate.brand.look == "dreams" else first_name
