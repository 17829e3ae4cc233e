"""Stretches of a dense text that come again: what was found in one holds for the next.

A list or a table is cut into tiles, each from one anchor to another. What a tile comes
to hangs on what stands in it and near it, so where that comes again it is not looked at
again. What looks further than that tells the scene, and such tiles are not remembered,
or for their paragraph only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

from normalize.engine.automata import Hit
from normalize.engine.matcher import PARAGRAPH, PLACE, Piece, Scene
from normalize.engine.protection import Shelter
from normalize.engine.recurring import SIDE as AHEAD
from normalize.engine.recurring import moved
from normalize.engine.wide import NEAR, Wide

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
Found = tuple[list[Piece], Sequence[int], int]
# Finds them, from where the match before ended, of what begins between two places.
Part = Callable[[Scene, list[Hit], int, tuple[int, int]], Found]
# What a tile is known by: its text and what is beside it, where the match before ended,
# the protected spans (None: nobody asked for any).
Key = tuple[str, int, tuple[tuple[int, int], ...] | None]


class Tiles:
    """The tiles of one text, and what they came to."""

    def __init__(
        self,
        scene: Scene,
        hits: list[Hit],
        shelter: Shelter,
        part: Part,
        wide: Wide,
    ) -> None:
        self._scene = scene
        self._hits = hits
        self._starts = [start for _, start, _ in hits]
        self._shelter = shelter
        self._part = part
        self._wide = wide
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
            made, begun, position = self._tile(first, last, end, position)
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
        key = text[low:high], max(position - start, -NEAR), self._protected(low, high)
        self._asked += 1
        known = self._known.get(key)
        if known is None:
            made = self._anew(first, last, end, position)
            if not self._scene.beyond & PLACE and not self._wide.search(key[0]):
                key = *key[:2], self._protected(low, high)
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
        return _moved(known, start)

    def _keep(self, key: Key, start: int, end: int, made: Found) -> None:
        """Remember what a tile came to, under as much as it hangs on."""
        if not self._scene.beyond & PARAGRAPH:
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
        return self._part(self._scene, self._hits[first:ahead], position, bounds)

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

    def _place(self, start: int, end: int) -> int | None:
        """Where the paragraph begins in which a tile lies; None: in several."""
        place = self._scene.paragraph(start)
        if place is None or end > place[0] + len(place[1]):
            return None
        return place[0]


def _moved(found: Found, by: int) -> Found:
    """The same so much further on in the text."""
    edits, begun, position = found
    return (
        [moved(edit, by) for edit in edits],
        [start + by for start in begun],
        position + by,
    )
