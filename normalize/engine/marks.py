"""Literal variants that are not words: compared in place, longest first."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.analysis import ANCHOR_LENGTH
from normalize.engine.forms import Change, in_cases, match_form
from normalize.engine.literals import Entry
from normalize.engine.matcher import Found, Scene, preference
from normalize.engine.words import Words


class MarkTable:
    """Marks, ligatures, spaces, and phrases that begin with a mark.

    With `boundary` a variant is found in its cases, with gaps, and not inside a
    word; without it letter for letter, anywhere.
    """

    tells_beyond = True  # the scene is told what is looked at beside what is near

    def __init__(self, words: Words, entries: Sequence[Entry], boundary: bool) -> None:
        self._words = words
        self._boundary = boundary
        anchors: dict[str, list[Entry]] = {}
        for entry in entries:
            for anchor in self._anchors_of(entry):
                anchors.setdefault(anchor, []).append(entry)
        self.anchors: tuple[str, ...] = tuple(sorted(anchors))
        by_first: dict[str, dict[Entry, None]] = {}
        for anchor, found in anchors.items():
            by_first.setdefault(anchor[0], {}).update(dict.fromkeys(found))
        self._table = {first: tuple(found) for first, found in by_first.items()}

    def _anchors_of(self, entry: Entry) -> set[str]:
        if not self._boundary:
            return {entry.form.first[:ANCHOR_LENGTH]}
        found: set[str] = set()
        for chunk in in_cases(entry.form.first, entry.case):
            # Apostrophes are of many kinds, so nothing behind one is firm.
            if chunk[0] == "'":
                found |= self._words.apostrophes
            else:
                found.add(chunk.partition("'")[0][:ANCHOR_LENGTH])
        return found

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All variants at `start`, best first."""
        text = scene.text
        found: list[Found] = []
        for entry in self._table.get(text[start], ()):
            hit = self._match(scene, start, entry)
            if hit is None:
                continue
            end, changes = hit
            # Blank lines belong to no paragraph and are never touched.
            if text[start].isspace() and scene.in_break(start):
                continue
            if entry.guard is None or entry.guard.allows(scene, start, end):
                pieces = tuple((*change, entry.rank) for change in changes)
                found.append((end, entry.rank, pieces))
        found.sort(key=preference)
        return found

    def _match(
        self, scene: Scene, start: int, entry: Entry
    ) -> tuple[int, list[Change]] | None:
        text, form, words = scene.text, entry.form, self._words
        if self._boundary:
            hit = match_form(words, text, start, form, entry.case)
            if hit is None or not words.ends(text, hit[0]):
                return None
            # An apostrophe behind a letter belongs to the word before it.
            edge = start + (text[start] in words.apostrophes)
            is_word = edge > start or bool(words.at(text[start], 0))
            return None if is_word and not words.begins(text, edge) else hit
        variant = form.first
        if not text.startswith(variant, start):
            return None
        end = start + len(variant)
        if "\n" in variant or "\r" in variant:
            place = scene.paragraph(start)
            if place is None or end > place[0] + len(place[1]):
                return None
        return end, [] if variant == form.output else [(start, end, form.output)]
