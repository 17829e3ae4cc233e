"""A stage: candidates in one scan, the best match at each, edits.

Semantics: from left to right; at a place the longest match wins, then the
earlier file, then the earlier rule; a match that touches a protected span is
no match; nothing sees the output of another rule of the stage.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normalize.engine.matcher import (
    Found,
    Matcher,
    Piece,
    Scene,
    Shield,
    preference,
)
from normalize.engine.scan import Scanner
from normalize.spans import Span

StageEdit = Piece
Finder = Callable[[Scene, int], Sequence[Found]]


class Protector:
    """All spans of a text that no rule may touch."""

    def __init__(self, shields: Sequence[Shield]) -> None:
        self.scanner = Scanner(a for shield in shields for a in shield.anchors)
        self._by_anchor = self.scanner.dispatch(shields)

    def spans(self, scene: Scene) -> list[Span]:
        """Protected spans of a text, ordered by start and disjoint."""
        hits = self.scanner.hits(scene.text) if self._by_anchor else ()
        if not hits:
            return []
        spans: list[Span] = []
        # How far each shield has got: an anchor inside its last span is settled.
        done: dict[Shield, int] = {}
        for number, start, _ in hits:
            for shield in self._by_anchor[number]:
                if start < done.get(shield, 0):
                    continue
                span = shield.cover(scene, start)
                if span is not None:
                    spans.append(span)
                    done[shield] = span.end
        return _union(spans)


class Stage:
    """The compiled matchers of one stage, ready to find edits."""

    def __init__(
        self, name: str, matchers: Sequence[Matcher], protector: Protector
    ) -> None:
        self.name = name
        self.scanner = Scanner(a for matcher in matchers for a in matcher.anchors)
        self.protector = protector
        self._finders = [_finder(m) for m in self.scanner.dispatch(matchers)]

    def find(self, text: str) -> list[StageEdit]:
        """The edits of this stage in `text`: ordered, disjoint."""
        hits = self.scanner.hits(text) if self._finders else ()
        if not hits:
            return []
        scene = Scene(text)
        finders = self._finders
        edits: list[StageEdit] = []
        spans: list[Span] | None = None  # found only when something would change
        span_at = 0
        free_to = 0  # where the next protected span begins
        position = 0
        for number, start, _ in hits:
            if start < position:
                continue
            found = finders[number](scene, start)
            if not found:
                continue
            if spans is None:
                spans = self.protector.spans(scene)
                free_to = spans[0].start if spans else len(text)
            while span_at < len(spans) and spans[span_at].end <= start:
                span_at += 1
                more = span_at < len(spans)
                free_to = spans[span_at].start if more else len(text)
            for end, _, pieces in found:
                if end <= free_to:
                    position = end
                    edits += pieces
                    break
        return edits


def _finder(matchers: tuple[Matcher, ...]) -> Finder:
    """One function for all matchers of an anchor: all matches, best first."""
    if len(matchers) == 1:
        return matchers[0].find

    def find(scene: Scene, start: int) -> Sequence[Found]:
        found = [f for matcher in matchers for f in matcher.find(scene, start)]
        found.sort(key=preference)
        return found

    return find


def _union(spans: list[Span]) -> list[Span]:
    """The same stretches, ordered and with overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
