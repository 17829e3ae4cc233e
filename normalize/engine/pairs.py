"""Marks that come in pairs: which opens, which closes, which stands alone.

A paragraph is read once. Each mark gets the costs of opening, of closing and of
standing alone, from what stands beside it and from its shape; the cheapest nesting
is taken. So one missing mark costs what it costs, and its neighbours keep their
partners.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from normalize.engine.limits import TooSlow
from normalize.engine.matcher import PLACE, Found, Note, Scene
from normalize.engine.nesting import (
    Nesting,
    around_lone,
    cheapest,
    straight,
)
from normalize.engine.pair_marks import (
    INNER,
    MEMORY,
    UNKNOWN,
    Marks,
    Reader,
    Sighted,
)
from normalize.engine.words import LINE_FEED_BREAK
from normalize.spans import Span, splice

Edits = list[tuple[int, int, str]]
Placed = dict[int, tuple[int, str]]  # end and text of each edit, by where it begins
NOTHING: Sequence[Found] = ()


class _Memo:
    """What is known of the marks of a text, and of the paragraph that was read last.

    `ahead` are edits in paragraphs that need not be read, `open` the places of the
    marks in others; None: all of them. `foretold` says that the edits are known to
    whoever asks.
    """

    __slots__ = ("ahead", "edits", "end", "foretold", "open", "start")

    def __init__(
        self, ahead: Placed, open_: set[int] | None, *, foretold: bool = False
    ) -> None:
        self.ahead = ahead
        self.open = open_
        self.foretold = foretold
        self.start = self.end = 0
        self.edits: Placed = {}


class Pairs:
    """Finds the marks of one rule; an edit a mark, none when `levels` is empty.

    `levels` are the opening and closing marks that are written, from the outside
    in; they come round again. `code` is that of the note for a mark alone.
    """

    tells_beyond = True  # the scene is told that all of the paragraph counts

    def __init__(
        self, reader: Reader, levels: Sequence[tuple[str, str]], code: str, rank: int
    ) -> None:
        self._reader = reader
        self._levels = tuple(levels)
        self._code = code
        self._rank = rank
        # What is done at marks of certain readings: the number of each mark that
        # changes, and what it becomes.
        self._done: dict[str, tuple[tuple[int, str], ...]] = {}
        self._paired: set[str] = set()  # those of them that leave no mark alone
        self.anchors: tuple[str, ...] = tuple(sorted(reader.marks))

    def may_stand(self, place: str) -> bool:
        """Whether the second of three characters is no apostrophe inside a word."""
        return not self._reader.in_word(place, 1)

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The edit of the mark at `start`, if it is to be written otherwise."""
        memo: _Memo | None = scene.memo.get(self)
        if memo is None:
            memo = scene.memo[self] = _Memo(*self._ahead(scene))
        if not memo.foretold:
            scene.beyond |= PLACE
        if memo.open is None or start in memo.open:
            if not memo.start <= start < memo.end:
                if self._reader.in_word(scene.text, start):
                    return NOTHING
                memo.start, memo.end, memo.edits = self._paragraph(scene, start)
            edit = memo.edits.get(start)
        else:
            edit = memo.ahead.get(start)
        if edit is None:
            return NOTHING
        end, after = edit
        return ((end, self._rank, ((start, end, after, self._rank),)),)

    def foretell(self, scene: Scene) -> Placed:
        """All edits of the text, which `find` gives from then on.

        Raises:
            PatternTimeout: a pattern of the user's own takes too long.
        """
        edits, left = self._ahead(scene)
        marks = self._marks(scene)
        if left is None:
            left = set(marks.places) if marks is not None else set()
        read = 0
        for start in sorted(left):
            if start < read or self._reader.in_word(scene.text, start):
                continue
            try:
                _, read, more = self._paragraph(scene, start)
            except TooSlow as slow:
                raise slow.at(start) from None
            edits.update(more)
        scene.memo[self] = _Memo(edits, set(), foretold=True)
        return edits

    def _ahead(self, scene: Scene) -> tuple[Placed, set[int] | None]:
        """The edits of paragraphs whose marks all were read before, told at once.

        With the places of the marks in others, which must be read; None: all must.
        """
        text = scene.text
        spans = scene.shelter.all() if scene.shelter is not None else None
        sighted = self._marks(scene)
        if spans is None or sighted is None or "\r" in text:
            return {}, None
        edits: Placed = {}
        must: set[int] = set()
        places, signs = sighted
        first = last = span = 0
        while first < len(places):
            at = places[first]
            end = text.find("\n\n", at)
            if end < 0:
                end = len(text)
            until = bisect_left(places, end, first)
            while span < len(spans) and spans[span].end <= last:
                span += 1
            free = span == len(spans) or spans[span].start >= end
            mine = signs[first:until]
            known = self._known(scene, mine.replace(INNER, "")) if free else None
            if known is None or LINE_FEED_BREAK.search(text, at, end) is not None:
                must.update(places[first:until])
            elif known:
                outside = Sighted(places[first:until], mine).outside()
                edits.update({outside[n]: (outside[n] + 1, a) for n, a in known})
            first, last = until, end
        return edits, must

    def _known(self, scene: Scene, key: str) -> tuple[tuple[int, str], ...] | None:
        """What is done at marks of these readings; None: not known.

        Nor is it where a mark that stands alone must be told of.
        """
        known = self._done.get(key)
        return None if scene.notes is not None and key not in self._paired else known

    def _paragraph(self, scene: Scene, start: int) -> tuple[int, int, Placed]:
        """Bounds of the paragraph at `start`, and the edits in it by place.

        Matches are made of them one by one: thousands that live at once would have
        the garbage collector look at everything again and again.
        """
        place = scene.paragraph(start)
        if place is None:
            return start, start + 1, {}
        offset, body = place
        found, alone = self._settle(scene, offset, body)
        if scene.notes is not None:
            scene.notes += [self._note(offset, *place) for place in alone]
        return offset, offset + len(body), found

    def _sighted(self, scene: Scene, offset: int, size: int) -> Sighted | None:
        """The marks of a paragraph that the scan found; None where there was none."""
        found = self._marks(scene)
        if found is None:
            return None
        first = bisect_left(found.places, offset)
        last = bisect_left(found.places, offset + size, first)
        return Sighted(found.places[first:last], found.signs[first:last])

    def _marks(self, scene: Scene) -> Sighted | None:
        """All marks of the text that the scan found; None where there was none."""
        if not scene.hits:
            return None
        found: Sighted | None = scene.memo.get(self._reader)
        if found is None:
            found = self._reader.sighted(scene.text, scene.hits)
            scene.memo[self._reader] = found
        return found

    def _note(self, offset: int, start: int, end: int) -> Note:
        message = "a mark without its partner; left"
        return self._code, offset + start, offset + end, message, self._rank

    def _settle(
        self, scene: Scene, offset: int, body: str
    ) -> tuple[Placed, list[tuple[int, int]]]:
        """The edits of a paragraph, and where marks stand alone in it."""
        # An address may end in the bracket that closes what it stands in, so a check
        # looks at all marks; what it tells of protected ones is dropped.
        spans = scene.protected(offset, offset + len(body)) if self._levels else ()
        sighted = self._sighted(scene, offset, len(body))
        seen, key = None, ""
        if not spans and sighted is not None:
            seen = self._reader.glance(body, offset, sighted)
        if seen is not None:
            key = seen.signs.replace(INNER, "")
            known_as = self._known(scene, key)
            if known_as is not None:
                places = seen.outside() if known_as else ()
                return {places[n]: (places[n] + 1, a) for n, a in known_as}, []
        protected = spans
        if offset:
            protected = [Span(max(a - offset, 0), b - offset) for a, b in spans]
        known = [at - offset for at in sighted.places] if sighted is not None else None
        starts = self._reader.starts(body, known)
        marks = self._reader.marks_of(body, starts, protected)
        if not marks.starts:
            return {}, []
        nesting = straight(marks.readings)
        sure = nesting is not None
        nesting = nesting or cheapest(marks.readings)
        edits = self._edits(body, marks, nesting)
        # What is sure stays so with other marks of the same length.
        even = all(b - a == len(after) for a, b, after in edits)
        if edits and not (sure and even) and not self._settled(scene, body, edits):
            edits = []
        alone = [
            (start, end)
            for start, end, reading, (partner, _) in zip(*marks, nesting, strict=True)
            if partner < 0 and reading.told
        ]
        # Marks that are told by their neighbours alone are told alike the next time.
        firm = even and sighted is not None and UNKNOWN not in sighted.signs
        firm = firm and self._reader.loose.isdisjoint(after for _, _, after in edits)
        if seen is not None and even and (sure or firm) and len(self._done) < MEMORY:
            numbers = {at - offset: number for number, at in enumerate(seen.outside())}
            self._done[key] = tuple((numbers[a], after) for a, _, after in edits)
            if not alone:
                self._paired.add(key)
        return {offset + a: (offset + b, after) for a, b, after in edits}, alone

    def _settled(self, scene: Scene, body: str, edits: Edits) -> bool:
        """Whether the paragraph as edited would be left as it is."""
        edited = splice(body, edits)
        starts = self._reader.starts(edited, None)
        marks = self._reader.marks_of(edited, starts, scene.protected_in(edited))
        nesting = straight(marks.readings) or cheapest(marks.readings)
        return not self._edits(edited, marks, nesting)

    def _mistakable(self, body: str, marks: Marks, nesting: Nesting) -> set[int]:
        """The first marks of pairs that would be read as apostrophes inside words."""
        levels, loose = self._levels, self._reader.loose
        found: set[int] = set()
        for number, (start, end, (partner, depth)) in enumerate(
            zip(marks.starts, marks.ends, nesting, strict=True)
        ):
            if partner < 0 or not depth:
                continue
            after = levels[depth % len(levels)][partner < number]
            beside = body[start - 1 : start], body[end : end + 1]
            if after in loose and all(char.isalnum() for char in beside):
                found.add(min(number, partner))
        return found

    def _edits(self, body: str, marks: Marks, nesting: Nesting) -> Edits:
        levels = self._levels
        edits: Edits = []
        if not levels:
            return edits
        blocked: set[int] = set()
        if min(nesting)[0] < 0:
            blocked |= around_lone(marks.readings, nesting)
        if any(depth for _, depth in nesting):
            blocked |= self._mistakable(body, marks, nesting)
        for number, (start, end, reading, (partner, depth)) in enumerate(
            zip(*marks, nesting, strict=True)
        ):
            if partner < 0:
                after = reading.becomes
            elif min(number, partner) in blocked:
                continue
            else:
                after = levels[depth % len(levels)][partner < number]
            if after and body[start:end] != after:
                edits.append((start, end, after))
        return edits
