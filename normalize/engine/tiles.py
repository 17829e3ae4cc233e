"""Stretches of a dense text that come again: what was found in one holds for the next.

A list or a table is cut into tiles, each from one anchor to another. What a tile comes
to hangs on what stands in it and near it, so where that comes again it is not looked at
again. What looks further than that tells the scene, and such tiles are not remembered,
or for their paragraph only. Where all its paragraphs are near it as a whole, they come
again with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from normalize.engine.automata import Hit
from normalize.engine.foretold import NOTHING, Placed
from normalize.engine.matcher import PARAGRAPH, PLACE, Note, Piece, Scene, noted
from normalize.engine.protection import Shelter
from normalize.engine.recurring import SIDE as AHEAD
from normalize.engine.wide import NEAR, Wide
from normalize.engine.words import breaks

TILE = (
    512  # code points from the beginning of a tile on in which the next one begins not
)
LONGEST = 2 * TILE  # longer ones, with few anchors, are not remembered
MOST = 128  # so many tiles are remembered
# After so many tiles one of SHARE must have been known.
TRIES = 24
SHARE = 4
_IN_PARAGRAPH = "paragraph"  # instead of an answer: it hangs on the paragraph

# The edits at some hits; where what was found by pivots begins; where the last match
# ends.
Made = tuple[list[Piece], Sequence[int], int]
# Finds them, from where the match before ended, of what begins between two places.
Part = Callable[[Scene, list[Hit], int, tuple[int, int]], Made]
# The same with what was noted.
Found = tuple[list[Piece], Sequence[int], int, Sequence[Note]]
# What a tile is known by: its text and what is beside it, where the match before ended,
# the edits that are known before, the protected spans (None: nobody asked for any).
Key = tuple[
    str, int, tuple[tuple[int, int, str], ...], tuple[tuple[int, int], ...] | None
]


class Tiles:
    """The tiles of one text, and what they came to."""

    def __init__(
        self,
        scene: Scene,
        hits: list[Hit],
        shelter: Shelter,
        part: Part,
        wide: Wide,
        told: Placed = NOTHING,
    ) -> None:
        self._scene = scene
        self._hits = hits
        self._starts = list(map(itemgetter(1), hits))
        self._shelter = shelter
        self._part = part
        self._wide = wide
        self._told = told
        self._places = sorted(told)
        self._known: dict[Any, Any] = {}
        self._asked = self._seen = 0

    def found(self) -> tuple[list[Piece], set[int]]:
        """The edits at all hits, and where what was found by pivots begins."""
        starts, text = self._starts, self._scene.text
        edits: list[Piece] = []
        ready: set[int] = set()
        first = position = 0
        while first < len(starts):
            last = len(starts)
            if self._asked < TRIES or self._seen * SHARE >= self._asked:
                last = bisect_left(starts, starts[first] + TILE, first + 1)
            end = starts[last] if last < len(starts) else len(text)
            made, begun, position, _ = self._tile(first, last, end, position)
            edits += made
            ready.update(begun)
            first = last
        return edits, ready

    def _tile(self, first: int, last: int, end: int, position: int) -> Found:
        """What the hits of one tile come to, remembered or not."""
        start, text = self._starts[first], self._scene.text
        low, high = start - NEAR, end + NEAR
        if low < 0 or high > len(text) or end - start > LONGEST:
            return self._anew(first, last, end, position)
        told = self._foretold(start, end)
        ended = max(position - start, -NEAR)
        key = text[low:high], ended, told, self._protected(low, high)
        self._asked += 1
        known = self._known.get(key)
        if known is None:
            made = self._anew(first, last, end, position)
            if not self._scene.beyond & PLACE and not self._wide.search(key[0]):
                key = *key[:3], self._protected(low, high)
                self._keep(key, start, end, made)
            return made
        if known is _IN_PARAGRAPH:
            inner = key, self._place(start, end)
            known = self._known.get(inner)
            if known is None:
                made = self._anew(first, last, end, position)
                if not self._scene.beyond & PLACE and inner[1] is not None:
                    self._put(inner, _moved(made, -start))
                return made
        self._seen += 1
        found = _moved(known, start)
        if self._scene.notes is not None:
            self._scene.notes += found[3]
        return found

    def _keep(self, key: Key, start: int, end: int, made: Found) -> None:
        """Remember what a tile came to, under as much as it hangs on."""
        if not self._scene.beyond & PARAGRAPH or _holds_paragraphs(key[0]):
            self._put(key, _moved(made, -start))
            return
        place = self._place(start, end)
        if place is not None:
            self._put(key, _IN_PARAGRAPH)
            self._put((key, place), _moved(made, -start))

    def _put(self, key: object, answer: object) -> None:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = answer

    def _anew(self, first: int, last: int, end: int, position: int) -> Found:
        """What the hits of one tile come to."""
        # Some matches are found by what stands behind where they begin.
        ahead = bisect_left(self._starts, end + AHEAD, last)
        self._scene.beyond = 0
        bounds = self._starts[first] if first else 0, end
        notes = self._scene.notes
        told = len(notes) if notes is not None else 0
        made = self._part(self._scene, self._hits[first:ahead], position, bounds)
        return (*made, notes[told:] if notes is not None else ())

    def _protected(self, low: int, high: int) -> tuple[tuple[int, int], ...] | None:
        """The protected spans in a stretch, told from where it begins.

        None where nobody has asked for any in the text.
        """
        spans = self._shelter.known()
        if spans is None:
            return None
        if not spans:
            return ()
        first = bisect_left(spans, (low, low))
        while first and spans[first - 1].end > low:
            first -= 1
        last = bisect_left(spans, (high, high), first)
        return tuple([(a - low, b - low) for a, b in spans[first:last]])

    def _foretold(self, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
        """The edits that are known before in a tile, told from where it begins."""
        if not self._places:
            return ()
        first = bisect_left(self._places, start)
        last = bisect_left(self._places, end + AHEAD, first)
        told = self._told
        return tuple(
            [
                (at - start, told[at][0] - start, told[at][1])
                for at in self._places[first:last]
            ]
        )

    def _place(self, start: int, end: int) -> int | None:
        """Where the paragraph begins in which a tile lies; None: in several."""
        place = self._scene.paragraph(start)
        if place is None or end > place[0] + len(place[1]):
            return None
        return place[0]


def _holds_paragraphs(around: str) -> bool:
    """Whether a tile and what is beside it hold all paragraphs of the tile, whole."""
    ends = breaks(around)
    return (
        bool(ends) and ends[0][1] <= NEAR and ends[-1][0] >= len(around) - NEAR + AHEAD
    )


def _moved(found: Found, by: int) -> Found:
    """The same so much further on in the text."""
    edits, begun, position, notes = found
    return (
        [(start + by, end + by, after, rank) for start, end, after, rank in edits],
        [start + by for start in begun],
        position + by,
        noted(notes, by) if notes else notes,
    )
