"""What a kind of rule file gives to the engine, and what a matcher answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import regex

from normalize.engine.words import BREAK
from normalize.spans import RuleRef, Span

# Start, end, replacement: a part of a match that changes.
Piece = tuple[int, int, str]


class Found(NamedTuple):
    """A verified match: where it ends, what it changes, the rule that did it.

    Ordered by preference: the longest first, then the earlier rule.
    """

    end: int
    rank: int
    pieces: tuple[Piece, ...]
    rule: RuleRef


class Scene:
    """One text while a stage looks at it; remembers the paragraph last asked for.

    Candidates come from left to right, so the paragraphs are walked once.
    """

    __slots__ = ("_body", "_end", "_next", "_start", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._start = self._end = self._next = 0
        self._body: str | None = None
        self._seek(0)

    def _seek(self, start: int) -> None:
        self._start = start
        found = BREAK.search(self.text, start)
        self._end = found.start() if found else len(self.text)
        self._next = found.end() if found else len(self.text) + 1
        self._body = None

    def paragraph(self, offset: int) -> tuple[int, str] | None:
        """Start and text of the paragraph at `offset`; None inside a break."""
        if offset < self._start:
            self._seek(0)
        while offset >= self._next:
            self._seek(self._next)
        if offset >= self._end:
            return None
        if self._body is None:
            self._body = self.text[self._start : self._end]
        return self._start, self._body


class Matcher(Protocol):
    """Finds matches that begin at a given place.

    `anchors` are literals one of which every match begins with; `find` is only
    called where one of them stands.
    """

    @property
    def anchors(self) -> Sequence[str]: ...

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All matches at `start`, best first; empty when there is none."""


class Shield(Protocol):
    """Finds a span that must not be changed around an anchor inside it."""

    @property
    def anchors(self) -> Sequence[str]: ...

    def cover(self, scene: Scene, anchor_start: int) -> Span | None: ...


@dataclass(frozen=True, slots=True)
class BlockRule:
    """Markup that may span paragraphs: where it opens and what closes it."""

    rule: RuleRef
    opens: regex.Pattern[str]
    closes: regex.Pattern[str]
    anchors: tuple[str, ...]
