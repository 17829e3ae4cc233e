"""Phrases and patterns right before or right behind a match, told by what is nearest.

A rule may have hundreds of them. One pattern of all takes longer to compile than a
page to work through. By the word beside the match only those phrases are left that end
or begin with it, mostly none, and what they come to is compiled when it is asked for;
by the two characters beside it those patterns that can go on so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import regex

from normalize.engine.analysis import emit, with_parts
from normalize.engine.limits import limited
from normalize.engine.patterns import At, Look, Seq, Tree
from normalize.engine.words import Words
from normalize.spans import RuleRef

FEW = 8  # so many phrases are one pattern all the same
NEAREST = 3  # so many characters beside a match tell which patterns may be there
MOST = 4096  # of so many pairs of characters that is remembered
# What letters with and without a dot have in common, whatever their case.
_DOTS = {ord("\N{LATIN SMALL LETTER DOTLESS I}"): "i", 0x307: None}

# A phrase or a pattern, and its source with the gap that sets it off.
Sourced = tuple[str | Tree, str]


class Adjoining:
    """Some phrases or patterns one of which must stand beside a match.

    `behind` tells on which side.
    """

    __slots__ = ("_behind", "_beside", "_by_word", "_made", "_own", "_patterns")

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
        self._beside = regex.compile(f"{gap}{one}" if behind else f"(?r){one}{gap}")
        self._by_word: dict[str, list[Sourced]] = {}
        patterns = []
        for sourced in some:
            item = sourced[0]
            word = ""
            if isinstance(item, str):
                word = self._word(item, 0 if behind else len(item))
            if word:
                self._by_word.setdefault(word, []).append(sourced)
            else:  # a pattern, or a phrase that has no letter or digit at that side
                patterns.append(_Pattern.of(sourced, own, behind=behind))
        self._patterns = Fitting(patterns)
        self._made: dict[str, Any] = {}

    def match(self, text: str, at: int) -> bool:
        """Whether one of them ends or begins at a place, the gap included."""
        if self._behind:
            characters = text[at : at + NEAREST]
        else:
            characters = text[at - NEAREST if at > NEAREST else 0 : at]
        for pattern in self._patterns[characters]:
            if pattern.match(text, at) is not None:
                return True
        if not self._by_word:
            return False
        word = self._word(text, at)
        if word not in self._by_word:
            return False
        made = self._made.get(word)
        if made is None:
            some = self._by_word[word]
            made = self._made[word] = beside(some, self._own, behind=self._behind)
        return made.match(text, at) is not None

    def beginning(self, characters: str) -> list[Any]:
        """What is left to ask where these characters are nearest to the match."""
        if self._by_word:
            return [self.match]
        return [pattern.match for pattern in self._patterns.fitting(characters)]

    def _word(self, text: str, at: int) -> str:
        """The word that is nearest to a place, in small letters."""
        bounds = (at,) if self._behind else (0, at)
        word: str = self._beside.match(text, *bounds)[1]
        return word.lower() if word.isascii() else word.casefold().translate(_DOTS)


class _Pattern(NamedTuple):
    """A pattern, and the one that tells whether it may go on as a text begins.

    None: that can't be told.
    """

    whole: Any
    near: Any

    @classmethod
    def of(cls, sourced: Sourced, own: RuleRef | None, *, behind: bool) -> _Pattern:
        whole = beside([sourced], own, behind=behind)
        if isinstance(sourced[0], str) or own is not None:
            return cls(whole, None)
        return cls(whole, nearest([sourced], behind=behind))


class Fitting(dict[str, tuple[Any, ...]]):
    """By the characters nearest to a match, what may be there.

    Each is told by its pattern of `nearest`; None: it may always be.
    """

    def __init__(self, every: Sequence[tuple[Any, Any]]) -> None:
        super().__init__()
        self._every = tuple(every)

    def __reduce__(self) -> tuple[type[Fitting], tuple[Sequence[tuple[Any, Any]]]]:
        return Fitting, (self._every,)

    def __missing__(self, characters: str) -> tuple[Any, ...]:
        if len(self) >= MOST:
            self.clear()
        found = self[characters] = self.fitting(characters)
        return found

    def fitting(self, characters: str) -> tuple[Any, ...]:
        """What may be there, asked anew."""
        return tuple(
            whole
            for whole, near in self._every
            if near is None or near.match(characters, partial=True) is not None
        )


def nearest(some: Sequence[Sourced], *, behind: bool) -> Any:
    """What some phrases or patterns may begin with, beside a match.

    To be matched in part, with some characters; what is asked of the other side is left
    out.
    """
    every = "|".join(
        source if isinstance(item, str) else emit(_this_side(item, behind))
        for item, source in some
    )
    return regex.compile(f"(?:{every})" if behind else f"(?r)(?:{every})")


def _this_side(tree: Tree, behind: bool) -> Tree:
    """A pattern without what it asks of the other side of where it begins."""
    if isinstance(tree, At) or (isinstance(tree, Look) and tree.behind is behind):
        return Seq(())
    return with_parts(tree, lambda part: _this_side(part, behind))


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
    if len(some) <= FEW and all(isinstance(item, str) for item, _ in some):
        return beside(some, own, behind=behind)
    return Adjoining(words, some, own, behind=behind)
