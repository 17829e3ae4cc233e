"""Which of the first stages have anything to look at in a text, told by one scan.

Most texts have few odd characters, and many stages that look for some. A stage none
of whose anchors stands in a text makes no edit in it. What the scan found serves the
stages up to the first one that makes an edit.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from itertools import chain
from operator import itemgetter
from typing import Any

from normalize.engine.automata import Hit
from normalize.engine.joint import Joint, asides_of
from normalize.engine.narrow import LONG, Facts, odd_characters
from normalize.engine.scan import Scanner
from normalize.engine.stage import Stage

# So many anchors in all: of more the automaton is slower than many small ones are.
MOST = 24_000
# With fewer stages there is nothing to gain.
LEAST = 3
_ASCII = frozenset(map(chr, range(128)))
_ODD = re.compile(r"[^\x00-\x7f]+")


class Chars:
    """Which scanners may find anything in a text that has certain odd characters."""

    def __init__(self, scanners: Sequence[Scanner]) -> None:
        self._always = 0  # those with an anchor of ASCII
        self._alone: dict[str, int] = {}
        # By two characters: those of anchors that have both.
        self._both: dict[str, dict[str, int]] = {}
        self._lone = 0  # those all of whose anchors are one character
        for number, scanner in enumerate(scanners):
            bit = 1 << number
            if all(len(anchor) == 1 for anchor in scanner.anchors):
                self._lone |= bit
            for odd in {"".join(_ODD.findall(anchor)) for anchor in scanner.anchors}:
                first, others = odd[:1], odd[1:].replace(odd[:1], "")
                if not odd:
                    self._always |= bit
                elif others:
                    beside = self._both.setdefault(first, {})
                    beside[others[0]] = beside.get(others[0], 0) | bit
                else:
                    self._alone[first] = self._alone.get(first, 0) | bit

    def possible(self, odd: frozenset[str]) -> int:
        """A bit for each scanner that may find something; all that do are named."""
        found = self._always
        for char in odd:
            found |= self._alone.get(char, 0)
            beside = self._both.get(char)
            for other, stages in beside.items() if beside else ():
                if other in odd:
                    found |= stages
        return found

    def certain(self, found: int) -> bool:
        """Whether all that were named find something."""
        return not found & ~self._lone


class Looked:
    """What one scan finds for many scanners, told apart when one of them is asked.

    `numbers` are those of its anchors that were found, by those that the scan has.
    """

    __slots__ = ("_found", "_hits", "_numbers")

    def __init__(
        self, hits: Sequence[Hit], numbers: Mapping[Scanner, Mapping[int, int]]
    ) -> None:
        self._hits = hits
        self._numbers = numbers
        self._found: dict[Scanner, list[Hit]] = {}

    def has(self, scanner: Scanner) -> bool:
        """Whether it finds anything."""
        return bool(self._numbers[scanner])

    def get(self, scanner: Scanner) -> list[Hit] | None:
        """Its hits; None: it is none of them."""
        found = self._found.get(scanner)
        if found is None and (mine := self._numbers.get(scanner)) is not None:
            hits = self._hits if mine else ()
            found = self._found[scanner] = [
                (mine[n], start, end) for n, start, end in hits if n in mine
            ]
        return found


class Prescan:
    """Looks for the anchors of several stages at once.

    What it tells is a number with a bit for each stage, the first one's the lowest. It
    may name a stage too many, never one too few. `asides` are what the stages look for
    beside their anchors.
    """

    def __init__(
        self, scanners: Sequence[Scanner], asides: Iterable[Scanner] = ()
    ) -> None:
        self._scanners = tuple(scanners)
        self._all = (*scanners, *dict.fromkeys(asides))
        self.size = len(scanners)  # so many stages, from the first one on
        anchors = chain.from_iterable(scanner.anchors for scanner in scanners)
        self._reach = max(map(len, anchors), default=0)
        self._joint: Joint | None = None  # made when needed
        # By number of an anchor of all: a scanner and the number there; what others
        # have it, which are few.
        self._owners = array("I"), array("I")
        self._more: dict[int, list[tuple[int, int]]] = {}
        self._chars: Chars | None = None  # and so is this

    def __getstate__(self) -> dict[str, Any]:
        unmade: dict[str, Any] = {
            "_joint": None,
            "_owners": (),
            "_more": {},
            "_chars": None,
        }
        return {**self.__dict__, **unmade}

    def present(self, facts: Facts) -> int:
        """The stages of whose anchors there is one in a text.

        Its odd characters are among its facts from then on, and what the scan found.
        """
        if facts.odd is None and len(facts.text) >= LONG:
            facts.odd = odd_characters(facts.text)
        return self._told(facts)

    def written(self, facts: Facts, edits: Sequence[tuple[int, int, str, int]]) -> int:
        """The stages of whose anchors there is one that was not there before.

        `facts` are those of the text that splicing the edits gave. What they wrote is
        looked at with as much beside it as an anchor is long.
        """
        text, reach, grown = facts.text, self._reach, 0
        if len(edits) * 2 * reach > len(text):
            return self.present(facts)
        pieces: list[str] = []
        for start, end, after, _ in edits:
            first = start + grown
            grown += len(after) - (end - start)
            pieces.append(text[max(0, first - reach) : first + len(after) + reach])
        beside = "\n".join(pieces)
        odd = None if facts.odd is None else frozenset(beside) - _ASCII
        return self._told(Facts(beside, odd))

    def _told(self, facts: Facts) -> int:
        """A bit for each stage of whose anchors there is one."""
        if facts.odd is not None:
            chars = self._chars
            if chars is None:
                chars = self._chars = Chars(self._scanners)
            possible = chars.possible(facts.odd)
            if chars.certain(possible):
                return possible
        found = facts.found = self._looked(facts)
        return sum(1 << n for n, one in enumerate(self._scanners) if found.has(one))

    def _looked(self, facts: Facts) -> Looked:
        """What one scan for all of them finds."""
        joint = self._joint or self._made()
        hits = joint.own_hits(facts)
        which, own = self._owners
        numbers: dict[Scanner, dict[int, int]] = {one: {} for one in self._all}
        for number in set(map(itemgetter(0), hits)):
            owners = [(which[number], own[number]), *self._more.get(number, ())]
            for scanner, mine in owners:
                numbers[self._all[scanner]][number] = mine
        return Looked(hits, numbers)

    @classmethod
    def of(cls, stages: Iterable[Stage]) -> Prescan:
        """Of the first stages, as many as look for no ASCII: most texts have little."""
        found: list[Stage] = []
        anchors = 0
        for stage in stages:
            anchors += stage.scanner.size
            rare = stage.by_anchors and stage.leaves_ascii
            if not rare or anchors > MOST:
                break
            found.append(stage)
        if len(found) < LEAST:
            return cls(())
        asides = [stage.protector.scanner for stage in found]
        for stage in found:
            asides += asides_of(getattr(stage, "matchers", ()))
        return cls([stage.scanner for stage in found], asides)

    def _made(self) -> Joint:
        """What looks for all; threads that make it at once make the same."""
        owned: dict[str, list[tuple[int, int]]] = {}
        for which, scanner in enumerate(self._all):
            for number, anchor in enumerate(scanner.anchors):
                owned.setdefault(anchor, []).append((which, number))
        scanner = Scanner((), owned)
        first = [owned[anchor][0] for anchor in scanner.whole]
        others = (owned[anchor][1:] for anchor in scanner.whole)
        self._more = {number: mine for number, mine in enumerate(others) if mine}
        self._owners = (
            array("I", [w for w, _ in first]),
            array("I", [n for _, n in first]),
        )
        # As it is kept: the strings of a copy are joined.
        made = Joint(copy(scanner))
        self._joint = made  # the last, since others may look at it
        return made
