"""A unified diff that `patch -p0` and `git apply -p0` take, made from the edits."""

from __future__ import annotations

from normalize.cli.reports.observer import Observer
from normalize.cli.show import CONTEXT, Lines, diff, diff_heads
from normalize.files.compression import plain_name
from normalize.files.flow import PART, Document
from normalize.files.work import Outcome, Part
from normalize.files.writing import put
from normalize.spans import Edit

_APART = 2 * CONTEXT + 1  # lines without edits that two hunks never share


class Patch(Observer):
    """Holds a text back to where no hunk can reach, and writes what lies before."""

    def __init__(self, color: bool) -> None:
        self.color = color

    def begin(self, document: Document) -> None:
        """A text begins."""
        marked = document.reader.encoding.mark
        self.text = "\N{ZERO WIDTH NO-BREAK SPACE}" if marked else ""
        self.edits: list[Edit] = []
        self.old = self.new = 0  # lines that were written
        self.headed = False
        self.look_at = PART
        self.codec = document.reader.encoding.codec

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """Take the edits of a part, and write the hunks that are whole."""
        shift = len(self.text)
        if outcome.splices is None:
            mine = list(outcome.edits)
        else:
            mine = [Edit(s, e, part.text[s:e], a, ()) for s, e, a in outcome.splices]
        self.edits += [
            e._replace(start=e.start + shift, end=e.end + shift) for e in mine
        ]
        self.text += part.text
        if len(self.text) < self.look_at:
            return
        lines = Lines(self.text)
        cut = self._cut(lines)
        if cut:
            self._write(document, cut, lines.starts[cut])
        # A look costs as much as the text is long: wait until it has grown.
        self.look_at = max(PART, 2 * len(self.text))

    def _cut(self, lines: Lines) -> int:
        """The last line before and behind which no edit is near; 0 for none."""
        line = len(lines.starts) - 1 - _APART
        at = len(self.edits)
        while line > _APART:
            while at and lines.number(self.edits[at - 1].start) > line + _APART:
                at -= 1
            if not at:
                return line
            last = lines.number(
                max(self.edits[at - 1].start, self.edits[at - 1].end - 1)
            )
            if last < line - _APART:
                return line
            line = lines.number(self.edits[at - 1].start) - _APART - 1
        return 0

    def _write(self, document: Document, cut: int, offset: int) -> None:
        """The hunks before a line, which begins at an offset."""
        mine = [e for e in self.edits if e.end < offset]
        text, self.text = self.text[:offset], self.text[offset:]
        self.edits = [
            e._replace(start=e.start - offset, end=e.end - offset)
            for e in self.edits[len(mine) :]
        ]
        hunks, grown = diff(text, mine, self.color, self.old, self.new)
        if hunks and not self.headed:
            # The patch is for the text in a compressed file.
            heads = diff_heads(plain_name(document.name), self.color)
            put("".join(heads).encode("utf-8", "surrogateescape"))
            self.headed = True
        # `patch` compares bytes, a terminal shows UTF-8.
        put("".join(hunks).encode("utf-8" if self.color else self.codec))
        self.old += cut
        self.new += cut + grown

    def end(self, document: Document) -> None:
        """Write the rest."""
        self._write(document, len(Lines(self.text).starts), len(self.text) + 1)
