"""A text with a byte for each code point, which is the fastest to scan.

An automaton over strings looks at their UTF-8 form and counts its way back to code
points. With a byte each there is nothing to count, and Cyrillic is half as long.
Few characters of real news have no byte of their own; where they stand is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol

# Shorter texts take as long either way (code points).
LONG = 2000
SAMPLE = 512  # code points at two places by which the code is chosen
RARE = 100  # at most one of so many code points may be without a byte
MANY = 10  # one byte of so many, beside one a code point, and a text is mostly ASCII
# So many code points are written in bytes at a time: memory that is just used is there
# already, and in the caches; that of a whole long text is neither.
PIECE = 32_768
LATIN, CYRILLIC = "latin-1", "cp1251"
# Splicing the bytes of one edit takes as long as writing so many code points in them.
DEAR = {LATIN: 1000, CYRILLIC: 100}
# Marks that a code has no byte for get those of control characters.
MARKS = {
    LATIN: {
        "\N{LEFT SINGLE QUOTATION MARK}": "\x91",
        "\N{RIGHT SINGLE QUOTATION MARK}": "\x92",
        "\N{LEFT DOUBLE QUOTATION MARK}": "\x93",
        "\N{RIGHT DOUBLE QUOTATION MARK}": "\x94",
        "\N{EN DASH}": "\x96",
        "\N{EM DASH}": "\x97",
        "\N{HORIZONTAL ELLIPSIS}": "\x85",
        "\N{DOUBLE LOW-9 QUOTATION MARK}": "\x84",
        "\N{BULLET}": "\x95",
        "\N{EURO SIGN}": "\x80",
        "\N{LATIN SMALL LIGATURE FI}": "\x9e",
        "\N{LATIN SMALL LIGATURE FL}": "\x9f",
    },
    CYRILLIC: {
        "\N{MODIFIER LETTER APOSTROPHE}": "\x01",
        "\N{COMBINING ACUTE ACCENT}": "\x02",
        "\N{COMBINING BREVE}": "\x03",
        "\N{COMBINING DIAERESIS}": "\x04",
        "\N{NARROW NO-BREAK SPACE}": "\x05",
        "\N{MINUS SIGN}": "\x06",
        "\N{HRYVNIA SIGN}": "\x07",
    },
}
# Bytes that no character has.
NEVER = {LATIN: 0x81, CYRILLIC: 0x98}
_CONTROLS = {code: list(marks.values()) for code, marks in MARKS.items()}
_CONTROLS[LATIN].append(chr(NEVER[LATIN]))  # the other code has no such character
_ASCII = bytes(range(128))
_UNKNOWN = "?"  # stands for what has no byte, and for itself
_unknown = re.compile(re.escape(_UNKNOWN.encode()))


class Narrow(NamedTuple):
    """The bytes of a text, which of the two codes they are in, what has none of them.

    That has NEVER in its place.
    """

    code: str
    data: bytes
    odd: Sequence[int]  # places, in order

    def spliced(
        self, edits: Sequence[tuple[int, int, str, int]], afters: Iterable[bytes]
    ) -> Narrow:
        """The bytes after some edits, with what each of them puts in."""
        pieces: list[bytes] = []
        odd: list[int] = []
        last = grown = at = 0
        for (start, end, _, _), after in zip(edits, afters, strict=True):
            pieces += self.data[last:start], after
            until = bisect_left(self.odd, start, at)
            odd += [place + grown for place in self.odd[at:until]]
            at = bisect_left(self.odd, end, until)
            grown += len(after) - (end - start)
            last = end
        odd += [place + grown for place in self.odd[at:]]
        return Narrow(self.code, b"".join([*pieces, self.data[last:]]), odd)


class Hits(Protocol):
    """Where the anchors of some scanners stand in a text."""

    def get(self, scanner: Any, /) -> list[tuple[int, int, int]] | None:
        """Those of a scanner; None: they are not known."""


class Facts:
    """What is known of a text beside itself, found out when somebody asks.

    `odd` are its characters beyond ASCII, and perhaps others; None: not known.
    `found` is where the anchors of some scanners stand, by scanner; None: not known.
    """

    __slots__ = ("_asked", "_before", "_narrow", "found", "odd", "text")

    def __init__(self, text: str, odd: frozenset[str] | None = None) -> None:
        self.text = text
        self.odd = odd
        self.found: Hits | None = None
        self._asked = False
        self._narrow: Narrow | None = None
        # The bytes of the text before, and the edits that made this one of it.
        self._before: tuple[Narrow, Sequence[tuple[int, int, str, int]]] | None = None

    def narrow(self) -> Narrow | None:
        """Its bytes; see `narrowed`."""
        if not self._asked:
            self._narrow = self._respliced() or narrowed(self.text, self.odd)
            self._asked = True
        return self._narrow

    def _respliced(self) -> Narrow | None:
        """The bytes made of those of the text before, where these are known."""
        if self._before is None:
            return None
        known, edits = self._before
        self._before = None
        written = coded("\0".join(after for _, _, after, _ in edits), known.code)
        parts = written.split(b"\0") if written is not None else []
        return known.spliced(edits, parts) if len(parts) == len(edits) else None

    def spliced(self, text: str, edits: Sequence[tuple[int, int, str, int]]) -> Facts:
        """The facts of the text that splicing the edits gave."""
        odd = self.odd
        if odd is not None:
            odd = odd.union(*(after for _, _, after, _ in edits))
        made = Facts(text, odd)
        known = self._narrow if self._before is None else self.narrow()
        if known is not None and len(edits) * DEAR[known.code] < len(text) >= LONG:
            made._before = known, edits
        return made


def facts_of(text: str) -> Facts:
    """The facts of a text, with its characters beyond ASCII if it is long."""
    return Facts(text, odd_characters(text) if len(text) >= LONG else None)


def narrowed(text: str, known: frozenset[str] | None = None) -> Narrow | None:
    """The bytes of a text; None if it is short or many of its characters have none.

    `known` are all its characters beyond ASCII, and perhaps others; None: not known.
    """
    if len(text) < LONG:
        return None
    middle = len(text) // 2
    sample = text[:SAMPLE] + text[middle : middle + SAMPLE]
    latin = len(sample.encode(LATIN, "ignore"))
    code = LATIN if latin * 2 > len(sample) else CYRILLIC
    pieces: list[bytes] = []
    lost = False  # whether a character has no byte
    for start in range(0, len(text), PIECE):
        plain = _marked(text[start : start + PIECE], code, known)
        if plain is None:
            return None
        try:
            pieces.append(plain.encode(code))
        except UnicodeEncodeError:
            pieces.append(plain.encode(code, "replace"))
            lost = True
    data = b"".join(pieces)
    if not lost:
        return Narrow(code, data, [])
    most = len(data) // RARE
    unknown = [m.start() for m in islice(_unknown.finditer(data), most + 1)]
    if len(unknown) > most:
        return None
    odd = [at for at in unknown if text[at] != _UNKNOWN]
    told = bytearray(data)
    for at in odd:
        told[at] = NEVER[code]
    return Narrow(code, bytes(told), odd)


def coded(text: str, code: str) -> bytes | None:
    """The bytes of a text; None where a code point has none of its own."""
    plain = _marked(text, code)
    try:
        return None if plain is None else plain.encode(code)
    except UnicodeEncodeError:
        return None


def all_coded(texts: Sequence[str], code: str) -> list[bytes | None]:
    """The bytes of each text, as `coded` has them; most are written at once."""
    plain = texts
    marked = _marked("\0".join(texts), code)
    if marked is None or marked.count("\0") >= max(1, len(texts)):
        # Those with a control character, which may stand for a mark, among others.
        plain = [text if text.isprintable() else "" for text in texts]
        marked = _marked("\0".join(plain), code) or ""
    found: list[bytes | None] = [*marked.encode(code, "replace").split(b"\0")]
    if plain is not texts:
        for number, text in enumerate(plain):
            if not text:
                found[number] = coded(texts[number], code)
    for number, text in enumerate(plain):
        if not text.isascii():
            # Instead of what has no byte a question mark stands there.
            form = found[number]
            if form and form.count(b"?") > text.count("?"):
                found[number] = None
    return found[: len(texts)]


def _marked(text: str, code: str, known: frozenset[str] | None = None) -> str | None:
    """The text with its marks as control characters; None with one that is none."""
    if code == CYRILLIC or not text.isascii():
        if any(control in text for control in _CONTROLS[code]):
            return None
        marks = MARKS[code]
        # Few of them are in one text, and each is looked for.
        for mark in marks if known is None else known.intersection(marks):
            text = text.replace(mark, marks[mark])
    return text


def odd_characters(text: str) -> frozenset[str] | None:
    """The characters of a text that are no ASCII; None where there are many of them."""
    sample = text[:SAMPLE]
    if 2 * len(sample.encode("ascii", "ignore")) < len(sample):
        return None
    found: set[str] = set()
    more = 0
    for start in range(0, len(text), PIECE):
        piece = text[start : start + PIECE]
        if piece.isascii():
            continue
        data = piece.encode("utf-8", "ignore")
        more += len(data) - len(piece)
        if more * MANY > len(text):
            return None
        found.update(data.translate(None, _ASCII).decode("utf-8"))
    return frozenset(found)
