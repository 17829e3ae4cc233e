r"""Subtitles, SubRip (.srt) and WebVTT (.vtt): the lines under a timing line.

SubRip has no standard; WebVTT: W3C Candidate Recommendation, 2019. A cue is a block
between blank lines that holds a line with `-->`; what stands before that line is its
number or name, what stands behind it is its text. Blocks without one are headers,
notes, styles and regions. Tags (<i>, <v Name>, {\an8}) and the times of single words
stay as they are, and names of speakers in tags with them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from normalize.files.values import Builder, Splice, Value
from normalize.files.work import Made, Part

_BLOCK = re.compile(r"(?:[^\r\n]*\S[^\r\n]*(?:\r?\n|\Z))+")
_TIMING = re.compile(r"^[^\r\n]*-->[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)
_SRT = re.compile(r"(?P<tag><[^<>\n]*>|\{\\[^{}\n]*\})")
_VTT = re.compile(r"(?P<tag><[^<>\n]*>)|(?P<entity>&(?:[a-zA-Z]+|#\d+|#x[\da-fA-F]+);)")


@dataclass(frozen=True)
class Subtitles:
    """The text of the cues; `vtt` has character references, `srt` has none."""

    vtt: bool
    whole: bool = False
    marks: bool = True

    def opened(self, name: str, head: str) -> Subtitles:
        """The same for every file."""
        del name, head
        return self

    def cut(self, held: str) -> int:
        """Behind the last blank line."""
        cut = max(held.rfind("\n\n"), held.rfind("\n\r\n"))
        return held.index("\n", cut + 1) + 1 if cut >= 0 else 0

    def values(self, part: Part) -> Sequence[Value]:
        """The text of each cue."""
        text = part.text
        found = []
        for block in _BLOCK.finditer(text):
            timing = _TIMING.search(text, block.start(), block.end())
            if timing is None:
                continue
            end = block.end()
            while end > timing.end() and text[end - 1] in "\r\n":
                end -= 1
            if timing.end() < end:
                found.append(self._cue(text, timing.end(), end))
        return found

    def _cue(self, text: str, start: int, end: int) -> Value:
        builder = Builder(text)
        for match in (_VTT if self.vtt else _SRT).finditer(text, start, end):
            builder.literal(start, match.start())
            entity = match.groupdict().get("entity")
            read = unescape(entity) if entity else ""
            builder.other(*match.span(), read, kept=not entity, named=bool(entity))
            start = match.end()
        builder.literal(start, end)
        return builder.value(_escape if self.vtt else str)

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """Nothing is written beside."""
        del part, made
        return None


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
