"""People: a given name and a surname decide together, when both can be of one person.

The people of the given name and those of the surname are intersected; no product of
spellings is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from normalize.engine.contexts import Contexts
from normalize.engine.matcher import Found, Scene
from normalize.engine.mentions import Mentions
from normalize.engine.readings import Index, Part, Readings
from normalize.engine.spelled import Hit, Spelled
from normalize.engine.words import Words

# So many letters an unknown surname has at least.
SURNAME = 5


class Persons:
    """Finds people by their given name, and by their surname before it."""

    def __init__(
        self,
        words: Words,
        index: Index,
        readings: Mapping[str, Readings],
        spelled: Spelled,
        contexts: Contexts,
        mentions: Mentions,
    ) -> None:
        self._words = words
        self._index = index
        self._readings = readings
        self._spelled = spelled
        self._contexts = contexts
        self._mentions = mentions
        self._told = index.told()

    def find(
        self,
        scene: Scene,
        start: int,
        word: str,
        key: str,
        given: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add the people whose given name begins at `start`."""
        self._find_known(scene, start, key, given, found)
        if not found:
            self._find_stranger(scene, start, word, found)

    def _at(self, text: str, start: int) -> tuple[str, Readings] | None:
        """The word at `start` as the index knows it, with its readings."""
        word = self._words.at(text, start) if start > 0 else ""
        readings = self._readings.get(word)
        if readings is None and len(word) > 1 and word.isupper():
            word = word.capitalize()
            readings = self._readings.get(word)
        return None if readings is None else (word, readings)

    def _find_known(
        self,
        scene: Scene,
        start: int,
        key: str,
        given: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Given name and surname of somebody in the lexicon."""
        text = scene.text
        # Where the surname begins, and what it can be, by where the given name ends.
        behind: dict[int, tuple[int, tuple[str, Readings] | None]] = {}
        for own, number in given:
            spelling = own or key
            end = self._spelled.end(text, start, spelling)
            if end < 0:
                continue
            if end not in behind:
                at = self._spelled.next(text, end)
                behind[end] = at, self._at(text, at)
            at, known = behind[end]
            for surname, person in known[1][2] if known is not None else ():
                if known is not None and self._index.people[person][0] == number:
                    whole = (spelling, at, surname or known[0], person)
                    self._add(scene, start, whole, found)

    def _add(
        self,
        scene: Scene,
        start: int,
        whole: tuple[str, int, str, int],
        found: list[Found],
    ) -> None:
        spelling, at, surname, person = whole
        number, written, rank = self._index.people[person]
        output, text = self._index.given[number], scene.text
        first = self._spelled.match(text, start, spelling, output, last=False)
        second = self._spelled.match(text, at, surname, written)
        if first is None or second is None:
            return
        end = second[0]
        changes = (*first[1], *second[1])
        if changes and (
            self._mentions.hold(text, start, end, f"{output} {written}")
            or not self._contexts.allow(scene, start, end, rank, "")
        ):
            return
        found.append((end, rank, tuple((*change, rank) for change in changes)))

    def _find_stranger(
        self, scene: Scene, start: int, word: str, found: list[Found]
    ) -> None:
        """A given name that only one language has, and a surname nobody knows."""
        told = self._told.get(word)
        if told is None and word.isupper():
            told = self._told.get(word.capitalize())
        if told is None:
            return
        text = scene.text
        at = self._spelled.next(text, start + len(word))
        surname = self._words.at(text, at) if at > 0 else ""
        if len(surname) < SURNAME or not surname[0].isupper():
            return
        caps = surname.isupper() and word.isupper()
        small = surname.lower()
        fitting = (pair for pair in self._index.endings if small.endswith(pair[0]))
        ending, becomes = next(fitting, ("", ""))
        end = at + len(surname)
        if not ending or not self._words.ends(text, end):
            return
        output, rank = told
        after = surname[: -len(ending)] + (becomes.upper() if caps else becomes)
        given = output.upper() if caps else output
        pieces = []
        if given != word:
            pieces.append((start, start + len(word), given, rank))
        if after != surname:
            pieces.append((at, end, after, rank))
        found.append((end, rank, tuple(pieces)))

    def find_turned(
        self,
        scene: Scene,
        start: int,
        key: str,
        surnames: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add those whose surname stands before the given name or behind an initial."""
        text = scene.text
        initial = self._spelled.initial(text, start)
        for own, person in surnames:
            number, written, rank = self._index.people[person]
            hit = self._spelled.match(text, start, own or key, written)
            if hit is None:
                continue
            end, changes = hit
            if text[end : end + 2] == ", ":
                given = self._given_at(text, end + 2, number)
                if given is not None:
                    end, more = given
                    changes = [*changes, *more]
                    pieces = tuple((*change, rank) for change in changes)
                    if self._contexts.allow(scene, start, end, rank, ""):
                        found.append((end, rank, pieces))
                    continue
            fits = initial and initial in self._index.initials[number]
            if fits and self._contexts.allow(scene, start, end, rank, ""):
                pieces = tuple((*change, rank) for change in changes)
                found.append((end, rank, pieces))

    def _given_at(self, text: str, at: int, number: int) -> Hit | None:
        """The given name behind "Surname, ", if nothing else follows it."""
        known = self._at(text, at)
        for own, other in known[1][1] if known is not None else ():
            if other != number or known is None:
                continue
            spelling = own or known[0]
            hit = self._spelled.match(text, at, spelling, self._index.given[number])
            # "Zelensky, Vladimir Putin and ..." is a list of people.
            if hit is not None and not text[hit[0] + 1 : hit[0] + 2].isupper():
                return hit
        return None
