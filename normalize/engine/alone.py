"""Given names that change by themselves, or before a surname nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from normalize.engine.contexts import Contexts
from normalize.engine.homes import Homes
from normalize.engine.matcher import Found, Scene
from normalize.engine.mentions import Mentions
from normalize.engine.readings import Index, Part, Readings
from normalize.engine.spelled import Spelled
from normalize.engine.strangers import Strangers
from normalize.engine.words import Words, word_before_gap

SENTENCE_ENDS = frozenset(".!?")
FIRST = 400  # the second word of a text begins at so many code points at most
# The country of a given name that only one language has.
TELLING = "uk"
# By country: what a word may become, and the rules one of which must hold.
_Becoming = Sequence[tuple[str, Sequence[str], Sequence[int]]]
_NONE: Readings = (), (), ()


class Alone:
    """Finds given names where something beside them says of which country somebody is.

    Of two that are joined, one of a single language says enough where the paragraph is
    of its country.
    """

    def __init__(
        self,
        words: Words,
        index: Index,
        readings: Mapping[str, Readings],
        spelled: Spelled,
        contexts: Contexts,
        mentions: Mentions,
        homes: Homes,
        strangers: Strangers,
        told: Callable[[str], tuple[str, int] | None],
    ) -> None:
        self._words = words
        self._index = index
        self._readings = readings
        self._spelled = spelled
        self._contexts = contexts
        self._mentions = mentions
        self._homes = homes
        self._strangers = strangers
        self._told = told  # what a given name of one language becomes
        self._women = frozenset(index.women)
        self._known: dict[str, _Becoming] = {}  # of names that are known, as written

    def find(
        self,
        scene: Scene,
        start: int,
        word: str,
        given: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add the given name at `start`; not in a name of more words."""
        text, end = scene.text, start + len(word)
        becoming = self._known.get(word)
        if becoming is None:
            becoming = self._known[word] = self._becoming(word, given)
        if word.isupper() or not (becoming or self._told(word)):
            return
        at = self._spelled.next(text, end)
        surname = self._words.at(text, at) if at > 0 and text[at].isupper() else ""
        if surname:
            end = at + len(surname)
        for nation, outputs, ranks in becoming:
            rank = self._rank(scene, start, end, word, ranks)
            strange = surname and nation != TELLING
            if not rank or (strange and not self._homes.asks_place(rank)):
                continue
            # Most names have none of these contexts, so this is asked last.
            if self._is_other(scene, start, end, surname):
                return
            if len(outputs) == 1:
                pieces = self._anew(start, word, outputs[0], at, surname, rank)
                found.append((end, rank, pieces if not strange else pieces[:1]))
            elif scene.notes is not None:
                message = f"{word!r} may be {' or '.join(outputs)}"
                first = start + len(word)
                scene.notes.append(("ambiguous_name", start, first, message, rank))
            return
        if not surname:
            self._find_listed(scene, start, word, becoming, found)

    def _find_listed(
        self,
        scene: Scene,
        start: int,
        word: str,
        becoming: _Becoming,
        found: list[Found],
    ) -> None:
        """Add a given name that is joined to one that only one language has."""
        text, end = scene.text, start + len(word)
        told = self._told(word)
        output = told[0] if told is not None else ""
        if told is None:
            own = [outputs for nation, outputs, _ in becoming if nation == TELLING]
            output = own[0][0] if own and len(own[0]) == 1 else ""
        beside = self._beside(text, start, end)
        joined = any(map(self._is_given if told is not None else self._told, beside))
        if output in ("", word) or not joined:
            return
        if self._has_neighbour(text, start, end):
            return
        rank = self._rank(scene, start, end, word, self._index.bare)
        if rank and not self._mentions.hold(text, start, end, output):
            found.append((end, rank, ((start, end, output, rank),)))

    def _beside(self, text: str, start: int, end: int) -> Sequence[str]:
        """The words that and, or a comma, joins to the one at `start:end`."""
        before = word_before_gap(text, start)
        if before and self._mentions.is_joining(before):
            before = word_before_gap(text, text.rfind(before, 0, start))
        elif before[-1:] != ",":
            before = ""
        comma = text[end : end + 2] == ", "
        behind = end + 2 if comma else self._mentions.joined(text, end)
        after = self._words.at(text, behind) if behind > 0 else ""
        return [word for word in (before.rstrip(","), after) if word]

    def _is_given(self, word: str) -> bool:
        return bool(self._readings.get(word, _NONE)[1])

    def _rank(
        self, scene: Scene, start: int, end: int, word: str, ranks: Sequence[int]
    ) -> int:
        """The first of the rules that holds at `start:end`; 0 when none does."""
        return next(
            (
                rank
                for rank in self._contexts.likely(scene, start, end, ranks)
                if self._contexts.allow(scene, start, end, rank, "")
                and self._homes.allow(scene, start, end, rank, word)
            ),
            0,
        )

    def _anew(
        self, start: int, word: str, output: str, at: int, surname: str, rank: int
    ) -> tuple[tuple[int, int, str, int], ...]:
        """The edits of a given name, and of the unknown surname behind it, if any."""
        first = (start, start + len(word), output, rank)
        after = self._strangers.written(surname)
        manly = output in self._women and after.lower().endswith(self._index.manly)
        if after in ("", surname) or manly:
            return (first,)
        return first, (at, at + len(surname), after, rank)

    def _becoming(self, word: str, given: Iterable[Part]) -> _Becoming:
        """What a given name becomes alone, by country; what is written so is left."""
        numbers = {number for own, number in given if not own}
        numbers -= self._index.unlikely.get(word, frozenset())
        found = []
        for nation, (native, ranks) in self._index.alone.items() if numbers else ():
            outputs = {self._index.given[number] for number in numbers & native}
            if outputs and word.capitalize() not in outputs:
                found.append((nation, sorted(outputs), ranks))
        return found

    def _is_other(self, scene: Scene, start: int, end: int, surname: str) -> bool:
        """Whether it is a longer name, a place, or somebody's who lives abroad."""
        if self._has_neighbour(scene.text, start, end):
            return True
        # Bila Tserkva is no Bella.
        return bool(surname) and (
            self._homes.is_place(scene.text[start:end])
            or self._homes.is_abroad(scene, start, end)
        )

    def _has_neighbour(self, text: str, start: int, end: int) -> bool:
        """Whether the name is part of a longer one."""
        at = self._spelled.next(text, end)
        if at > 0 and text[at].isupper():
            return True
        before = word_before_gap(text, start)
        if not before[:1].isupper():
            return False
        name = before.rstrip(",")
        if name[-1:] in "sS" and name[-2:-1] in self._words.apostrophes:
            return False  # Ukraine's Denis
        places, *names = self._readings.get(name, _NONE)
        place = bool(places) or self._homes.is_place(name)
        # In "Kovalchuk, Oleksiy" it is a surname, in "In Kharkiv, Oleksiy" a place.
        strange = not place and not names[0] and bool(self._strangers.written(name))
        if name != before:
            return strange
        if place and not any(names):
            return False
        # A sentence may end before it; an initial ends none.
        if before[-1] in SENTENCE_ENDS:
            return len(before) <= len("V.")
        # The first word of a text has a capital too: Twins Olha and Andriy.
        first = start < FIRST and text[:start].strip() == before
        return strange or any(names) or not first
