"""Whom a paragraph names: known people are words of their country.

"Vladyslav Voloshyn described the assaults near Orekhov" is about Ukraine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from normalize.engine.readings import Part, Person, Readings, Terms

# Two words that could be a given name and a surname.
_PAIR = re.compile(r"(?<![\w'-])([^\W\d_]{2,24}) (?=([^\W\d_]{2,24})(?!\w))")


class Company:
    """Finds the countries of people whose given name and surname stand in a text.

    In any spelling, so that a text says the same when these have been written. People
    whose rules ask for more tell nothing.
    """

    def __init__(
        self,
        readings: Mapping[str, Readings],
        people: Sequence[Person],
        terms: Mapping[int, Terms],
    ) -> None:
        self._readings = readings
        self._people = people
        self._terms = terms
        self.nations = frozenset(nation for _, _, _, nation, _ in people)

    def of(self, text: str) -> frozenset[tuple[str, str]]:
        """The countries, each with the surname as it stands there."""
        found: set[tuple[str, str]] = set()
        for pair in _PAIR.finditer(text):
            first, last = pair[1], pair[2]
            if first[0].isupper() and last[0].isupper():
                nations = self._nations(first, last)
                if len(nations) == 1:
                    found.add((nations.pop(), last))
        return frozenset(found)

    def _nations(self, first: str, last: str) -> set[str]:
        given = {number for own, number in self._parts(first, 1) if not own}
        if not given:
            return set()
        named = [self._people[n] for own, n in self._parts(last, 2) if not own]
        return {
            nation
            for number, _, rank, nation, _ in named
            if number in given and rank not in self._terms
        }

    def _parts(self, word: str, kind: int) -> Sequence[Part]:
        """The readings of a word as a given name (1) or as a surname (2)."""
        known = self._readings.get(word)
        if known is None and word.isupper():
            known = self._readings.get(word.capitalize())
        return () if known is None else (known[1] if kind == 1 else known[2])


NOBODY = Company({}, (), {})  # knows no people
