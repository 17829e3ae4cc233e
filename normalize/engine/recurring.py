"""What was found around an anchor, where the same text stands around another one.

Lists, tables and long runs repeat themselves. What a date or a sum comes to hangs on
what is near its anchor, so where that comes again in a text, so does the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from normalize.engine.matcher import Note, Piece, Scene
from normalize.engine.pivots import NEAR, Located, Pivots

SIDE = NEAR + 1  # so much is seen to each side; one more tells where the text ends
MOST = 1024  # so many surroundings are remembered
# After so many questions at least one of SHARE must have been known, or no more is
# remembered.
TRIES = 128
SHARE = 4

Locate = Callable[[Scene, int, Sequence[Pivots]], Sequence[Located]]
# What was found and noted, in offsets from the anchor.
_Answer = tuple[Sequence[Located], Sequence[Note]]


class Recurring:
    """The answers for the anchors of a text, by what stands around them.

    An answer for which the scene was asked `beyond` that holds for its place only.
    """

    __slots__ = ("_asked", "_found", "_known", "_scene")

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._known: dict[str, _Answer] = {}
        self._asked = self._found = 0

    def at(
        self, start: int, pivots: Sequence[Pivots], locate: Locate
    ) -> Sequence[Located]:
        """What `locate` finds of these pivots around the anchor at `start`."""
        scene = self._scene
        # Near the beginning what stands around it may be the same as elsewhere.
        if start < SIDE or (self._asked > TRIES and self._found * SHARE < self._asked):
            return locate(scene, start, pivots)
        self._asked += 1
        around = scene.text[start - SIDE : start + SIDE]
        known = self._known.get(around)
        if known is not None:
            self._found += 1
            if known[1] and scene.notes is not None:
                scene.notes += _noted(known[1], start)
            return _placed(known[0], start)
        scene.beyond = False
        told = len(scene.notes) if scene.notes is not None else 0
        made = locate(scene, start, pivots)
        if not scene.beyond:
            if len(self._known) >= MOST:
                self._known.clear()
            notes = scene.notes[told:] if scene.notes is not None else ()
            self._known[around] = _placed(made, -start), _noted(notes, -start)
        return made


def _placed(made: Iterable[Located], by: int) -> list[Located]:
    return [
        (at + by, (end + by, rank, tuple([_moved(piece, by) for piece in pieces])))
        for at, (end, rank, pieces) in made
    ]


def _moved(piece: Piece, by: int) -> Piece:
    start, end, after, rank = piece
    return start + by, end + by, after, rank


def _noted(notes: Iterable[Note], by: int) -> list[Note]:
    return [(code, a + by, b + by, why, rank) for code, a, b, why, rank in notes]
