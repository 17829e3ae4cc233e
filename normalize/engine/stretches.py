"""The stretch that patterns see from a place, put together of pieces between spaces.

Most pieces come again: a number, a code, the word beside them. What is seen of each is
found out once, so that a stretch is a few look-ups.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from normalize.engine.tally import Tally

MOST = 512  # so many pieces are remembered for each side, and for each place in one
LONGEST = 24  # where a longer one stands the text is looked at as a whole
# In so many questions as many pieces may be looked at; where more are, the next ones
# are not asked, as many at first, up to UNASKED. One in vain, as in a list, counts as
# IN_VAIN pieces.
ASKED, UNASKED = 32, 1024
IN_VAIN = 2

# What is seen of a piece, written alike, and whether what is beyond it is seen too.
# None: conditions look beyond it.
_Seen = tuple[str, bool] | None
_Told = TypeVar("_Told")
Alike = Callable[[str], str]


class Stretches:
    """Finds stretches by expressions for what is seen behind a place and before it.

    Each has a group: what conditions see beside what a match may take.
    """

    __slots__ = ("_alike", "_around", "_before", "_behind", "_looks", "_tally")

    def __init__(self, behind: Any, before: Any, alike: Alike) -> None:
        self._looks = behind, before
        self._alike = alike
        self._tally = Tally(ASKED, ASKED, ASKED, UNASKED)
        self._around: dict[int, _Pieces[tuple[_Seen, _Seen]]] = {}  # by place in it
        self._behind = _Pieces(self._see_behind, alike, self._tally)
        self._before = _Pieces(self._see_before, alike, self._tally)

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The stretch around a place, written alike, and where the place is in it.

        None where it is not told by pieces: it may go up to the ends of the text, or
        most pieces were new of late.
        """
        if not self._tally.pays():
            return None
        found = self._told(text, place)
        if found is None:
            self._tally.lost += IN_VAIN
        return found

    def _told(self, text: str, place: int) -> tuple[str, int] | None:
        left, right = text.rfind(" ", 0, place), text.find(" ", place)
        if left < 0 or right < 0 or right - left > LONGEST:
            return None
        offset = place - left - 1
        around = self._around.get(offset)
        if around is None:
            around = self._made(offset)
        before, behind = around[text[left + 1 : right]]
        if before is None or behind is None:
            return None
        (first, further), (last, on) = before, behind
        while on:
            end = text.find(" ", right + 1)
            if end < 0 or end - right > LONGEST:
                return None
            seen = self._behind[text[right + 1 : end]]
            if seen is None:
                return None
            last += seen[0]
            right, on = end, seen[1]
        while further:
            start = text.rfind(" ", 0, left)
            if start < 0 or left - start > LONGEST:
                return None
            seen = self._before[text[start + 1 : left]]
            if seen is None:
                return None
            first = seen[0] + first
            left, further = start, seen[1]
        return first + last, len(first)

    def _made(self, offset: int) -> _Pieces[tuple[_Seen, _Seen]]:
        look = partial(self._see_around, offset)
        made = _Pieces(look, self._alike, self._tally)
        self._around[offset] = made
        return made

    def _see_around(self, offset: int, piece: str) -> tuple[_Seen, _Seen]:
        """What is seen to both sides of a place in a piece."""
        spaced, place = f" {piece} ", offset + 1
        return self._back(spaced, place, place), self._on(spaced, place, place)

    def _see_behind(self, piece: str) -> _Seen:
        """What is seen of a piece, and of the space behind it, from before it."""
        return self._on(f" {piece} ", 0, 1)

    def _see_before(self, piece: str) -> _Seen:
        """What is seen of a piece, and of the space before it, from behind it."""
        spaced = f" {piece} "
        return self._back(spaced, len(spaced), len(spaced) - 1)

    def _on(self, spaced: str, start: int, first: int) -> _Seen:
        """What is seen from `start` on, but for what is before `first`."""
        found = self._looks[0].match(spaced, start)
        # What a match may take ends where the group begins.
        if found.start(1) == len(spaced):
            return self._alike(spaced[first:]), True
        if found.end(1) == len(spaced):
            return None
        return self._alike(spaced[first : found.end()]), False

    def _back(self, spaced: str, end: int, last: int) -> _Seen:
        """What is seen back from `end`, but for what is from `last` on."""
        found = self._looks[1].match(spaced, 0, end)
        if found.end(1) == 0:
            return self._alike(spaced[:last]), True
        if found.start(1) == 0:
            return None
        return self._alike(spaced[found.start() : last]), False


class _Pieces(dict[str, _Told], Generic[_Told]):
    """What is told of pieces; those that no pattern tells apart are looked at once."""

    def __init__(
        self, look: Callable[[str], _Told], alike: Alike, tally: Tally
    ) -> None:
        super().__init__()
        self._look = look
        self._alike = alike
        self._tally = tally

    def __missing__(self, piece: str) -> _Told:
        if len(self) >= MOST:
            self.clear()
        form = self._alike(piece)
        if form == piece:
            self._tally.lost += 1
            found = self._look(piece)
        else:
            found = self[form]
        self[piece] = found
        return found
