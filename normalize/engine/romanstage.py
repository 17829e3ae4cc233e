"""The stage that writes a text in Latin letters: one system a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from normalize.engine.matcher import Note, Scene
from normalize.engine.protection import Protector
from normalize.engine.romanizer import CYRILLIC, Romanization
from normalize.engine.scan import Scanner
from normalize.engine.stage import StageEdit
from normalize.engine.words import breaks
from normalize.spans import RuleRef

UNDECIDED = "undecided_language"
_WHY = "the language of this paragraph can't be told, so it is left"


class RomanizationStage:
    """Romanizes every Cyrillic word outside protected spans.

    With systems of several languages each paragraph is romanized by the system of
    its language; one whose language can't be told is left, with a note.
    """

    def __init__(
        self,
        name: str,
        systems: Mapping[str, Romanization],
        protector: Protector,
        rules: Mapping[int, RuleRef],
        tell: Callable[[str], str] | None,
    ) -> None:
        self.name = name
        self.rules = rules
        self.protector = protector
        self.scanner = Scanner(())
        self._systems = dict(systems)
        self._only = next(iter(systems.values())) if len(systems) == 1 else None
        self._tell = tell

    def run(self, text: str) -> str:
        """The text with its words in Latin letters."""
        if text.isascii():
            return text
        pieces = []
        last = 0
        for start, end, system in self._stretches(text, None):
            pieces += [text[last:start], system.run(text[start:end])]
            last = end
        return "".join([*pieces, text[last:]])

    def find_with_notes(self, text: str) -> tuple[list[StageEdit], list[Note]]:
        """The edits, and the paragraphs whose language could not be told."""
        notes: list[Note] = []
        return self.find(text, notes), notes

    def find(self, text: str, notes: list[Note] | None = None) -> list[StageEdit]:
        """An edit for every letter that changes."""
        edits: list[StageEdit] = []
        if text.isascii():
            return edits
        for first, last, system in self._stretches(text, notes):
            start = first
            for line in text[first:last].split("\n"):
                for begin, _, parts in system.found(line, 0, len(line)):
                    edits += [
                        (start + begin + a, start + begin + b, after, rank)
                        for a, b, after, rank in parts
                        if rank and after != line[begin + a : begin + b]
                    ]
                start += len(line) + 1
        return edits

    def _stretches(
        self, text: str, notes: list[Note] | None
    ) -> Iterator[tuple[int, int, Romanization]]:
        """What is not protected, with the system to use; in order."""
        spans = self.protector.spans(Scene(text))
        at = 0
        for first, last, system in self._paragraphs(text, notes):
            start = first
            while at < len(spans) and spans[at].start < last:
                if spans[at].start > start:
                    yield start, spans[at].start, system
                start = max(start, spans[at].end)
                if spans[at].end > last:
                    break
                at += 1
            if start < last:
                yield start, last, system

    def _paragraphs(
        self, text: str, notes: list[Note] | None
    ) -> Iterator[tuple[int, int, Romanization]]:
        if self._only is not None:
            yield 0, len(text), self._only
            return
        start = 0
        for stop, behind in [*breaks(text), (len(text), len(text))]:
            body = text[start:stop]
            system = self._systems.get(self._tell(body)) if self._tell else None
            if system is not None:
                yield start, stop, system
            elif notes is not None and CYRILLIC.search(body):
                notes.append((UNDECIDED, start, stop, _WHY, 1))
            start = behind
