"""What tells that words were misread: their pairs of letters, and their capitals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add

WORD = 4  # shorter words, abbreviations among them, tell nothing by their letters
# Words of so many letters are asked about again for each reading, and remembered.
LONG, TOO_LONG, MOST = 64, 1 << 16, 16
# A token that was misread: start, end, what it becomes.
Mended = tuple[int, int, str]


@dataclass(frozen=True)
class LetterPairs:
    """How usual two letters side by side are in the languages of the texts.

    `common` are the most usual ones in lower case, with their rank; `letters` all
    letters of the languages, in lower case.
    """

    common: Mapping[str, int]
    letters: frozenset[str]

    @cached_property
    def _usual(self) -> frozenset[str]:
        """The common pairs in all cases but a capital behind a small letter, which is
        what misreading makes.
        """
        cases = (str.lower, str.title, str.upper)
        return frozenset(case(pair) for pair in self.common for case in cases)

    def count(self, words: Iterable[str]) -> tuple[int, int]:
        """How many pairs of letters the longer words have, and how many are common."""
        long = [word for word in words if len(word) >= WORD]
        return sum(map(len, long)) - len(long), sum(map(self.good, long))

    def good(self, text: str) -> int:
        """How many of the pairs of letters in a text are common."""
        if not LONG <= len(text) < TOO_LONG:
            return self._counted(text)
        told = self._told.get(text)
        if told is None:
            if len(self._told) >= MOST:
                self._told.clear()
            told = self._told[text] = self._counted(text)
        return told

    @cached_property
    def _told(self) -> dict[str, int]:
        return {}  # by long word

    def _counted(self, text: str) -> int:
        return sum(map(self._usual.__contains__, map(add, text, text[1:])))

    def gaining(self, line: str, tokens: Sequence[Mended]) -> tuple[int, int]:
        """The bounds of the tokens that gain the most common pairs when mended, with
        the words beside them whose capitals are those of misread ones.
        """
        best = total = begin = first = last = 0
        for number, token in enumerate(tokens):
            if total <= 0:
                total, begin = 0, number
            total += self.gained(line, token)
            if total > best:
                best, first, last = total, begin, number + 1
        while 0 < first < last and is_turned(line, tokens[first - 1]):
            first -= 1
        while first < last < len(tokens) and is_turned(line, tokens[last]):
            last += 1
        return first, last

    def gained(self, line: str, token: Mended) -> int:
        """How many more common pairs a token has when it is mended."""
        start, end, made = token
        return self.good(made) - self.good(line[start:end])

    def weight(self, text: str) -> int:
        """The more usual its pairs, the more."""
        size = len(self.common)
        ranks = (self.common.get(text[i : i + 2].lower()) for i in range(len(text) - 1))
        return sum(size - rank for rank in ranks if rank is not None)


def is_spoilt(line: str, token: Mended) -> bool:
    """Whether a token is a word as it stands, and none when it is mended."""
    start, end, made = token
    stands = line[start:end]
    word = stands.isalpha() and is_shaped(stands)
    return word and not (made.isalpha() and is_shaped(made))


def is_turned(line: str, token: Mended) -> bool:
    """Whether a token has the capitals of a word only once it is mended."""
    start, end, made = token
    stands = line[start:end]
    return is_shaped(made) and not made.isupper() and not stands[1:].islower()


def is_shaped(word: str) -> bool:
    """Whether a word has its capitals where words have them."""
    return word[1:].islower() or word.isupper() or len(word) == 1
