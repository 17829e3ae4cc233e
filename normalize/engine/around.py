"""Which of some conditions may hold at a place: at most places none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from normalize.engine.adjoining import NEAREST, Adjoining
from normalize.engine.readings import Terms

MOST = 4096  # so many characters beside a name are remembered


class Around:
    """Tells by the characters nearest to a name the rules that may hold there.

    What must stand beside a name, and is told by more than a look at them, is asked
    of those only.
    """

    __slots__ = ("_before", "_behind", "_ranks", "_some")

    def __init__(self, ranks: Sequence[int], terms: Mapping[int, Terms]) -> None:
        guards = [terms[rank].guard if rank in terms else None for rank in ranks]
        self._ranks = tuple(ranks)
        self._before = _Side([guard and guard.before for guard in guards])
        self._behind = _Side([guard and guard.after for guard in guards])
        self._some: dict[int, Sequence[int]] = {0: ()}

    def likely(self, text: str, start: int, end: int) -> Sequence[int]:
        """The rules that may hold around the name at `start:end`."""
        before = self._before[text[start - NEAREST if start > NEAREST else 0 : start]]
        bits = before & self._behind[text[end : end + NEAREST]]
        some = self._some.get(bits)
        if some is None:
            if len(self._some) >= MOST:
                self._some = {0: ()}
            some = tuple(r for i, r in enumerate(self._ranks) if bits >> i & 1)
            self._some[bits] = some
        return some


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
