"""A stage: candidates in one scan, the best match at each, edits.

Semantics: from left to right; at a place the longest match wins, then the
earlier file, then the earlier rule; a match that touches a protected span is
no match; nothing sees the output of another rule of the stage.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.matcher import Found, Matcher, Scene, Shield
from normalize.engine.scan import Scanner
from normalize.spans import RuleRef, Span

# Start, end, replacement, rule.
StageEdit = tuple[int, int, str, RuleRef]


class Protector:
    """All spans of a text that no rule may touch."""

    def __init__(self, shields: Sequence[Shield]) -> None:
        self.scanner = Scanner(a for shield in shields for a in shield.anchors)
        self._by_anchor = [
            tuple(s for s in shields if any(a.startswith(anchor) for a in s.anchors))
            for anchor in self.scanner.anchors
        ]

    def spans(self, text: str) -> list[Span]:
        """Protected spans, ordered by start and disjoint."""
        hits = self.scanner.hits(text) if self._by_anchor else ()
        if not hits:
            return []
        scene = Scene(text)
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
        self._by_anchor = [
            tuple(m for m in matchers if any(a.startswith(anchor) for a in m.anchors))
            for anchor in self.scanner.anchors
        ]

    def find(self, text: str) -> list[StageEdit]:
        """The edits of this stage in `text`: ordered, disjoint."""
        hits = self.scanner.hits(text) if self._by_anchor else ()
        if not hits:
            return []
        scene = Scene(text)
        by_anchor = self._by_anchor
        edits: list[StageEdit] = []
        spans: list[Span] | None = None  # found only when something would change
        span_at = 0
        position = 0
        for number, start, _ in hits:
            if start < position:
                continue
            found = _all(by_anchor[number], scene, start)
            if not found:
                continue
            if spans is None:
                spans = self.protector.spans(text)
            while span_at < len(spans) and spans[span_at].end <= start:
                span_at += 1
            limit = spans[span_at].start if span_at < len(spans) else len(text)
            for end, _, pieces, rule in found:
                if end <= limit:
                    position = end
                    for first, last, after in pieces:
                        edits.append((first, last, after, rule))
                    break
        return edits


def _all(matchers: tuple[Matcher, ...], scene: Scene, start: int) -> Sequence[Found]:
    """All matches at a place, best first."""
    if len(matchers) == 1:
        return matchers[0].find(scene, start)
    found = [f for matcher in matchers for f in matcher.find(scene, start)]
    found.sort(key=lambda f: (-f.end, f.rank))
    return found


def _union(spans: list[Span]) -> list[Span]:
    """The same stretches, ordered and with overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
