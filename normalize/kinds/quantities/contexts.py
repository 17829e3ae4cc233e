"""What must stand, or must not, around a match in a coded text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex

from normalize.engine.adjoining import NEAREST, Fitting, beside, nearest
from normalize.engine.analysis import emit
from normalize.engine.limits import limited
from normalize.engine.vetoes import Item, Veto, covered
from normalize.engine.words import Words
from normalize.kinds.quantities import edges
from normalize.kinds.quantities.model import Leave
from normalize.spans import RuleRef

REACH = 60  # how far a veto may go beyond a match


class Context:
    """Conditions on the neighbours of a match."""

    def __init__(
        self,
        words: Words,
        preceded_by: Sequence[Item] = (),
        followed_by: Sequence[Item] = (),
        unless: Sequence[Item] = (),
        own: RuleRef | None = None,
    ) -> None:
        gap = f"(?:{words.gap_source})?"
        before = "|".join(_source(words, item, "", gap) for item in preceded_by)
        after = "|".join(_source(words, item, gap, "") for item in followed_by)
        self._before = self._after = None
        if before:
            source = f"{edges.before(words, preceded_by)}(?<={before})"
            self._before = limited(regex.compile(source), own, *preceded_by)
        if after:
            source = f"{edges.behind(words, followed_by)}(?:{after})"
            self._after = limited(regex.compile(source), own, *followed_by)
        self._vetoes = [
            Veto(limited(regex.compile(_source(words, item, "", "")), own, item), item)
            for item in unless
        ]

    def allows(self, coded: str, start: int, end: int) -> bool:
        """Whether the match has the neighbours that it must have, and no others."""
        if self._before is not None and not self._before.match(coded, start):
            return False
        if self._after is not None and not self._after.match(coded, end):
            return False
        return not covered(self._vetoes, coded, start, end, REACH)


class Reasons:
    """Neighbours for which any match of a file is left: each with what is told."""

    def __init__(
        self, words: Words, leave: Sequence[Leave], own: RuleRef | None = None
    ) -> None:
        self._leave = tuple(leave)
        # Mostly none of them is there, which some characters at each side tell.
        self._before = Fitting(_neighbours(words, leave, own, behind=False))
        self._behind = Fitting(_neighbours(words, leave, own, behind=True))

    def at(self, coded: str, start: int, end: int) -> Leave | None:
        """The first whose neighbour is there."""
        before = self._before[coded[start - NEAREST if start > NEAREST else 0 : start]]
        behind = self._behind[coded[end : end + NEAREST]]
        if not (before or behind):
            return None
        there = [number for number, one in before if one.match(coded, start)]
        there += [number for number, one in behind if one.match(coded, end)]
        return self._leave[min(there)] if there else None


def _neighbours(
    words: Words, leave: Sequence[Leave], own: RuleRef | None, *, behind: bool
) -> list[tuple[tuple[int, Any], Any]]:
    """The places of those with neighbours on a side, each with a neighbour.

    With what that begins with.
    """
    gap = f"(?:{words.gap_source})?"
    gaps = (gap, "") if behind else ("", gap)
    found = []
    for number, one in enumerate(leave):
        for item in one.followed_by if behind else one.preceded_by:
            some = [(item, _source(words, item, *gaps))]
            whole = beside(some, own, behind=behind)
            found.append(((number, whole), nearest(some, behind=behind)))
    return found


def _source(words: Words, item: Item, left_gap: str, right_gap: str) -> str:
    if isinstance(item, str):
        phrase = f"{words.left}(?i:{words.phrase(item)}){words.right}"
        return f"(?:{left_gap}{phrase}{right_gap})"
    return f"(?:{emit(item)})"
