"""Which words are first names, so that the name behind one is of a person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from normalize.engine.readings import Readings

MOST = 4096  # so many words before a name are remembered
_LAST = re.compile(r"\w[\w'-]*\Z")


class Givens(dict[str, bool]):
    """Whether a word is a first name, so that the name behind it is of a person."""

    def __init__(
        self,
        first_names: frozenset[str],
        readings: Mapping[str, Readings],
        folding: Mapping[int, str],
    ) -> None:
        super().__init__()
        self._first_names = first_names
        self._readings = readings
        self._folding = folding

    def __missing__(self, word: str) -> bool:
        letters = _LAST.search(word.translate(self._folding))
        whole = letters[0] if letters is not None else ""
        name = whole.rpartition("-")[2]  # Jean-Pierre, and pro-Serhii
        told = name in self._first_names or whole in self._first_names
        # In capitals many a first name is an English word: WILL, MARK.
        known = self._readings.get(name.capitalize() if name.isupper() else name)
        if not told and known is not None and any(not part[0] for part in known[1]):
            # Ismajil is Ismail; but as it stands it becomes Izmail, which is a place.
            told = all(
                own or needs or lacks or to == name or self[to]
                for own, to, _, needs, lacks in known[0]
            )
        if len(self) >= MOST:
            self.clear()
        self[word] = told
        return told
