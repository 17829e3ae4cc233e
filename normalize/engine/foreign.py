"""Paragraphs in languages that have their own spellings of names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from normalize.engine.matcher import PARAGRAPH, Scene
from normalize.engine.scan import Scanner

# So many frequent words of another language make a paragraph one of it.
SURE = 2
# By so many times small words that no English text has outdo English ones.
OUTDONE = 2
_BREAK = "\n\n"  # is always one between paragraphs
# No clitics: the s of a possessive is a word of some languages.
_WORD = re.compile(r"(?<![\w'\N{RIGHT SINGLE QUOTATION MARK}])\w+")


class Foreign:
    """Languages that have their own spellings of names: their paragraphs stay.

    `words` are frequent words of theirs that English does not have, `own` are those
    that only English has; `names` are names that hold some (von der Leyen), and what
    stands inside such (van der), which tell nothing. One small word that is `sure`
    tells a headline in which nothing is English; so does a word in small letters with
    one of `letters` in it.
    """

    def __init__(
        self,
        tell: Callable[[str], str],
        codes: Iterable[str],
        words: Iterable[str],
        own: Iterable[str],
        *,
        names: Iterable[str] = (),
        sure: Iterable[str] = (),
        letters: Iterable[str] = (),
    ) -> None:
        self._tell = tell
        self._codes = frozenset(codes)
        self._words = frozenset(words)
        self._own = frozenset(own)
        self._sure = frozenset(sure)
        self._letters = frozenset(letters)
        longest = sorted(names, key=len, reverse=True)
        inside = [re.escape(name) for name in longest if name.islower()]
        whole = [re.escape(name) for name in longest if not name.islower()]
        self._names = re.compile(
            rf"\b(?:{'|'.join(whole) or '(?!)'})\b"
            rf"|(\b[A-Z]\w*)\s(?:{'|'.join(inside) or '(?!)'})(?=\s[A-Z])"
        )
        told = {word for word in self._words if len(word) > 1} | self._sure
        # A headline may end with its only such word.
        marks = {word: " .,:!?" if word in self._sure else " " for word in told}
        ends = {f" {word}{mark}" for word in told for mark in marks[word]}
        self.scanner = Scanner(ends | self._letters)

    def is_far(self, scene: Scene, place: int) -> bool:
        """Whether no frequent word can be in the paragraph of a place.

        Told by the nearest ones of a long text; it may not know of what is far.
        """
        known: _Far | None = scene.memo.get(self)
        if known is None:
            hits = scene.aside.get(self.scanner)
            if hits is None:
                return False
            known = scene.memo[self] = _Far([start for _, start, _ in hits])
        if not known.starts:  # mostly
            return True
        scene.beyond |= PARAGRAPH
        return known.low <= place < known.high or known.holds(scene.text, place)

    def holds(self, paragraph: str) -> bool:
        """Whether the paragraph is in one of the languages.

        Only those with a frequent word of them are looked at. One proves little: "son"
        and "am" are English too.
        """
        if not self.scanner.hits(paragraph):
            return False
        words = set(_WORD.findall(paragraph))
        if self._is_sure(words):
            return True
        if not self._count(words):
            return False
        plain = self._names.sub(r"\1", paragraph)
        if plain != paragraph and not self._count(set(_WORD.findall(plain))):
            return False
        return self._tell(plain) in self._codes

    def _is_sure(self, words: set[str]) -> bool:
        """Whether one small word surely is not English, and hardly another one is."""
        sure = len(self._sure.intersection(words))
        sure += sum(
            word[0].islower() and not self._letters.isdisjoint(word)
            for word in words - self._sure
            if not word.isascii()
        )
        if not sure:
            return False
        own = len(self._own.intersection(map(str.lower, words)))
        return not own or (sure > SURE and sure > OUTDONE * own)

    def _count(self, words: set[str]) -> bool:
        """Whether so many of them are frequent in such a language that it is sure."""
        return len(self._words.intersection(map(str.lower, words))) >= SURE


class _Far:
    """Where words stand that may tell another language, and what is far from all.

    From `low` up to `high` no paragraph has one.
    """

    __slots__ = ("high", "low", "starts")

    def __init__(self, starts: Sequence[int]) -> None:
        self.starts = starts
        self.low = self.high = 0

    def holds(self, text: str, place: int) -> bool:
        """Whether no such word can be in the paragraph of a place."""
        starts = self.starts
        i = bisect_left(starts, place)
        low, high = 0, len(text)
        if i:
            low = text.find(_BREAK, starts[i - 1], place)
            if low < 0:
                return False
            low += len(_BREAK)
        if i < len(starts):
            high = text.rfind(_BREAK, place, starts[i])
            if high < 0:
                return False
        self.low, self.high = low, high + 1
        return True
