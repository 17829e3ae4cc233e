"""Who is told about the edits while they are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from normalize.cli.show import Lines, display_name
from normalize.files.flow import Document
from normalize.files.work import Outcome, Part
from normalize.result import SCHEMA
from normalize.spans import Alignment, blocks_of


class Observer:
    """Is told of each text: its beginning, its parts in order, its end."""

    def begin(self, document: Document) -> None:
        """A text begins."""

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """A part of it is done."""

    def end(self, document: Document) -> None:
        """It is whole and was written."""

    def fail(self, document: Document) -> None:
        """It was given up."""

    def close(self) -> None:
        """Nothing more comes."""


def records(
    name: str, part: Part, outcome: Outcome, output: int
) -> Iterator[dict[str, Any]]:
    """One record for each edit of a part.

    Offsets are code points of the file, lines and columns count from 1; `output` is
    where the part begins in the new text. Where more than the text itself is
    written, such as an escape, `written` tells what was and what is there.
    """
    lines = Lines(part.text)
    shown = display_name(name)
    splices = outcome.splices
    told = [(e.start, e.end, e.after) for e in outcome.edits]
    alignment = Alignment(blocks_of(told if splices is None else splices))
    paired = splices is not None and len(splices) == len(told)
    for number, edit in enumerate(outcome.edits):
        if splices is None:
            block = alignment.blocks[number]
            low, high = block.output_start, block.output_end
        else:
            low, high = alignment.to_output(edit.start, edit.end)
        record = {
            **_head("edit", shown, part, lines, edit.start, edit.end),
            "output": [output + low, output + high],
            "before": edit.before,
            "after": edit.after,
            "rules": [rule._asdict() for rule in edit.rules],
        }
        if paired and splices is not None:
            was = part.text[edit.start : edit.end]
            now = splices[number][2]
            if (was, now) != (edit.before, edit.after):
                record["written"] = [was, now]
        yield record


def notes(name: str, part: Part, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """One record for each diagnostic of a part: what was seen and left.

    Places are told as those of edits are.
    """
    if not outcome.notes:
        return
    lines = Lines(part.text)
    shown = display_name(name)
    for note in outcome.notes:
        yield {
            **_head("diagnostic", shown, part, lines, note.start, note.end),
            "code": note.code,
            "message": note.message,
            "rule": note.rule._asdict() if note.rule else None,
        }


def _head(
    what: str, shown: str, part: Part, lines: Lines, start: int, end: int
) -> dict[str, Any]:
    """What a record of any type says of itself and of its place."""
    return {
        "schema": SCHEMA,
        "type": what,
        "path": shown,
        "line": part.line + lines.number(start),
        "column": lines.column(start) + 1,
        "source": [part.start + start, part.start + end],
    }
