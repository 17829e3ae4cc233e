"""Scanners that go through a long text together, in one pass instead of one each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from normalize.engine.automata import ByByte, Hit
from normalize.engine.narrow import Facts, Narrow
from normalize.engine.scan import Scanner

# Up to so many anchors of a stage are shared with others: telling theirs from its own
# takes a step for each hit, and names have most hits.
FEW = 1000
_place_of = itemgetter(1, 2)


class Numbers(NamedTuple):
    """Under which numbers a joint scan finds the anchors of one of its scanners.

    Those from `low` up to `high` have the numbers `own` there. What the stage's scanner
    looks for too, `same`, is found under its numbers, by which `shared` tells theirs.
    """

    low: int
    high: int
    own: array[int]
    shared: Mapping[int, int]
    same: Sequence[str]


class Later:
    """What some scanners find in a long text, looked for when one of them is asked."""

    __slots__ = ("_found", "_joint", "_narrow", "_text")

    def __init__(self, joint: Joint, text: str, narrow: Narrow) -> None:
        self._joint = joint
        self._text = text
        self._narrow = narrow
        self._found: dict[Scanner, Sequence[Hit]] | None = None

    def get(self, scanner: Scanner) -> Sequence[Hit] | None:
        """Its hits; None: it is none of them."""
        if self._found is None:
            self._found = self._joint.each(self._text, self._narrow)
        return self._found.get(scanner)


class Beside:
    """What the others of a joint scan find; told apart when one of them is asked."""

    __slots__ = ("_found", "_hits", "_mine", "_numbers", "_text")

    def __init__(
        self,
        text: str,
        mine: Sequence[Hit],
        hits: Sequence[Hit],
        numbers: Mapping[Scanner, Numbers],
    ) -> None:
        self._text = text
        self._mine = mine  # hits of the stage's scanner, of which some are theirs too
        self._hits = hits
        self._numbers = numbers
        self._found: dict[Scanner, list[Hit]] = {}

    def get(self, scanner: Scanner) -> Sequence[Hit] | None:
        """Its hits; None: it is none of them."""
        found = self._found.get(scanner)
        if found is None and scanner in self._numbers:
            low, high, own, shared, same = self._numbers[scanner]
            found = [(own[n - low], a, b) for n, a, b in self._hits if low <= n < high]
            if any(anchor in self._text for anchor in same):
                found += [(shared[n], a, b) for n, a, b in self._mine if n in shared]
                found.sort(key=_place_of)
            self._found[scanner] = found
        return found


class Joint:
    """The scanner of a stage, with those of what it asks about the text.

    These find little in most texts, and cost a pass of their own otherwise.
    """

    def __init__(self, own: Scanner, others: Iterable[Scanner] = ()) -> None:
        self._own = own
        self._others = tuple(dict.fromkeys(one for one in others if one.size))
        self._end = own.size
        self._numbers: Mapping[Scanner, Numbers] = {}
        self._automata: dict[str, ByByte] = {}  # by code; made when needed, as those

    def _every(self) -> list[str]:
        """All anchors in the order of their numbers, those of the stage once."""
        every = list(self._own.anchors)
        # Many are kept joined, and split each time.
        others = [(one, one.anchors) for one in self._others]
        mine: dict[str, int] = {}
        if len(every) <= FEW:
            mine = {anchor: number for number, anchor in enumerate(every)}
        numbers: dict[Scanner, Numbers] = {}
        for one, anchors in others:
            shared = {mine[a]: n for n, a in enumerate(anchors) if a in mine}
            own = array("I", (n for n, a in enumerate(anchors) if a not in mine))
            low = len(every)
            every += [anchors[number] for number in own]
            same = [anchors[number] for number in shared.values()]
            numbers[one] = Numbers(low, len(every), own, shared, same)
        self._numbers = numbers
        return every

    def own_hits(self, facts: Facts) -> list[Hit]:
        """The hits of the stage's scanner alone."""
        narrow, text = facts.narrow(), facts.text
        return self._own.hits(text) if narrow is None else self.hits(text, narrow)[0]

    def each(self, text: str, narrow: Narrow) -> dict[Scanner, Sequence[Hit]]:
        """The hits of every scanner in a long text."""
        own, others = self.hits(text, narrow)
        found: dict[Scanner, Sequence[Hit]] = {self._own: own}
        return found | {one: others.get(one) or () for one in self._others}

    def hits(self, text: str, narrow: Narrow) -> tuple[list[Hit], Beside]:
        """The hits of the stage's scanner, and those of the others."""
        automaton = self._automata.get(narrow.code)
        if automaton is None:
            automaton = ByByte(self._every, narrow.code)
            self._automata[narrow.code] = automaton
        hits = automaton.hits(text, narrow)
        if not self._others:
            return hits, Beside(text, (), (), {})
        end = self._end
        mine = [hit for hit in hits if hit[0] < end]
        if not mine:
            theirs = hits
        elif len(mine) == len(hits):
            theirs = []
        else:
            theirs = [hit for hit in hits if hit[0] >= end]
        return mine, Beside(text, mine, theirs, self._numbers)


def asides_of(matchers: Iterable[Any]) -> list[Scanner]:
    """The scanners of matchers that look through the text for something aside."""
    found: list[Scanner] = []
    for matcher in matchers:
        found += getattr(getattr(matcher, "matcher", matcher), "asides", ())
    return found
