"""How edits are shown: tables, diffs, records."""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import click

from normalize.spans import Edit

CONTEXT = 3


def visible(text: str) -> str:
    """The text with what can't be seen written as its code point.

    Spaces are shown as open boxes where nobody would see them: at either end, and
    where several stand together.
    """
    shown = text
    if not text.isprintable():  # no other space than the plain one is printable
        shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
    return _LOST_SPACES.sub(lambda found: "\N{OPEN BOX}" * len(found[0]), shown)


_LOST_SPACES = re.compile("^ +| +$| {2,}")


def display_width(text: str) -> int:
    """How many columns a terminal needs for the text."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def table(rows: Sequence[Sequence[str]], color: bool = False) -> Iterator[str]:
    """Aligned columns under a heading, the first of the rows."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        cells = [
            cell + " " * (width - display_width(cell))
            for cell, width in zip(row, widths, strict=True)
        ]
        line = "  ".join(cells).rstrip()
        yield click.style(line, bold=True) if color and number == 0 else line


class Lines:
    """The lines of a text: where they start, and which one an offset is in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)
        if self.starts[-1] == len(text) and len(self.starts) > 1:
            self.starts.pop()

    def number(self, offset: int) -> int:
        """The line of an offset, from 0."""
        return bisect_right(self.starts, offset) - 1

    def column(self, offset: int) -> int:
        """The column of an offset in its line, from 0."""
        return offset - self.starts[self.number(offset)]

    def end(self, line: int) -> int:
        """The offset behind a line and its line end."""
        after = line + 1
        return self.starts[after] if after < len(self.starts) else len(self.text)


def display_name(name: str) -> str:
    """A file name as text that can be written anywhere."""
    return os.fsencode(name).decode("utf-8", "replace")


def diff(
    text: str, edits: Sequence[Edit], color: bool, old: int = 0, new: int = 0
) -> tuple[list[str], int]:
    """The hunks of a unified diff, and how many lines the edits add.

    `old` and `new` are how many lines lie before the text.
    """
    lines = Lines(text)
    out: list[str] = []
    shift = new - old  # how many lines the output has more, so far
    for first, last, mine in _hunks(lines, edits):
        low = max(0, first - CONTEXT)
        high = min(len(lines.starts) - 1, last + CONTEXT)
        body, was, now = _hunk_body(lines, low, high, mine, color)
        begin = low + old
        heading = f"@@ -{_range(begin, was)} +{_range(begin + shift, now)} @@\n"
        out.append(click.style(heading[:-1], fg="cyan") + "\n" if color else heading)
        out += body
        shift += now - was
    return out, shift - (new - old)


def diff_heads(name: str, color: bool) -> list[str]:
    """The two lines that begin the diff of a file."""
    # A tab ends a name that has a space in it.
    end = "\t\n" if " " in name else "\n"
    heads = [f"--- {name}{end}", f"+++ {name}{end}"]
    if color:
        return [click.style(h[:-1], bold=True) + "\n" for h in heads]
    return heads


def _range(start: int, count: int) -> str:
    first = start + 1 if count else start
    return str(first) if count == 1 else f"{first},{count}"


def _hunks(
    lines: Lines, edits: Sequence[Edit]
) -> Iterator[tuple[int, int, list[Edit]]]:
    """First line, last line and edits of each group that shares its context."""
    group: list[Edit] = []
    first = last = 0
    for edit in edits:
        start = lines.number(edit.start)
        end = lines.number(max(edit.start, edit.end - 1))
        if group and start > last + 2 * CONTEXT:
            yield first, last, group
            group = []
        if not group:
            first = start
        group.append(edit)
        last = max(end, last) if len(group) > 1 else end
    if group:
        yield first, last, group


def _hunk_body(
    lines: Lines, low: int, high: int, edits: list[Edit], color: bool
) -> tuple[list[str], int, int]:
    """The lines of a hunk, and how many it has of the source and the output."""
    out: list[str] = []
    old = new = 0
    line = low
    at = 0  # the next edit
    while line <= high:
        end, stop_at = _reach(lines, line, edits, at)
        start, stop = lines.starts[line], lines.end(end)
        if stop_at == at:
            out += _marked(" ", [(lines.text[start:stop], False)], color)
            old, new = old + 1, new + 1
        else:
            pieces = _pieces(lines.text, start, stop, edits[at:stop_at])
            was = [(text, changed) for text, _, changed in pieces]
            now = [(text, changed) for _, text, changed in pieces]
            out += _marked("-", was, color) + _marked("+", now, color)
            old += _count(lines.text[start:stop])
            new += _count("".join(text for text, _ in now))
        line, at = end + 1, stop_at
    return out, old, new


def _reach(lines: Lines, line: int, edits: list[Edit], at: int) -> tuple[int, int]:
    """The last line that edits beginning at `line` touch, and the edit behind them."""
    end = line
    while at < len(edits) and lines.number(edits[at].start) <= end:
        end = max(end, lines.number(max(edits[at].start, edits[at].end - 1)))
        at += 1
    return end, at


def _count(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n") and text != "")


def _pieces(
    text: str, start: int, stop: int, edits: list[Edit]
) -> list[tuple[str, str, bool]]:
    """The stretch as (before, after, changed) pieces."""
    pieces = []
    for edit in edits:
        same = text[start : edit.start]
        pieces += [(same, same, False), (edit.before, edit.after, True)]
        start = edit.end
    return [*pieces, (text[start:stop], text[start:stop], False)]


def _marked(sign: str, pieces: list[tuple[str, bool]], color: bool) -> list[str]:
    """Lines of a diff with their sign; what changed stands out in colour."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, changed in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, changed))
        lines += [[(part, changed)] for part in others]
    if len(lines) == 1 and not any(text for text, _ in lines[0]):
        return []
    missing = any(text for text, _ in lines[-1])
    if not missing:
        lines.pop()
    shade = {"-": "red", "+": "green"}.get(sign) if color else None
    shown = [f"{_styled(sign, line, shade)}\n" for line in lines]
    return [*shown, "\\ No newline at end of file\n"] if missing else shown


def _styled(sign: str, line: list[tuple[str, bool]], shade: str | None) -> str:
    """A line of a diff without its end; each line has its colours to itself."""
    if shade is None:
        return sign + "".join(text for text, _ in line)
    pieces = (
        click.style(visible(text) if changed else text, fg=shade, bold=changed or None)
        for text, changed in line
        if text
    )
    return click.style(sign, fg=shade) + "".join(pieces)
