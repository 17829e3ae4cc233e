"""Marks that pair with each other, and what such marks are by exception."""

from __future__ import annotations

from dataclasses import dataclass

import regex


@dataclass(frozen=True, slots=True)
class Family:
    """Marks that pair with each other, by shape."""

    opening: frozenset[str]
    closing: frozenset[str]
    either: frozenset[str]
    apostrophe: bool  # whether they are apostrophes more often than not

    @property
    def marks(self) -> frozenset[str]:
        """All of them."""
        return self.opening | self.closing | self.either


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Marks that are something else, and what their neighbours hide behind.

    `known` is tried at apostrophes, and at other marks behind a digit, between letters
    or of two characters; the name of its group says what it found: `never` a mark of
    the rule, an apostrophe (`elisions`: hardly ever a mark, `possessives`: perhaps
    one), `doubtful`: a mark that often stands alone.
    """

    known: regex.Pattern[str] | None = None
    through: regex.Pattern[str] | None = None
    near: bool = False  # whether `known` sees no further than NEAR from a mark
