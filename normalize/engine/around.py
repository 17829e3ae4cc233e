"""Which of some conditions may hold at a place: at most places none does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from normalize.engine.adjoining import NEAREST, Adjoining
from normalize.engine.matcher import PLACE, Scene
from normalize.engine.readings import Terms
from normalize.engine.wide import SEEN

# So many characters beside a name are looked at once the nearest leave something open.
FURTHER = 6
MOST = 2048  # so many of them are remembered on each side

# Looks at a text from a place on, or back from it.
_Look = Callable[[str, int], Any]
# By number of a rule, what it has left to ask on one side, where that is anything.
_Asking = dict[int, Sequence[_Look]]


class Around:
    """Tells the rules that may hold at a place by what must stand beside a name.

    The characters nearest to it leave few of them, and those are asked. What else a
    rule wants (vetoes, evidence) is not.
    """

    __slots__ = ("_before", "_behind", "_places", "_rules")

    def __init__(self, ranks: Sequence[int], terms: Mapping[int, Terms]) -> None:
        guards = [terms[rank].guard if rank in terms else None for rank in ranks]
        # How far a rule sees, and whether it asks the text or the paragraph.
        self._rules = [
            (rank, 0, True) if guard is None else (rank, guard.seen, guard.in_line)
            for rank, guard in zip(ranks, guards, strict=True)
        ]
        self._before = _Side([guard and guard.before for guard in guards], -NEAREST)
        self._behind = _Side([guard and guard.after for guard in guards], NEAREST)
        self._places: dict[int, Sequence[int]] = {}  # of rules, by their bits

    def likely(self, scene: Scene, start: int, end: int) -> Sequence[int]:
        """The rules that may hold around the name at `start:end`."""
        text = scene.text
        characters = text[start - FURTHER if start > FURTHER else 0 : start]
        before, befores = self._before[characters]
        behind, behinds = self._behind[text[end : end + FURTHER]]
        bits = before & behind
        if not bits:
            return ()
        found = []
        for place in self._places.get(bits) or self._kept(bits):
            rank, seen, in_line = self._rules[place]
            if end - start + seen > SEEN:
                scene.beyond |= PLACE
            of = (0, text) if in_line else scene.paragraph(start)
            if of is None:
                continue
            offset, body = of
            looks = behinds.get(place)
            if looks is not None and not _any(looks, body, end - offset):
                continue
            looks = befores.get(place)
            if looks is None or _any(looks, body, start - offset):
                found.append(rank)
        return found

    def _kept(self, bits: int) -> Sequence[int]:
        if len(self._places) >= MOST:
            self._places.clear()
        places = tuple(i for i in range(len(self._rules)) if bits >> i & 1)
        self._places[bits] = places
        return places


def _any(looks: Sequence[_Look], body: str, at: int) -> bool:
    for look in looks:  # noqa: SIM110 - for each place name, and this is faster
        if look(body, at):
            return True
    return False


class _Side(dict[str, tuple[int, _Asking]]):
    """By the characters beside a name on one side, what is left to be asked.

    A bit for each rule of which anything may be there, and what it asks. The `nearest`
    characters, the first or (negative) the last of them, leave little to the others.
    """

    def __init__(self, sides: Sequence[Any], nearest: int) -> None:
        super().__init__()
        self._sides = sides
        self._nearest = slice(nearest) if nearest > 0 else slice(nearest, None)

    def __missing__(self, characters: str) -> tuple[int, _Asking]:
        if len(self) >= MOST:
            self.clear()
        some: Iterable[int]
        nearest = characters[self._nearest]
        if nearest == characters:
            bits, some = (1 << len(self._sides)) - 1, range(len(self._sides))
        else:
            bits, some = self[nearest]
        asking: _Asking = {}
        for place in some:
            side = self._sides[place]
            if side is None:
                continue
            looks = side.beginning(characters) if isinstance(side, Adjoining) else None
            if looks == []:
                bits &= ~(1 << place)
            else:
                asking[place] = [side.match] if looks is None else looks
        self[characters] = bits, asking
        return bits, asking
