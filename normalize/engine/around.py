"""Which of some conditions may hold at a place: at most places none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from normalize.engine.adjoining import NEAREST, Adjoining
from normalize.engine.guards import Guard
from normalize.engine.matcher import Scene
from normalize.engine.readings import Terms

MOST = 4096  # so many characters beside a name are remembered


class Around:
    """Tells the rules that may hold at a place by what must stand beside a name.

    The characters nearest to it leave few of them, and those are asked. What else a
    rule wants (vetoes, evidence) is not.
    """

    __slots__ = ("_asked", "_before", "_behind", "_some")

    def __init__(self, ranks: Sequence[int], terms: Mapping[int, Terms]) -> None:
        guards = [terms[rank].guard if rank in terms else None for rank in ranks]
        self._asked = list(zip(ranks, guards, strict=True))
        self._before = _Side([guard and guard.before for guard in guards])
        self._behind = _Side([guard and guard.after for guard in guards])
        self._some: dict[int, Sequence[tuple[int, Guard | None]]] = {0: ()}

    def likely(self, scene: Scene, start: int, end: int) -> Sequence[int]:
        """The rules that may hold around the name at `start:end`."""
        text = scene.text
        before = self._before[text[start - NEAREST if start > NEAREST else 0 : start]]
        bits = before & self._behind[text[end : end + NEAREST]]
        some = self._some.get(bits)
        if some is None:
            if len(self._some) >= MOST:
                self._some = {0: ()}
            some = [one for i, one in enumerate(self._asked) if bits >> i & 1]
            self._some[bits] = some
        return [
            rank
            for rank, guard in some
            if guard is None or guard.neighbours(scene, start, end)
        ]


class _Side(dict[str, int]):
    """By the characters nearest to a name on one side, a bit for each rule."""

    def __init__(self, sides: Sequence[Any]) -> None:
        super().__init__()
        self._sides = sides

    def __missing__(self, characters: str) -> int:
        if len(self) >= MOST:
            self.clear()
        bits = 0
        for place, side in enumerate(self._sides):
            if not isinstance(side, Adjoining) or side.may_stand(characters):
                bits |= 1 << place
        self[characters] = bits
        return bits
