"""Markdown (CommonMark 0.31, with the tables of GitHub): the lines of its text.

markdown-it-py finds the blocks; front matter, code, HTML blocks and definitions of
links stay as they are. Code, links and tags inside a line are protected by the rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.files.forms.undivided import Undivided
from normalize.files.values import Builder, Splice, Value
from normalize.files.work import Made, Part

_FRONT = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?(?P=mark)[ \t]*\r?(?:\n|\Z)"
)
# What begins a line of a block and is no text: bullets, numbers, quote and heading
# marks, the task box.
_OPENING = re.compile(
    r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|#{1,6}(?=[ \t])"
    r"|\[[ xX]\](?=[ \t])))*[ \t]*"
)
_QUOTED = re.compile(r"(?:[ \t]*>)*[ \t]*")
_CELL = re.compile(r"(?:[^|\\\n`]|\\.|`[^`\n]*`|`)+")


@dataclass(frozen=True)
class Markdown(Undivided):
    """The text of paragraphs, headings, list items and table cells."""

    def values(self, part: Part) -> Sequence[Value]:
        """The text of each block."""
        text = part.text
        from markdown_it import MarkdownIt

        front = _FRONT.match(text)
        shift = front.end() if front else 0
        starts = [shift] + [
            shift + m.end() for m in re.finditer(r"\n|\r(?!\n)", text[shift:])
        ]
        parser = MarkdownIt("commonmark").enable("table")
        parser.core.ruler.enableOnly(["normalize", "block"])
        found: list[Value] = []
        table = False
        for token in parser.parse(text[shift:]):
            if token.type in {"table_open", "table_close"}:
                table = token.type == "table_open"
            if token.type != "inline" or token.map is None:
                continue
            low, high = token.map
            stop = starts[high] if high < len(starts) else len(text)
            if table:
                found += _cells(text, starts[low], stop)
            else:
                found.append(_block(text, starts[low:high], stop))
        return _once(found)

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """Nothing is written beside."""
        del part, made
        return None


def _block(text: str, starts: Sequence[int], stop: int) -> Value:
    """Lines of a block, without what begins them."""
    builder = Builder(text)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else stop
        opening = _OPENING if number == 0 else _QUOTED
        match = opening.match(text, start, end)
        begin = match.end() if match else start
        if number == 0:
            builder.literal(begin, end)
        else:
            builder.other(start, begin, "", kept=True)
            builder.literal(begin, end)
    return builder.value()


def _cells(text: str, start: int, stop: int) -> list[Value]:
    """The cells of a line of a table."""
    found = []
    for match in _CELL.finditer(text, start, stop):
        if match.group().strip():
            builder = Builder(text)
            builder.literal(*match.span())
            found.append(builder.value())
    return found


def _once(values: Sequence[Value]) -> list[Value]:
    """Each stretch once: every cell of a table names the whole line."""
    seen: dict[int, Value] = {}
    for value in values:
        if value.pieces:
            seen.setdefault(value.pieces[0].raw_start, value)
    return list(seen.values())
