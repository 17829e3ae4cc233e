"""What was found around an anchor, where the same text stands around another one.

Lists, tables and long runs repeat themselves. What a date or a sum comes to hangs on
what is near its anchor, so where that comes again in a text, so does the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normalize.engine.coder import NEAR
from normalize.engine.matcher import Note, Piece, Scene, noted
from normalize.engine.pivots import Located, Pivots
from normalize.engine.recall import Recall

SIDE = NEAR + 1  # so much is seen to each side; one more tells where the text ends

Locate = Callable[[Scene, int, Sequence[Pivots]], Sequence[Located]]
# What was found and noted, in offsets from the anchor.
_Answer = tuple[Sequence[Located], Sequence[Note]]


class Recurring:
    """The answers for the anchors of a text, by what stands around them.

    An answer for which the scene was asked `beyond` that holds for its place only.
    """

    __slots__ = ("_known", "_scene")

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._known = Recall()

    def at(
        self, start: int, pivots: Sequence[Pivots], locate: Locate
    ) -> Sequence[Located]:
        """What `locate` finds of these pivots around the anchor at `start`."""
        scene = self._scene
        # Near the beginning what stands around it may be the same as elsewhere.
        if start < SIDE or not self._known.pays():
            return locate(scene, start, pivots)
        around = scene.text[start - SIDE : start + SIDE]
        known: _Answer | None = self._known.get(around)
        if known is not None:
            if known[1] and scene.notes is not None:
                scene.notes += noted(known[1], start)
            return _placed(known[0], start)
        before, scene.beyond = scene.beyond, 0
        told = len(scene.notes) if scene.notes is not None else 0
        made = locate(scene, start, pivots)
        if not scene.beyond:
            notes = scene.notes[told:] if scene.notes is not None else ()
            self._known.keep(around, (_placed(made, -start), noted(notes, -start)))
        scene.beyond |= before
        return made


def _placed(made: Sequence[Located], by: int) -> Sequence[Located]:
    if len(made) == 1:  # mostly
        at, (end, rank, pieces) = made[0]
        if len(pieces) == 1:
            first, last, after, own = pieces[0]
            pieces = ((first + by, last + by, after, own),)
        else:
            pieces = tuple([moved(piece, by) for piece in pieces])
        return ((at + by, (end + by, rank, pieces)),)
    return [placed for one in made for placed in _placed((one,), by)]


def moved(piece: Piece, by: int) -> Piece:
    """An edit so much further on in the text."""
    start, end, after, rank = piece
    return start + by, end + by, after, rank
