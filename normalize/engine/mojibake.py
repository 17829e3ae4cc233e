"""Text read in the wrong encoding, mended a segment at a time.

A *token* is a run of characters beyond ASCII, a *segment* a run of tokens of one line
that all can be read again in the right encoding. ASCII is the same in all of them,
so it stays where it is. A segment is mended as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from normalize.engine.matcher import Found, Piece, Scattered, Scene

LAYERS = 4  # a text that was misread more often than that is left
WORD = 4  # shorter words, abbreviations among them, tell nothing by their letters
_WORDS = regex.compile(r"\p{L}+")
_SURE_SPACE = "\N{NO-BREAK SPACE}"
_WRONG = "\uffff"  # what the wrong encoding has no byte for


@dataclass(frozen=True)
class LetterPairs:
    """How usual two letters side by side are in the languages of the texts.

    `common` are the most usual ones in lower case, with their rank.
    """

    common: Mapping[str, int]

    def count(self, words: Iterable[str]) -> tuple[int, int]:
        """How many pairs of letters the longer words have, and how many are common."""
        total = good = 0
        for word in words:
            if len(word) < WORD:
                continue
            total += len(word) - 1
            for i in range(len(word) - 1):
                # A capital behind a small letter is what misreading makes.
                pair = word[i : i + 2]
                inverted = pair[0].islower() and pair[1].isupper()
                good += pair.lower() in self.common and not inverted
        return total, good

    def weight(self, text: str) -> int:
        """The more usual its pairs, the more."""
        size = len(self.common)
        ranks = (self.common.get(text[i : i + 2].lower()) for i in range(len(text) - 1))
        return sum(size - rank for rank in ranks if rank is not None)


@dataclass(frozen=True)
class Reading:
    """One way in which a text is misread: what it was, and what it was taken for.

    `plausible` fits what may come of a token; `lost` are characters that may stand
    where a byte was lost on the way. For UTF-8 a segment must hold one of `evidence`
    at least so many times. For other encodings it needs `least` pairs of letters in
    words of a usual shape, of which `share` percent are common once mended, and at
    most `most` percent as they stand.
    """

    was: str
    read_as: str
    plausible: regex.Pattern[str]
    pairs: LetterPairs
    rank: int
    lost: frozenset[str] = frozenset()
    evidence: tuple[tuple[regex.Pattern[str], int], ...] = ()
    least: int = 0
    share: int = 0
    most: int = 0
    table: dict[int, str] = field(init=False)
    # Bytes that the wrong encoding has no character for.
    gaps: str = field(init=False)

    def __post_init__(self) -> None:
        table = dict.fromkeys(range(0x80, 0x100), _WRONG)
        gaps = []
        for byte in range(0x80, 0x100):
            try:
                char = bytes([byte]).decode(self.read_as)
            except UnicodeDecodeError:
                char = chr(byte)  # programs pass it through as a control character
                gaps.append(char)
            table[ord(char)] = chr(byte)
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "gaps", "".join(gaps))

    def misread(self, text: str) -> str | None:
        """What the text looks like when it is misread; None when it can't be."""
        try:
            data = text.encode(self.was)
        except UnicodeError:
            return None
        back = {ord(byte): chr(code) for code, byte in self.table.items()}
        return data.decode("latin-1").translate(back)

    def mended(self, token: str) -> str | None:
        """The token in the right encoding; None when it can't be that."""
        spaced = token.replace(" ", _SURE_SPACE)
        data = spaced.translate(self.table)
        try:
            found = data.encode("latin-1").decode(self.was)
        except UnicodeError:
            if self.was != "utf-8":
                return None
            found = self._filled(data) or ""
        return found if self.plausible.fullmatch(found) else None

    def _filled(self, data: str) -> str | None:
        """UTF-8 text whose characters lost a byte each; the likeliest ones put in."""
        found = ""
        for char in _SEQUENCE.findall(data):
            try:
                found += char.encode("latin-1").decode(self.was)
                continue
            except UnicodeError:
                pass
            options = [
                option
                for option in self.lost
                if option.encode(self.was).decode("latin-1")[:-1] == char
                and option.encode(self.was).decode("latin-1")[-1] in self.gaps
            ]
            if not options:
                return None
            before = found[-1:]
            found += max(options, key=lambda c: (self.pairs.weight(before + c), c))
        return found

    def accepts(self, line: str, start: int, end: int, mended: Sequence[str]) -> bool:
        """Whether the segment `line[start:end]` was misread so."""
        if self.was == "utf-8":
            return any(
                len(pattern.findall(line, start, end)) >= least
                for pattern, least in self.evidence
            )
        words = [word for token in mended for word in _WORDS.findall(token)]
        total, good = self.pairs.count(words)
        if total < self.least or good * 100 < total * self.share:
            return False
        _, natural = self.pairs.count(_WORDS.findall(line, start, end))
        strange = sum(not _is_shaped(word) for word in words)
        return natural * 100 <= total * self.most and strange * 10 <= len(words)


def _is_shaped(word: str) -> bool:
    """Whether a word has its capitals where words have them."""
    return word[1:].islower() or word.isupper() or len(word) == 1


# One character of UTF-8 as a string of its bytes, or what is left of one.
_SEQUENCE = regex.compile(r"[\xC2-\xF4][\x80-\xBF]*|(?s:.)")


class Mojibake:
    """Finds misread segments by what only they hold, and mends them."""

    def __init__(self) -> None:
        self.anchors: tuple[str, ...] = ()
        self._readings: list[Reading] = []
        self._by_anchor: dict[str, list[Reading]] = {}
        self._token = _token_pattern(())

    def add(self, reading: Reading, anchors: Iterable[str]) -> None:
        """Put in a reading that is tried after those there are."""
        self._readings.append(reading)
        for anchor in anchors:
            self._by_anchor.setdefault(anchor, []).append(reading)
        self.anchors = tuple(sorted(self._by_anchor))
        self._token = _token_pattern(self._readings)

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The misread segments of the line around `start`, from there on."""
        line: _Line | None = scene.memo.get(self)
        if line is None or not line.start <= start < line.end:
            line = _Line(scene.text, start, self._token)
            scene.memo[self] = line
        text = scene.text
        for size in (1, 2, 3):
            for reading in self._by_anchor.get(text[start : start + size], ()):
                if line.is_misread(reading):
                    line.mend(self._readings)
        if line.pieces and line.pieces[-1][1] > start:
            return (Scattered(line.pieces[-1][1], line.pieces[0][3], line.pieces),)
        return ()


class _Line:
    """One line: its tokens, and what became of them."""

    def __init__(self, text: str, at: int, token: regex.Pattern[str]) -> None:
        self.start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        ends = (text.find("\n", at), text.find("\r", at), len(text))
        self.end = min(end for end in ends if end >= 0)
        self.text = text[self.start : self.end]
        self.places = [found.span() for found in token.finditer(self.text)]
        self.tokens = [self.text[a:b] for a, b in self.places]
        self.ranks = [0] * len(self.tokens)
        self.pieces: tuple[Piece, ...] = ()
        self._tried: set[int] = set()  # ranks of readings that were tried, or all
        self._mended = False

    def is_misread(self, reading: Reading) -> bool:
        """Whether a segment of the line, as it stands, was misread so; told once."""
        if self._mended or reading.rank in self._tried:
            return False
        self._tried.add(reading.rank)
        return any(True for _ in self._segments(reading))

    def mend(self, readings: Sequence[Reading]) -> None:
        """Mend all segments, as often as they were misread."""
        self._mended = True
        for _ in range(LAYERS):
            changed = False
            for reading in readings:
                for first, mended in list(self._segments(reading)):
                    last = first + len(mended)
                    changed |= mended != self.tokens[first:last]
                    self.tokens[first:last] = mended
                    ranks = self.ranks[first:last]
                    self.ranks[first:last] = [rank or reading.rank for rank in ranks]
            if not changed:
                break
        else:
            return
        old = [self.text[a:b] for a, b in self.places]
        parts = zip(self.places, old, self.tokens, self.ranks, strict=True)
        self.pieces = tuple(
            (self.start + a, self.start + b, token, rank)
            for (a, b), before, token, rank in parts
            if rank and token != before
        )

    def _segments(self, reading: Reading) -> Iterator[tuple[int, list[str]]]:
        """The segments that were misread in one way: first token, mended tokens."""
        current, spots = self._rebuilt()
        alone = reading.was != "utf-8"
        mended: list[str] = []
        for i in range(len(spots) + 1):
            made = None
            if i < len(spots) and not (alone and _runs_on(current, *spots[i])):
                made = reading.mended(self.tokens[i])
            if made is not None:
                mended.append(made)
                continue
            first = i - len(mended)
            if mended and reading.accepts(
                current, spots[first][0], spots[i - 1][1], mended
            ):
                yield first, mended
            mended = []

    def _rebuilt(self) -> tuple[str, list[tuple[int, int]]]:
        """The line with its tokens as they are by now, and where they stand in it."""
        pieces: list[str] = []
        spots = []
        length = last = 0
        for (a, b), token in zip(self.places, self.tokens, strict=True):
            pieces += [self.text[last:a], token]
            length += a - last
            spots.append((length, length + len(token)))
            length += len(token)
            last = b
        return "".join([*pieces, self.text[last:]]), spots


def _runs_on(line: str, start: int, end: int) -> bool:
    """Whether a token is part of a word that has ASCII letters too."""
    return line[start - 1 : start].isalpha() or line[end : end + 1].isalpha()


def _token_pattern(readings: Sequence[Reading]) -> regex.Pattern[str]:
    """What fits a token.

    The byte A0 is a no-break space to many encodings and has often become a plain
    one: behind a byte D0, whose second half it is, it belongs to the token.
    """
    leads = {
        chr(code)
        for reading in readings
        if reading.was == "utf-8" and reading.table.get(0xA0) == "\xa0"
        for code, byte in reading.table.items()
        if byte == "\xd0"
    }
    inner = r"[^\x00-\x7F]+"
    if leads:
        behind = regex.escape("".join(sorted(leads)))
        inner = rf"(?:{inner}|(?<=[{behind}]) (?=[^\x00-\x7F]))+"
    return regex.compile(inner)
