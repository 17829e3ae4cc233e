"""A text inside a text: what is written there, read as what it means, and back.

A cell of a table, a string of JSON, a paragraph of HTML is a value: its text is what
the rules see, its pieces say where each part of it stands in the file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from normalize.spans import Edit

Splice = tuple[int, int, str]


class Piece(NamedTuple):
    """A part of a value: `raw` offsets in the file, `start:end` in the value.

    A literal one stands there letter for letter. Of any other the whole is replaced
    or nothing; one that is `kept`, such as a tag, is never replaced, and one that is
    `named`, such as `&nbsp;`, only as a part of more.
    """

    raw_start: int
    raw_end: int
    start: int
    end: int
    literal: bool = True
    kept: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A text that the rules see.

    Attributes:
        text: what is written, read as what it means.
        pieces: where each part of it stands.
        write: how a replacement is written in this place.
        place: where something can be put beside it; `start` of what it stands in.
        wrap: splices that its edits ask for around them, such as quotation marks.
    """

    text: str
    pieces: tuple[Piece, ...]
    write: Callable[[str], str] = str
    place: int = 0
    start: int = 0
    wrap: Callable[[Sequence[Splice]], Sequence[Splice]] | None = None

    def moved(self, by: int) -> Value:
        """The same value, so many code points further on in the file."""
        pieces = tuple(
            p._replace(raw_start=p.raw_start + by, raw_end=p.raw_end + by)
            for p in self.pieces
        )
        return replace(self, pieces=pieces)


@dataclass
class Builder:
    """Puts a value together from left to right."""

    raw: str
    text: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    size: int = 0

    def literal(self, start: int, end: int) -> None:
        """A stretch that stands there letter for letter."""
        if start < end:
            stop = self.size + end - start
            self.text.append(self.raw[start:end])
            self.pieces.append(Piece(start, end, self.size, stop))
            self.size = stop

    def other(
        self,
        start: int,
        end: int,
        text: str,
        *,
        kept: bool = False,
        named: bool = False,
    ) -> None:
        """A stretch that means `text`, such as an escape; or a tag that is kept."""
        stop = self.size + len(text)
        self.text.append(text)
        self.pieces.append(Piece(start, end, self.size, stop, False, kept, named))
        self.size = stop

    def empty(self, at: int) -> tuple[Piece, ...]:
        """The pieces of a value in which nothing stands."""
        return (Piece(at, at, 0, 0),)

    def value(self, write: Callable[[str], str] = str) -> Value:
        """What was put together."""
        return Value("".join(self.text), tuple(self.pieces), write)


def whole(text: str) -> Value:
    """A text that is its own value."""
    return Value(text, (Piece(0, len(text), 0, len(text)),))


def to_raw(value: Value, start: int, end: int) -> tuple[int, int] | None:
    """Where a span of the value stands; None when it can't be replaced alone."""
    pieces = value.pieces
    if len(pieces) == 1 and pieces[0].literal:
        shift = pieces[0].raw_start
        return start + shift, end + shift
    if start == end:
        at = _end(pieces, end) if end else _start(pieces, start)
        return None if at is None else (at, at)
    first, last = _start(pieces, start), _end(pieces, end)
    if first is None or last is None:
        return None
    low = bisect_left(pieces, start, key=lambda piece: piece.end)
    for piece in pieces[low:]:
        if piece.start >= end:
            break
        inside = piece.start < end and piece.end > start
        if piece.start == piece.end:
            inside = start < piece.start < end
        if piece.kept and inside:
            return None
    return first, last


def _is_named(value: Value, start: int, end: int) -> bool:
    """Whether nothing stands in a span of the value but named characters and spaces."""
    pieces = value.pieces
    low = bisect_right(pieces, start, key=lambda piece: piece.end)
    high = bisect_left(pieces, end, key=lambda piece: piece.start)
    named = False
    for piece in pieces[low:high]:
        named = named or piece.named
        if not piece.named:
            plain = value.text[max(start, piece.start) : min(end, piece.end)]
            if plain and not plain.isspace():
                return False
    return named


def _start(pieces: Sequence[Piece], at: int) -> int | None:
    """Where the character at an offset of the value begins."""
    i = bisect_right(pieces, at, key=lambda piece: piece.start) - 1
    while i >= 0 and pieces[i].start == pieces[i].end:
        i -= 1
    if i < 0 or pieces[i].end <= at:
        return pieces[0].raw_start if pieces and at == 0 else None
    piece = pieces[i]
    if piece.literal:
        return piece.raw_start + at - piece.start
    return piece.raw_start if at == piece.start else None


def _end(pieces: Sequence[Piece], at: int) -> int | None:
    """Where the character before an offset of the value ends."""
    i = bisect_left(pieces, at, key=lambda piece: piece.end)
    while i < len(pieces) and pieces[i].start == pieces[i].end:
        i += 1
    if i >= len(pieces) or pieces[i].start >= at:
        return None
    piece = pieces[i]
    if piece.literal:
        return piece.raw_start + at - piece.start
    return piece.raw_end if at == piece.end else None


def in_file(
    value: Value, edits: Sequence[Edit]
) -> tuple[list[Edit], list[Splice], list[Edit]]:
    """Edits of a value in the offsets of the file.

    Gives the edits as they are told, the same as they are written, and those that
    can't be made since markup stands inside them. What changes nothing but characters
    that are named is in none: who wrote them so meant them.
    """
    told: list[Edit] = []
    written: list[Splice] = []
    left: list[Edit] = []
    for edit in edits:
        if _is_named(value, edit.start, edit.end):
            continue
        span = to_raw(value, edit.start, edit.end)
        if span is None:
            left.append(edit)
            continue
        told.append(edit._replace(start=span[0], end=span[1]))
        written.append((*span, value.write(edit.after)))
    if value.wrap is not None and written:
        written = list(value.wrap(written))
    return told, written, left
