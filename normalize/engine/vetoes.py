"""Vetoes: what must not lie over a match, looked for around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from normalize.engine.analysis import width
from normalize.engine.anchors import split_at_anchor
from normalize.engine.patterns import PatternError, Tree

# Text, or a pattern already parsed.
Item = str | Tree
NO_BOUND = 1 << 30  # code points: more than any reach
EDGE_SEES = 3  # so far the edges of a veto see at most, with a gap
_LETTERS = re.compile(r"[^\W\d_]+")


class Veto:
    """What must not lie over a match, searched for where it can be.

    Its literals are looked for first, where what lies over the match has them: a search
    at every place around a match costs a hundred times as much.
    """

    __slots__ = (
        "_before", "_behind", "_literals", "_longest", "_most", "_pattern", "_sought",
        "parts",
    )  # fmt: skip

    def __init__(self, pattern: Any, item: Item) -> None:
        self._pattern = pattern
        # Of a text all words are there, in any case; in small letters here.
        self.parts: tuple[str, ...] = ()
        # Of a pattern one anchor is there; so much before it, and from it on.
        # Compiled when first looked for: most of them never are.
        self._literals = ""
        self._sought: re.Pattern[str] | None = None
        self._before = self._behind = self._longest = 0
        self._most = NO_BOUND  # so long is a match at most
        if isinstance(item, str):
            parts = {part.lower() for part in _LETTERS.findall(item) if part.isascii()}
            self.parts = tuple(sorted(parts, key=len, reverse=True))
            return
        try:
            before, found = split_at_anchor(item, fold=False)
        except PatternError:
            return
        lead = width(before)[1] if before is not None else 0
        most = width(item)[1]
        self._before = NO_BOUND if lead is None else lead
        self._behind = NO_BOUND if most is None or lead is None else most - lead
        self._literals = "|".join(map(re.escape, sorted(found)))
        self._longest = max(map(len, found))
        self._most = NO_BOUND if most is None else most

    def covers(self, text: str, start: int, end: int, reach: int) -> bool:
        """Whether a match that `reach` code points around hold covers `start:end`."""
        low, high = start - reach if start > reach else 0, end + reach
        sought = self._sought
        if sought is None and self._literals:
            sought = self._sought = re.compile(self._literals)
        if sought is not None:
            # From the first place on where the literal of a match over it may stand,
            # up to the last one.
            first, last = end - self._behind, start + self._before
            until = last + self._longest
            hit = sought.search(text, max(low, first), min(high, until))
            if hit is None or (at := hit.start()) > last:
                return False
            low = max(low, at - self._before)
        # It begins at `start` at the latest, and its edges see what is beside them.
        most = start + self._most + EDGE_SEES
        high = min(high, most)
        for found in self._pattern.finditer(text, low, high, overlapped=True):
            if found.start() > start:
                return False
            if end <= found.end():
                return True
        return False


def covered(
    vetoes: Iterable[Veto], text: str, start: int, end: int, reach: int
) -> bool:
    """Whether one of them covers `start:end`, by `reach` code points around it."""
    near: str | None = None  # in small letters, made when one has words
    for veto in vetoes:
        if veto.parts:
            if near is None:
                near = text[max(0, start - reach) : end + reach]
                # Beyond ASCII some letters are others in another case.
                near = near.lower() if near.isascii() else ""
            if near and not all(map(near.__contains__, veto.parts)):
                continue
        if veto.covers(text, start, end, reach):
            return True
    return False
