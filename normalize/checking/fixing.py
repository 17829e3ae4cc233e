"""Lints that can be mended safely: the same text, typed right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from normalize.checking.answers import alone
from normalize.checking.ruling import LOST, mixed_words
from normalize.kinds.base import Finding
from normalize.library import Library
from normalize.normalizer import Normalizer

FIXABLE = frozenset({"N005", "N006", "N007", "N012"})


class Fixed(NamedTuple):
    """A file mended: its path, its new text, and what was replaced where."""

    path: str
    text: str
    changes: tuple[tuple[int, str, str], ...]  # line, before, after


def fixes(library: Library, findings: Iterable[Finding]) -> Iterator[Fixed]:
    """The user's own files with what can be mended mended; nothing is written."""
    wanted: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code in FIXABLE:
            wanted.setdefault(finding.at.rpartition(":")[0], []).append(finding)
    own = {library.path_of(id_): id_ for id_ in library.own}
    mender = _mender(library) if wanted else None
    for path, found in wanted.items():
        if path not in own or mender is None:
            continue
        lines = library.text_of(own[path]).splitlines(keepends=True)
        changes = []
        for finding in found:
            first = int(finding.at.rpartition(":")[2]) - 1
            for number in range(first, _end(lines, first)):
                line = lines[number]
                for before, after in _pairs(finding.code, line, mender):
                    lines[number] = lines[number].replace(before, after)
                    changes.append((number + 1, before, after))
        if changes:
            mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
            raw = Path(path).read_text(encoding="utf-8")
            text = "".join(lines)
            yield Fixed(
                path, mark + text if raw.startswith(mark) else text, tuple(changes)
            )


def _end(lines: list[str], first: int) -> int:
    """The line behind a list entry that begins in line `first`."""
    deep = len(lines[first]) - len(lines[first].lstrip())
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) <= deep:
            return number
    return len(lines)


def _pairs(code: str, line: str, mender: Normalizer) -> Iterator[tuple[str, str]]:
    if code == "N012":
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            yield line, composed
    elif code == "N007":
        for found in LOST.finditer(line):
            yield found[0], chr(int(found[0][1:], 16))
    else:
        for word in mixed_words(line):
            mended = mender(word)
            if mended != word and not mixed_words(mended):
                yield word, mended


def _mender(library: Library) -> Normalizer | None:
    """What puts the letters of one script into a word, by the shipped rules."""
    ids = [i for i in library.ids("homoglyphs") if i not in library.own]
    files = [library.rule_file(i) for i in ids]
    found = [file for file in files if file is not None and len(file.rules) > 0]
    words = next((file for file in found if file.id.endswith("words")), None)
    return Normalizer(alone(library, words)) if words is not None else None
