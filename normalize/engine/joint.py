"""Scanners that go through a long text together, in one pass instead of one each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from normalize.engine.automata import ByByte, Hit
from normalize.engine.narrow import Facts, Narrow
from normalize.engine.scan import Scanner

Bounds = Mapping[Scanner, tuple[int, int]]  # of the numbers of each


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

    __slots__ = ("_bounds", "_found", "_hits")

    def __init__(self, hits: Sequence[Hit], bounds: Bounds) -> None:
        self._hits = hits
        self._bounds = bounds
        self._found: dict[Scanner, list[Hit]] = {}

    def get(self, scanner: Scanner) -> Sequence[Hit] | None:
        """Its hits; None: it is none of them."""
        found = self._found.get(scanner)
        if found is None and scanner in self._bounds:
            low, high = self._bounds[scanner]
            found = self._found[scanner] = [
                (number - low, start, end)
                for number, start, end in self._hits
                if low <= number < high
            ]
        return found


class Joint:
    """The scanner of a stage, with those of what it asks about the text.

    These find little in most texts, and cost a pass of their own otherwise.
    """

    def __init__(self, own: Scanner, others: Iterable[Scanner] = ()) -> None:
        self._own = own
        self._others = tuple(dict.fromkeys(one for one in others if one.anchors))
        sizes = (len(one.anchors) for one in (own, *self._others))
        ends = list(accumulate(sizes))  # of their numbers
        self._end = ends[0]
        self._bounds = dict(zip(self._others, pairwise(ends), strict=True))
        self._automata: dict[str, ByByte] = {}  # by code; made when needed

    def _every(self) -> list[str]:
        """The anchors of all, in the order of their numbers."""
        return [a for one in (self._own, *self._others) for a in one.anchors]

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
            return hits, Beside([], {})
        end = self._end
        mine = [hit for hit in hits if hit[0] < end]
        if not mine:
            theirs = hits
        elif len(mine) == len(hits):
            theirs = []
        else:
            theirs = [hit for hit in hits if hit[0] >= end]
        return mine, Beside(theirs, self._bounds)


def asides_of(matchers: Iterable[Any]) -> list[Scanner]:
    """The scanners of matchers that look through the text for something aside."""
    found: list[Scanner] = []
    for matcher in matchers:
        found += getattr(getattr(matcher, "matcher", matcher), "asides", ())
    return found
