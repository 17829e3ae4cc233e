"""Literal variants that are not words: compared in place, longest first."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.analysis import ANCHOR_LENGTH
from normalize.engine.literals import Entry
from normalize.engine.matcher import Found, Scene
from normalize.engine.words import Words


class MarkTable:
    """Marks, ligatures, spaces; with `boundary`, not inside a word."""

    def __init__(self, words: Words, entries: Sequence[Entry], boundary: bool) -> None:
        self._words = words
        self._boundary = boundary
        by_anchor: dict[str, list[Entry]] = {}
        for entry in entries:
            by_anchor.setdefault(entry.form.first[:1], []).append(entry)
        self._table = {
            char: tuple(sorted(found, key=lambda e: (-len(e.form.first), e.rank)))
            for char, found in by_anchor.items()
        }
        self.anchors: tuple[str, ...] = tuple(
            sorted({entry.form.first[:ANCHOR_LENGTH] for entry in entries})
        )

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All variants at `start`, best first."""
        text = scene.text
        found: list[Found] = []
        for entry in self._table.get(text[start], ()):
            variant = entry.form.first
            if not text.startswith(variant, start):
                continue
            end = start + len(variant)
            if self._boundary and not self._bounded(text, start, end):
                continue
            # Blank lines belong to no paragraph and are never touched.
            if text[start].isspace() and scene.in_break(start):
                continue
            if entry.guard is None or entry.guard.allows(scene, start, end):
                piece = (start, end, entry.form.output, entry.rule)
                changed = variant != entry.form.output
                found.append((end, entry.rank, (piece,) * changed))
        return found

    def _bounded(self, text: str, start: int, end: int) -> bool:
        words = self._words
        first, last = text[start], text[end - 1]
        if words.at(first, 0) and not words.begins(text, start):
            return False
        return not words.at(last, 0) or words.ends(text, end)
