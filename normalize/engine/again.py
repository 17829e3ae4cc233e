"""A surname alone, of somebody whom its paragraph names in full.

"Gennadiy Bogolyubov sued. Bogolyubov won": the second one is the first one. Without
that, what stands beside it may tell whose it is (`engine.surnamed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from normalize.engine.contexts import Contexts
from normalize.engine.discussed import Discussed
from normalize.engine.matcher import Found, Scene
from normalize.engine.mentions import Mentions, cased
from normalize.engine.persons import Persons
from normalize.engine.readings import Index, Part, Readings
from normalize.engine.spelled import Spelled
from normalize.engine.surnamed import Surname, Surnamed
from normalize.engine.words import Words, word_before_gap

# The ranks of people whom a paragraph names, and the surnames of others in it.
_People = tuple[frozenset[int], frozenset[str]]


class Again:
    """Finds people by their surname where their paragraph has their given name too.

    `givens` tells of a word whether it is a first name.
    """

    def __init__(
        self,
        words: Words,
        index: Index,
        readings: Mapping[str, Readings],
        givens: Mapping[str, bool],
        spelled: Spelled,
        contexts: Contexts,
        mentions: Mentions,
        discussed: Discussed,
        persons: Persons,
    ) -> None:
        self._words = words
        self._people = index.people
        self._elsewhere = index.elsewhere
        self._readings = readings
        self._givens = givens
        self._spelled = spelled
        self._contexts = contexts
        self._mentions = mentions
        self._discussed = discussed
        self._persons = persons
        self._surnamed = Surnamed(index, spelled, contexts, mentions, persons.homes)
        self._titles = cased(index.titles)
        self._places = cased(index.whereabouts)

    def find(
        self,
        scene: Scene,
        start: int,
        key: str,
        surnames: Iterable[Part],
        found: list[Found],
    ) -> None:
        """Add the one whose surname it is; nobody where it may be of two people."""
        maybe = [(own or key, *self._people[person][1:4]) for own, person in surnames]
        # Most surnames are written as they should be: the paragraph is not asked.
        if key in self._elsewhere or all(name[0] == name[1] for name in maybe):
            return
        if self._is_alone(scene.text, start):
            self._find_named(scene, start, key, maybe, found)
        if not found:
            self._surnamed.find(scene, start, maybe, found)

    def _find_named(
        self,
        scene: Scene,
        start: int,
        key: str,
        maybe: Sequence[Surname],
        found: list[Found],
    ) -> None:
        """Add the one whom the paragraph names in full."""
        ranks, others = self._named(scene, start)
        known = [one for one in maybe if one[2] in ranks]
        if len({written for _, written, *_ in known}) != 1:
            return
        spelling, written, rank, _ = known[0]
        if key in others or written in others:
            return
        text = scene.text
        hit = self._spelled.match(text, start, spelling, written)
        if hit is None or self._goes_on(text, hit[0]):
            return
        end, changes = hit
        if (
            not self._mentions.hold(text, start, end, written)
            and not self._discussed.hold(scene, start, written)
            and self._contexts.allow(scene, start, end, rank, "")
        ):
            found.append((end, rank, tuple((*change, rank) for change in changes)))

    def _is_alone(self, text: str, start: int) -> bool:
        """Whether no name precedes, and no word of place; a title may."""
        before = word_before_gap(text, start)
        if before in self._places:
            return False
        ended = not before[-1:].isalnum() and len(before) > len("V.")
        return ended or not before[:1].isupper() or before in self._titles

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether a name follows right behind: Bogolyubov Street."""
        return text[end : end + 1] in " -" and text[end + 1 : end + 2].isupper()

    def _named(self, scene: Scene, start: int) -> _People:
        """The people whom the paragraph names in full."""
        place = scene.paragraph(start)
        if place is None:
            return frozenset(), frozenset()
        key = self, place[0]
        told: _People | None = scene.memo.get(key)
        if told is None:
            told = scene.memo[key] = self._look(scene, *place)
        return told

    def _look(self, scene: Scene, first: int, body: str) -> _People:
        ranks: set[int] = set()
        others: set[str] = set()
        text, last = scene.text, first + len(body)
        for match in self._words.plain.finditer(text, first, last):
            word, at = match[0], match.start()
            if not word[0].isupper():
                continue
            known = self._persons.at(text, at)
            found: list[Found] = []
            if known is not None and known[1][1]:
                self._persons.add_known(scene, at, known[0], known[1][1], found)
            ranks.update(rank for _, rank, _ in found)
            behind = self._spelled.next(text, match.end())
            if not found and self._givens[word] and 0 < behind < last:
                others |= self._forms(text, behind)
        return frozenset(ranks), frozenset(others)

    def _forms(self, text: str, at: int) -> set[str]:
        """A surname, and all that it may be written as: a second run sees that."""
        word = self._words.at(text, at)
        forms = {word, self._persons.strangers.written(word)}
        known = self._persons.at(text, at)
        if known is not None:
            forms.update(self._people[person][1] for _, person in known[1][2])
        return forms
