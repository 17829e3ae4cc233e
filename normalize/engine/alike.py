"""Names around which the same text stands: they come to the same.

Lists, tables and long runs repeat themselves. A name is decided by what stands near it
and by what its paragraph says, so where both come again, so does the answer. Only texts
with many anchors are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from normalize.engine.matcher import (
    PARAGRAPH,
    PLACE,
    Found,
    Note,
    Scattered,
    Scene,
    noted,
)
from normalize.engine.recall import Recall
from normalize.engine.recurring import moved
from normalize.engine.wide import NEAR, Wide

SHORT = 2 * NEAR  # code points of a paragraph that is told by its text
# Instead of an answer: it hangs on the paragraph, or on the very place.
_IN_PARAGRAPH = "paragraph"
_HERE = "place"

# What is asked where nothing is known, with the rest of what it is asked.
Look = Callable[..., Sequence[Found]]


class Alike:
    """The names of a text by what stands around them."""

    def __init__(self, apostrophes: frozenset[str]) -> None:
        self._wide = Wide(apostrophes)

    def find(
        self, scene: Scene, start: int, look: Look, *more: Any
    ) -> tuple[Sequence[Found], bool]:
        """What `look` finds at a place, and whether that was remembered."""
        known: Recall | None = scene.memo.get(self)
        if known is None:
            known = scene.memo[self] = Recall()
        # Near the beginning what stands around it may be the same as elsewhere.
        if start < NEAR or not known.pays():
            return look(scene, start, *more), False
        around: Any = scene.text[start - NEAR : start + NEAR]
        answer = known.get(around)
        if answer is _IN_PARAGRAPH:
            around = around, _paragraph(scene, start)
            answer = known.get(around)
        if answer is _HERE:
            return look(scene, start, *more), False
        if answer is not None:
            found, notes = answer
            if notes and scene.notes is not None:
                scene.notes += noted(notes, start)
            return _placed(found, start), True
        before, scene.beyond = scene.beyond, 0
        told = len(scene.notes) if scene.notes is not None else 0
        made = look(scene, start, *more)
        notes = scene.notes[told:] if scene.notes is not None else ()
        self._keep(known, scene, start, around, (made, notes))
        scene.beyond |= before
        return made, False

    def _keep(
        self,
        known: Recall,
        scene: Scene,
        start: int,
        around: Any,
        answer: tuple[Sequence[Found], Sequence[Note]],
    ) -> None:
        """Remember what was found and noted, under as much as it hangs on."""
        fresh = isinstance(around, str)  # nothing was known of what stands around it
        if scene.beyond & PLACE or (fresh and self._wide.search(around)):
            known.keep(around, _HERE)
            return
        if fresh and scene.beyond & PARAGRAPH:
            known.keep(around, _IN_PARAGRAPH)
            around = around, _paragraph(scene, start)
        made, notes = answer
        known.keep(around, (_placed(made, -start), noted(notes, -start)))


def _paragraph(scene: Scene, start: int) -> object:
    """What tells the paragraph of a place, and where the place is in it.

    Short ones are told by their text, and may come again; long ones by where they are.
    """
    place = scene.paragraph(start)
    if place is None:
        return -1
    begun, body = place
    return (start - begun, body) if len(body) <= SHORT else begun


def _placed(made: Sequence[Found], by: int) -> Sequence[Found]:
    """Matches so much further on in the text."""
    if len(made) == 1 and len(made[0][2]) == 1 and type(made[0]) is tuple:  # mostly
        end, rank, ((first, last, after, own),) = made[0]
        return ((end + by, rank, ((first + by, last + by, after, own),)),)
    return [_moved(match, by) for match in made]


def _moved(match: Found, by: int) -> Found:
    end, rank, pieces = match
    pieces = tuple([moved(piece, by) for piece in pieces])
    if type(match) is Scattered:
        return Scattered(end + by, rank, pieces)
    return end + by, rank, pieces
