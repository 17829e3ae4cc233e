"""Phrases around a known spelling that keep it as it is: chicken Kiev."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from normalize.engine.words import Words

EDGE = 3  # longer edges would settle hardly more

Phrase = tuple[str, str]  # what stands before and behind the spelling


class Frozen:
    """Phrases around a known spelling: `unless` phrases that hold it.

    Most matches are settled by the characters beside them, nearly all others by
    comparing the phrase letter by letter. Only where spaces or apostrophes are
    unusual a pattern is tried; there are many and few are ever needed, so each is
    compiled when it is.
    """

    __slots__ = ("_around", "_edges", "_patterns", "_reach", "_spelling", "_words")

    def __init__(
        self, words: Words, spelling: str, around: Sequence[tuple[str, str]]
    ) -> None:
        self._words = words
        self._spelling = spelling
        self._around = tuple(around)
        self._edges = _edges(words, around)
        self._reach = max((len(left) + len(right) for left, right in around), default=0)
        # By the phrases that are tried; None: all of them.
        self._patterns: dict[frozenset[Phrase] | None, regex.Pattern[str]] = {}

    def stands_at(self, text: str, start: int, end: int) -> bool:
        """Whether the spelling at `start:end` is part of one of the phrases."""
        words, edges = self._words, self._edges
        near = self._around
        before, behind = _sides(text, start, end, self._reach)
        plain = False
        if edges is not None:
            near = edges.fitting(before, behind)
            plain = (
                before.isprintable()
                and behind.isprintable()
                and "  " not in before
                and "  " not in behind
            )
            if not near and plain:
                return False
        for left, right in near:
            if (
                before.lower().endswith(left)
                and behind.lower().startswith(right)
                and words.begins(text, start - len(left))
                and words.ends(text, end + len(right))
            ):
                return True
        # An apostrophe in a phrase may be another one in the text.
        odd = edges.quoted.intersection(near) if edges is not None and plain else None
        if odd is not None and not odd:
            return False
        pattern = self._patterns.get(odd)
        if pattern is None:
            some = self._around if odd is None else sorted(odd)
            sources = [_frozen(words, *one, self._spelling) for one in some]
            pattern = self._patterns[odd] = regex.compile(
                "|".join(f"(?:{source})" for source in sources)
            )
        return bool(pattern.match(text, start))


def around_in(words: Words, phrase: str, spelling: str) -> Iterator[Phrase]:
    """What stands before and behind the spelling, for each place of it in a phrase."""
    whole = " ".join(words.fold(phrase).split())
    part = " ".join(words.fold(spelling).split())
    at = whole.find(part)
    while at >= 0:
        yield whole[:at], whole[at + len(part) :]
        at = whole.find(part, at + 1)


def _frozen(words: Words, left: str, right: str, spelling: str) -> str:
    """The source of a phrase around a spelling, tried where the spelling begins."""
    # A space at either side is a gap, which `phrase` makes between words.
    before = words.phrase(left + "x")[:-1]
    behind = words.phrase("x" + right)[1:]
    middle = f"(?i:{words.phrase(spelling)})"
    return f"(?<={words.left}(?i:{before})){middle}(?i:{behind}){words.right}"


def _sides(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """What stands before and behind in the paragraph, a line end as a space."""
    # A little more than a phrase needs, to see that no second space follows.
    low = start - reach - 1
    before, behind = text[max(0, low) : start], text[end : end + reach + 1]
    if "\n" in before:
        before = before.rpartition("\n\n")[2].replace("\n", " ")
    if "\n" in behind:
        behind = behind.partition("\n\n")[0].replace("\n", " ")
    return before, behind


@dataclass(frozen=True, slots=True)
class Edges:
    """Phrases by the characters that they have right before or behind the spelling.

    Where the text has plain spaces, a look at those settles most matches.
    """

    size: int
    tails: dict[str, tuple[Phrase, ...]]
    heads: dict[str, tuple[Phrase, ...]]
    quoted: frozenset[Phrase]  # those with apostrophes, which are of many kinds

    def fitting(self, before: str, behind: str) -> tuple[Phrase, ...]:
        """The phrases whose edge stands where the one text ends or the other begins."""
        before, behind = before[-self.size :], behind[: self.size]
        return self.tails.get(before.lower(), ()) + self.heads.get(behind.lower(), ())


def _edges(words: Words, around: Sequence[Phrase]) -> Edges | None:
    """The edges of these phrases; None when they can't be told by plain characters."""
    size = min((len(left or right) for left, right in around), default=0)
    marks = words.apostrophes
    for edge_size in range(min(size, EDGE), 0, -1):
        tails: dict[str, tuple[Phrase, ...]] = {}
        heads: dict[str, tuple[Phrase, ...]] = {}
        for left, right in around:
            found = tails if left else heads
            edge = left[-edge_size:] if left else right[:edge_size]
            found[edge] = (*found.get(edge, ()), (left, right))
        if not marks & set("".join((*tails, *heads))):
            quoted = frozenset(p for p in around if marks & set("".join(p)))
            return Edges(edge_size, tails, heads, quoted)
    return None
