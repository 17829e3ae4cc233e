"""SARIF 2.1.0 (OASIS Standard, 2020): an edit with its fix, or a diagnostic, each."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import normalize
from normalize.cli.reports.observer import Observer, notes, records
from normalize.cli.show import Lines, display_name, visible
from normalize.files.flow import Document
from normalize.files.work import Outcome, Part
from normalize.files.writing import put

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)


class Sarif(Observer):
    """Writes the results as they come, and the rules at the end."""

    def __init__(self) -> None:
        self.rules: dict[str, int] = {}
        self.places: dict[str, str] = {}
        self.failed: list[str] = []
        self.count = 0
        head = f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['
        put(head.encode())

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """The results of a part."""
        lines = Lines(part.text)
        out = []
        told = [(r, self._result) for r in records(document.name, part, outcome, 0)]
        told += [(r, self._note) for r in notes(document.name, part, outcome)]
        for record, result in told:
            end = record["source"][1] - part.start
            number = lines.number(end)
            record["end"] = (part.line + number, lines.column(end) + 1)
            out.append("\n" + json.dumps(result(record), ensure_ascii=False))
        if out:
            put(("," * (self.count > 0) + ",".join(out)).encode())
            self.count += len(out)

    def _result(self, record: dict[str, Any]) -> dict[str, Any]:
        rule = record["rules"][-1]
        index = self.rules.setdefault(rule["id"], len(self.rules))
        self.places[rule["id"]] = f"{rule['id']} at {rule['at']}"
        place, region = _place(record)
        said = f"{visible(record['before'])!r} -> {visible(record['after'])!r}"
        now = record.get("written", ("", record["after"]))[1]
        fix = {"deletedRegion": region, "insertedContent": {"text": now}}
        change = {"artifactLocation": place, "replacements": [fix]}
        return {
            "ruleId": rule["id"],
            "ruleIndex": index,
            "level": "warning",
            "message": {"text": said},
            "locations": [
                {"physicalLocation": {"artifactLocation": place, "region": region}}
            ],
            "fixes": [{"artifactChanges": [change]}],
        }

    def _note(self, record: dict[str, Any]) -> dict[str, Any]:
        code = record["code"]
        index = self.rules.setdefault(code, len(self.rules))
        self.places[code] = f"{code}: seen and left"
        place, region = _place(record)
        return {
            "ruleId": code,
            "ruleIndex": index,
            "level": "note",
            "message": {"text": record["message"]},
            "locations": [
                {"physicalLocation": {"artifactLocation": place, "region": region}}
            ],
        }

    def fail(self, document: Document) -> None:
        """A text that was given up is told as such."""
        self.failed.append(display_name(document.name))

    def close(self) -> None:
        """The rules, and how the run went."""
        rules = [
            {
                "id": id_,
                "shortDescription": {"text": self.places[id_]},
            }
            for id_ in self.rules
        ]
        notes = [
            {"level": "error", "message": {"text": f"{name} could not be done"}}
            for name in self.failed
        ]
        driver = {
            "name": "normalize",
            "version": normalize.__version__,
            "rules": rules,
        }
        invocation: dict[str, Any] = {"executionSuccessful": not self.failed}
        if notes:
            invocation["toolExecutionNotifications"] = notes
        tail = {
            "columnKind": "unicodeCodePoints",
            "tool": {"driver": driver},
            "invocations": [invocation],
        }
        put(b"]," + json.dumps(tail, ensure_ascii=False)[1:].encode() + b"]}\n")


def _place(record: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The file and the region of a record."""
    start, end = record["source"]
    region = {
        "startLine": record["line"],
        "startColumn": record["column"],
        "endLine": record["end"][0],
        "endColumn": record["end"][1],
        "charOffset": start,
        "charLength": end - start,
    }
    return {"uri": _uri(record["path"])}, region


def _uri(path: str) -> str:
    """A path as a relative reference, or as a file URI when it is absolute."""
    quoted = quote(path)
    return f"file://{quoted}" if path.startswith("/") else quoted
