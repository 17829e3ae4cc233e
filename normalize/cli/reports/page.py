"""A page to look at: totals, charts, every change in its line. One file, no network."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from normalize.cli.reports.observer import Observer
from normalize.cli.show import Lines, display_name, visible
from normalize.files.flow import Document
from normalize.files.work import Outcome, Part
from normalize.files.writing import write_whole

MOST = 20_000  # changes that a page lists; totals count all
TITLE = b"<title>normalize: what changed</title>"  # by which a page is known again
AROUND = 90  # code points shown at either side of a change


class Page(Observer):
    """Collects the changes and writes the page at the end.

    Raises:
        UsageError: something else than a page stands there, such as a text that was
            named where the name of the page was forgotten.
    """

    def __init__(self, path: str, profile: str) -> None:
        if _is_other(path):
            said = f"--report would write over {path}, which is no report"
            raise click.UsageError(f"{said}\nhint: --report PAGE.html, then the texts")
        self.path, self.profile = path, profile
        self.rules: Counter[str] = Counter()
        self.places: dict[str, str] = {}
        self.files: Counter[str] = Counter()
        self.changed: Counter[tuple[str, str]] = Counter()
        self.texts = 0
        self.failed: list[str] = []
        self.rows: list[tuple[str, int, str, str, str, str, str]] = []

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """Take the changes of a part."""
        name = display_name(document.name)
        lines = Lines(part.text)
        for edit in outcome.edits:
            rule = edit.rules[-1]
            self.rules[rule.id] += 1
            self.places[rule.id] = rule.at
            self.files[name] += 1
            self.changed[edit.before, edit.after] += 1
            if len(self.rows) >= MOST:
                continue
            number = lines.number(edit.start)
            low, high = lines.starts[number], lines.end(lines.number(edit.end))
            head = part.text[max(low, edit.start - AROUND) : edit.start]
            tail = part.text[edit.end : min(high, edit.end + AROUND)].rstrip("\r\n")
            if edit.start - low > AROUND:
                head = "…" + head
            if high - edit.end > AROUND:
                tail += "…"
            row = (head, visible(edit.before), visible(edit.after), tail)
            self.rows.append((name, part.line + number, rule.id, *row))

    def end(self, document: Document) -> None:
        """A text is done."""
        del document
        self.texts += 1

    def fail(self, document: Document) -> None:
        """A text was given up."""
        self.failed.append(display_name(document.name))

    def close(self) -> None:
        """Write the page."""
        template = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
        # `</script>` and `<!--` would end the data; in JSON both can be escaped.
        data = json.dumps(self._data(), ensure_ascii=False).replace("<", "\\u003c")
        page = template.replace('"DATA"', data, 1)
        write_whole(self.path, page.encode("utf-8", "replace"))

    def _data(self) -> dict[str, Any]:
        rules = [id_ for id_, _ in self.rules.most_common()]
        files = [name for name, _ in self.files.most_common()]
        by_rule = {id_: i for i, id_ in enumerate(rules)}
        by_file = {name: i for i, name in enumerate(files)}
        return {
            "profile": self.profile,
            "texts": self.texts,
            "failed": self.failed,
            "edits": self.files.total(),
            "kinds": len(self.changed),
            "rules": [[id_, self.rules[id_], self.places[id_]] for id_ in rules],
            "files": [[name, self.files[name]] for name in files],
            "rows": [
                [by_file[row[0]], row[1], by_rule[row[2]], *row[3:]]
                for row in self.rows
            ],
        }


def _is_other(path: str) -> bool:
    """Whether there is a file with something in it that is no page of ours."""
    with suppress(OSError):
        place = Path(path)
        if place.is_file() and place.stat().st_size:
            with place.open("rb") as file:
                return TITLE not in file.read(1024)
    return False
