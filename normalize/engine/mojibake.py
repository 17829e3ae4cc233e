"""Text read in the wrong encoding, mended a segment of a line at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.engine.letter_pairs import Mended
from normalize.engine.matcher import Found, Piece, Scattered, Scene
from normalize.engine.misreadings import Reading, Runs
from normalize.spans import Change, RuleRef, blocks_of, compose, splice

LAYERS = 4  # a text that was misread more often than that is left


class Mojibake:
    """Finds misread segments by what only they hold, and mends them."""

    def __init__(self) -> None:
        self.anchors: tuple[str, ...] = ()
        self._readings: list[Reading] = []
        self._by_anchor: dict[str, list[Reading]] = {}

    def add(self, reading: Reading, anchors: Iterable[str]) -> None:
        """Put in a reading that is tried after those there are."""
        self._readings.append(reading)
        for anchor in anchors:
            self._by_anchor.setdefault(anchor, []).append(reading)
        self.anchors = tuple(sorted(self._by_anchor))

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The misread segments of the line around `start`."""
        line: _Line | None = scene.memo.get(self)
        if line is None or not line.start <= start < line.end:
            line = _Line(scene.text, start)
            scene.memo[self] = line
        for size in (1, 2, 3):
            anchor = scene.text[start : start + size]
            for reading in self._by_anchor.get(anchor, ()):
                if line.is_misread(reading, start):
                    line.mend(self._readings)
        if line.pieces and line.pieces[-1][1] > start:
            return (Scattered(line.pieces[-1][1], line.pieces[0][3], line.pieces),)
        return ()


class _Line:
    """One line, and what became of it."""

    def __init__(self, text: str, at: int) -> None:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        # Looked for in the line only: most texts have none of these.
        self.start = max(start, text.rfind("\r", start, at) + 1)
        stop = text.find("\r", at, end)
        self.end = end if stop < 0 else stop
        self.pieces: tuple[Piece, ...] = ()
        self._text = text[self.start : self.end]
        self._tried: set[int] = set()  # ranks of readings
        self._mended = False
        self._runs: dict[tuple[str, int, bool], Runs] = {}

    def is_misread(self, reading: Reading, at: int) -> bool:
        """Whether a segment of the line, as it stands, was misread so; told once.

        It is asked for what stands at a place of the text.
        """
        if self._mended or reading.rank in self._tried:
            return False
        if not reading.may_hold(self._text, at - self.start):
            return False
        self._tried.add(reading.rank)
        for apart in (False, True):
            runs = self._of(self._text, reading, apart)
            if reading.segments(runs) or reading.stretches(runs):
                return True
        return False

    def _of(self, text: str, reading: Reading, apart: bool) -> Runs:
        """What a reading could mend in a text, told once."""
        key = text, reading.rank, apart
        if key not in self._runs:
            self._runs[key] = reading.runs(text, apart)
        return self._runs[key]

    def _likeliest(
        self, text: str, readings: Sequence[Reading], apart: bool
    ) -> tuple[Reading, list[list[Mended]]]:
        """The reading by whose stretches the text gains most, and these."""
        best, most = readings[0], 0
        stretches: list[list[Mended]] = []
        for each in readings:
            found = each.stretches(self._of(text, each, apart))
            gain = sum(
                each.pairs.gained(text, token) for tokens in found for token in tokens
            )
            if gain > most:
                best, most, stretches = each, gain, found
        return best, stretches

    def mend(self, readings: Sequence[Reading]) -> None:
        """Mend all segments, as often as they were misread."""
        self._mended = True
        text, changes = self._text, list[Change]()
        for _ in range(LAYERS):
            before = text
            for apart in (False, True):
                for each in readings:
                    found = each.segments(self._of(text, each, apart))
                    text, changes = _spliced(text, changes, each, found)
                if text == before:
                    each, found = self._likeliest(text, readings, apart)
                    text, changes = _spliced(text, changes, each, found)
                if text != before:
                    break
            if text == before:
                break
        else:
            return
        self.pieces = tuple(
            (
                self.start + change.block.source_start,
                self.start + change.block.source_end,
                text[change.block.output_start : change.block.output_end],
                int(change.rules[0].id),
            )
            for change in changes
        )


def _spliced(
    text: str, changes: list[Change], reading: Reading, found: list[list[Mended]]
) -> tuple[str, list[Change]]:
    """A text with tokens mended, and what has changed in it so far."""
    edits = [token for tokens in found for token in tokens]
    if not edits:
        return text, changes
    rules = (RuleRef(str(reading.rank), "", "", ""),)
    step = [Change(block, rules) for block in blocks_of(edits)]
    return splice(text, edits), compose(changes, step)
