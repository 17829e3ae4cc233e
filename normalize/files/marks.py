"""Marks in a text that switch rules off: in a comment of any style.

::

    # normalize: off                        from this line on
    <!-- normalize: on -->                  to this line
    Kiev  // normalize: ignore uk.places    on this line
    % normalize: ignore uk.places/kyiv      on the next one, when it stands alone
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from normalize.selection import names
from normalize.spans import Edit

_WORD = "normalize:"
_MARK = re.compile(
    r"(?P<open>\#+|//+|/\*+|<!--|--+|;+|%+|\{\#|\{%|\.\.|\"|\(\*|\bREM\b|^')[ \t]*"
    r"normalize:[ \t]*(?P<what>[^\s*]+)[ \t]*(?P<rest>[^\n]*?)"
    r"[ \t]*(?:\*+/|-->|\#\}|%\}|\*\))?[ \t]*\r?$",
    re.MULTILINE,
)
_RULES = re.compile(r"[\w.*/-]+(?:[ \t]*,[ \t]*[\w.*/-]+)*\Z")


class Region(NamedTuple):
    """A stretch in which rules are off: those named, or all of them.

    `mark` counts the marks of the text; -1 for a mark itself, which no rule touches.
    """

    start: int
    end: int
    rules: tuple[str, ...]
    mark: int


@dataclass
class Mark:
    """A mark and how often it kept something."""

    line: int
    said: str
    hits: int = 0


@dataclass
class Marks:
    """The marks of one text, part by part."""

    off: int = -1  # the mark that holds at the start of the next part
    all: list[Mark] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)

    def regions(self, text: str, line: int) -> tuple[Region, ...]:
        """Where rules are off in the next part, which begins with this line."""
        if _WORD not in text:
            whole = Region(0, len(text), (), self.off)
            return (whole,) if self.off >= 0 else ()
        found: list[Region] = []
        began = 0
        for match in _MARK.finditer(text):
            number = line + text.count("\n", 0, match.start())
            found.append(Region(match.start(), match.end(), (), -1))
            what, rest = match["what"], match["rest"]
            if what == "off" and not rest:
                if self.off < 0:
                    began = match.start()
                    self.off = self._add(number, "off")
                else:
                    self.wrong.append((number, "off, where it is off already"))
            elif what == "on" and not rest:
                if self.off < 0:
                    self.wrong.append((number, "on, where it is not off"))
                else:
                    found.append(Region(began, match.end(), (), self.off))
                    self.off = -1
            elif what == "ignore" and _RULES.match(rest):
                rules = tuple(r.strip() for r in rest.split(","))
                mark = self._add(number, f"ignore {', '.join(rules)}")
                found.append(Region(*_lines(text, match), rules, mark))
            else:
                self.wrong.append((number, f"{what} {rest}".strip() + " says nothing"))
        if self.off >= 0:
            found.append(Region(began, len(text), (), self.off))
        return tuple(found)

    def _add(self, line: int, said: str) -> int:
        self.all.append(Mark(line, said))
        return len(self.all) - 1

    def count(self, hits: Sequence[int]) -> None:
        """Note which marks kept something."""
        for mark in hits:
            if mark >= 0:
                self.all[mark].hits += 1

    def complaints(self) -> list[tuple[int, str]]:
        """Line and reason of each mark that did nothing."""
        unused = [
            (m.line, f"{m.said}: nothing to keep") for m in self.all if not m.hits
        ]
        return sorted([*unused, *self.wrong])


def _lines(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The line of a mark; the next one too when nothing else stands there."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    end = len(text) if end < 0 else end
    if not text[start : match.start()].strip():
        after = text.find("\n", end + 1)
        end = len(text) if after < 0 else after
    return start, end


def keeps(region: Region, edit: Edit) -> bool:
    """Whether a region forbids an edit that touches it."""
    if edit.start == edit.end:
        touches = region.start <= edit.start <= region.end
    else:
        touches = edit.start < region.end and edit.end > region.start
    if not touches:
        return False
    return not region.rules or any(
        names(rule, ref.id, ref.kind) for rule in region.rules for ref in edit.rules
    )


def allowed(
    regions: Sequence[Region], edits: Sequence[Edit]
) -> tuple[list[Edit], list[int]]:
    """The edits that no region forbids, and the marks that forbade the others."""
    left: list[Edit] = []
    hits: list[int] = []
    for edit in edits:
        against = [region.mark for region in regions if keeps(region, edit)]
        hits += against
        if not against:
            left.append(edit)
    return left, hits
