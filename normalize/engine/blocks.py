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
            return ((start, self._rules) for start in self._begun(text))
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
        """A character with which a block may begin, or one right before it.

        Each is told by itself first, and what must follow only then.
        """
        behind: dict[str, set[str]] = {}  # by character: what may follow
        for rule in self._rules:
            for anchor in rule.anchors:
                if rule.beside is None:
                    behind.setdefault(anchor[0], set()).add(anchor[1:])
                for char in rule.beside or ():
                    behind.setdefault(char, set()).add(anchor)
        behind.pop("", None)  # the beginning of a text
        return re.compile(
            "|".join(
                f"{re.escape(char)}(?={'|'.join(map(re.escape, sorted(ways)))})"
                for char, ways in sorted(behind.items())
            )
        )

    def _begun(self, text: str) -> Iterator[int]:
        """Where blocks may begin, and some other places, in order."""
        before = {char for rule in self._rules for char in rule.beside or ()}
        yield 0
        for found in self._begin.finditer(text):
            char, at = found[0], found.start()
            if char in self._firsts:
                yield at
            if char in before:
                yield at + 1


def outside(blocks: Sequence[tuple[Span, bool]], text: str) -> Iterator[Span]:
    """The stretches of a text between its blocks, in order, empty ones left out."""
    start = 0
    for span, _ in blocks:
        if start < span.start:
            yield Span(start, span.start)
        start = span.end
    if start < len(text):
        yield Span(start, len(text))
