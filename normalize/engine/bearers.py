"""Surnames that are spelled like places, told by the words beside them."""

from __future__ import annotations

from collections.abc import Iterable

from normalize.engine.mentions import cased
from normalize.engine.words import Words, word_before


class Bearers:
    """Tells whether a name is borne by somebody: "Gen. Makarov", "Makarov said".

    `before` are words right before such a name, `behind` those right behind it. These
    tell nothing behind one of `places`: "a man from Makarov said".
    """

    def __init__(
        self,
        words: Words,
        before: Iterable[str],
        behind: Iterable[str],
        places: Iterable[str],
    ) -> None:
        self._plain = words.plain
        self._before = cased(before)
        self._behind = frozenset(behind)
        self._places = cased(places)

    def stand(self, text: str, start: int, end: int) -> bool:
        """Whether one of the words, or an initial, stands beside `start:end`."""
        before = ""
        if start > 1 and text[start - 1] == " ":
            before = word_before(text, start - 1)
        if before in self._places:
            return False
        if text[end : end + 1] == " ":
            behind = self._plain.match(text, end + 1)
            if behind is not None and behind[0] in self._behind:
                return True
        initial = before[-1:] == "." and before[-2:-1].isupper()
        return (initial and not before[-3:-2].isalnum()) or before in self._before
