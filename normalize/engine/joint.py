"""Scanners that go through a long text together, in one pass instead of one each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from normalize.engine.automata import ByByte, Hit
from normalize.engine.narrow import Facts, Narrow
from normalize.engine.scan import Scanner


class Later:
    """What some scanners find in a long text, looked for when one of them is asked."""

    __slots__ = ("_found", "_joint", "_narrow", "_text")

    def __init__(self, joint: Joint, text: str, narrow: Narrow) -> None:
        self._joint = joint
        self._text = text
        self._narrow = narrow
        self._found: dict[Scanner, list[Hit]] | None = None

    def get(self, scanner: Scanner) -> Sequence[Hit] | None:
        """Its hits; None: it is none of them."""
        if self._found is None:
            self._found = self._joint.each(self._text, self._narrow)
        return self._found.get(scanner)


class Joint:
    """The scanner of a stage, with those of what it asks about the text.

    These find little in most texts, and cost a pass of their own otherwise.
    """

    def __init__(self, own: Scanner, others: Iterable[Scanner] = ()) -> None:
        self._own = own
        self._others = tuple(dict.fromkeys(one for one in others if one.anchors))
        sizes = (len(one.anchors) for one in (own, *self._others))
        self._ends = list(accumulate(sizes))  # of their numbers
        self._automata: dict[str, ByByte] = {}  # by code; made when needed

    def _every(self) -> list[str]:
        """The anchors of all, in the order of their numbers."""
        return [a for one in (self._own, *self._others) for a in one.anchors]

    def own_hits(self, facts: Facts) -> list[Hit]:
        """The hits of the stage's scanner alone."""
        narrow, text = facts.narrow(), facts.text
        return self._own.hits(text) if narrow is None else self.hits(text, narrow)[0]

    def each(self, text: str, narrow: Narrow) -> dict[Scanner, list[Hit]]:
        """The hits of every scanner in a long text."""
        own, others = self.hits(text, narrow)
        return {self._own: own, **others}

    def hits(
        self, text: str, narrow: Narrow
    ) -> tuple[list[Hit], dict[Scanner, list[Hit]]]:
        """The hits of the stage's scanner, and those of each of the others."""
        automaton = self._automata.get(narrow.code)
        if automaton is None:
            automaton = ByByte(self._every, narrow.code)
            self._automata[narrow.code] = automaton
        hits = automaton.hits(text, narrow)
        if not self._others:
            return hits, {}
        ends = self._ends
        own = ends[0]
        mine = [hit for hit in hits if hit[0] < own]
        if len(mine) == len(hits):
            return mine, {one: [] for one in self._others}
        theirs = [hit for hit in hits if hit[0] >= own]
        found = {
            one: [(n - low, start, end) for n, start, end in theirs if low <= n < high]
            for one, low, high in zip(self._others, ends, ends[1:], strict=False)
        }
        return mine, found


def asides_of(matchers: Iterable[Any]) -> list[Scanner]:
    """The scanners of matchers that look through the text for something aside."""
    found: list[Scanner] = []
    for matcher in matchers:
        found += getattr(getattr(matcher, "matcher", matcher), "asides", ())
    return found
