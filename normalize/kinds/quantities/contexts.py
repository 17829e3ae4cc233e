"""What must stand, or must not, around a match in a coded text."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.engine.analysis import emit
from normalize.engine.guards import Item, Veto
from normalize.engine.limits import limited
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
        return not any(veto.covers(coded, start, end, REACH) for veto in self._vetoes)

    def stands(self, coded: str, start: int, end: int) -> bool:
        """Whether one of the neighbours is there."""
        return bool(
            (self._before is not None and self._before.match(coded, start))
            or (self._after is not None and self._after.match(coded, end))
        )


class Reasons:
    """Neighbours for which any match of a file is left: each with what is told."""

    def __init__(
        self, words: Words, leave: Sequence[Leave], own: RuleRef | None = None
    ) -> None:
        self._entries = tuple(
            (Context(words, one.preceded_by, one.followed_by, own=own), one)
            for one in leave
        )
        # Mostly none of them is there, which one look at each side tells.
        self._any = Context(
            words,
            [item for one in leave for item in one.preceded_by],
            [item for one in leave for item in one.followed_by],
            own=own,
        )

    def at(self, coded: str, start: int, end: int) -> Leave | None:
        """The first whose neighbour is there."""
        if not self._any.stands(coded, start, end):
            return None
        for context, leave in self._entries:
            if context.stands(coded, start, end):
                return leave
        return None


def _source(words: Words, item: Item, left_gap: str, right_gap: str) -> str:
    if isinstance(item, str):
        phrase = f"{words.left}(?i:{words.phrase(item)}){words.right}"
        return f"(?:{left_gap}{phrase}{right_gap})"
    return f"(?:{emit(item)})"
