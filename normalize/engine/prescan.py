"""Which of the first stages have anything to look at in a text, told by one scan.

Most texts have few odd characters, and many stages that look for some. A stage none
of whose anchors stands in a text makes no edit in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from normalize.engine.scan import Scanner
from normalize.engine.stage import Stage

# So many anchors in all: of more the automaton is slower than many small ones are.
MOST = 16_000
# With fewer stages there is nothing to gain.
LEAST = 3


class Prescan:
    """Looks for the anchors of several stages at once.

    What it tells is a number with a bit for each stage, the first one's the lowest. It
    may name a stage too many, never one too few.
    """

    def __init__(self, scanners: Sequence[Scanner]) -> None:
        self._scanners = tuple(scanners)
        self.size = len(scanners)  # so many stages, from the first one on
        self._scanner: Scanner | None = None  # made when needed
        self._stages: list[int] = []
        self._reach = 0

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_scanner": None, "_stages": [], "_reach": 0}

    def present(self, text: str) -> int:
        """The stages of whose anchors there is one in the text."""
        scanner, found = self._scanner or self._made(), 0
        stages = self._stages
        for number in {number for number, _, _ in scanner.hits(text)}:
            found |= stages[number]
        return found

    def written(self, text: str, edits: Sequence[tuple[int, int, str, int]]) -> int:
        """The stages of whose anchors there is one that was not there before.

        `text` is what splicing the edits gave: what they wrote is looked at with as
        much beside it as an anchor is long.
        """
        reach, grown = self._reach, 0
        if len(edits) * 2 * reach > len(text):
            return self.present(text)
        pieces: list[str] = []
        for start, end, after, _ in edits:
            first = start + grown
            grown += len(after) - (end - start)
            pieces.append(text[max(0, first - reach) : first + len(after) + reach])
        return self.present("\n".join(pieces))

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

    def _made(self) -> Scanner:
        """The scanner of all; threads that make it at once make the same."""
        bits: dict[str, int] = {}
        for number, scanner in enumerate(self._scanners):
            for anchor in scanner.anchors:
                bits[anchor] = bits.get(anchor, 0) | 1 << number
        made = Scanner((), bits)
        self._stages = [bits[anchor] for anchor in made.whole]
        self._reach = max(map(len, bits), default=0)
        self._scanner = made  # the last, since others may look at it
        return made
