"""Literal variants that are words: one dictionary look-up at a candidate."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words that decide together: a given name and a surname of one person."""

    firsts: tuple[Form, ...]
    seconds: tuple[Form, ...]
    case: Case
    guard: Guard | None
    rank: int


# Pair number and form, for the pairs that have a form with some word.
Reading = tuple[int, Form]
# What stands under a first word: variants; pairs that have it as their whole first
# part, by number; pairs whose first part only begins with it.
Known = tuple[tuple[Entry, ...], dict[int, Form] | None, tuple[Reading, ...]]


# Output, rank, guard, whether word boundaries are kept: a word or a character that is
# a variant by itself and nothing more. Most variants are; the stage settles them
# without asking a matcher.
Simple = tuple[str, int, Guard | None, bool]


class WordTable:
    """All word variants of a stage, under their first words.

    Pairs are never multiplied out: the first word stands for a set of pairs, the
    word behind it for another, and what both have is found.
    """

    def __init__(
        self,
        words: Words,
        entries: Sequence[Entry],
        pairs: Sequence[Pair] = (),
        beside: Iterable[str] = (),
    ) -> None:
        self._words = words
        self._plain = words.plain.match
        self._pairs = tuple(pairs)
        alone: dict[str, list[Entry]] = {}
        whole: dict[str, dict[int, Form]] = {}
        longer: dict[str, list[Reading]] = {}
        seconds: dict[str, list[Reading]] = {}
        for entry in entries:
            for key in in_cases(words.at(entry.form.first, 0), entry.case):
                alone.setdefault(key, []).append(entry)
        for number, pair in enumerate(self._pairs):
            for form in pair.firsts:
                first = words.at(form.first, 0)
                for key in in_cases(first, pair.case):
                    if form.chunks == (first,):
                        whole.setdefault(key, {})[number] = form
                    else:
                        longer.setdefault(key, []).append((number, form))
            for form in pair.seconds:
                for key in in_cases(words.at(form.first, 0), pair.case):
                    seconds.setdefault(key, []).append((number, form))
        self._table: dict[str, Known] = {
            key: (
                tuple(alone.get(key, ())),
                whole.get(key),
                tuple(longer.get(key, ())),
            )
            for key in alone.keys() | whole.keys() | longer.keys()
        }
        self._seconds = {key: tuple(found) for key, found in seconds.items()}
        self.simple: dict[str, Simple] = self._take_simple(set(beside))
        marks = words.apostrophes
        self.anchors: tuple[str, ...] = tuple(
            sorted({stem for key in self._table for stem in stems_of(key, marks)})
        )

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All variants at `start`, best first."""
        text = scene.text
        if start and text[start - 1] != " " and not self._words.begins(text, start):
            return ()
        plain = self._plain(text, start)
        end = plain.end() if plain is not None else start
        # The common case of `Words.at`, written out: this runs for every candidate.
        if text[end : end + 1] in ENDERS:
            word = text[start:end]
        else:
            word = self._words.at(text, start)
        known = self._table.get(word)
        if known is None:
            return ()
        entries, whole, longer = known
        if whole is not None and not entries and not longer:
            found = self._match_whole(scene, start, word, whole)
        else:
            found = [self._match(scene, start, word, entry) for entry in entries]
            if whole is not None:
                found += self._match_whole(scene, start, word, whole)
            for number, form in longer:
                found += self._match_longer(scene, start, number, form)
        if not found:
            return ()
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
        starts = {anchor[:n] for anchor in beside for n in range(1, len(anchor) + 1)}
        for key, (entries, whole, longer) in list(self._table.items()):
            if whole is not None or longer or len(entries) != 1:
                continue
            entry = entries[0]
            contested = key in starts or any(
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

    def _match_whole(
        self, scene: Scene, start: int, word: str, whole: dict[int, Form]
    ) -> list[Found | None]:
        """The pairs whose first part is `word` and whose second part follows."""
        text, end = scene.text, start + len(word)
        # The common case of `_second` and `Words.at`, written out as above.
        second_at = end + 1
        plain = self._plain(text, second_at) if text[end : end + 1] == " " else None
        if plain is not None and text[plain.end() : plain.end() + 1] in ENDERS:
            word_behind = plain[0]
        else:
            second_at = self._second(text, end)
            if second_at < 0:
                return []
            word_behind = self._words.at(text, second_at)
        seconds = self._seconds.get(word_behind)
        if seconds is None:
            return []
        found: list[Found | None] = []
        for number, second in seconds:
            first = whole.get(number)
            if first is None:
                continue
            pair = self._pairs[number]
            if word == first.first and second.chunks == (word_behind,):
                end = second_at + len(word_behind)
                changes = [
                    (start, start + len(word), first.output),
                    (second_at, end, second.output),
                ]
                old = (word, word_behind)
                rank = pair.rank
                pieces = tuple(
                    (*change, rank)
                    for change, before in zip(changes, old, strict=True)
                    if change[2] != before
                )
                if pair.guard is None or pair.guard.allows(scene, start, end):
                    found.append((end, pair.rank, pieces))
            else:
                found.append(
                    self._match_parts(scene, start, pair, first, second, second_at)
                )
        return found

    def _match_longer(
        self, scene: Scene, start: int, number: int, first: Form
    ) -> list[Found | None]:
        """A pair whose first part is more than one word."""
        pair = self._pairs[number]
        hit = match_form(self._words, scene.text, start, first, pair.case)
        second_at = self._second(scene.text, hit[0]) if hit is not None else -1
        if second_at < 0:
            return []
        behind = self._words.at(scene.text, second_at)
        return [
            self._match_parts(scene, start, pair, first, second, second_at)
            for other, second in self._seconds.get(behind, ())
            if other == number
        ]

    def _match_parts(
        self,
        scene: Scene,
        start: int,
        pair: Pair,
        first: Form,
        second: Form,
        second_at: int,
    ) -> Found | None:
        text, words = scene.text, self._words
        one = match_form(words, text, start, first, pair.case)
        two = match_form(words, text, second_at, second, pair.case)
        if one is None or two is None or not words.ends(text, two[0]):
            return None
        if pair.guard is not None and not pair.guard.allows(scene, start, two[0]):
            return None
        pieces = tuple((*change, pair.rank) for change in (*one[1], *two[1]))
        return two[0], pair.rank, pieces

    def _second(self, text: str, end: int) -> int:
        """Where the word behind the gap at `end` begins; -1 when there is none."""
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha():
            return end + 1
        gap = self._words.gap.match(text, end)
        at = gap.end() if gap is not None else end
        return at if end < at < len(text) else -1
