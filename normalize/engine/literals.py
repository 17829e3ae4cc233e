"""Literal variants that are words: one dictionary look-up at a candidate."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalize.engine.forms import Case, Form, in_cases, match_form, stems_of
from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Piece, Scene, preference
from normalize.engine.words import ENDERS, Words


@dataclass(frozen=True, slots=True)
class Entry:
    """A variant: its form, the conditions on it, the rank of its rule."""

    form: Form
    case: Case
    guard: Guard | None
    rank: int
    # Whether it is one word that changes as it stands: true of most variants.
    plain: bool = field(init=False)

    def __post_init__(self) -> None:
        plain = (
            len(self.form.chunks) == 1
            and self.case is not Case.KEEP
            and self.form.output != self.form.first
        )
        object.__setattr__(self, "plain", plain)


# Output, rank, guard, whether word boundaries are kept: a word or a character that is
# a variant by itself and nothing more. Most variants are; the stage settles them
# without asking a matcher.
Simple = tuple[str, int, Guard | None, bool]


class WordTable:
    """All word variants of a stage, under their first words."""

    tells_beyond = True  # the scene is told what is looked at beside what is near

    def __init__(
        self, words: Words, entries: Sequence[Entry], beside: Iterable[str] = ()
    ) -> None:
        self._words = words
        table: dict[str, list[Entry]] = {}
        for entry in entries:
            for key in in_cases(words.at(entry.form.first, 0), entry.case):
                table.setdefault(key, []).append(entry)
        self._table = {key: tuple(found) for key, found in table.items()}
        self.simple: dict[str, Simple] = self._take_simple(set(beside))
        marks = words.apostrophes
        self.anchors: tuple[str, ...] = tuple(
            sorted({stem for key in self._table for stem in stems_of(key, marks)})
        )

    @property
    def reads_words(self) -> bool:
        """Whether whole words are looked at, however long they are."""
        return bool(self._table)

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All variants at `start`, best first."""
        text = scene.text
        if start and text[start - 1] != " " and not self._words.begins(text, start):
            return ()
        plain = self._words.plain.match(text, start)
        end = plain.end() if plain is not None else start
        # The common case of `Words.at`, written out: this runs for every candidate.
        if text[end : end + 1] in ENDERS:
            word = text[start:end]
        else:
            word = self._words.at(text, start)
        entries = self._table.get(word)
        if entries is None:
            return ()
        found = [self._match(scene, start, word, entry) for entry in entries]
        matches = [match for match in found if match is not None]
        if len(matches) > 1:
            matches.sort(key=preference)
        return matches

    def _take_simple(self, beside: set[str]) -> dict[str, Simple]:
        """Take the words out of the table that have one plain reading.

        `beside` are the anchors of the other matchers of the stage: a word that
        might begin where one of their matches does stays in.
        """
        simple: dict[str, Simple] = {}
        ordered = sorted(beside) if self._table else []
        for key, entries in list(self._table.items()):
            if len(entries) != 1:
                continue
            entry = entries[0]
            contested = _begins_any(key, ordered) or any(
                key[:n] in beside for n in range(1, len(key) + 1)
            )
            if entry.plain and not contested and self._is_word(entry.form.first):
                output = entry.form.output
                # The table knows a word as it is written and in capitals.
                cased = output if key == entry.form.first else output.upper()
                simple[key] = (cased, entry.rank, entry.guard, True)
                del self._table[key]
        return simple

    def _is_word(self, text: str) -> bool:
        """Whether the text is one word that looks the same in every text."""
        return text == self._words.at(text, 0) and not (
            self._words.apostrophes & set(text)
        )

    def _match(self, scene: Scene, start: int, word: str, entry: Entry) -> Found | None:
        form, rank = entry.form, entry.rank
        pieces: tuple[Piece, ...]
        if entry.plain and word == form.first:
            end = start + len(word)
            pieces = ((start, end, form.output, rank),)
        else:
            hit = match_form(self._words, scene.text, start, form, entry.case)
            if hit is None or not self._words.ends(scene.text, hit[0]):
                return None
            end = hit[0]
            pieces = tuple((*change, rank) for change in hit[1])
        if entry.guard is not None and not entry.guard.allows(scene, start, end):
            return None
        return end, entry.rank, pieces


def _begins_any(key: str, ordered: Sequence[str]) -> bool:
    """Whether one of the texts, which are in order, begins with the key."""
    i = bisect_left(ordered, key)
    return i < len(ordered) and ordered[i].startswith(key)
