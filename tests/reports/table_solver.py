"""A reader who tries to work out hidden numbers: whole-number constraints, narrowed and then branched on.

Written apart from reports.twins and by another method: that one mends sums step by step from the true table, this one knows
only what is printed and narrows the range of every unknown number until a second table is found or none is left.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from random import Random

Name = Hashable
Range = tuple[int, int]
MOST = 2_000
TRIES = (*[(1, 60)] * 10, *[(3, 120)] * 10, (MOST, 20_000))  # how far from the truth to look, how often to branch before giving up


@dataclass(frozen=True)
class Rule:
    """lowest <= sum of factor x number <= highest."""

    factors: tuple[tuple[Name, int], ...]
    lowest: int
    highest: int


@dataclass(frozen=True)
class Together:
    """Two numbers that are nothing at the same time only."""

    one: Name
    other: Name


class Undecided(Exception):
    """The search was given up: neither a second table nor a proof that there is none."""


class Reader:
    """What is printed (`known`) and what hangs together (`rules`, `pairs`); `truth` only says where to look first.

    `earlier` keeps what was found for a set of numbers, so that the next reader of the same ones need not look again.
    """

    def __init__(
        self, truth: dict[Name, int], known: dict[Name, int], rules: Iterable[Rule], pairs: Iterable[Together], earlier: dict
    ) -> None:
        self.truth, self.known, self.earlier = truth, known, earlier
        self.random = Random(0)  # noqa: S311
        self.rules, self.pairs = list(rules), list(pairs)
        self.of_name: dict[Name, list[Rule | Together]] = defaultdict(list)
        for rule in self.rules:
            for name, _ in rule.factors:
                self.of_name[name].append(rule)
        for pair in self.pairs:
            self.of_name[pair.one].append(pair)
            self.of_name[pair.other].append(pair)

    def worked_out(self, secrets: Iterable[Name]) -> list[Name]:
        """The secrets of which every possible table holds the same number. Raises Undecided rather than guess."""
        ranges = self._narrow({name: (self.known.get(name, 0), self.known.get(name, MOST)) for name in self.truth}, list(self.truth))
        assert ranges is not None, "the true table must fit what is printed"
        self.groups: dict[Name, set[Name]] = {}
        return [secret for secret in secrets if not self._may_vary(ranges, secret)]

    def _may_vary(self, ranges: dict[Name, Range], secret: Name) -> bool:
        linked = self._linked(ranges, secret)
        vary = self.earlier.setdefault(frozenset((name, ranges[name]) for name in linked), set())
        if secret not in vary and (other := self._other_table(ranges, secret, linked)):
            vary |= {name for name, value in other.items() if value != self.truth[name]}
        return secret in vary

    def _other_table(self, ranges: dict[Name, Range], secret: Name, linked: set[Name]) -> dict[Name, int] | None:
        """A table in which the secret is another number; looked for near the true one first, and then everywhere."""
        fixed = {name: (value, value) for name, value in self.truth.items()}
        for reach, self.branches in TRIES:
            near = {
                name: (max(ranges[name][0], self.truth[name] - reach), min(ranges[name][1], self.truth[name] + reach)) for name in linked
            }
            with suppress(*([] if reach == MOST else [Undecided])):
                if table := self._table_within(fixed | near, secret):
                    return table
        return None

    def _near(self, ranges: dict[Name, Range], name: Name, reach: int) -> Range:
        (low, high), true = ranges[name], self.truth[name]
        return max(low, true - reach), min(high, true + reach)

    def _table_within(self, ranges: dict[Name, Range], secret: Name) -> dict[Name, int] | None:
        (low, high), true = ranges[secret], self.truth[secret]
        for part in ((true + 1, high), (low, true - 1)):
            if part[0] <= part[1]:
                narrowed = self._narrow({**ranges, secret: part}, [secret])
                if narrowed is not None and (table := self._branch(narrowed)):
                    return table
        return None

    def _linked(self, ranges: dict[Name, Range], secret: Name) -> set[Name]:
        """The unknown numbers that hang together with this one; all others may stay as they are. Each of them has the same ones."""
        if secret not in self.groups:
            linked = self._search(ranges, secret)
            self.groups |= {name: linked for name in linked if ranges[name][0] < ranges[name][1]} | {secret: linked}
        return self.groups[secret]

    def _search(self, ranges: dict[Name, Range], secret: Name) -> set[Name]:
        linked, edge = {secret}, [secret]
        while edge:
            for rule in self.of_name[edge.pop()]:
                names = (rule.one, rule.other) if isinstance(rule, Together) else (name for name, _ in rule.factors)
                new = {name for name in names if ranges[name][0] < ranges[name][1]} - linked
                linked |= new
                edge += new
        return linked

    def _branch(self, ranges: dict[Name, Range]) -> dict[Name, int] | None:
        """Take the true number, or the possible one next to it, everywhere; where a rule breaks, move one of its numbers away."""
        self.branches -= 1
        if self.branches < 0:
            raise Undecided
        table = {name: min(max(self.truth[name], low), high) for name, (low, high) in ranges.items()}
        halves = self._halves(ranges, table)
        if halves is None:
            return table
        for name, part in halves:
            narrowed = self._narrow({**ranges, name: part}, [name])
            if narrowed is not None and (found := self._branch(narrowed)):
                return found
        return None

    def _halves(self, ranges: dict[Name, Range], table: dict[Name, int]) -> list[tuple[Name, Range]] | None:
        """The range of one number of a broken rule in two parts, the helpful one first; None when no rule is broken."""
        moves = next((moves for rule in (*self.rules, *self.pairs) if (moves := self._helpful(rule, table))), None)
        if moves is None:
            return None
        moves = [(name, up) for name, up in moves if (ranges[name][1] > table[name] if up else ranges[name][0] < table[name])]
        if not moves:
            return []
        name, up = self.random.choice(moves)
        (low, high), here = ranges[name], table[name]
        return [(name, (here + 1, high)), (name, (low, here))] if up else [(name, (low, here - 1)), (name, (here, high))]

    @staticmethod
    def _helpful(rule: Rule | Together, table: dict[Name, int]) -> list[tuple[Name, bool]]:
        """(number, whether it should rise) of a broken rule."""
        if isinstance(rule, Together):
            one, other = table[rule.one] > 0, table[rule.other] > 0
            return [] if one == other else [(rule.one, other), (rule.other, one)]
        total = sum(factor * table[name] for name, factor in rule.factors)
        if rule.lowest <= total <= rule.highest:
            return []
        return [(name, (factor > 0) == (total < rule.lowest)) for name, factor in rule.factors]

    def _narrow(self, ranges: dict[Name, Range], changed: list[Name]) -> dict[Name, Range] | None:
        """Narrow every range by every rule it stands in; None when nothing is left of one."""
        waiting = dict.fromkeys(rule for name in changed for rule in self.of_name[name])
        while waiting:
            rule = next(iter(waiting))
            del waiting[rule]
            narrow: Callable = self._by_pair if isinstance(rule, Together) else self._by_rule
            for name, (low, high) in narrow(rule, ranges):
                if low > high:
                    return None
                if (low, high) != ranges[name]:
                    ranges[name] = (low, high)
                    waiting.update(dict.fromkeys(self.of_name[name]))
        return ranges

    @staticmethod
    def _by_rule(rule: Rule, ranges: dict[Name, Range]) -> Iterable[tuple[Name, Range]]:
        ends = [(factor * ranges[name][0], factor * ranges[name][1]) for name, factor in rule.factors]
        least, most = sum(min(pair) for pair in ends), sum(max(pair) for pair in ends)
        if least > rule.highest or most < rule.lowest:
            yield rule.factors[0][0], (1, 0)
            return
        for (name, factor), pair in zip(rule.factors, ends, strict=True):
            room_up, room_down = rule.highest - (least - min(pair)), rule.lowest - (most - max(pair))
            low, high = ranges[name]
            if factor > 0:
                yield name, (max(low, -(-room_down // factor)), min(high, room_up // factor))
            else:
                yield name, (max(low, -(room_up // -factor)), min(high, -room_down // -factor))

    @staticmethod
    def _by_pair(pair: Together, ranges: dict[Name, Range]) -> Iterable[tuple[Name, Range]]:
        for name, other in ((pair.one, pair.other), (pair.other, pair.one)):
            low, high = ranges[name]
            if ranges[other][0] > 0:
                yield name, (max(low, 1), high)
            if ranges[other][1] == 0:
                yield name, (low, min(high, 0))
