"""One-page profiles out of the word banks: positive, in the first person, never the same page twice in a school."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from types import ModuleType

from pupils.models import Profile
from reports.demo.children import Child
from reports.demo.days import weekday_from
from reports.demo.dice import Deck, dice
from reports.demo.names import friend
from reports.demo.words import early, home, primary, secondary, sensory
from reports.demo.words.by_need import BY_BANK
from reports.demo.words.home import MATTERS_AT_HOME
from schools.models import School, User

WORDS_AT_MOST = 150
EMPTY_EVERY = 15
LINES = {"liked_for": (2, 3), "matters": (3, 4), "support": (1, 2), "dream": (1, 1)}
BY_NEED = 2
SPEAKS_OF_HOME = 0.6
PETS = ("Biscuit", "Luna", "Milo", "Pepper", "Rosie", "Shadow", "Teddy", "Coco", "Bruno", "Socks", "Nala", "Gizmo", "Peanut", "Smudge")
GAPS = {
    "pet": PETS,
    "animal": ("dog", "cat", "rabbit", "hamster", "guinea pig", "gecko", "parrot", "tortoise"),
    "brother": ("Adam", "Leo", "Jamie", "Noah", "Sam", "Kai", "Zain", "Tom", "Daniel", "Luca"),
    "sister": ("Ava", "Maya", "Sara", "Ella", "Zara", "Lily", "Hannah", "Amy", "Nadia", "Rosa"),
    "relative": ("grandad", "nan", "auntie", "uncle", "dad", "cousin", "godmother", "step-dad", "big sister"),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "sport": ("football", "boxing", "swimming", "cricket", "netball", "karate", "rugby", "climbing", "badminton", "skating",
              "table tennis"),
    "topic": ("space", "sharks", "volcanoes", "old coins", "ancient Egypt", "trains", "the weather", "birds of prey", "castles",
              "the Titanic",
              "insects", "flags of the world", "robots", "wolves", "football kits"),
    "dish": ("pancakes", "curry", "pizza", "banana bread", "noodles", "soup", "flapjack", "samosas", "lasagne", "apple crumble"),
    "instrument": ("drums", "guitar", "keyboard", "trumpet", "ukulele", "violin", "bass"),
    "vegetable": ("tomatoes", "pumpkins", "giant leeks", "potatoes", "chillies", "peas"),
    "club": ("chess club", "art club", "film club", "science club", "garden club", "coding club", "choir", "drama club", "the school band"),
}  # fmt: skip
SENSORY_NEEDS = frozenset({"PMLD", "SLD", "MSI"})


def band_of(child: Child) -> ModuleType:
    """The bank that fits the child's age, and how the child tells us things."""
    if child.place.phase == School.Phase.SPECIAL and child.needs[0] in SENSORY_NEEDS:
        return sensory
    if child.born_into < 1:
        return early
    return primary if child.born_into < 7 else secondary


class ProfileWriter:
    """Writes the profiles of one school; a sentence comes back only when its bank is used up."""

    def __init__(self, school: str, changed_by: User) -> None:
        self._school = school
        self._changed_by = changed_by
        self._decks: dict[tuple[str, str], Deck] = {}

    def write(self, child: Child, today: date) -> Profile:
        rng, bank = dice(child.key, "profile"), band_of(child)
        profile = Profile(pupil=child.pupil, told_on=_told_on(child, today, rng), changed_by=self._changed_by)
        for heading, (fewest, most) in LINES.items():
            lines = self._draw(bank, heading, rng.randint(fewest, most))
            if heading == "support":
                lines = [*self._for_needs(bank, child), *lines]
            if heading == "matters" and (at_home := self._at_home(child, rng)):
                lines[-1] = at_home
            setattr(profile, heading, "\n".join(_filled(line, rng) for line in lines))
        return profile

    def _deck(self, bank: ModuleType, name: str, sentences: Sequence[str]) -> Deck:
        key = (bank.__name__, name)
        if key not in self._decks:
            self._decks[key] = Deck(sentences, dice(self._school, *key))
        return self._decks[key]

    def _draw(self, bank: ModuleType, heading: str, how_many: int) -> list[str]:
        deck = self._deck(bank, heading, getattr(bank, heading.upper()))
        drawn: list[str] = []
        for _ in range(how_many):
            drawn.append(deck.draw(apart_from=drawn))
        return drawn

    def _at_home(self, child: Child, rng: Random) -> str | None:
        """Now and then something from the child's own home."""
        lines = MATTERS_AT_HOME.get(child.community)
        return self._deck(home, child.community, lines).draw() if lines and rng.random() < SPEAKS_OF_HOME else None

    def _for_needs(self, bank: ModuleType, child: Child) -> list[str]:
        """What helps with the child's needs, the weightiest first."""
        help_with = BY_BANK[bank.__name__.rpartition(".")[2]]
        able = [code for code in child.needs if code in help_with]
        codes = (able * BY_NEED)[:BY_NEED] if len(able) == 1 else able[:BY_NEED]
        drawn: list[str] = []
        for code in codes:
            drawn.append(self._deck(bank, code, help_with[code]).draw(apart_from=drawn))
        return drawn


def is_still_empty(index: int) -> bool:
    """A few pupils have not been asked yet, so that the empty page can be seen."""
    return index % EMPTY_EVERY == EMPTY_EVERY - 1


def _told_on(child: Child, today: date, rng: Random) -> date:
    told_on = max(today - timedelta(days=rng.randrange(5, 260)), child.pupil.on_roll_from or today)
    return min(weekday_from(told_on), child.pupil.left_on or today)


def _filled(line: str, rng: Random) -> str:
    """The line with its gaps filled: a pet, a friend, a hobby."""
    chosen = {name: rng.choice(words) for name, words in GAPS.items()}
    told = line.format(friend=friend(rng), **chosen)
    return told[0].upper() + told[1:]
