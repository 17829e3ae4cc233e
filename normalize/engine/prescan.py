"""Which of the first stages have anything to look at in a text, told by one scan.

Most texts have few odd characters, and many stages that look for some. A stage none
of whose anchors stands in a text makes no edit in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from normalize.engine.joint import Joint
from normalize.engine.narrow import LONG, Facts, odd_characters
from normalize.engine.scan import Scanner
from normalize.engine.stage import Stage

# So many anchors in all: of more the automaton is slower than many small ones are.
MOST = 16_000
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


class Prescan:
    """Looks for the anchors of several stages at once.

    What it tells is a number with a bit for each stage, the first one's the lowest. It
    may name a stage too many, never one too few.
    """

    def __init__(self, scanners: Sequence[Scanner]) -> None:
        self._scanners = tuple(scanners)
        self.size = len(scanners)  # so many stages, from the first one on
        anchors = chain.from_iterable(scanner.anchors for scanner in scanners)
        self._reach = max(map(len, anchors), default=0)
        self._joint: Joint | None = None  # made when needed
        self._stages: list[int] = []
        self._chars: Chars | None = None  # and so is this

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_joint": None, "_stages": [], "_chars": None}

    def present(self, facts: Facts) -> int:
        """The stages of whose anchors there is one in a text.

        Its odd characters are among its facts from then on.
        """
        if facts.odd is None and len(facts.text) >= LONG:
            facts.odd = odd_characters(facts.text)
        return self._in(facts)

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
        return self._in(Facts(beside, odd))

    def _in(self, facts: Facts) -> int:
        """A bit for each stage of whose anchors there is one."""
        if facts.odd is not None:
            chars = self._chars
            if chars is None:
                chars = self._chars = Chars(self._scanners)
            possible = chars.possible(facts.odd)
            if chars.certain(possible):
                return possible
        joint, found = self._joint or self._made(), 0
        stages = self._stages
        for number in {number for number, _, _ in joint.own_hits(facts)}:
            found |= stages[number]
        return found

    @classmethod
    def of(cls, stages: Iterable[Stage]) -> Prescan:
        """Of the first stages, as many as look for no ASCII: most texts have little."""
        found: list[Scanner] = []
        anchors = 0
        for stage in stages:
            anchors += len(stage.scanner.anchors)
            rare = stage.by_anchors and stage.leaves_ascii
            if not rare or anchors > MOST:
                break
            found.append(stage.scanner)
        return cls(found if len(found) >= LEAST else ())

    def _made(self) -> Joint:
        """What looks for all; threads that make it at once make the same."""
        bits: dict[str, int] = {}
        for number, scanner in enumerate(self._scanners):
            for anchor in scanner.anchors:
                bits[anchor] = bits.get(anchor, 0) | 1 << number
        scanner = Scanner((), bits)
        made = Joint(scanner)
        self._stages = [bits[anchor] for anchor in scanner.whole]
        self._joint = made  # the last, since others may look at it
        return made
