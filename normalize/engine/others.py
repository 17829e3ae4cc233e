"""Whose surname it is: a first name before it makes it somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from normalize.engine.givens import Givens
from normalize.engine.matcher import Scene
from normalize.engine.persons import Persons
from normalize.engine.readings import Person, Readings
from normalize.engine.spelled import Spelled
from normalize.engine.words import word_before, word_before_gap

MOST = 4096  # so many words that are no part of a name are remembered


class Others:
    """Tells names that decide alone from those of other people."""

    def __init__(
        self,
        givens: Givens,
        readings: Mapping[str, Readings],
        spelled: Spelled,
        persons: Persons,
        people: Iterable[Person],
    ) -> None:
        self._givens = givens
        self._readings = readings
        self._spelled = spelled
        self._persons = persons
        self._given = {rank: number for number, _, rank, *_ in people}
        self._silent: set[str] = set()  # some words that are no part of a name

    def precede(self, text: str, start: int) -> bool:
        """Whether a first name stands before `start`, a patronymic or initials too."""
        if text[start - 1 : start] == " ":
            word = word_before(text, start - 1)
            if word in self._silent:  # mostly
                return False
            if word and not self.may_name(word) and len(self._silent) < MOST:
                self._silent.add(word)
        return bool(self._first_name(text, start)) or self.are_initials(text, start)

    def may_name(self, word: str) -> bool:
        """Whether a word, or one before it, may be a first name or initials."""
        given = self._givens[word] or self._persons.is_father(word)
        return given or word[-1] == "."

    def come_first(self, scene: Scene, start: int, end: int, rank: int) -> bool:
        """Whether the paragraph has the surname first as another one's.

        So it is behind "Igor Zelensky danced"; not before it. A given name that only
        one language has says nothing: his wife may be spelled as he is.
        """
        place = scene.paragraph(start)
        if place is None:
            return False
        name = scene.text[start:end]
        first = place[0] + place[1].find(name)
        if first >= start:  # mostly
            return False
        key = self, place[0], name, rank
        told: bool | None = scene.memo.get(key)
        if told is None:
            given = self._first_name(scene.text, first)
            told = scene.memo[key] = bool(given) and not (
                self._persons.told(given) or self._is_theirs(given, rank)
            )
        return told

    def _is_theirs(self, given: str, rank: int) -> bool:
        """Whether a given name may be that of the person with this rank."""
        known = self._readings.get(given) or self._readings.get(given.capitalize())
        number = self._given.get(rank)
        return known is not None and any(its == number for _, its in known[1])

    def _first_name(self, text: str, start: int) -> str:
        """The first name before `start`; '' when there is none."""
        if start < 2 or not (before := text[start - 1]).isspace():
            return ""
        word = word_before(text, start - 1) if before == " " else ""
        word = word or word_before_gap(text, start)
        if self._givens[word]:
            return "" if self._ends_name(text, start, word) else word
        if self._persons.is_father(word):
            given = word_before_gap(text, text.rfind(word, 0, start))
            return given if self._givens[given] else ""
        return ""

    def are_initials(self, text: str, start: int) -> bool:
        """Whether initials precede, and a first name before them: George M. Cohan."""
        if text[start - 2 : start - 1] != ".":
            return False
        at = self._spelled.initials(text, start)[1]
        return at < start and bool(self._first_name(text, at))

    def _ends_name(self, text: str, start: int, word: str) -> bool:
        """Whether a first name before `start` ends a longer name, as in Mokri Ali."""
        first = word_before_gap(text, text.rfind(word, 0, start))
        known = self._readings.get(first)
        whole = f"{first} {word}"
        return known is not None and any(reading[0] == whole for reading in known[0])
