"""What the neighbours of a mark say: whether it opens there or closes."""

from __future__ import annotations

import unicodedata

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
