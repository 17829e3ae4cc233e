"""People: a given name and a surname decide together, when both can be of one person.

The people of the given name and those of the surname are intersected; no product of
spellings is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from normalize.engine.alone import TELLING, Alone
from normalize.engine.contexts import Contexts
from normalize.engine.discussed import Discussed
from normalize.engine.evidence import Evidence
from normalize.engine.forms import Change
from normalize.engine.homes import Homes
from normalize.engine.matcher import Found, Scene
from normalize.engine.mentions import Mentions
from normalize.engine.readings import Index, Part, Readings
from normalize.engine.spelled import Spelled
from normalize.engine.strangers import Strangers
from normalize.engine.words import Words, word_before_gap

# So far a name in quotation marks reaches: Denys "Redis" Prokopenko.
NICKNAME = 24
# By so many letters at its end a patronymic is known whose father is not.
ENDING = 4
# So many letters has a patronymic that is known by its ending alone.
FATHER = 7
_SPACE = frozenset(" ")
# A word of the index with its readings and its place, and what stands before it.
_Surname = tuple[str, Readings, int, tuple[int, int] | None]


class Persons:
    """Finds people by their given name."""

    def __init__(
        self,
        words: Words,
        index: Index,
        readings: Mapping[str, Readings],
        spelled: Spelled,
        contexts: Contexts,
        mentions: Mentions,
        discussed: Discussed,
        evidence: Evidence,
    ) -> None:
        self._words = words
        self._index = index
        self._readings = readings
        self._spelled = spelled
        self._contexts = contexts
        self._mentions = mentions
        self._discussed = discussed
        self._quotes = mentions.quotes
        self._told = index.told()
        self.strangers = Strangers(index)
        self._women = frozenset(index.women)
        self.homes = Homes(
            words, index.terms, index.asking, evidence, contexts, index.abroad
        )
        self._alone = Alone(
            words,
            index,
            readings,
            spelled,
            contexts,
            mentions,
            self.homes,
            self.strangers,
            self.told,
        )

    @cached_property
    def _patronymics(self) -> Mapping[str, Mapping[str, str]]:
        """What the spellings of patronymics become; most small texts have none."""
        return self._index.patronymics()

    @cached_property
    def _ends(self) -> frozenset[str]:
        return frozenset(word[-ENDING:].lower() for word in self._patronymics)

    def find(
        self,
        scene: Scene,
        start: int,
        word: str,
        key: str,
        given: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add the people whose given name begins at `start`.

        Somebody unknown, or a given name alone, only where nothing else was found.
        """
        self.add_known(scene, start, key, given, found)
        if not found:
            self._find_stranger(scene, start, word, found)
        if not found:
            self._find_joined(scene, start, word, given, found)
        if not found:
            self._alone.find(scene, start, word, given, found)

    def told(self, word: str) -> tuple[str, int] | None:
        """What a given name of one language is written as, and its rule."""
        told = self._told.get(word)
        if told is None and word.isupper():
            told = self._told.get(word.capitalize())
        return told

    def is_father(self, word: str) -> bool:
        """Whether a word with a capital is a patronymic."""
        return word[:1].isupper() and word in self._patronymics

    def at(self, text: str, start: int) -> tuple[str, Readings] | None:
        """The word at `start` as the index knows it, with its readings."""
        word = self._words.at(text, start) if start >= 0 else ""
        readings = self._readings.get(word)
        if readings is None and len(word) > 1 and word.isupper():
            word = word.capitalize()
            readings = self._readings.get(word)
        return None if readings is None else (word, readings)

    def add_known(
        self,
        scene: Scene,
        start: int,
        key: str,
        given: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Given name and surname of somebody in the lexicon, and what is between."""
        text = scene.text
        tells = key in self._told and key not in self._index.lent
        behind: dict[int, list[_Surname]] = {}  # by where the given name ends
        for own, number in given:
            spelling = own or key
            end = self._spelled.end(text, start, spelling)
            if end < 0:
                continue
            end += self._softness(scene, start, end, self._index.given[number])
            if end not in behind:
                behind[end] = list(self._surnames(text, end))
            for known, readings, at, middle in behind[end]:
                for surname, person in readings[2]:
                    first, *_, either = self._index.people[person]
                    if first == number and (either or not tells):
                        whole = (spelling, at, surname or known, person, middle)
                        self._add(scene, start, whole, found)

    def _softness(self, scene: Scene, start: int, end: int, output: str) -> int:
        """How long the soft sign is with which a given name ends at `end`: Vasyl'."""
        if scene.text[end : end + 1] in _SPACE or output not in self._index.softened:
            return 0
        return int(self._spelled.is_soft(scene, start, end))

    def _surnames(self, text: str, end: int) -> Iterator[_Surname]:
        """Where a surname may stand behind a given name that ends at `end`."""
        at = self._spelled.next(text, end)
        known = self.at(text, at)
        if known is not None:
            yield (*known, at, None)
        middle = self.middle(text, at) if at > 0 else None
        if middle is not None:
            at = self._spelled.next(text, middle[1])
            known = self.at(text, at)
            if known is not None:
                yield (*known, at, middle)

    def would_take(self, text: str, end: int, output: str) -> bool:
        """Whether a place written so would be the given name of whoever is behind it.

        Volodymyr-Volynskyi is Volodymyr; before a surname that would be read anew.
        """
        if output not in self._told:
            return False
        at = self._spelled.next(text, end)
        if at < 0 or not text[at].isupper():
            return False
        stranger = self.strangers.written(self._words.at(text, at))
        return bool(stranger) or any(known[1][2] for known in self._surnames(text, end))

    def middle(self, text: str, at: int) -> tuple[int, int] | None:
        """A patronymic, an initial or a name in quotation marks at a place."""
        closing = self._quotes.get(text[at])
        if closing is not None:
            end = text.find(closing, at + 1, at + NICKNAME)
            plain = end > at + 1 and text[at + 1 : end].replace(" ", "").isalnum()
            return (at, end + 1) if plain else None
        if not text[at].isupper():
            return None
        if text[at + 1 : at + 2] == ".":
            return at, at + 2
        word = self._words.at(text, at)
        end = at + len(word)
        if word in self._patronymics or word.capitalize() in self._patronymics:
            return at, end
        # Of a father nobody knows; with no name behind it a surname of the same ending.
        if len(word) < FATHER or word[-ENDING:].lower() not in self._ends:
            return None
        behind = self._spelled.next(text, end)
        return (at, end) if behind > 0 and text[behind].isupper() else None

    def between(
        self, text: str, middle: tuple[int, int] | None, nation: str
    ) -> list[Change]:
        """What changes between a given name and a surname."""
        if middle is None:
            return []
        start, end = middle
        word = text[start:end]
        told = self._patronymics.get(word)
        if told is None:
            told = self._patronymics.get(word.capitalize(), {})
        after = told.get(nation, "")
        if word.isupper():
            after = after.upper()
        return [(start, end, after)] if after and after != word else []

    def _add(
        self,
        scene: Scene,
        start: int,
        whole: tuple[str, int, str, int, tuple[int, int] | None],
        found: list[Found],
    ) -> None:
        spelling, at, surname, person, middle = whole
        number, written, rank, nation, _ = self._index.people[person]
        output, text = self._index.given[number], scene.text
        first = self._spelled.match(text, start, spelling, output, last=False)
        second = self._spelled.match(text, at, surname, written)
        if first is None or second is None:
            return
        end, more = second[0], first[1]
        if self._is_namesake(scene, start, end, nation, rank):
            return
        if soft := self._softness(scene, start, first[0], output):
            # The soft sign goes too.
            more = [(start, first[0] + soft, output)]
        changes = (*more, *self.between(text, middle, nation), *second[1])
        if changes and (
            self._mentions.hold(text, start, end, f"{output} {written}")
            or self._discussed.hold(
                scene, start, written if second[1] else f"{output} {written}"
            )
            or not self._contexts.allow(scene, start, end, rank, "")
        ):
            return
        found.append((end, rank, tuple((*change, rank) for change in changes)))

    def _is_namesake(
        self, scene: Scene, start: int, end: int, nation: str, rank: int
    ) -> bool:
        """Whether it is said that somebody is of another country than who is known."""
        if rank in self._index.sole:
            return False
        others = self._index.namesakes.get(nation, ())
        return any(
            self._contexts.allow(scene, start, end, other, "")
            and self.homes.allow(scene, start, end, other)
            for other in self._contexts.likely(scene, start, end, others)
        )

    def _find_stranger(
        self, scene: Scene, start: int, word: str, found: list[Found]
    ) -> None:
        """A given name that only one language has, and a surname nobody knows."""
        told = self.told(word)
        if told is None:
            return
        text = scene.text
        first = start + len(word)
        first += self._softness(scene, start, first, told[0])
        at = self._spelled.next(text, first)
        middle = self.middle(text, at) if at > 0 else None
        if middle is not None:
            at = self._spelled.next(text, middle[1])
        surname = self._words.at(text, at) if at > 0 else ""
        if not surname and middle is not None:
            # A patronymic with nothing behind it is a surname of the same ending.
            at, middle = middle[0], None
            surname = self._words.at(text, at)
        after = self.strangers.written(surname)
        end = at + len(surname)
        if not after or not self._words.ends(text, end):
            return
        output, rank = told
        if (
            output in self._women
            and after.lower().endswith(self._index.manly)
            and not self._is_second(text, start)
        ):
            # Olena Kovalsky may live abroad, and Kovalskyi she is not; but Andriy and
            # Olena Kovalsky are two.
            return
        if not self._contexts.allow(scene, start, end, rank, "") or self._is_abroad(
            scene, start, end, word, surname
        ):
            return
        whole = f"{output} {after}"
        if whole != text[start:end] and (
            self._mentions.hold(text, start, end, whole)
            or self._discussed.hold(scene, start, whole)
        ):
            return
        given = output.upper() if word.isupper() else output
        pieces = []
        if given != text[start:first]:
            pieces.append((start, first, given, rank))
        pieces += [(*change, rank) for change in self.between(text, middle, TELLING)]
        if after != surname:
            pieces.append((at, end, after, rank))
        second = self._words.at(text, end + 1) if text[end : end + 1] == "-" else ""
        if after := self.strangers.written(second):
            at, end = end + 1, end + 1 + len(second)
            if after != second:
                pieces.append((at, end, after, rank))
        found.append((end, rank, tuple(pieces)))

    def _is_abroad(
        self, scene: Scene, start: int, end: int, word: str, surname: str
    ) -> bool:
        """Whether somebody unknown is, or is written as people are, abroad."""
        if self.homes.is_abroad(scene, start, end):
            return True
        small, name = surname.lower(), f"{word} {surname}"
        return any(
            self._contexts.allow(scene, start, end, rank, "")
            and not self.homes.allow(scene, start, end, rank, name)
            for rank, letters in self._index.lettered
            if any(part in small for part in letters)
        )

    def _is_second(self, text: str, start: int) -> bool:
        """Whether a word joins a given name to the one at `start`: Andriy and Olha."""
        joining = word_before_gap(text, start)
        if not joining or not self._mentions.is_joining(joining):
            return False
        first = word_before_gap(text, text.rfind(joining, 0, start))
        return bool(self._readings.get(first, ((), (), ()))[1])

    def _find_joined(
        self,
        scene: Scene,
        start: int,
        word: str,
        given: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add the first given name of two with one surname: Andriy and Olha Bondar."""
        text, end = scene.text, start + len(word)
        second = self._mentions.joined(text, end)
        other = self.at(text, second)
        if other is None or not other[1][1]:
            return
        at = self._spelled.next(text, second + len(other[0]))
        told = self._told.get(word)
        if told is not None and self.strangers.written(self._words.at(text, at)):
            output, rank = told
            if output != word and self._contexts.allow(scene, start, end, rank, ""):
                found.append((end, rank, ((start, end, output, rank),)))
            return
        known = self.at(text, at)
        numbers = {number for own, number in given if not own}
        for _, person in known[1][2] if known is not None else ():
            number, _, rank, *_ = self._index.people[person]
            output = self._index.given[number]
            if number in numbers and output != word:
                if self._contexts.allow(scene, start, end, rank, ""):
                    found.append((end, rank, ((start, end, output, rank),)))
                return
