"""Phrases right before or right behind a match, told by the word nearest to it.

A rule may have hundreds of them. One pattern of all takes longer to compile than a
page to work through; by the nearest word only those are left that end or begin with
it, mostly none, and what they come to is compiled when they are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex

from normalize.engine.limits import limited
from normalize.engine.patterns import Tree
from normalize.engine.words import Words
from normalize.spans import RuleRef

FEW = 8  # so many are one pattern all the same
# What letters with and without a dot have in common, whatever their case.
_DOTS = {ord("\N{LATIN SMALL LETTER DOTLESS I}"): "i", 0x307: None}

# A phrase or a pattern, and its source with the gap that sets it off.
Sourced = tuple[str | Tree, str]


class Adjoining:
    """Some phrases or patterns one of which must stand beside a match.

    `behind` tells on which side. Every pattern, and a phrase that has no letter or
    digit at the side of the match, is asked for at every place.
    """

    __slots__ = ("_always", "_behind", "_by_word", "_made", "_nearest", "_own")

    def __init__(
        self,
        words: Words,
        some: Sequence[Sourced],
        own: RuleRef | None,
        *,
        behind: bool,
    ) -> None:
        self._behind = behind
        self._own = own
        one = rf"([^\W{regex.escape(''.join(sorted(words.apostrophes)))}]*)"
        gap = words.gap.pattern  # all of it, so that no other part of it is tried
        self._nearest = regex.compile(f"{gap}{one}" if behind else f"(?r){one}{gap}")
        self._always: list[Sourced] = []
        self._by_word: dict[str, list[Sourced]] = {}
        for sourced in some:
            item = sourced[0]
            word = (
                self._word(item, 0 if behind else len(item))
                if isinstance(item, str)
                else ""
            )
            found = self._by_word.setdefault(word, []) if word else self._always
            found.append(sourced)
        self._made: dict[str, Any] = {}

    def match(self, text: str, at: int) -> bool:
        """Whether one of them ends or begins at a place, the gap included."""
        word = self._word(text, at)
        if word not in self._by_word:
            if not self._always:
                return False
            word = ""
        pattern = self._made.get(word)
        if pattern is None:
            pattern = self._made[word] = self._compiled(word)
        return pattern.match(text, at) is not None

    def _word(self, text: str, at: int) -> str:
        """The word that is nearest to a place, in small letters."""
        bounds = (at,) if self._behind else (0, at)
        word: str = self._nearest.match(text, *bounds)[1]
        return word.lower() if word.isascii() else word.casefold().translate(_DOTS)

    def _compiled(self, word: str) -> Any:
        some = [*self._by_word.get(word, ()), *self._always]
        return beside(some, self._own, behind=self._behind)


def beside(some: Sequence[Sourced], own: RuleRef | None, *, behind: bool) -> Any:
    """One pattern of all of them, tried where the match ends or begins."""
    every = "|".join(source for _, source in some)
    source = f"(?:{every})" if behind else f"(?<={every})"
    return limited(regex.compile(source), own, *(item for item, _ in some))


def adjoining(
    words: Words, some: Sequence[Sourced], own: RuleRef | None, *, behind: bool
) -> Any:
    """What tells whether one of them stands there; None where there are none."""
    if not some:
        return None
    if len(some) <= FEW:
        return beside(some, own, behind=behind)
    return Adjoining(words, some, own, behind=behind)
