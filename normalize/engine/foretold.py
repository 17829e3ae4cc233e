"""Marks of which all edits are known before the hits of a text are gone through.

Quotation marks are read by paragraphs, all at once. Where they are dense, most of them
stay as they are and are hits for nothing, and what is near tells nothing of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from normalize.engine.automata import Hit
from normalize.engine.matcher import Matcher, Scene
from normalize.engine.sieve import Sieve

Placed = Mapping[int, tuple[int, str]]  # end and text of each edit, by where it begins
NOTHING: Placed = {}
_NUMBER = itemgetter(0)  # of a hit
# With a hit in so many code points, all kinds of places in a text are looked at first.
CROWDED = 4


class Foretold:
    """The matcher of a stage that foretells its edits, and its anchors.

    `owners` are the matchers by number of an anchor; `asked` tells of which anchors
    all hits are wanted by others.
    """

    def __init__(
        self,
        anchors: Sequence[str],
        owners: Sequence[tuple[Matcher, ...]],
        asked: Sequence[bool | int],
    ) -> None:
        tellers = {one for own in owners for one in own if hasattr(one, "foretell")}
        self._teller: Any = tellers.pop() if len(tellers) == 1 else None
        # By number of an anchor of its, the others that may match there.
        self._others: dict[int, Sieve[Matcher]] = {
            number: Sieve([one for one in own if one is not self._teller])
            for number, own in enumerate(owners)
            if self._teller in own and not asked[number]
        }
        self._firsts = {number: anchors[number][0] for number in self._others}

    def sifted(self, scene: Scene, hits: list[Hit]) -> tuple[list[Hit], Placed]:
        """The hits where something may match, and the edits that are known."""
        others, text = self._others, scene.text
        if others.keys().isdisjoint(set(map(_NUMBER, hits))):
            return hits, NOTHING
        edits: Placed = self._teller.foretell(scene)
        idle = self._idle(text, hits)
        if idle:
            # What begins the text has no place that could be told.
            hits = [h for h in hits if h[0] not in idle or h[1] in edits or not h[1]]
        kept = [
            hit
            for hit in hits
            if hit[0] not in others
            or hit[1] in edits
            or others[hit[0]][text[hit[1] - 1 : hit[1] + 2]]
        ]
        return kept, edits

    def _idle(self, text: str, hits: Sequence[Hit]) -> set[int]:
        """Anchors where nobody else may match in a long text, if it is full of hits."""
        if len(hits) * CROWDED < len(text):
            return set()
        # Three characters each, or two at the end of the text, by the second one.
        places = defaultdict[str, list[str]](list)
        threes = zip(text, text[1:], text[2:], strict=False)
        for place in {*threes, tuple(text[-2:])}:
            places[place[1]].append("".join(place))
        return {
            number
            for number, first in self._firsts.items()
            if not any(self._others[number][place] for place in places[first])
        }
