"""The stage that writes a text in Latin letters: one system a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy

from normalize.engine.matcher import Note, Scene
from normalize.engine.narrow import Facts
from normalize.engine.protection import Protector
from normalize.engine.romanizer import CYRILLIC, Romanization
from normalize.engine.scan import Scanner
from normalize.engine.stage import StageEdit
from normalize.engine.words import breaks
from normalize.spans import RuleRef

UNDECIDED = "undecided_language"
_WHY = "the language of this paragraph can't be told, so it is left"

_NO_SYSTEM = (
    "this paragraph is told to be {!r}, for which there is no system, so it is left"
)


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
        self.leaves_ascii = self.by_anchors = False
        self._systems = dict(systems)
        self._only = next(iter(systems.values())) if len(systems) == 1 else None
        self._tell = tell

    def told(self, tell: Callable[[str], str] | None) -> RomanizationStage:
        """The same stage where the language of a paragraph is told by `tell`."""
        made = copy(self)
        made._tell = tell  # noqa: SLF001 - its own
        return made

    def run(self, text: str) -> str:
        """The text with its words in Latin letters."""
        if text.isascii():
            return text
        pieces = []
        last = 0
        for start, end, system in self._stretches(text, None):
            system.check(text[start:end], start)
            pieces += [text[last:start], system.run(text[start:end])]
            last = end
        return "".join([*pieces, text[last:]])

    def find_with_notes(
        self,
        text: str,
        facts: Facts | None = None,  # noqa: ARG002 - letters are found otherwise
    ) -> tuple[list[StageEdit], list[Note]]:
        """The edits, and the paragraphs whose language could not be told."""
        notes: list[Note] = []
        return self.find(text, notes), notes

    def find(
        self,
        text: str,
        notes: list[Note] | None = None,
        facts: Facts | None = None,  # noqa: ARG002 - letters are found otherwise
    ) -> list[StageEdit]:
        """An edit for every letter that changes."""
        edits: list[StageEdit] = []
        if text.isascii():
            return edits
        for first, last, system in self._stretches(text, notes):
            system.check(text[first:last], first)
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
        for first, last in self._paragraphs(text):
            while at and spans[at - 1].end > first:
                at -= 1  # a span that began in the paragraph before
            free: list[tuple[int, int]] = []
            start = first
            while at < len(spans) and spans[at].start < last:
                if spans[at].start > start:
                    free.append((start, spans[at].start))
                start = max(start, spans[at].end)
                at += 1
            if start < last:
                free.append((start, last))
            system, told = self._only, ""
            if system is None and self._tell is not None:
                told = self._tell(text[first:last])
                system = self._systems.get(told)
            if system is not None:
                for begin, end in free:
                    yield begin, end, system
            elif notes is not None and any(CYRILLIC.search(text, *f) for f in free):
                why = _NO_SYSTEM.format(told) if told else _WHY
                notes.append((UNDECIDED, first, last, why, 1))

    def _paragraphs(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of what has one language; of the text when only one can be."""
        if self._only is not None:
            yield 0, len(text)
            return
        start = 0
        for stop, behind in breaks(text):
            yield start, stop
            start = behind
        yield start, len(text)
