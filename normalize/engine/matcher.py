"""What a kind of rule file gives to the engine, and what a matcher answers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import regex

from normalize.engine.words import LINE_FEED_BREAK, breaks
from normalize.spans import RuleRef, Span

# Start, end, replacement, rank of the rule: a part of a match that changes. Plain
# values only, so that the garbage collector has nothing to follow.
Piece = tuple[int, int, str, int]

# A verified match: where it ends, the rank of its rule, what it changes. The
# longest is preferred, then the smallest rank (the earlier file and rule).
# A plain tuple: one is made for every match.
Found = tuple[int, int, tuple[Piece, ...]]


# Something that was seen and left: its code, where it stands in the text of the
# stage, why it was left, rank of the rule that says so.
Note = tuple[str, int, int, str, int]


# Finding one paragraph from an offset in it costs as much as listing those of so many
# code points.
AROUND = 1500
LINE = 4096  # longer lines are not looked through
PARAGRAPH, PLACE = 1, 2  # what an answer hangs on, beside what stands near


class Aside(Protocol):
    """What other scanners find in a text; a mapping is one."""

    def get(self, scanner: Any, /) -> Sequence[tuple[int, int, int]] | None:
        """The hits of a scanner; None: they are not known."""


class Spans(Protocol):
    """Tells the protected spans of a text, paragraph by paragraph."""

    def inside(self, start: int, end: int) -> Sequence[Span]: ...

    def of(self, text: str) -> Sequence[Span]: ...

    def all(self) -> Sequence[Span] | None: ...


class Scattered(NamedTuple):
    """A match whose pieces stand each for itself, anywhere around the anchor.

    Pieces in protected spans, or before the end of the last match, are left; the
    others change.
    """

    end: int
    rank: int
    pieces: tuple[Piece, ...]


def preference(found: Found) -> tuple[int, int]:
    """The sort key of matches at one place, best first."""
    return -found[0], found[1]


def noted(notes: Iterable[Note], by: int) -> list[Note]:
    """Notes so much further on in the text."""
    return [(code, a + by, b + by, why, rank) for code, a, b, why, rank in notes]


class Scene:
    """One text while a stage looks at it; knows its paragraphs.

    Few candidates ask for their paragraph, so it is found from where they are; when
    many do, all are listed. The one last asked for is most often the next one too.

    `notes` takes what a matcher saw and left (ambiguous, impossible); it is None
    on the fast path, where nobody asks. `tell` gives the language of a paragraph.
    `memo` is where a matcher keeps what it found out about this text, under itself.
    `hits` are all that the scan found, by place, where the stage gives them; `aside`
    what other scanners find in the text, by scanner, where they were asked already.
    `beyond` takes note when somebody asks for more than what stands near a place: bits,
    PARAGRAPH for what the whole paragraph says, PLACE for what holds for a place only.
    `dense` says that the text has many anchors, and may be a list or a table.
    """

    __slots__ = (
        "_body", "_breaks", "_end", "_looked", "_start", "_tell", "_told",
        "aside", "beyond", "dense", "hits", "memo", "notes", "shelter", "text",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        notes: list[Note] | None = None,
        tell: Callable[[str], str] | None = None,
    ) -> None:
        self.text = text
        self.notes = notes
        self._tell = tell
        self._told: dict[int, str] = {}  # by start of the paragraph
        self.memo: dict[object, Any] = {}  # what a matcher keeps, under itself
        self.shelter: Spans | None = None
        self.hits: Sequence[tuple[int, int, int]] = ()
        self.aside: Aside = {}
        self.beyond = 0
        self.dense = False
        self._breaks: list[tuple[int, int]] | None = None
        self._looked = 0  # so often a paragraph was found from an offset in it
        self._start = self._end = 0
        self._body = ""

    def paragraph(self, offset: int) -> tuple[int, str] | None:
        """Start and text of the paragraph at `offset`; None inside a break."""
        self.beyond |= PARAGRAPH
        if not self._start <= offset < self._end and not self._line(offset):
            bounds = None
            if self._looked * AROUND <= len(self.text):
                self._looked += 1
                bounds = self._around(offset)
            bounds = bounds or self._listed(offset)
            if bounds is None:
                return None
            self._start, self._end = bounds
            self._body = self.text[self._start : self._end]
        return self._start, self._body

    def protected(self, start: int, end: int) -> Sequence[Span]:
        """The protected spans that touch a paragraph from `start` to `end`."""
        return self.shelter.inside(start, end) if self.shelter is not None else ()

    def protected_in(self, text: str) -> Sequence[Span]:
        """The protected spans of another text, such as an edited paragraph."""
        return self.shelter.of(text) if self.shelter is not None else ()

    def language(self, offset: int) -> str:
        """The language of the paragraph at `offset`; '' when it can't be told."""
        if self._tell is None or (place := self.paragraph(offset)) is None:
            return ""
        start, body = place
        told = self._told.get(start)
        if told is None:
            told = self._told[start] = self._tell(body)
        return told

    def asked(self) -> Mapping[int, str]:
        """The languages that were asked for, by where their paragraphs begin."""
        return self._told

    def would_tell(self, body: str) -> str:
        """The language of another paragraph, such as an edited one."""
        return self._tell(body) if self._tell is not None else ""

    def tell_anew(self, start: int, language: str) -> None:
        """Take this as the language of the paragraph that begins at `start`."""
        self._told[start] = language

    def _line(self, offset: int) -> bool:
        """Whether the paragraph is one line between empty ones; it is that then."""
        text = self.text
        start = text.rfind("\n", max(0, offset - LINE), offset) + 1
        end = text.find("\n", offset, offset + LINE)
        if end < 0:
            end = len(text)
            if offset + LINE < end:
                return False
        elif text[end + 1 : end + 2] != "\n":
            return False
        if start and text[start - 2 : start - 1] != "\n":
            return False
        if not start and offset > LINE:
            return False
        line = text[start:end]
        if offset >= end or "\r" in line or line.isspace():
            return False
        self._start, self._end, self._body = start, end, line
        return True

    def _around(self, offset: int) -> tuple[int, int] | None:
        """The bounds, looked for from the line of `offset`; None when unsure."""
        text = self.text
        start = text.rfind("\n", 0, offset) + 1
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if offset == end or not line or line.isspace() or "\r" in line:
            return None
        while start:
            above = text.rfind("\n", 0, start - 1) + 1
            line = text[above : start - 1]
            if "\r" in line:
                return None
            if above and (not line or line.isspace()):
                break
            start = above
        found = LINE_FEED_BREAK.search(text, end)
        stop = found.start() if found else len(text)
        return None if "\r" in text[end:stop] else (start, stop)

    def _listed(self, offset: int) -> tuple[int, int] | None:
        """The bounds by the list of all breaks; None inside a break."""
        if self._breaks is None:
            self._breaks = breaks(self.text)
        i = bisect_right(self._breaks, (offset, len(self.text)))
        start = self._breaks[i - 1][1] if i else 0
        if offset < start:
            return None
        end = self._breaks[i][0] if i < len(self._breaks) else len(self.text)
        return start, end

    def in_break(self, offset: int) -> bool:
        """Whether the white space at `offset` belongs to blank lines."""
        text = self.text
        beside = text[max(0, offset - 1) : offset + 2]
        # Beside a letter the line is not blank; most spaces are beside one.
        if text[offset] not in "\r\n" and not beside.isspace():
            return False
        return self.paragraph(offset) is None


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

    def sweep(self, scene: Scene, anchors: Iterable[int]) -> list[Span] | None:
        """All spans with anchors at these places; None: found one by one only."""


@dataclass(frozen=True, slots=True)
class BlockRule:
    """Markup that may span paragraphs: where it opens and what closes it.

    `beside` are the characters one of which stands right before it; None: any may.
    """

    rule: RuleRef
    opens: regex.Pattern[str]
    closes: regex.Pattern[str]
    anchors: tuple[str, ...]
    beside: frozenset[str] | None = None
