"""What the neighbours of a mark say: whether it opens there or closes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import regex

from normalize.spans import Span

REACH = 8  # of what hides the neighbour of a mark so many parts are looked through
AT_SPACE = 60  # opening before a space, closing behind one
SET_OFF = 30  # either, with spaces on both sides

SPACE, OPENER, DASH, MARK, CLOSER, WORD = range(6)
OPEN_BEHIND = (0, 0, 10, 15, 30, 30)  # by what stands before an opening mark
OPEN_BEFORE = (AT_SPACE, 0, 10, 30, 40, 0)  # by what stands behind it
CLOSE_BEHIND = (AT_SPACE, 40, 10, 0, 0, 0)
CLOSE_BEFORE = (0, 10, 5, 0, 0, 30)
_CLASSES = {
    "Ps": OPENER,
    "Pi": OPENER,
    "Pe": CLOSER,
    "Pf": CLOSER,
    "Po": MARK,
    "Pd": DASH,
}
_CLASSES |= {"Sm": DASH, "Sk": MARK, "Cf": MARK, "Cc": SPACE}
_SLASHES = "/\\|"
# With these a quotation may begin.
_BEGINNERS = (
    ".\N{HORIZONTAL ELLIPSIS}#@&\N{INVERTED EXCLAMATION MARK}\N{INVERTED QUESTION MARK}"
)


def class_of(char: str) -> int:
    """What a character beside a mark says."""
    if char.isalnum():
        return WORD
    if char.isspace():
        return SPACE
    if char in _SLASHES:
        return DASH
    return _CLASSES.get(unicodedata.category(char), WORD)


def roles(before: tuple[int, str], behind: tuple[int, str]) -> tuple[int, int]:
    """The costs of opening and of closing between two neighbours."""
    if before[0] == behind[0] == SPACE:
        return SET_OFF, SET_OFF
    begins = behind[0] == MARK and behind[1] in _BEGINNERS
    opens = OPEN_BEHIND[before[0]] + (0 if begins else OPEN_BEFORE[behind[0]])
    return opens, CLOSE_BEHIND[before[0]] + CLOSE_BEFORE[behind[0]]


class Neighbours:
    """Finds what stands beside a mark; other marks and markup are looked through.

    `chars` are those of all marks, `through` fits what else is looked through.
    """

    def __init__(
        self, chars: frozenset[str], through: regex.Pattern[str] | None
    ) -> None:
        self._chars = chars
        self._through = through

    def hide(self, body: str, at: int) -> bool:
        """Whether what stands at a place is looked through."""
        through = self._through
        return body[at] in self._chars or (
            through is not None and through.fullmatch(body, at, at + 1) is not None
        )

    def beside(
        self, body: str, at: int, protected: Sequence[Span], i: int, step: int
    ) -> tuple[int, str]:
        """What stands before (`step` -1) or behind (1) a place: its class, itself.

        `i` is the first protected span on that side.
        """
        through = self._through
        for _ in range(REACH):
            k = at - 1 if step < 0 else at
            if not 0 <= k < len(body):
                return SPACE, ""
            span = protected[i] if 0 <= i < len(protected) else None
            if span is not None and span.start <= k < span.end:
                if through is None or not through.fullmatch(body, span.start, span.end):
                    return WORD, ""
                at = span.start if step < 0 else span.end
                i += step
            elif self.hide(body, k):
                at += step
            else:
                return class_of(body[k]), body[k]
        return SPACE, ""
