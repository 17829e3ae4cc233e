"""Readings of a first word: those of the word alone, and those of longer names.

Under "New" stand all names that begin with it; which of them a text can hold is told
by its second word, so that the others cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.engine.readings import Lone
from normalize.engine.words import Words


class FirstWord:
    """The readings of one first word, sorted by what follows it."""

    __slots__ = ("_alone", "_between", "_longer", "_words")

    def __init__(self, words: Words, word: str, readings: Iterable[Lone]) -> None:
        self._words = words
        self._alone: list[Lone] = []
        self._longer: dict[str, list[Lone]] = {}
        self._between: set[str] = set()  # what stands behind the word in longer names
        for reading in readings:
            rest = reading[0].translate(words.folding)[len(word) :]
            second = rest.lstrip(" -.,'&/")
            if not rest:
                self._alone.append(reading)
                continue
            self._between.add(rest[0])
            key = words.at(second, 0).lower() if second else ""
            self._longer.setdefault(key, []).append(reading)

    def fitting(self, text: str, end: int) -> Iterable[Lone]:
        """The readings that may stand where the first word ends at `end`."""
        if not self._longer:
            return self._alone
        longer = self._longer_at(text, end)
        return [*self._alone, *longer] if longer else self._alone

    def _longer_at(self, text: str, end: int) -> Sequence[Lone]:
        behind = text[end : end + 1]
        if behind in {" ", "-"} and text[end + 1 : end + 2].isalnum():
            if behind not in self._between:
                return ()
            second = self._words.at(text, end + 1)
            return self._longer.get(second.lower(), ())
        if behind.isspace():
            gap = self._words.gap.match(text, end)
            at = gap.end() if gap is not None else end
            if at >= len(text) or text[at].isspace():
                return ()  # a blank line, or nothing more
            if text[at].isalnum():
                second = self._words.at(text, at)
                return self._longer.get(second.lower(), ())
        elif behind not in self._between:
            return ()
        # Spaces and marks of other kinds: all are tried, which is rare.
        return [reading for found in self._longer.values() for reading in found]
