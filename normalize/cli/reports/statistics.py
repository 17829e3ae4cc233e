"""Edits counted: by rule, by what became what, by file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from normalize.cli.reports.observer import Observer
from normalize.cli.show import display_name, table, visible
from normalize.files.flow import Document
from normalize.files.work import Outcome, Part
from normalize.files.writing import put
from normalize.result import SCHEMA

SHOWN = 20  # rows of a table; the rest is summed up in the last one


class Statistics(Observer):
    """Counts; with `data` as JSON, else as tables."""

    def __init__(self, data: bool, color: bool) -> None:
        self.data, self.color = data, color
        self.rules: Counter[str] = Counter()
        self.changes: Counter[tuple[str, str]] = Counter()
        self.files: Counter[str] = Counter()

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """Count the edits of a part."""
        del part
        if outcome.edits:
            self.files[document.name] += len(outcome.edits)
        for edit in outcome.edits:
            self.rules[edit.rules[-1].id] += 1
            self.changes[edit.before, edit.after] += 1

    def close(self) -> None:
        """Write the counts."""
        text = self._json() if self.data else "\n".join(self._tables()) + "\n"
        put(text.encode("utf-8", "surrogateescape"))

    def _json(self) -> str:
        made = {
            "schema": SCHEMA,
            "edits": self.files.total(),
            "rules": dict(_ordered(self.rules)),
            "changes": [
                {"before": before, "after": after, "edits": count}
                for (before, after), count in _ordered(self.changes)
            ],
            "files": {display_name(n): c for n, c in _ordered(self.files)},
        }
        return json.dumps(made, ensure_ascii=False) + "\n"

    def _tables(self) -> Iterator[str]:
        if not self.files:
            yield "no edits"
            return
        changes = Counter(
            {f"{visible(a)} -> {visible(b)}": c for (a, b), c in self.changes.items()}
        )
        counts = {"rule": self.rules, "change": changes, "file": self.files}
        for number, (heading, counter) in enumerate(counts.items()):
            if number:
                yield ""
            rows = [("edits", heading)]
            rows += [(str(c), name) for name, c in _ordered(counter)[:SHOWN]]
            rest = _ordered(counter)[SHOWN:]
            if rest:
                rows.append((str(sum(c for _, c in rest)), f"({len(rest)} others)"))
            wide = max(len(row[0]) for row in rows)
            shown = [(count.rjust(wide), name) for count, name in rows]
            yield from table(shown, self.color)


def _ordered(counter: Counter[Any]) -> list[tuple[Any, int]]:
    """The most frequent first, equal ones as they sort."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
