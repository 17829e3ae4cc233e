"""Saved edits, as `--output-format jsonl` writes them, and how they are made again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from normalize.errors import InputError, OptionError
from normalize.files.missing import bytes_of
from normalize.spans import Edit, RuleRef

_NEEDED = {"path", "source", "before", "after", "rules"}


@dataclass
class Saved:
    """The edits of one text; `sha256` is the sum of the text in UTF-8, if known."""

    path: str
    edits: list[Edit] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    sha256: str = ""

    def check(self, text: str) -> None:
        """See that this is the text that the edits were saved for.

        Raises:
            InputError: it is another one; says where the first difference shows.
        """
        hint = "make the edits anew from the text as it is now"
        for edit, (was, _) in zip(self.edits, self.written, strict=True):
            if text[edit.start : edit.end] != was:
                line = text.count("\n", 0, edit.start) + 1
                there = text[edit.start : edit.end]
                raise InputError(
                    f"{self.path}:{line}: the saved edits are for another text: "
                    f"{there!r} stands where {was!r} stood",
                    path=self.path,
                    offset=edit.start,
                    hint=hint,
                )
        data = text.encode("utf-8", "surrogatepass")
        if self.sha256 and hashlib.sha256(data).hexdigest() != self.sha256:
            raise InputError(
                f"{self.path}: the saved edits are for another text (its sum differs)",
                path=self.path,
                hint=hint,
            )


def read_saved(path: str) -> dict[str, Saved]:
    """The edits in a file, by the path of their text.

    Raises:
        OptionError: the file can't be read, or has no saved edits in it.
        InputError: it is a device without an end.
    """
    try:
        lines = bytes_of(path).decode().split("\n")
    except OSError as error:
        raise OptionError(f"--replay: {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise OptionError(f"--replay: {path}: is not UTF-8") from None
    found: dict[str, Saved] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _take_in(found, json.loads(line))
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            raise OptionError(
                f"--replay: {path}:{number}: is no saved edit",
                hint="--output-format jsonl writes them",
            ) from None
    for saved in found.values():
        _check_order(saved, path)
    return found


def _take_in(found: dict[str, Saved], record: dict[str, Any]) -> None:
    saved = found.setdefault(record["path"], Saved(record["path"]))
    if record["type"] == "file":
        saved.sha256 = str(record["sha256"])
        return
    if record["type"] == "diagnostic":  # nothing to make
        return
    if record["type"] != "edit" or not record.keys() >= _NEEDED:
        raise ValueError(record)
    start, end = map(int, record["source"])
    before, after = str(record["before"]), str(record["after"])
    rules = tuple(RuleRef(**rule) for rule in record["rules"])
    saved.edits.append(Edit(start, end, before, after, rules))
    was, now = record.get("written", (before, after))
    saved.written.append((str(was), str(now)))


def _check_order(saved: Saved, path: str) -> None:
    last = 0
    for edit in saved.edits:
        if not last <= edit.start <= edit.end:
            raise OptionError(
                f"--replay: {path}: edits of {saved.path} overlap at {edit.start}"
            )
        last = edit.end
