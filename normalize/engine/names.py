"""Names: words with readings, decided by the words beside them.

A word may be the spelling of several names: a place, a given name, the surname of
several people. A place and a telling surname decide alone; a given name and a surname
decide together (`engine.persons`), when both can be of one person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from normalize.engine.again import Again
from normalize.engine.alike import Alike
from normalize.engine.bearers import Bearers, Elsewhere
from normalize.engine.company import Company
from normalize.engine.contexts import Contexts, guarded
from normalize.engine.discussed import Discussed
from normalize.engine.evidence import Evidence
from normalize.engine.firstwords import FirstWord
from normalize.engine.foreign import Foreign
from normalize.engine.givens import Givens
from normalize.engine.kept import Kept
from normalize.engine.matcher import Found, Piece, Scene, preference
from normalize.engine.mentions import Mentions, cased
from normalize.engine.others import Others
from normalize.engine.persons import Persons
from normalize.engine.quiet import Quiet
from normalize.engine.readings import UNLESS, Addition, Index, Lone, Readings
from normalize.engine.scan import Scanner
from normalize.engine.spelled import Spelled
from normalize.engine.turned import Turned
from normalize.engine.words import ENDERS, Words, word_before_gap

# How much of a word is scanned for: more gives fewer candidates that are none, and
# a larger automaton.
STEM = 5
# The readings of a word that has none.
_NONE: Readings = (), (), ()


# What a table is made of, and made again of where it was kept.
Made = tuple[Words, Index, Foreign | None, Mentions]


class NameTable:
    """The matcher of all names of a stage."""

    tells_beyond = reads_words = True  # of what is far; whole ones

    def __init__(
        self,
        words: Words,
        index: Index,
        foreign: Foreign | None = None,
        keep: Callable[[Any, Callable[[], Any]], Any] | None = None,
    ) -> None:
        mentions = Mentions(
            words,
            index.before,
            index.behind,
            index.joining,
            index.quotes,
            index.singles,
            index.naming,
        )
        ready = replace(index, terms=guarded(words, index.terms, keep))
        self._make(words, ready, foreign, mentions)

    def __getstate__(self) -> Made:
        return self._made

    def __setstate__(self, made: Made) -> None:
        self._make(*made)

    def _make(
        self, words: Words, index: Index, foreign: Foreign | None, mentions: Mentions
    ) -> None:
        self._made = words, index, foreign, mentions
        self._index = index
        self._words = words
        self._plain = words.plain.match
        self._first: dict[str, FirstWord] = {}
        self._readings = index.readings()
        self._asked = self._readings.asked
        self._givens = Givens(index.first_names, self._readings, words.folding)
        self._evidence = Evidence(
            index.evidence,
            foreign,
            self._readings,
            index.terms,
            words.apostrophes,
            Company(self._readings, index.people, index.terms),
        )
        self._mentions = mentions
        self._terms = index.terms
        self._contexts = Contexts(words, index.terms)
        self._discussed = Discussed(words, index.discussing)
        self._spelled = Spelled(words, "".join(index.singles))
        self._bearers = Bearers(words, index.titles, index.deeds, index.whereabouts)
        self._elsewhere = Elsewhere(index)
        self._alike = Alike(words.apostrophes)
        self._plural = cased(index.plural)
        self._civil = cased(index.civil)
        # A possessive of s has an apostrophe too.
        self._soft = frozenset(name for name in index.soft if name[-1] != "s")
        # What their initials may be: I. Zelensky is somebody else.
        self._people = {rank: index.initials[own] for own, _, rank, *_ in index.people}
        self._kept = Kept(
            index.keeping,
            index.terms,
            self._people,
            self._contexts,
            self._evidence,
            index.evidence,
        )
        self._persons = Persons(
            words,
            index,
            self._readings,
            self._spelled,
            self._contexts,
            mentions,
            self._discussed,
            self._evidence,
        )
        self._others = Others(
            self._givens, self._readings, self._spelled, self._persons, index.people
        )
        self._quiet = Quiet(words, self._others, mentions, self._elsewhere, self._civil)
        self._turned = Turned(
            words, index, self._spelled, self._contexts, self._evidence, self._persons
        )
        self._again = Again(
            words,
            index,
            self._readings,
            self._givens,
            self._spelled,
            self._contexts,
            mentions,
            self._discussed,
            self._persons,
        )

    @property
    def anchors(self) -> Sequence[str]:
        """The beginnings of all first words; a stage asks when it is made."""
        return tuple(self._index.anchors.split("\0"))

    @property
    def asides(self) -> Sequence[Scanner]:
        """What looks through the text beside the scan for anchors."""
        foreign = self._made[2]
        return () if foreign is None else (foreign.scanner,)

    @property
    def words(self) -> Words:
        """What is a word here."""
        return self._words

    @property
    def index(self) -> Index:
        """What it is made of."""
        return self._made[1]

    @property
    def readings(self) -> Mapping[str, Readings]:
        """The readings of each first word."""
        return self._readings

    def with_more(self, more: Addition) -> NameTable:
        """The table with what names that join it add."""
        words, index, foreign, mentions = self._made
        made: NameTable = object.__new__(NameTable)
        ready = replace(more, terms=guarded(words, more.terms))
        made._make(words, index.with_more(ready), foreign, mentions)
        return made

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All names at `start`, best first."""
        text = scene.text
        # First of all: looking at the rest of one long word each time is quadratic.
        if start and text[start - 1] != " " and not self._words.begins(text, start):
            return ()
        # The common case of `Words.at`, written out: this runs for every candidate,
        # and most of them only begin like a name.
        plain = self._plain(text, start)
        word = plain[0] if plain is not None else ""
        end = start + len(word)
        if not word or text[end : end + 1] not in ENDERS:
            word = self._words.at(text, start)
        key = word
        readings = self._asked[word]
        if readings is None:
            # As a sentence has it: a name in capitals is known by its usual form.
            if len(word) < 2 or not word.isupper():
                several = word[-1:] == "s"
                return self._find_plural(scene, start, word) if several else ()
            key = word.capitalize()
            readings = self._asked[key]
            if readings is None:
                return ()
        if not scene.dense:
            return self._read(scene, start, word, key, readings)
        found, again = self._alike.find(scene, start, self._read, word, key, readings)
        # What was found elsewhere may stand in a paragraph of another language.
        return (
            () if again and found and self._evidence.is_foreign(scene, start) else found
        )

    def _read(
        self, scene: Scene, start: int, word: str, key: str, readings: Readings
    ) -> Sequence[Found]:
        """What a word with readings comes to."""
        text = scene.text
        lone, given, surnames = readings
        found: list[Found] = []
        if lone:
            first = self._first.get(key) or self._sorted(key, lone)
            for reading in first.fitting(text, start + len(word)):
                self._find_lone(scene, start, word, key, reading, found)
        if given:
            self._persons.find(scene, start, word, key, given, found)
        if surnames and not self._others.are_initials(text, start):
            self._turned.find(scene, start, key, surnames, found)
            if not found and not self._others.precede(text, start):
                self._again.find(scene, start, key, surnames, found)
        if given and not found and text[start - 1 : start] == " ":
            found += self._turned.find_stranger(scene, start, word)
        if found and self._evidence.is_foreign(scene, start):
            return ()
        if len(found) > 1:
            found.sort(key=preference)
        return found

    def _find_plural(self, scene: Scene, start: int, word: str) -> Sequence[Found]:
        """A family: the surname of somebody who decides alone, as in the Zelenskys."""
        if word_before_gap(scene.text, start) not in self._plural:
            return ()
        family = self._readings.get(word[:-1], _NONE)[0]
        for own, output, rank, needs, lacks in family:
            if own or needs or lacks or rank not in self._people or output == word[:-1]:
                continue
            end = start + len(word)
            if self._contexts.allow(scene, start, end, rank, word):
                return [(end, rank, ((start, end - 1, output, rank),))]
        return ()

    def _sorted(self, key: str, readings: Sequence[Lone]) -> FirstWord:
        first = self._first[key] = FirstWord(self._words, key, readings, self._readings)
        return first

    def _find_lone(
        self,
        scene: Scene,
        start: int,
        word: str,
        key: str,
        reading: Lone,
        found: list[Found],
    ) -> None:
        spelling, output, rank, needs, lacks = reading
        spelling = spelling or key
        pieces: tuple[Piece, ...]
        if word == spelling:
            end = start + len(word)
            pieces = () if word == output else ((start, end, output, rank),)
        elif word == spelling.upper():
            end = start + len(word)
            pieces = ((start, end, output.upper(), rank),)
        else:
            hit = self._spelled.match(scene.text, start, spelling, output)
            if hit is None:
                return
            end = hit[0]
            pieces = tuple((*change, rank) for change in hit[1])
        if not pieces:
            if not (needs or lacks) or self._is_meant(
                scene, start, end, reading, spelling
            ):
                self._keep(scene, start, end, (output, rank), found)
            return
        if not self._may_change(scene, start, end, (output, rank), spelling):
            return
        if needs == UNLESS:
            if found and found[-1][0] == end:
                return
        elif (needs or lacks) and not self._is_meant(
            scene, start, end, reading, spelling
        ):
            return
        if output in self._soft and self._spelled.is_soft(scene, start, end):
            at, _, after, _ = pieces[-1]
            end += 1
            pieces = (*pieces[:-1], (at, end, after, rank))
        found.append((end, rank, pieces))

    def _may_change(
        self, scene: Scene, start: int, end: int, name: tuple[str, int], spelling: str
    ) -> bool:
        """Whether what stands around a name lets it be the one that it looks like."""
        output, rank = name
        quiet = self._quiet.around(scene.text, start, end)
        if quiet:
            if self._mentions.are_near(scene.text, start, end, output):
                return False
        elif self._is_other(scene.text, start, end, output):
            return False
        if self._is_namesake(scene, start, end, rank, quiet=quiet):
            return False
        allowed = rank not in self._terms or self._contexts.allow(
            scene, start, end, rank, spelling
        )
        return allowed and not (
            self._discussed.hold(scene, start, output)
            or self._kept.stands(scene, start, end, name, spelling)
        )

    def _keep(
        self,
        scene: Scene,
        start: int,
        end: int,
        name: tuple[str, int],
        found: list[Found],
    ) -> None:
        """Add a name that is written as it should be, but for a soft sign."""
        output, rank = name
        if output not in self._soft:
            found.append((end, rank, ()))
        elif self._spelled.is_soft(scene, start, end):
            found.append((end + 1, rank, ((end, end + 1, "", rank),)))

    def _is_meant(
        self, scene: Scene, start: int, end: int, reading: Lone, spelling: str
    ) -> bool:
        """Whether the paragraph proves a doubtful name, and nobody else bears it."""
        _, output, rank, needs, lacks = reading
        if self._elsewhere.lies(scene.text, start, end, needs) or self._evidence.proves(
            scene, start, needs, lacks, spelling
        ):
            return rank in self._people or not (
                self._bearers.stand(scene.text, start, end)
                or self._elsewhere.stands(scene.text, start, end, needs, lacks)
            )
        if scene.notes is not None:
            why = (
                "nothing near says so" if needs else "something near speaks against it"
            )
            message = f"{spelling!r} may be {output!r}, but {why}"
            scene.notes.append(("ambiguous_name", start, end, message, rank))
        return False

    def _is_other(self, text: str, start: int, end: int, output: str) -> bool:
        """Whether what stands beside a name says that it is another one, or no name."""
        return (
            self._others.precede(text, start)
            or self._mentions.hold(text, start, end, output)
            or self._elsewhere.is_far(text, end)
            or self._is_told_twice(text, start, end, output)
            or self._persons.would_take(text, end, output)
        )

    def _is_told_twice(self, text: str, start: int, end: int, output: str) -> bool:
        """Whether another spelling of it stands beside it: Zelensky or Zelenskiy."""
        others = self._mentions.others(text, start, end)
        return bool(others) and any(
            reading[1] == output
            for other in others
            if other != text[start:end]
            for reading in self._readings.get(other, _NONE)[0]
        )

    def _is_namesake(
        self, scene: Scene, start: int, end: int, rank: int, *, quiet: bool
    ) -> bool:
        """Whether somebody else has the surname, or a place is one: Mr Lvov.

        Of people an initial tells it that is none of theirs.
        """
        known = self._people.get(rank)
        if known is None:
            return not quiet and word_before_gap(scene.text, start) in self._civil
        if self._others.come_first(scene, start, end, rank):
            return True
        if scene.text[start - 2 : start - 1] != ".":
            return False
        initial, _ = self._spelled.initials(scene.text, start)
        return bool(initial) and initial not in known
