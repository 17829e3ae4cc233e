"""Blocks of markup that may hold blank lines: cut out before any stage runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.engine.limits import TooSlow
from normalize.engine.matcher import BlockRule
from normalize.engine.scan import Scanner
from normalize.engine.words import BREAK
from normalize.spans import Span


class Blocks:
    """Finds code fences and the like; what lies in them is never touched."""

    def __init__(self, rules: Sequence[BlockRule]) -> None:
        self.scanner = Scanner(anchor for rule in rules for anchor in rule.anchors)
        self._by_anchor = self.scanner.dispatch(rules)

    def spans(self, text: str) -> list[tuple[Span, bool]]:
        """Each block with a mark whether it is closed; an open one ends the text.

        Raises:
            PatternTimeout: a pattern of the user's own takes too long.
        """
        hits = self.scanner.hits(text) if self._by_anchor else ()
        if not hits:  # most texts have none
            return []
        found: list[tuple[Span, bool]] = []
        position = 0
        for number, start, _ in hits:
            if start < position:
                continue
            for rule in self._by_anchor[number]:
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


def outside(blocks: Sequence[tuple[Span, bool]], text: str) -> Iterator[Span]:
    """The stretches of a text between its blocks, in order, empty ones left out."""
    start = 0
    for span, _ in blocks:
        if start < span.start:
            yield Span(start, span.start)
        start = span.end
    if start < len(text):
        yield Span(start, len(text))
