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
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence

from normalize.engine.languages import Always
from normalize.engine.matcher import Note, Piece, Scene
from normalize.spans import Span, splice

NEAR = 24  # code points beside a change in which a number or sign may hang on it
WINDOW = 240  # so much to both sides of it is looked at again
ROUNDS = 4
UNREAD = "unread_neighbour"
BECAUSE = "what is beside it would be read otherwise, once it is written"
_COUNTED = re.compile("[0-9$\u00a2-\u00a5\u20a0-\u20cf]")

# The edits of a text, without a second look.
Look = Callable[[Scene], Sequence[Piece]]


def doubtful(text: str, edits: Sequence[Piece], starts: Collection[int]) -> list[Piece]:
    """The edits that begin at one of `starts` and may hang on what is near them.

    That is a number, a sign of a currency, or what begins at another one of `starts`.
    """
    near = _COUNTED.search
    order = sorted(starts)
    return [
        edit
        for edit in edits
        if edit[0] in starts
        and (
            near(text, edit[1], edit[1] + NEAR)
            or near(text, max(0, edit[0] - NEAR), edit[0])
            or _follows(order, edit)
        )
    ]


def _follows(starts: Sequence[int], edit: Piece) -> bool:
    """Whether another of the sorted places is near an edit, on either side."""
    start, end, _, _ = edit
    return bisect_left(starts, start) != bisect_left(starts, start - 2 * NEAR) or (
        bisect_left(starts, end) != bisect_left(starts, end + NEAR)
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
    by_paragraph: dict[int, str] = {}
    for edit in edits:
        place = scene.paragraph(edit[0]) if edit[0] in starts else None
        if place is not None and place[0] in asked:
            by_paragraph[place[0]] = place[1]
    for first, body in by_paragraph.items():
        last = first + len(body)
        inside = [edit for edit in edits if first <= edit[0] < last]
        language = scene.would_tell(splice(body, _shifted(inside, -first)))
        if language == asked[first]:
            continue
        notes: list[Note] | None = None if scene.notes is None else []
        again = look(Scene(body, notes, Always(language)))
        edits = sorted(
            [*(e for e in edits if not first <= e[0] < last), *_shifted(again, first)]
        )
        if notes is not None and scene.notes is not None:
            scene.notes[:] = [n for n in scene.notes if not first <= n[1] < last]
            scene.notes += [
                (c, a + first, b + first, why, r) for c, a, b, why, r in notes
            ]
        scene.tell_anew(first, language)
    return edits


def _shifted(edits: Sequence[Piece], by: int) -> list[Piece]:
    return [(start + by, end + by, new, rank) for start, end, new, rank in edits]


def settled(
    scene: Scene, edits: list[Piece], asked: Sequence[Piece], look: Look
) -> list[Piece]:
    """The edits less those of `asked` after which another look would find more."""
    gone: set[Piece] = set()
    for window in _windows(scene, asked):
        gone |= _unsettled(scene, window, edits, asked, look)
    if not gone:
        return edits
    if scene.notes is not None:
        for start, end, _, rank in gone:
            scene.notes.append((UNREAD, start, end, BECAUSE, rank))
    return [edit for edit in edits if edit not in gone]


def _windows(scene: Scene, asked: Sequence[Piece]) -> list[Span]:
    """The stretches around these edits, each in its paragraph, apart from others."""
    made: list[Span] = []
    for start, end, _, _ in asked:
        place = scene.paragraph(start)
        if place is None:
            continue
        first, body = place
        low = body.rfind(" ", 0, max(0, start - first - WINDOW)) + 1
        high = body.find(" ", end - first + WINDOW)
        span = Span(first + low, first + (high if high >= 0 else len(body)))
        if made and span.start <= made[-1].end:
            span = Span(made.pop().start, span.end)
        made.append(span)
    return made


def _unsettled(
    scene: Scene,
    window: Span,
    edits: Sequence[Piece],
    asked: Sequence[Piece],
    look: Look,
) -> set[Piece]:
    """Those of `asked` in the window that must not be made."""
    low, high = window
    inside = [edit for edit in edits if low <= edit[0] and edit[1] <= high]
    mine = set(asked).intersection(inside)
    language = scene.language(low)
    gone: set[Piece] = set()
    for _ in range(ROUNDS):
        kept = [edit for edit in inside if edit not in gone]
        body = splice(scene.text[low:high], _shifted(kept, -low))
        known = dict(_placed(inside, gone, low))
        again = [
            (start, end)
            for start, end, *_ in look(Scene(body, None, Always(language)))
            if (start, end) not in known.values()
        ]
        worse = {
            edit
            for edit, (start, end) in known.items()
            if edit in mine
            and edit not in gone
            and any(a <= end + NEAR and start <= b + NEAR for a, b in again)
        }
        if not worse:
            return gone
        gone |= worse
    return mine


def _placed(
    inside: Sequence[Piece], gone: Collection[Piece], low: int
) -> Iterator[tuple[Piece, Span]]:
    """Where each edit stands in the window as it will be, made or left."""
    shift = -low
    for edit in inside:
        start, end, new, _ = edit
        length = end - start if edit in gone else len(new)
        yield edit, Span(start + shift, start + shift + length)
        shift += length - (end - start)
