"""Dates and sums are written so that a second run would find no more to do.

What stands beside a date or a sum decides whether it is read: of two ends of a range
one may be clear and the other not. Once the clear one is written, a second run would
see other neighbours. So where a number or a sign of a currency stands near a change,
its surroundings are looked at as they will be; a change after which there is more to
change is left.

Their words tell the language of their paragraph, too, and become codes. Where the
paragraph will be told another language, that one counts from the beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from operator import itemgetter

from normalize.engine.languages import Always
from normalize.engine.matcher import Note, Piece, Scene
from normalize.spans import Span, splice

NEAR = 24  # code points beside a change in which a number or sign may hang on it
WINDOW = 120  # so much to both sides of it is looked at again
ROUNDS = 4
UNREAD = "unread_neighbour"
BECAUSE = "what is beside it would be read otherwise, once it is written"
_COUNTED = re.compile("[0-9$\u00a2-\u00a5\u20a0-\u20cf]")
# A word in the next line: it may be a scale.
_BELOW = re.compile(r"[ \t]*\r?\n[ \t]*[^\W\d_]")

# The edits of a text, without a second look.
Look = Callable[[Scene], Sequence[Piece]]


def doubtful(scene: Scene, edits: list[Piece], starts: Collection[int]) -> list[Piece]:
    """The edits that begin at one of `starts` and may hang on what is near them.

    That is a number, a sign of a currency, or what begins at another one of `starts`,
    in the same paragraph, or the first word of the next line.
    """
    text, near = scene.text, _COUNTED.search
    order = sorted(starts)
    found: list[Piece] = []
    low = high = 0  # the paragraph that was asked for last
    for edit in edits:
        start, end, _, _ = edit
        if start in starts and (
            near(text, end, end + NEAR)
            or near(text, max(0, start - NEAR), start)
            or _follows(order, edit, 0, len(text))
            or _BELOW.match(text, end)
        ):
            if not low <= start < high and (place := scene.paragraph(start)):
                low, high = place[0], place[0] + len(place[1])
            first, last = max(0, start - 2 * NEAR), end + NEAR
            if (low <= first and last <= high) or _inside(text, order, edit, low, high):
                found.append(edit)
    return found


def _follows(starts: Sequence[int], edit: Piece, low: int, high: int) -> bool:
    """Whether another of the sorted places is near the one where an edit begins.

    Between `low` and `high`.
    """
    start, end, _, _ = edit
    at = bisect_left(starts, start)
    return (at > 0 and max(low, start - 2 * NEAR) <= starts[at - 1]) or (
        at + 1 < len(starts) and starts[at + 1] <= min(end + NEAR, high)
    )


def _inside(text: str, order: Sequence[int], edit: Piece, low: int, high: int) -> bool:
    """Whether what an edit may hang on is in its paragraph, from `low` to `high`."""
    start, end, _, _ = edit
    if not low <= start < high:
        return True
    near = _COUNTED.search
    return bool(
        near(text, end, min(end + NEAR, high))
        or near(text, max(low, start - NEAR), start)
        or _follows(order, edit, low, high)
        or _BELOW.match(text, end)
    )


def retold(
    scene: Scene, edits: list[Piece], starts: Collection[int], look: Look
) -> list[Piece]:
    """The edits, by the languages that paragraphs have once these are made.

    Only of paragraphs with an edit that begins at one of `starts`.
    """
    asked = scene.asked()
    if not asked:
        return edits
    made: list[Piece] = []  # up to `done`
    done = last = 0
    for edit in edits:
        if edit[0] < last or edit[0] not in starts:
            continue
        place = scene.paragraph(edit[0])
        if place is None or place[0] not in asked:
            continue
        first, body = place
        last = first + len(body)
        begin, end = (bisect_left(edits, at, key=itemgetter(0)) for at in (first, last))
        language = scene.would_tell(splice(body, _shifted(edits[begin:end], -first)))
        if language != asked[first]:
            made += edits[done:begin]
            made += _anew(scene, place, language, look)
            done = end
    return [*made, *edits[done:]] if done else edits


def _anew(
    scene: Scene, place: tuple[int, str], language: str, look: Look
) -> list[Piece]:
    """The edits of a paragraph in this language; what is told of it is replaced."""
    first, body = place
    notes: list[Note] | None = None if scene.notes is None else []
    found = look(Scene(body, notes, Always(language)))
    if scene.notes is not None and notes is not None:
        last = first + len(body)
        scene.notes[:] = [note for note in scene.notes if not first <= note[1] < last]
        for code, start, end, why, rank in notes:
            scene.notes.append((code, start + first, end + first, why, rank))
    scene.tell_anew(first, language)
    return _shifted(found, first)


def _shifted(edits: Sequence[Piece], by: int) -> list[Piece]:
    return [(start + by, end + by, new, rank) for start, end, new, rank in edits]


def settled(
    scene: Scene, edits: list[Piece], asked: Sequence[Piece], look: Look
) -> list[Piece]:
    """The edits less those of `asked` after which another look would find more."""
    gone: set[Piece] = set()
    mine = frozenset(asked)
    for window in _windows(scene, asked):
        first = bisect_left(edits, window.start, key=itemgetter(0))
        last = bisect_left(edits, window.end, key=itemgetter(0))
        inside = [e for e in edits[first:last] if e[1] <= window.end]
        gone |= _unsettled(scene, window, inside, mine, look)
    if not gone:
        return edits
    if scene.notes is not None:
        for start, end, _, rank in gone:
            scene.notes.append((UNREAD, start, end, BECAUSE, rank))
    return [edit for edit in edits if edit not in gone]


def _windows(scene: Scene, asked: Sequence[Piece]) -> list[Span]:
    """The stretches around these edits, each in its paragraph, apart from others."""
    made: list[Span] = []
    until = last = -1  # the ends of the last paragraph, and of the last edit in it
    for start, end, _, _ in asked:
        # Most are so near the last one that one stretch holds both.
        if start < until and start - WINDOW <= last + WINDOW:
            last = end
            continue
        place = scene.paragraph(start)
        if place is None:
            continue
        first, body = place
        low = first + body.rfind(" ", 0, max(0, start - first - WINDOW)) + 1
        if made:
            made[-1] = _up_to(scene, made[-1], last, until)
        if made and low <= made[-1].end:
            low = made.pop().start
        until, last = first + len(body), end
        made.append(Span(low, last))
    if made:
        made[-1] = _up_to(scene, made[-1], last, until)
    return made


def _up_to(scene: Scene, window: Span, last: int, until: int) -> Span:
    """The window up to a space behind its last edit, or the end of the paragraph."""
    high = scene.text.find(" ", last + WINDOW, until)
    return Span(window.start, high if high >= 0 else until)


def _unsettled(
    scene: Scene,
    window: Span,
    inside: Sequence[Piece],
    asked: frozenset[Piece],
    look: Look,
) -> set[Piece]:
    """Those of `asked` that must not be made, of the edits in the window."""
    low, high = window
    language = scene.language(low)
    gone: set[Piece] = set()
    for _ in range(ROUNDS):
        kept = [edit for edit in inside if edit not in gone] if gone else inside
        body = splice(scene.text[low:high], _shifted(kept, -low))
        seen = look(Scene(body, None, Always(language)))
        if not seen:
            return gone
        placed = list(_placed(inside, gone, low))
        known = {(start, end) for _, start, end in placed}
        again = [(a, b) for a, b, *_ in seen if (a, b) not in known]
        worse = {
            edit
            for edit, start, end in placed
            if edit in asked and edit not in gone and _is_near(again, start, end)
        }
        if not worse:
            return gone
        gone |= worse
    return set(asked.intersection(inside))


def _is_near(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of these, which are in order and disjoint, is near a stretch."""
    # The last one that does not begin too far behind is the nearest, or no later one.
    at = bisect_right(spans, end + NEAR, key=itemgetter(0))
    return at > 0 and start <= spans[at - 1][1] + NEAR


def _placed(
    inside: Sequence[Piece], gone: Collection[Piece], low: int
) -> Iterator[tuple[Piece, int, int]]:
    """Where each edit stands in the window as it will be, made or left."""
    shift = -low
    for edit in inside:
        start, end, new, _ = edit
        length = end - start if edit in gone else len(new)
        yield edit, start + shift, start + shift + length
        shift += length - (end - start)
