"""Where matches begin that are found by something in their middle, such as a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from normalize.engine.automata import Hit
from normalize.engine.limits import TooSlow
from normalize.engine.matcher import Found, Matcher, Scene, preference
from normalize.engine.pivot_table import PivotTable
from normalize.engine.pivots import Located, Pivots, has_number
from normalize.engine.recurring import Recurring
from normalize.engine.scan import Scanner

# What part an anchor has: it stands in a pattern that is found by it, it begins a word,
# no match begins with it.
PIVOT, WORD, INNER = 1, 2, 4

Reach = tuple[int, int]  # code points before and behind an anchor
Finder = Callable[[Scene, int], Sequence[Found]]
# With an anchor in so many code points a text may be a list or a table.
DENSE = 40

Ready = dict[int, list[Found]]  # matches already found, by where they begin


class Locator:
    """Finds the matches around their pivots, for all hits of a stage."""

    def __init__(
        self, table: PivotTable, gates: Mapping[int, Any], parts: bytes
    ) -> None:
        self.table = table
        self._gates = gates  # by number of an anchor: what must match where it stands
        self.parts = parts  # by number of an anchor

    @classmethod
    def of(
        cls, table: PivotTable, scanner: Scanner, owners: Sequence[Sequence[Matcher]]
    ) -> Locator:
        """For a stage whose anchors have these owners, beside the pivots."""
        around = scanner.dispatch(table.pivots)
        marks = frozenset(mark[0] for one in table.pivots for mark in one.marks)
        parts = bytearray(scanner.size)
        for number, mine in enumerate(around):
            parts[number] = _part(scanner.begun[number], mine, marks)
            if not owners[number]:
                parts[number] |= INNER
        return cls(table, table.gates(around), bytes(parts))

    def located(
        self, scene: Scene, hits: list[Hit], finders: Sequence[Finder]
    ) -> tuple[list[Hit], Ready]:
        """The hits where a match may begin, and the matches found by their pivots.

        These come in as hits of their own, numbered -1, where they begin; what
        other rules find there, by the finder of each anchor, has joined them.
        """
        kept, places = self._places(scene, hits)
        ready = _ready(scene, places)
        if not ready:
            return kept, ready
        for number, start, _ in kept:
            if start in ready and number < len(finders):
                ready[start] += tried(finders[number], scene, start)
        for found in ready.values():
            if len(found) > 1:
                found.sort(key=preference)
        # Ready ones first where they begin.
        kept[:0] = [(-1, start, start) for start in ready]
        kept.sort(key=itemgetter(1))
        return kept, ready

    def _places(
        self, scene: Scene, hits: list[Hit]
    ) -> tuple[list[Hit], list[tuple[int, Sequence[Pivots]]]]:
        """The hits where a match may begin, and where those of pivots are sought."""
        parts, gates, pivots = self.parts, self._gates, self.table
        text = scene.text
        reaches: dict[Sequence[Pivots], Reach | None] = {}
        kept: list[Hit] = []
        places: list[tuple[int, Sequence[Pivots]]] = []
        for hit in hits:
            number, start, _ = hit
            part = parts[number]
            if not part:  # most of them
                kept.append(hit)
                continue
            if not part & INNER:
                kept.append(hit)
            # Most that begin like a word of theirs stand inside another one.
            if not part & PIVOT or (part & WORD and text[start - 1 : start].isalpha()):
                continue
            if number in gates and gates[number].match(text, start) is None:
                continue
            there = pivots.at(text, start)
            if not there:
                continue
            if there not in reaches:
                reaches[there] = _reach(there)
            reach = reaches[there]
            if reach is None or has_number(scene, start, reach):
                places.append((start, there))
        return kept, places


def _reach(pivots: Sequence[Pivots]) -> Reach | None:
    """How far before and behind an anchor a number is; None: one needs none."""
    before = behind = 0
    for pivot in pivots:
        if pivot.number is None:
            return None
        before, behind = max(before, pivot.number[0]), max(behind, pivot.number[1])
    return before, behind


def _ready(scene: Scene, places: Sequence[tuple[int, Sequence[Pivots]]]) -> Ready:
    """What is found around these anchors of these pivots, by where it begins."""
    ready: Ready = {}
    recurring: Recurring | None = None
    if scene.dense:
        recurring = scene.memo.get(Recurring)
    if recurring is None and (scene.dense or len(places) * DENSE > len(scene.text)):
        recurring = scene.memo[Recurring] = Recurring(scene)
    for start, pivots in places:
        if recurring is not None:
            found = recurring.at(start, pivots, _around)
        else:
            found = _around(scene, start, pivots)
        for first, made in found:
            mine = ready.get(first)
            if mine is None:
                ready[first] = [made]
            elif made not in mine:
                mine.append(made)
    return ready


def _around(scene: Scene, start: int, pivots: Sequence[Pivots]) -> Sequence[Located]:
    """What these find around the anchor at `start`."""
    found: list[Located] = []
    known = None
    for pivot in pivots:
        made = pivot.locate(scene, start, known)
        if made is not None:
            known = made
            found.append(made)
    return found


def tried(find: Finder, scene: Scene, start: int) -> Sequence[Found]:
    """What is found there, where a pattern that takes too long is not yet placed."""
    try:
        return find(scene, start)
    except TooSlow as slow:
        raise slow.at(start) from None


def _part(anchor: str, pivots: Sequence[Pivots], marks: frozenset[str]) -> int:
    if not pivots:
        return 0
    word = anchor[0].isalpha() and anchor[0] not in marks
    return PIVOT | (WORD if word else 0)
