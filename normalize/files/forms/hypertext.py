"""HTML: what stands between the tags, block by block.

A paragraph is one text although tags stand in it: a name goes on behind <b>, and the
quotation marks around <i> are a pair. Attributes, comments, scripts, code and what is
marked `translate="no"` stay as they are, and so does a character reference: it is read
as what it means, and goes only with a name or sum that it is part of. HTML Living
Standard (WHATWG), 2024.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from normalize.files.forms.undivided import Undivided
from normalize.files.values import Builder, Splice, Value
from normalize.files.work import Made, Part

# Elements of phrasing content: text goes on across their tags.
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "del", "dfn",
    "em", "font", "i", "ins", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
))  # fmt: skip
# Elements whose text is no prose.
SKIPPED = frozenset((
    "script", "style", "pre", "textarea", "template", "svg", "math", "noscript",
    "iframe", "object",
))  # fmt: skip
# The same inside a sentence: they stand for a word of it.
WORDS = frozenset((
    "code", "kbd", "samp", "var", "img", "input", "button", "select",
))  # fmt: skip
EMPTY = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
))  # fmt: skip
# What code in a sentence is read as: protected in every profile, a word to its
# neighbours.
STANDS_FOR_CODE = "`0`"
_BREAK = re.compile(r"[ \t\f]*\r?\n\s*")


@dataclass(frozen=True)
class Hypertext(Undivided):
    """The text runs of a page."""

    def values(self, part: Part) -> Sequence[Value]:
        """The text of each block."""
        text = part.text
        reader = _Reader(text)
        reader.feed(text)
        reader.close()
        return reader.finish()

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """Nothing is written beside."""
        del part, made
        return None


class _Reader(HTMLParser):
    """Cuts a page into values; positions are those of the page."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=False)
        self.raw = raw
        self.found: list[Value] = []
        self.builder = Builder(raw)
        self.line_starts = [0]
        for match in re.finditer("\n", raw):
            self.line_starts.append(match.end())
        self.skipping: list[str] = []  # open elements, from the skipped one on
        self.word = False  # whether the skipped one stands in a sentence
        self.skipped_from = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def _flush(self) -> None:
        if self.builder.size and not "".join(self.builder.text).isspace():
            self.found.append(self.builder.value(_escape))
        self.builder = Builder(self.raw)

    def finish(self) -> list[Value]:
        """All values, when the page was read."""
        self._flush()
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens: a block ends the text, others go on in it."""
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        if self.skipping:
            if tag not in EMPTY:
                self.skipping.append(tag)
            return
        no = dict(attrs).get("translate") == "no"
        if tag in SKIPPED or tag in WORDS or no:
            inline = tag in WORDS or (no and tag in INLINE)
            if not inline:
                self._flush()
            if tag in EMPTY:
                self.builder.other(start, end, STANDS_FOR_CODE, kept=True)
                return
            self.skipping, self.word, self.skipped_from = [tag], inline, start
        elif tag in INLINE:
            self.builder.other(start, end, "", kept=True)
        elif tag == "br":
            self.builder.other(start, end, "\n", kept=True)
        else:
            self._flush()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>`; of other elements the slash says nothing."""
        self.handle_starttag(tag, attrs)
        if self.skipping and self.skipping[-1] == tag and tag in {"svg", "math"}:
            self.skipping.pop()

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        start = self._at()
        end = self.raw.find(">", start) + 1 or len(self.raw)
        if self.skipping:
            if tag in self.skipping:
                while self.skipping.pop() != tag:
                    pass
            if not self.skipping and self.word:
                at = self.skipped_from
                self.builder.other(at, end, STANDS_FOR_CODE, kept=True)
            return
        if tag in INLINE:
            self.builder.other(start, end, "", kept=True)
        else:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.skipping:
            return
        start, end = self._at(), self._at() + len(data)
        for match in _BREAK.finditer(self.raw, start, end):
            self.builder.literal(start, match.start())
            # Lines of the page are no lines of the text.
            self.builder.other(*match.span(), " ")
            start = match.end()
        self.builder.literal(start, end)

    def _reference(self, source: str) -> None:
        if self.skipping:
            return
        start = self._at()
        end = start + len(source)
        end += self.raw[end : end + 1] == ";"
        self.builder.other(start, end, unescape(self.raw[start:end]), named=True)

    def handle_entityref(self, name: str) -> None:
        """`&nbsp;`."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """`&#39;`."""
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        """A comment stays, and the text goes on behind it."""
        if not self.skipping:
            start = self._at()
            end = self.raw.find(">", start + len("<!--") + len(data)) + 1 or len(
                self.raw
            )
            self.builder.other(start, end, "", kept=True)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
