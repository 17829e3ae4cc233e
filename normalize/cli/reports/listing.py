"""A line an edit: for people, for GitHub, and as JSON lines."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from normalize.cli.reports.observer import Observer, notes, records
from normalize.cli.show import Lines, display_name, visible
from normalize.files.flow import Document
from normalize.files.work import Outcome, Part
from normalize.files.writing import put
from normalize.result import SCHEMA
from normalize.spans import Edit


class _Lines(Observer):
    """Writes a line for each edit, by what people need of it."""

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """A line for each edit."""
        lines = Lines(part.text)
        name = document.name
        made = []
        for edit in outcome.edits:
            row = lines.number(edit.start)
            column = edit.start - lines.starts[row] + 1
            made.append(self.line(name, part.line + row, column, edit))
        put("".join(made).encode("utf-8", "surrogateescape"))

    def line(self, name: str, line: int, column: int, edit: Edit) -> str:
        """The line of an edit at a place."""
        raise NotImplementedError


def said(edit: Edit) -> str:
    """What changed, in words."""
    return f"{visible(edit.before)!r} -> {visible(edit.after)!r}"


class Listing(_Lines):
    """`a.txt:2:6: 'Kiew' -> 'Kyiv' (rule at place)`."""

    def line(self, name: str, line: int, column: int, edit: Edit) -> str:
        """The line of an edit at a place."""
        rule = edit.rules[-1]
        return f"{name}:{line}:{column}: {said(edit)} ({rule.id} at {rule.at})\n"


class GitHub(_Lines):
    """Annotations: workflow commands of GitHub Actions."""

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """A warning for each edit, a notice for each diagnostic."""
        super().part(document, part, outcome)
        told = "".join(
            f"::notice file={_property(document.name)},line={note['line']},"
            f"col={note['column']},title={_property(note['code'])}::"
            f"{_message(note['message'])}\n"
            for note in notes(document.name, part, outcome)
        )
        put(told.encode("utf-8", "surrogateescape"))

    def line(self, name: str, line: int, column: int, edit: Edit) -> str:
        """The line of an edit at a place."""
        return (
            f"::warning file={_property(name)},line={line},"
            f"col={column},title={_property(edit.rules[-1].id)}::"
            f"{_message(said(edit))}\n"
        )


def _message(text: str) -> str:
    """The text of a GitHub workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a GitHub workflow command."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")


class JsonLines(Observer):
    """A record an edit or diagnostic, and one a text, by which --replay knows it."""

    def begin(self, document: Document) -> None:
        """The sum of the text and the offsets of the new one begin."""
        del document
        self.sum = hashlib.sha256()
        self.output = 0

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """The records of a part."""
        self.sum.update(part.text.encode("utf-8", "surrogatepass"))
        found = [*records(document.name, part, outcome, self.output)]
        found += notes(document.name, part, outcome)
        found.sort(key=lambda record: record["source"])
        put("".join(map(_json_line, found)).encode("utf-8", "surrogateescape"))
        self.output += len(outcome.text)

    def end(self, document: Document) -> None:
        """The record of the text."""
        record = {
            "schema": SCHEMA,
            "type": "file",
            "path": display_name(document.name),
            "edits": document.edits,
            "sha256": self.sum.hexdigest(),
        }
        put(_json_line(record).encode("utf-8", "surrogateescape"))


def _json_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


class Json(Observer):
    """One document: of each text its source, its new text, its edits."""

    def __init__(self) -> None:
        self.files: list[dict[str, Any]] = []

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """The text, which comes in one part."""
        made: dict[str, Any] = {
            "path": display_name(document.name),
            "schema": SCHEMA,
            "source": part.text,
            "text": outcome.text,
            "edits": [
                {**edit._asdict(), "rules": [rule._asdict() for rule in edit.rules]}
                for edit in outcome.edits
            ],
            "steps": outcome.steps,
            "diagnostics": [
                {
                    **n._asdict(),
                    "rule": n.rule._asdict() if n.rule else None,
                    "line": told["line"],
                    "column": told["column"],
                }
                for n, told in zip(
                    outcome.notes, notes(document.name, part, outcome), strict=True
                )
            ],
        }
        self.waiting = made

    def end(self, document: Document) -> None:
        """It counts."""
        del document
        self.files.append(self.waiting)

    def close(self) -> None:
        """Write it."""
        whole = {"schema": SCHEMA, "files": self.files}
        put(json.dumps(whole, ensure_ascii=False).encode() + b"\n")
