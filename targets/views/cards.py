"""The cards of the day. Each has its form with it, so that it opens at once and without the network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pupils.models import Pupil
from targets.forms.one_to_ones import OneToOneForm
from targets.helping import Help, what_helps_each
from targets.meanings import with_meanings
from targets.models import Helped, Strategy
from targets.services.strategies import start_strategies
from targets.today import AT_FIRST, Line

OWN_FIRST = 6


@dataclass(frozen=True)
class Card:
    """A pupil of today, and the form; without one where the page would grow too heavy."""

    line: Line
    form: OneToOneForm | None
    helps: list[Help]


def cards_of(lines: list[Line], today: date) -> list[Card]:
    """A card for each pupil, the first eight with their forms: five queries, however many there are."""
    at_hand = lines[:AT_FIRST]
    with_meanings(target for line in at_hand for target in line.targets)
    pupils = [line.pupil for line in at_hand]
    strategies, helps = strategies_for(pupils), what_helps_each(pupils, today)
    forms = [OneToOneForm(targets=line.targets, strategies=strategies[line.pupil.pk], initial={"held_on": today}) for line in at_hand]
    return [Card(line, forms[place] if place < len(forms) else None, helps.get(line.pupil.pk, [])) for place, line in enumerate(lines)]


def strategies_for(pupils: Iterable[Pupil], used: Iterable[Strategy] = ()) -> dict[int, list[Strategy]]:
    """What a form offers for each pupil: what helped this pupil most often, then the rest in the school's order."""
    pupils = list(pupils)
    offered = start_strategies()
    offered += [strategy for strategy in used if strategy not in offered]
    often = Helped.objects.top_of(pupils, OWN_FIRST)
    return {pupil.pk: _own_first(offered, often.get(pupil.pk, [])) for pupil in pupils}


def _own_first(offered: list[Strategy], often: list[int]) -> list[Strategy]:
    return sorted(offered, key=lambda strategy: often.index(strategy.pk) if strategy.pk in often else len(often))
