"""Blocks of markup that may hold blank lines: cut out before any stage runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from normalize.engine.limits import TooSlow
from normalize.engine.matcher import BlockRule
from normalize.engine.scan import FEW, Scanner
from normalize.engine.words import BREAK
from normalize.spans import Span

# With a mark that blocks begin with in so many code points, places where one may begin
# are looked for, not the marks.
DENSE = 16


class Blocks:
    """Finds code fences and the like; what lies in them is never touched."""

    def __init__(self, rules: Sequence[BlockRule]) -> None:
        self._rules = tuple(rules)
        self.scanner = Scanner(anchor for rule in rules for anchor in rule.anchors)
        self._by_anchor = self.scanner.dispatch(rules)

    def spans(self, text: str) -> list[tuple[Span, bool]]:
        """Each block with a mark whether it is closed; an open one ends the text.

        Raises:
            PatternTimeout: a pattern of the user's own takes too long.
        """
        firsts = self._firsts
        for mark in firsts:
            if mark in text:
                break
        else:
            if firsts or not self._rules:  # most texts have none
                return []
        found: list[tuple[Span, bool]] = []
        position = 0
        for start, rules in self._places(text):
            if start < position:
                continue
            for rule in rules:
                beside = rule.beside
                if beside is not None and text[start - 1 : start] not in beside:
                    continue
                if not text.startswith(rule.anchors, start):
                    continue
                try:
                    opened = rule.opens.match(text, start)
                    if opened is None or BREAK.search(text, start, opened.end()):
                        continue
                    closed = rule.closes.search(text, opened.end())
                except TooSlow as slow:
                    raise slow.at(start) from None
                position = closed.end() if closed else len(text)
                found.append((Span(start, position), closed is not None))
                break
        return found

    def _places(self, text: str) -> Iterable[tuple[int, Sequence[BlockRule]]]:
        """Where blocks may begin, and which."""
        if sum(map(text.count, self._firsts)) * DENSE > len(text):
            rules = self._rules
            return ((found.start(), rules) for found in self._begin.finditer(text))
        return (
            (start, self._by_anchor[number])
            for number, start, _ in self.scanner.hits(text)
        )

    def __getstate__(self) -> dict[str, Any]:
        made = ("_firsts", "_begin")
        return {name: had for name, had in self.__dict__.items() if name not in made}

    @cached_property
    def _firsts(self) -> tuple[str, ...]:
        """The characters that blocks begin with; none when they are many."""
        firsts = {anchor[0] for rule in self._rules for anchor in rule.anchors}
        return tuple(sorted(firsts)) if len(firsts) <= FEW else ()

    @cached_property
    def _begin(self) -> re.Pattern[str]:
        """What fits where a block may begin; nothing of the text is taken."""
        sources = []
        for rule in self._rules:
            beside = ""
            if rule.beside is not None:
                chars = re.escape("".join(sorted(rule.beside)))
                behind = [f"(?<=[{chars}])"] if chars else []
                start = [r"\A"] if "" in rule.beside else []
                beside = f"(?:{'|'.join(behind + start)})"
            anchors = "|".join(map(re.escape, rule.anchors))
            sources.append(f"{beside}(?={anchors})")
        return re.compile("|".join(sources))


def outside(blocks: Sequence[tuple[Span, bool]], text: str) -> Iterator[Span]:
    """The stretches of a text between its blocks, in order, empty ones left out."""
    start = 0
    for span, _ in blocks:
        if start < span.start:
            yield Span(start, span.start)
        start = span.end
    if start < len(text):
        yield Span(start, len(text))
