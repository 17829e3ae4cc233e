"""Protected spans: what no rule of any stage may touch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from normalize.engine.automata import Hit
from normalize.engine.limits import TooSlow
from normalize.engine.matcher import Scene, Shield
from normalize.engine.scan import Scanner
from normalize.engine.sieve import FIRST, Sieve
from normalize.errors import PatternTimeout
from normalize.spans import Span

MANY = 64  # hits: those where nothing may match are left out at once
# With an anchor of a shield in so many code points, all its spans are found at once.
DENSE = 16


class Protector:
    """All spans of a text that no rule may touch."""

    def __init__(self, shields: Sequence[Shield]) -> None:
        self.scanner = Scanner(a for shield in shields for a in shield.anchors)
        owners = self.scanner.dispatch(shields)
        sieves = {mine: Sieve(mine) for mine in owners}
        self._by_anchor = [sieves[mine] for mine in owners]

    def spans(self, scene: Scene) -> list[Span]:
        """Protected spans of a text, ordered by start and disjoint.

        Raises:
            PatternTimeout: a pattern of the user's own takes too long.
        """
        hits = scene.aside.get(self.scanner) if self._by_anchor else ()
        if hits is None:
            hits = self.scanner.hits(scene.text)
        if not hits:
            return []
        spans: list[Span] = []
        # How far each shield has got: an anchor inside its last span is settled.
        done: dict[Shield, int] = {}
        text, by_anchor = scene.text, self._by_anchor
        if len(hits) > MANY:
            hits = self._swept(scene, hits, spans, done)
            hits = [
                hit
                for hit in hits
                if by_anchor[hit[0]][text[hit[1] - 1 : hit[1] + 2]] or not hit[1]
            ]
        for number, start, _ in hits:
            place = text[start - 1 : start + 2] if start else FIRST
            for shield in by_anchor[number][place]:
                if start < done.get(shield, 0):
                    continue
                try:
                    span = shield.cover(scene, start)
                except TooSlow as slow:
                    raise slow.at(start) from None
                if span is not None:
                    spans.append(span)
                    done[shield] = span.end
        # Those of one shield that has gone through come in order.
        return spans if len(done) == 1 and not hits else _union(spans)

    def _swept(
        self,
        scene: Scene,
        hits: Sequence[Hit],
        spans: list[Span],
        done: dict[Shield, int],
    ) -> Sequence[Hit]:
        """The hits that are left once shields with dense anchors have gone through.

        Their spans are added, and that they are done.
        """
        size = len(scene.text)
        if len(hits) * DENSE < size:
            return hits
        owners = [sieve.owners for sieve in self._by_anchor]
        counts: Counter[Shield] = Counter()
        for number, count in Counter(map(itemgetter(0), hits)).items():
            counts.update(dict.fromkeys(owners[number], count))
        for shield, count in counts.items():
            if count * DENSE < size:
                continue
            mine = {n for n, own in enumerate(owners) if shield in own}
            swept = shield.sweep(scene, (at for n, at, _ in hits if n in mine))
            if swept is not None:
                spans += swept
                done[shield] = size + 1
        if not done:
            return hits
        left = {n for n, own in enumerate(owners) if not done.keys() >= set(own)}
        return [hit for hit in hits if hit[0] in left]


class Shelter:
    """Answers how far one text is free, from left to right.

    Nothing is looked for before the first question. With `many` questions to come
    all spans of the text are found at once, otherwise those of each paragraph
    asked about: no span reaches over a blank line, so the answers are the same. A
    question may go back a little, since some matches begin before their anchors.
    """

    __slots__ = ("_at", "_begin", "_end", "_many", "_protector", "_scene", "_spans")

    def __init__(self, protector: Protector, scene: Scene, *, many: bool) -> None:
        self._protector = protector
        self._scene = scene
        self._many = many
        self._spans: list[Span] = []
        self._at = 0
        self._begin = 0
        self._end = -1  # from where and up to where the spans are known

    def free_to(self, start: int) -> int:
        """The offset up to which nothing from `start` on is protected.

        It is `start` where that is inside a protected span.
        """
        if start >= self._end or start < self._begin:
            self._look(start)
        spans, at = self._spans, self._at
        while at and spans[at - 1].end > start:
            at -= 1
        while at < len(spans) and spans[at].end <= start:
            at += 1
        self._at = at
        return max(start, spans[at].start) if at < len(spans) else self._end

    def inside(self, start: int, end: int) -> list[Span]:
        """The protected spans between `start` and `end`, bounds of a paragraph."""
        if end > self._end:
            self._look(start)
        first = bisect_right(self._spans, start, key=itemgetter(1))
        last = bisect_left(self._spans, end, first, key=itemgetter(0))
        return self._spans[first:last]

    def all(self) -> list[Span] | None:
        """The protected spans of the text; None: found paragraph by paragraph."""
        if not self._many:
            return None
        if self._end < 0:
            self._look(0)
        return self._spans

    def known(self) -> list[Span] | None:
        """All protected spans of the text, where they were looked for; else None."""
        return self._spans if self._many and self._end >= 0 else None

    def of(self, text: str) -> list[Span]:
        """The protected spans of another text."""
        return self._protector.spans(Scene(text))

    def _look(self, start: int) -> None:
        text = self._scene.text
        place = None if self._many else self._scene.paragraph(start)
        offset, body = (0, text) if place is None else place
        scene = self._scene if place is None else Scene(body)
        try:
            found = self._protector.spans(scene)
        except PatternTimeout as slow:
            raise slow.placed(offset + slow.offset) from None
        if offset:
            found = [Span(offset + a, offset + b) for a, b in found]
        self._spans = found
        self._begin, self._end = offset, offset + len(body)
        self._at = 0


def _union(spans: list[Span]) -> list[Span]:
    """The same stretches, ordered and with overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
