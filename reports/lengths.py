"""What a letter says, in at most 200 words. Where it would be longer it is shortened in stages, and only by our own words.

First our own sentences about the targets go, then our longer idea for home and line to tear along, then the reply slip, then
whole targets from the last one on; the letter says how many more there are. What a pupil or a colleague wrote is never cut: it
is printed whole, or its target is not. A letter that is too long even so says it to whoever approves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports import wording
from reports.content import LetterContent

MOST_WORDS = 200
AIM, TO_SCAN = "Aim", "Scan to read or listen"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one target."""

    words: str
    before: str
    step: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that a letter says below its head. `left_out` targets are told of as a number alone; no tear line: no slip."""

    heading: str
    lead: str
    targets: tuple[Told, ...]
    more: str
    says_heading: str
    at_home: str
    tear_line: str
    count: int
    left_out: int

    @property
    def most_words(self) -> int:
        return MOST_WORDS

    @property
    def of_targets(self) -> int:
        return len(self.targets) + self.left_out

    @property
    def is_too_long(self) -> bool:
        return self.count > MOST_WORDS


@dataclass(frozen=True, slots=True)
class Stage:
    """How much of a letter is said: of how many targets, and whether in our own longer words."""

    targets: int
    has_sentences: bool = False
    is_plain: bool = True
    has_slip: bool = False


def said(letter: LetterContent) -> Said:
    """The fullest wording that is not too long; where every one is, the shortest."""
    for stage in _stages(len(letter.targets)):
        words = _said(letter, stage)
        if not words.is_too_long:
            break
    return words


def _stages(targets: int) -> Iterator[Stage]:
    yield Stage(targets, has_sentences=True, is_plain=False, has_slip=True)
    yield Stage(targets, is_plain=False, has_slip=True)
    yield Stage(targets, has_slip=True)
    for fewer in range(targets, 0, -1):
        yield Stage(fewer)


def _said(letter: LetterContent, stage: Stage) -> Said:
    left_out = len(letter.targets) - stage.targets
    told = tuple(_told(letter, place, stage) for place in range(stage.targets))
    words = {
        "heading": wording.heading(letter),
        "lead": wording.lead(letter),
        "more": wording.more(left_out) if left_out else "",
        "says_heading": wording.says_heading(letter),
        "at_home": wording.at_home_in_short(letter) if stage.is_plain else wording.at_home(letter),
        "tear_line": wording.tear_line(letter, is_plain=stage.is_plain) if stage.has_slip else "",
    }
    said = Said(**words, targets=told, count=0, left_out=left_out)
    printed = [*lines(letter, said), *letter.steps, AIM, TO_SCAN if letter.twin_url else ""]
    return replace(said, count=sum(len(line.split()) for line in printed))


def _told(letter: LetterContent, place: int, stage: Stage) -> Told:
    target = letter.targets[place]
    before, step = wording.from_to(letter, target)
    is_said = stage.has_sentences or target.sentence
    return Told(target.words, before, step, wording.sentence(letter, target) if is_said else "")


def lines(letter: LetterContent, said: Said) -> list[str]:
    """Every line of the letter below its head, in order: what is counted, and what a reading age is taken of."""
    every = [said.heading, said.lead]
    for told in said.targets:
        every += [told.words, f"{told.before} {told.step}".strip(), told.sentence]
    every += [said.more, *([said.says_heading, letter.pupil_says] if letter.pupil_says else [])]
    every += ["One thing to do at home", said.at_home, *(["What happens next", *letter.happens_next] if letter.happens_next else [])]
    every += ["Talk to us", *wording.talk(letter), "Do you want someone to speak your language? Tell us."]
    every += ["Is there anything you want to tell us?", said.tear_line] if said.tear_line else []
    return [line for line in every if line]
