"""Markdown (CommonMark 0.31, with the tables of GitHub): the lines of its text.

markdown-it-py finds the blocks; front matter, code, HTML blocks and definitions of
links, and what names them, stay as they are. Code, links and tags inside a line are
protected by the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

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
# Brackets that may name a definition, and what would make them the text of a link.
_LABEL = re.compile(
    r"(?P<label>\[(?:[^\[\]\\\r\n]|\\.){1,999}\])(?!\()(?P<next>\[[^\[\]]*\])?"
)
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")  # any ASCII punctuation
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
        env: dict[str, Any] = {}
        tokens = parser.parse(text[shift:], env)
        defined = _defined(env.get("references", {}))
        for token in tokens:
            if token.type in {"table_open", "table_close"}:
                table = token.type == "table_open"
            if token.type != "inline" or token.map is None:
                continue
            low, high = token.map
            stop = starts[high] if high < len(starts) else len(text)
            if table:
                found += _cells(text, starts[low], stop, defined)
            else:
                found.append(_block(text, starts[low:high], stop, defined))
        return _once(found)

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """Nothing is written beside."""
        del part, made
        return None


def _defined(references: Collection[str]) -> Callable[[str], bool]:
    """Tells whether a label in its brackets names a definition."""
    from markdown_it.common.utils import normalizeReference

    return lambda label: normalizeReference(label[1:-1]) in references


def _put(
    builder: Builder, start: int, end: int, defined: Callable[[str], bool]
) -> None:
    """Some text, in which what names a definition stays, or the link would be lost."""
    last = start
    at = start
    while label := _LABEL.search(builder.raw, at, end):
        at = label.end("label")
        text_of_link = label["next"] not in {None, "[]"} and defined(label["next"])
        if not text_of_link and defined(label["label"]):
            _read(builder, last, label.start())
            builder.other(label.start(), at, label["label"], kept=True)
            last = at
    _read(builder, last, end)


def _read(builder: Builder, start: int, end: int) -> None:
    """Some text; a backslash and a mark mean the mark, and are replaced together."""
    last = start
    for escape in _ESCAPE.finditer(builder.raw, start, end):
        builder.literal(last, escape.start())
        builder.other(*escape.span(), escape[0][1])
        last = escape.end()
    builder.literal(last, end)


def _block(
    text: str, starts: Sequence[int], stop: int, defined: Callable[[str], bool]
) -> Value:
    """Lines of a block, without what begins them."""
    builder = Builder(text)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else stop
        opening = _OPENING if number == 0 else _QUOTED
        match = opening.match(text, start, end)
        begin = match.end() if match else start
        if number > 0:
            builder.other(start, begin, "", kept=True)
        _put(builder, begin, end, defined)
    return builder.value()


def _cells(
    text: str, start: int, stop: int, defined: Callable[[str], bool]
) -> list[Value]:
    """The cells of a line of a table."""
    found = []
    for match in _CELL.finditer(text, start, stop):
        if match.group().strip():
            builder = Builder(text)
            _put(builder, *match.span(), defined)
            found.append(builder.value())
    return found


def _once(values: Sequence[Value]) -> list[Value]:
    """Each stretch once: every cell of a table names the whole line."""
    seen: dict[int, Value] = {}
    for value in values:
        if value.pieces:
            seen.setdefault(value.pieces[0].raw_start, value)
    return list(seen.values())
