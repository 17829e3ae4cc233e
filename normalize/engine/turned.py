"""People whose surname comes first, or stands beside an initial: "Kuchma, Leonid"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.engine.alone import TELLING
from normalize.engine.contexts import Contexts
from normalize.engine.evidence import Evidence
from normalize.engine.initials import initial_behind
from normalize.engine.matcher import Found, Piece, Scattered, Scene
from normalize.engine.persons import Persons
from normalize.engine.readings import Index, Part
from normalize.engine.spelled import Hit, Spelled
from normalize.engine.words import Words, word_before, word_before_gap

COMMA = ", "
CODE = 3  # letters of the code of a country
_OPENING = "(\"“„«[‘'"


class Turned:
    """Finds people by their surname, with the given name or an initial beside it."""

    def __init__(
        self,
        words: Words,
        index: Index,
        spelled: Spelled,
        contexts: Contexts,
        evidence: Evidence,
        persons: Persons,
    ) -> None:
        self._words = words
        self._index = index
        self._spelled = spelled
        self._contexts = contexts
        self._evidence = evidence
        self._persons = persons
        self._sure = tuple(index.sure)
        self._places = frozenset(map(str.lower, index.whereabouts))

    def find(
        self,
        scene: Scene,
        start: int,
        key: str,
        surnames: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add those whose surname stands before the given name or beside an initial.

        Of several initials the first is that of the given name.
        """
        text = scene.text
        initial, _ = self._spelled.initials(text, start)
        for own, person in surnames:
            number, written, rank, nation, _ = self._index.people[person]
            spelling = own or key
            hit = self._spelled.match(text, start, spelling, written)
            if hit is None:
                continue
            end, changes = hit
            gap = _gap(text, start, end)
            if gap:
                given = self._given_at(text, end + gap, number)
                if given is not None:
                    end, more = given
                    at = self._spelled.next(text, end)
                    middle = self._persons.middle(text, at) if at > 0 else None
                    if middle is not None and text[middle[0] : middle[1]].isalpha():
                        more = [*more, *self._persons.between(text, middle, nation)]
                        end = middle[1]
                    changes = [*changes, *more]
                    pieces = tuple((*change, rank) for change in changes)
                    if self._contexts.allow(scene, start, end, rank, ""):
                        found.append((end, rank, pieces))
                    continue
            known = self._index.initials[number]
            fits = (initial and initial in known) or initial_behind(text, end) in known
            if (
                fits
                and self._contexts.allow(scene, start, end, rank, "")
                and (not changes or self._is_theirs(scene, start, spelling, nation))
            ):
                pieces = tuple((*change, rank) for change in changes)
                found.append((end, rank, pieces))

    def _is_theirs(self, scene: Scene, start: int, spelling: str, nation: str) -> bool:
        """Whether a surname with an initial is of a country.

        "Friedman, M." is Milton, not Mikhail, where nothing of Russia is told.
        """
        return spelling not in self._index.elsewhere and (
            nation not in self._index.evidence
            or self._evidence.proves(scene, start, nation, "", spelling)
        )

    def _given_at(self, text: str, at: int, number: int) -> Hit | None:
        """The given name behind "Surname, ", if nothing else follows it."""
        known = self._persons.at(text, at)
        for own, other in known[1][1] if known is not None else ():
            if other != number or known is None:
                continue
            spelling = own or known[0]
            hit = self._spelled.match(text, at, spelling, self._index.given[number])
            if hit is None:
                continue
            # "Zelensky, Vladimir Putin and ..." is a list of people, and so is
            # "Zelensky, Vladimir V. Putin".
            at = self._spelled.next(text, hit[0])
            if at < 0 or not text[at].isupper() or self._is_code(text, at):
                return hit
            middle = self._persons.middle(text, at)
            if middle is None:
                continue
            behind = self._persons.at(text, self._spelled.next(text, middle[1]))
            if text[middle[1] - 1] != "." or behind is None or not behind[1][2]:
                return hit
        return None

    def _is_code(self, text: str, at: int) -> bool:
        """Whether the code of a country stands here: "Ivanchuk, Vasyl UKR 2775"."""
        code = self._words.at(text, at)
        behind = at + len(code) + 1
        return (
            len(code) == CODE and code.isupper() and text[behind : behind + 1].isdigit()
        )

    def find_stranger(self, scene: Scene, start: int, word: str) -> Sequence[Found]:
        """Somebody unknown whose surname stands before the given name at `start`.

        Both are written anew, so what changes may begin before `start`.
        """
        text = scene.text
        told = self._persons.told(word)
        if told is None or start < len(COMMA):
            return ()
        stop = start - (len(COMMA) if text.startswith(COMMA, start - len(COMMA)) else 1)
        surname = word_before(text, stop).lstrip(_OPENING)
        at = stop - len(surname)
        if not _gap(text, at, stop):
            return ()
        after = self._surname(text, at, surname)
        end = start + len(word)
        if (
            not after
            or self._is_of_another(text, at)
            or not self._words.ends(text, end)
        ):
            return ()
        output, rank = told
        behind = self._spelled.next(text, end)
        middle = None
        if behind > 0 and text[behind].isupper() and "\n" not in text[end:behind]:
            middle = self._persons.middle(text, behind)
            # "Kovalchuk, Oleksiy Bondar" are two people.
            if middle is None or self._spelled.next(text, middle[1]) > 0:
                return ()
            end = middle[1]
        if not self._contexts.allow(scene, start, end, rank, ""):
            return ()
        given = output.upper() if word.isupper() else output
        changes = [
            (at, stop, after),
            (start, start + len(word), given),
            *self._persons.between(text, middle, TELLING),
        ]
        pieces: tuple[Piece, ...] = tuple(
            (*change, rank)
            for change in changes
            if text[change[0] : change[1]] != change[2]
        )
        return [Scattered(end, rank, pieces)] if pieces else ()

    def _surname(self, text: str, at: int, surname: str) -> str:
        """The surname at a place as it is written; '' where it may be another word."""
        known = self._persons.at(text, at)
        sure = surname.lower().endswith(self._sure) or (
            known is not None and bool(known[1][2])
        )
        if not sure or surname.capitalize() in self._index.elsewhere:
            return ""
        return self._persons.strangers.written(surname)

    def _is_of_another(self, text: str, at: int) -> bool:
        """Whether a given name or a word of place stands before a surname."""
        before = word_before_gap(text, at)
        if before.lower() in self._places:
            return True
        ends = before[-1:].isalnum() or (
            before[-1:] == "." and len(before) == len("V.")
        )
        return before[:1].isupper() and ends


def _gap(text: str, start: int, end: int) -> int:
    """How much parts a surname at `start:end` from a given name behind it; 0: none may.

    A comma, or a space where the surname is in capitals: SYRSKY Oleksandr.
    """
    if text.startswith(COMMA, end):
        return len(COMMA)
    # The given name is not: what is in capitals as a whole tells nothing.
    apart = end - start > 1 and text[start:end].isupper() and text[end : end + 1] == " "
    return 1 if apart and text[end + 1 : end + 3].istitle() else 0
