"""A stage without the edits of some of its rules."""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import copy

from normalize.engine.matcher import Note
from normalize.engine.narrow import Facts
from normalize.engine.stage import Stage, StageEdit
from normalize.spans import splice


class ChosenStage:
    """A stage in which some rules match as ever, but change nothing.

    So no other rule comes to match in their place.
    """

    def __init__(self, stage: Stage, left_out: Collection[str]) -> None:
        self.name = stage.name
        self.rules = stage.rules
        self.scanner = stage.scanner
        self.leaves_ascii = stage.leaves_ascii
        self.by_anchors = stage.by_anchors
        self.protector = stage.protector
        self._stage = stage
        self._out = {rank for rank, rule in stage.rules.items() if rule.id in left_out}

    def told(self, tell: Callable[[str], str] | None) -> ChosenStage:
        """The same where the language of a paragraph is told by `tell`."""
        made = copy(self)
        made._stage = self._stage.told(tell)  # noqa: SLF001 - its own
        return made

    def run(self, text: str) -> str:
        """The text with the edits of the other rules put in."""
        if not self._out:
            return self._stage.run(text)
        edits = self.find(text)
        return splice(text, edits) if edits else text

    def find(
        self,
        text: str,
        notes: list[Note] | None = None,
        facts: Facts | None = None,
    ) -> list[StageEdit]:
        """The edits of the other rules."""
        edits = self._stage.find(text, notes, facts)
        return [edit for edit in edits if edit[3] not in self._out]

    def find_with_notes(
        self, text: str, facts: Facts | None = None
    ) -> tuple[list[StageEdit], list[Note]]:
        """The same, and what was seen and left by the other rules."""
        edits, notes = self._stage.find_with_notes(text, facts)
        out = self._out
        return (
            [edit for edit in edits if edit[3] not in out],
            [note for note in notes if note[4] not in out],
        )
