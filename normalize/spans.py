"""Spans, edits, and the alignment between a source text and its output.

All offsets count code points of a Python string and all spans are half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, `start <= end`."""

    start: int
    end: int


class RuleRef(NamedTuple):
    """Which rule did something: its full id, kind, `path:line`, and stage."""

    id: str
    kind: str
    at: str
    stage: str


class Edit(NamedTuple):
    """One replacement: `before` stood at `start:end`, `after` takes its place.

    Attributes:
        start: offset of the first code point replaced.
        end: offset behind the last one; equal to `start` for an insertion.
        before: the text that stood there.
        after: the text that stands there now; empty for a deletion.
        rules: every rule that took part, in the order in which they acted.
    """

    start: int
    end: int
    before: str
    after: str
    rules: tuple[RuleRef, ...]


class Block(NamedTuple):
    """A stretch of source and the stretch of output that replaced it."""

    source_start: int
    source_end: int
    output_start: int
    output_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the offsets of two texts correspond: the blocks that changed.

    Between blocks the texts are equal and offsets differ by a constant. An
    offset inside a changed block has no exact counterpart: a span that begins
    there is widened to the block's start, one that ends there to its end. A
    deleted stretch maps to an empty span, an inserted one to an empty span of
    the source. Maps are monotone, and inverse where nothing changed.

    Where the lengths of the texts are known (those of a `Result` are), a span that
    ends behind its text is refused.
    """

    blocks: Sequence[Block] = ()
    source_length: int | None = None
    output_length: int | None = None

    def to_output(self, start: int, end: int) -> Span:
        """The span of the output that holds source `start:end`.

        Raises:
            ValueError: `start:end` is no span of the source.

        >>> Alignment((Block(3, 7, 3, 5),)).to_output(4, 9)
        Span(start=3, end=7)
        """
        check_span(start, end, self.source_length)
        return _convert(self.blocks, 0, 2, start, end)

    def to_source(self, start: int, end: int) -> Span:
        """The span of the source that output `start:end` came from.

        Raises:
            ValueError: `start:end` is no span of the output.

        >>> Alignment((Block(3, 7, 3, 5),)).to_source(4, 7)
        Span(start=3, end=9)
        """
        check_span(start, end, self.output_length)
        return _convert(self.blocks, 2, 0, start, end)


def check_span(start: int, end: int, length: int | None = None) -> None:
    """Refuse what is no span of a text of so many code points, if that is known.

    Raises:
        ValueError: it is none; told with what a span is.
    """
    if length is not None and not 0 <= start <= end <= length:
        raise ValueError(f"{start}:{end} is no span of a text of {length} code points")
    if not 0 <= start <= end:
        raise ValueError(f"not a span: {start}:{end} (0 <= start <= end is needed)")


def _convert(blocks: Sequence[Block], a: int, b: int, start: int, end: int) -> Span:
    """Map a span from side `a` (0 source, 2 output) of the blocks to side `b`."""
    # A start takes the last block that begins at or before it, an end the first
    # that ends at or behind it: so a span never takes in what only touches it.
    i = bisect_right(blocks, start, key=lambda block: block[a]) - 1
    first = start
    if i >= 0:
        block = blocks[i]
        past = start - block[a + 1]
        first = block[b] if past < 0 else block[b + 1] + past
    j = bisect_left(blocks, end, key=lambda block: block[a + 1])
    last = end
    if j < len(blocks) and blocks[j][a] < end:
        last = blocks[j][b + 1]
    elif j > 0:
        last = blocks[j - 1][b + 1] + end - blocks[j - 1][a + 1]
    # An empty span where something was deleted maps to what was deleted.
    return Span(min(first, last), max(first, last))


class Projected(NamedTuple):
    """Where a span is in the other text, and how it got there.

    Attributes:
        start: offset of its first code point there.
        end: offset behind its last one.
        how: ``same``: its text is the same; ``changed``: it covers whole edits, so the
            way back leads to where it came from; ``widened``: a border lay inside an
            edit and moved to the edit's end; ``emptied``: nothing is left of it.
    """

    start: int
    end: int
    how: str


def projected(alignment: Alignment, start: int, end: int, *, back: bool) -> Projected:
    """A span of the source in the output, or back; see `Result.project_spans`."""
    a, b = (2, 0) if back else (0, 2)
    blocks = alignment.blocks
    there = _convert(blocks, a, b, start, end)
    first = bisect_right(blocks, start, key=lambda block: block[a + 1])
    last = bisect_left(blocks, end, key=lambda block: block[a])
    inside = blocks[first:last]
    how = "changed" if inside else "same"
    if inside and (inside[0][a] < start or end < inside[-1][a + 1]):
        how = "widened"
    if start < end and there.start == there.end:
        how = "emptied"
    elif start == end and there.start < there.end:
        how = "widened"  # a point where something was deleted
    return Projected(*there, how)


def splice(text: str, edits: Iterable[Sequence[Any]]) -> str:
    """The text with each `(start, end, after, ...)` put in; edits ordered, disjoint.

    >>> splice("Kiev and Lvov", [(0, 4, "Kyiv"), (9, 13, "Lviv")])
    'Kyiv and Lviv'
    """
    pieces: list[str] = []
    add = pieces.append
    last = 0
    for edit in edits:
        add(text[last : edit[0]])
        add(edit[2])
        last = edit[1]
    add(text[last:])
    return "".join(pieces)


def source_offset(offset: int, steps: Iterable[Sequence[Sequence[Any]]]) -> int:
    """Where an offset behind some steps of edits was before the first of them.

    >>> source_offset(9, [[(0, 4, "Kyivan")], [(0, 6, "Kyiv")]])
    9
    """
    for edits in reversed(list(steps)):
        blocks = blocks_of((start, end, after) for start, end, after, *_ in edits)
        offset = Alignment(blocks).to_source(offset, offset).start
    return offset


def blocks_of(edits: Iterable[tuple[int, int, str]]) -> tuple[Block, ...]:
    """The alignment blocks of one list of ordered, disjoint edits."""
    blocks = []
    shift = 0
    for start, end, after in edits:
        blocks.append(Block(start, end, start + shift, start + shift + len(after)))
        shift += len(after) - (end - start)
    return tuple(blocks)


class Change(NamedTuple):
    """A block with the rules that made it; what composition works on."""

    block: Block
    rules: tuple[RuleRef, ...]


def compose(first: Sequence[Change], second: Sequence[Change]) -> list[Change]:
    """Changes source -> middle and middle -> output as changes source -> output.

    Changes that share text of the middle become one; all others stay apart, so
    the result is as fine as it can be while splicing it still gives the output.
    """
    # In the middle text a change of `first` is its output side, one of
    # `second` its source side. Sweep over both, joining what overlaps.
    sweep = sorted(
        [(c.block.output_start, c.block.output_end, 0, c) for c in first]
        + [(c.block.source_start, c.block.source_end, 1, c) for c in second],
        key=lambda item: item[:3],
    )
    changes: list[Change] = []
    back = ahead = 0  # middle minus source, output minus middle, so far
    i = 0
    while i < len(sweep):
        start, end = sweep[i][0], sweep[i][1]
        j = i + 1
        while j < len(sweep) and _joined(start, end, sweep[j][0], sweep[j][1]):
            end = max(end, sweep[j][1])
            j += 1
        source_start, output_start = start - back, start + ahead
        for _, _, side, change in sweep[i:j]:
            b = change.block
            grown = (b.output_end - b.output_start) - (b.source_end - b.source_start)
            if side == 0:
                back += grown
            else:
                ahead += grown
        rules: dict[RuleRef, None] = {}
        for _, _, _, change in sorted(sweep[i:j], key=lambda item: item[2]):
            rules.update(dict.fromkeys(change.rules))
        block = Block(source_start, end - back, output_start, end + ahead)
        changes.append(Change(block, tuple(rules)))
        i = j
    return changes


def _joined(start: int, end: int, next_start: int, next_end: int) -> bool:
    """Whether two stretches, the second not earlier, share text or a point.

    Two empty ones at one place are joined (their order could not be told);
    stretches that only touch are not.
    """
    if next_start < end:
        return True
    return start == end == next_start == next_end
