"""Contexts and vetoes: what must stand around a match, and what must not.

All of them look at the paragraph of the match only. A context phrase may be
set off by a gap, so `followed_by: Oblast` fits "Kiev Oblast".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from normalize.engine.adjoining import adjoining
from normalize.engine.alphabet import sight_of
from normalize.engine.analysis import emit, stays_in_line, width
from normalize.engine.frozen import Frozen, around_in
from normalize.engine.limits import limited
from normalize.engine.matcher import PLACE, Scene
from normalize.engine.patterns import PatternError
from normalize.engine.recall import Recall
from normalize.engine.vetoes import Item, Veto, covered
from normalize.engine.wide import FAR, SEEN, seen
from normalize.engine.words import GAP, Words
from normalize.spans import RuleRef

MAX_CONTEXT = 400
FAR_VETO = 160  # what vetoes see further than so many code points is not compared
SEEN_BESIDE = 2  # the edges of a veto see what is beside them
MARGIN = 6  # what the edges of vetoes and the ends of a text take, and more


@dataclass(frozen=True, slots=True)
class Guard:
    """The compiled conditions of one rule, or of one spelling of it.

    `frozen` are vetoes around a known spelling, told where the match is; the
    others (`vetoes`) may lie anywhere over the match and are searched for, `reach`
    code points to both sides. `sight` is how far beside a match conditions look that
    are told once for places with the same around; 0: that is not known, or far.
    """

    before: Any  # patterns, or what stands for one of many phrases
    after: Any
    frozen: Frozen | None
    vetoes: tuple[Veto, ...]
    reach: int
    in_line: bool
    plain: bool
    languages: frozenset[str] = frozenset()  # of the paragraph; empty: any
    sight: int = 0
    seen: int = FAR

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        """Whether a match at `start:end` may stand."""
        if end - start + self.seen > SEEN:
            scene.beyond |= PLACE
        if self.languages and scene.language(start) not in self.languages:
            return False
        # A phrase crosses one line end at most, so never a blank line: it can be
        # looked for in the whole text.
        if self.frozen is not None and self.frozen.stands_at(scene.text, start, end):
            return False
        if self.plain:
            return True
        if not 0 < self.sight <= start:
            return self._stands(scene, start, end)
        known = scene.memo.get(self.vetoes)
        if known is None:
            known = scene.memo[self.vetoes] = Recall()
        if not known.pays():
            return self._stands(scene, start, end)
        around = scene.text[start - self.sight : end + self.sight], end - start
        told: bool | None = known.get(around)
        if told is None:
            told = self._stands(scene, start, end)
            known.keep(around, told)
        return told

    def _stands(self, scene: Scene, start: int, end: int) -> bool:
        """Whether what stands around a match is as it must be, near it and beyond."""
        offset, body = 0, scene.text
        if not self.in_line:
            place = scene.paragraph(start)
            if place is None:
                return False
            offset, body = place
        first, last = start - offset, end - offset
        # What stands behind is told by its first character more often than not.
        if self.after is not None and not self.after.match(body, last):
            return False
        if self.before is not None and not self.before.match(body, first):
            return False
        return not covered(self.vetoes, body, first, last, self.reach)


_NOTHING = Guard(None, None, None, (), reach=0, in_line=True, plain=True, seen=0)


def make_guard(
    words: Words,
    preceded_by: Sequence[Item] = (),
    followed_by: Sequence[Item] = (),
    unless: Sequence[Item] = (),
    *,
    spelling: str | None = None,
    languages: frozenset[str] = frozenset(),
    own: RuleRef | None = None,
) -> Guard | None:
    """The guard of a rule, or None when it has no conditions.

    With `spelling` the guard is for matches of that text only, so a phrase of
    `unless` that does not hold it is left out, and one that does is tried in
    place.

    Raises:
        PatternError: a pattern has no bound on its width.
    """
    if spelling is not None:
        phrases = [item for item in unless if isinstance(item, str)]
        others = [item for item in unless if not isinstance(item, str)]
        guard = make_guard(
            words, preceded_by, followed_by, others, languages=languages, own=own
        )
        return around_spelling(guard, words, phrases, spelling)
    if not (preceded_by or followed_by or unless or languages):
        return None
    gap = f"(?:{words.gap_source})?"
    before = [(i, f"{source_of(words, i)}{_gap(gap, i)}") for i in preceded_by]
    after = [(i, f"{_gap(gap, i)}{source_of(words, i)}") for i in followed_by]
    return Guard(
        before=adjoining(words, before, own, behind=False),
        after=adjoining(words, after, own, behind=True),
        frozen=None,
        # Each by itself: of two that begin alike the longer one may be the veto.
        vetoes=tuple(
            Veto(limited(regex.compile(source_of(words, item)), own, item), item)
            for item in unless
        ),
        reach=max(map(reach_of, unless), default=0) + SEEN_BESIDE,
        plain=not (preceded_by or followed_by or unless),
        in_line=all(
            isinstance(item, str) or stays_in_line(item)
            for item in (*preceded_by, *followed_by, *unless)
        ),
        languages=languages,
        sight=_sight((*preceded_by, *followed_by), unless),
        seen=max(map(seen, (*preceded_by, *followed_by, *unless)), default=0),
    )


def around_spelling(
    guard: Guard | None, words: Words, phrases: Sequence[str], spelling: str
) -> Guard | None:
    """The guard for matches of a spelling, which is part of none of these phrases."""
    around = [pair for phrase in phrases for pair in around_in(words, phrase, spelling)]
    if not around:
        return guard
    guard = guard or _NOTHING
    far = max(guard.seen, *map(seen, phrases))
    return replace(guard, frozen=Frozen(words, spelling, around), seen=far)


def with_phrases(
    guard: Guard | None, words: Words, phrases: Sequence[str], own: RuleRef | None
) -> Guard | None:
    """The guard with more vetoes; what it has is not compiled again."""
    more = make_guard(words, unless=phrases, own=own)
    if guard is None or more is None:
        return guard or more
    return replace(
        more,
        before=guard.before,
        after=guard.after,
        vetoes=(*guard.vetoes, *more.vetoes),
        reach=max(guard.reach, more.reach),
        in_line=guard.in_line and more.in_line,
        languages=guard.languages,
        sight=0,
        seen=max(guard.seen, more.seen),
    )


def _sight(contexts: Sequence[Item], vetoes: Sequence[Item]) -> int:
    """How far beside a match its vetoes look; 0: far, or there are contexts too."""
    patterns = [item for item in vetoes if not isinstance(item, str)]
    looks = list(map(sight_of, patterns))
    if contexts or len(patterns) < len(vetoes) or not vetoes or None in looks:
        return 0
    if not all(map(stays_in_line, patterns)):
        return 0
    most = max(map(reach_of, patterns)) + max(look or 0 for look in looks)
    return most + MARGIN if most <= FAR_VETO else 0


def source_of(words: Words, item: Item) -> str:
    """The source of a context or veto: a phrase as a whole, or a pattern."""
    if isinstance(item, str):
        # Phrases are compared without regard to case: a veto must also hold in
        # a headline.
        return f"{words.left}(?i:{words.phrase(item)}){words.right}"
    reach_of(item)
    return f"(?:{emit(item)})"


def _gap(gap: str, item: Item) -> str:
    return gap if isinstance(item, str) else ""


def reach_of(item: Item) -> int:
    """How many code points an item can be long at most."""
    if isinstance(item, str):
        return len(item) + 2 * (GAP + 1) * item.count(" ")
    most = width(item)[1]
    if most is None or most > MAX_CONTEXT:
        raise PatternError(
            f"a context must not be longer than {MAX_CONTEXT} characters", 0,
            "bound the repeats: {0,20} instead of *", "N010",
        )  # fmt: skip
    return most
