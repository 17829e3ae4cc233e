"""The stretch that patterns see from a place, put together of pieces between spaces.

Most pieces come again: a number, a code, the word beside them. What is seen of each is
found out once, so that a stretch is a few look-ups.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOST = 512  # so many pieces are remembered for each side
LONGEST = 24  # longer ones are looked at as a whole

# What is seen of a piece, written alike, and whether what is beyond it is seen too.
_Seen = tuple[str, bool]
Alike = Callable[[str], str]


class Stretches:
    """Finds stretches by expressions for what is seen behind a place and before it.

    Each has two groups: `taken`, what a match may take, and `asked`, what conditions
    see beside that.
    """

    __slots__ = ("_around", "_before", "_behind")

    def __init__(self, behind: Any, before: Any, alike: Alike) -> None:
        self._around = _Around(behind, before, alike)
        self._behind = _Behind(behind, alike)
        self._before = _Before(before, alike)

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The stretch around a place, written alike, and where the place is in it.

        None where it is not told by pieces: it may go up to the ends of the text.
        """
        left, right = text.rfind(" ", 0, place), text.find(" ", place)
        if left < 0 or right < 0 or right - left > LONGEST:
            return None
        known = self._around[text[left + 1 : right], place - left - 1]
        if known is None:
            return None
        (before, further), (behind, on) = known
        while on:
            end = text.find(" ", right + 1)
            if end < 0 or end - right > LONGEST:
                return None
            seen = self._behind[text[right + 1 : end]]
            if seen is None:
                return None
            behind += seen[0]
            right, on = end, seen[1]
        while further:
            start = text.rfind(" ", 0, left)
            if start < 0 or left - start > LONGEST:
                return None
            seen = self._before[text[start + 1 : left]]
            if seen is None:
                return None
            before = seen[0] + before
            left, further = start, seen[1]
        return before + behind, len(before)


class _Behind(dict[str, _Seen | None]):
    """By piece, what is seen of it, and of the space behind it, from before it.

    None: conditions look beyond it.
    """

    def __init__(self, look: Any, alike: Alike) -> None:
        super().__init__()
        self._look = look
        self._alike = alike

    def __missing__(self, piece: str) -> _Seen | None:
        if len(self) >= MOST:
            self.clear()
        found = self[piece] = _seen_behind(self._look, f" {piece} ", 0, 1, self._alike)
        return found


class _Before(dict[str, _Seen | None]):
    """The same of the piece, and of the space before it, from behind it."""

    def __init__(self, look: Any, alike: Alike) -> None:
        super().__init__()
        self._look = look
        self._alike = alike

    def __missing__(self, piece: str) -> _Seen | None:
        if len(self) >= MOST:
            self.clear()
        spaced = f" {piece} "
        size = len(spaced)
        found = _seen_before(self._look, spaced, size, size - 1, self._alike)
        self[piece] = found
        return found


class _Around(dict[tuple[str, int], tuple[_Seen, _Seen] | None]):
    """By the piece with the place, and where it is in it, what is seen to each side."""

    def __init__(self, behind: Any, before: Any, alike: Alike) -> None:
        super().__init__()
        self._looks = before, behind
        self._alike = alike

    def __missing__(self, key: tuple[str, int]) -> tuple[_Seen, _Seen] | None:
        if len(self) >= MOST:
            self.clear()
        piece, offset = key
        look_before, look_behind = self._looks
        place, spaced = offset + 1, f" {piece} "
        before = _seen_before(look_before, spaced, place, place, self._alike)
        behind = _seen_behind(look_behind, spaced, place, place, self._alike)
        found = self[key] = before and behind and (before, behind)
        return found


def _seen_behind(
    look: Any, spaced: str, start: int, first: int, alike: Alike
) -> _Seen | None:
    """What is seen from `start` on, but for what is before `first`."""
    found = look.match(spaced, start)
    if found.end("taken") == len(spaced):
        return alike(spaced[first:]), True
    if found.end("asked") == len(spaced):
        return None
    return alike(spaced[first : found.end()]), False


def _seen_before(
    look: Any, spaced: str, end: int, last: int, alike: Alike
) -> _Seen | None:
    """What is seen back from `end`, but for what is from `last` on."""
    found = look.match(spaced, 0, end)
    if found.start("taken") == 0:
        return alike(spaced[:last]), True
    if found.start("asked") == 0:
        return None
    return alike(spaced[found.start() : last]), False
