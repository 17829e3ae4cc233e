"""Contexts and vetoes: what must stand around a match, and what must not.

All of them look at the paragraph of the match only. A context phrase may be
set off by a gap, so `followed_by: Oblast` fits "Kiev Oblast".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from normalize.engine.analysis import emit, width
from normalize.engine.matcher import Scene
from normalize.engine.patterns import PatternError, Tree
from normalize.engine.words import Words

# Text, or a pattern already parsed.
Item = str | Tree
MAX_CONTEXT = 400


@dataclass(frozen=True, slots=True)
class Guard:
    """The compiled conditions of one rule."""

    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None
    veto: regex.Pattern[str] | None
    reach: int

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        """Whether a match at `start:end` may stand."""
        place = scene.paragraph(start)
        if place is None:
            return False
        offset, body = place
        first, last = start - offset, end - offset
        if self.before is not None and not self.before.match(body, first):
            return False
        if self.after is not None and not self.after.match(body, last):
            return False
        return self.veto is None or not self._vetoed(body, first, last)

    def _vetoed(self, body: str, first: int, last: int) -> bool:
        if self.veto is None:
            return False
        low, high = max(0, first - self.reach), last + self.reach
        found = self.veto.finditer(body, low, high, overlapped=True)
        return any(m.start() <= first and last <= m.end() for m in found)


def make_guard(
    words: Words,
    preceded_by: Sequence[Item] = (),
    followed_by: Sequence[Item] = (),
    unless: Sequence[Item] = (),
) -> Guard | None:
    """The guard of a rule, or None when it has no conditions.

    Raises:
        PatternError: a pattern has no bound on its width.
    """
    if not (preceded_by or followed_by or unless):
        return None
    gap = f"(?:{words.gap_source})?"
    before = [f"{_source(words, item)}{_gap(gap, item)}" for item in preceded_by]
    after = [f"{_gap(gap, item)}{_source(words, item)}" for item in followed_by]
    vetoes = [_source(words, item) for item in unless]
    reach = max([reach_of(item) for item in unless], default=0)
    return Guard(
        before=regex.compile(f"(?<={'|'.join(before)})") if before else None,
        after=regex.compile("|".join(f"(?:{source})" for source in after))
        if after
        else None,
        veto=regex.compile("|".join(f"(?:{source})" for source in vetoes))
        if vetoes
        else None,
        reach=reach + 2,  # so that the edges of a veto see what is beside them
    )


def _source(words: Words, item: Item) -> str:
    if isinstance(item, str):
        # Phrases are compared without regard to case: a veto must also hold in
        # a headline.
        return f"{words.left}(?i:{words.phrase(item)}){words.right}"
    reach_of(item)
    return f"{words.left}(?:{emit(item)}){words.right}"


def _gap(gap: str, item: Item) -> str:
    return gap if isinstance(item, str) else ""


def reach_of(item: Item) -> int:
    """How many code points an item can be long at most."""
    if isinstance(item, str):
        return len(item) + 34 * item.count(" ")
    most = width(item)[1]
    if most is None or most > MAX_CONTEXT:
        raise PatternError(
            f"a context must not be longer than {MAX_CONTEXT} characters", 0,
            "bound the repeats: {0,20} instead of *",
        )  # fmt: skip
    return most
