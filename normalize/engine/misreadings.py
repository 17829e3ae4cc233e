"""One way in which a text is misread: bytes of one encoding taken for another."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import regex

from normalize.engine.letter_pairs import (
    LetterPairs,
    Mended,
    is_shaped,
    is_spoilt,
)
from normalize.engine.tokens import Tokens
from normalize.engine.utf8 import LONGEST as LONGEST_UTF8
from normalize.engine.utf8 import UTF8, sequences

LOSS = -3  # words that lose so many common pairs were not misread
LONGEST = 64  # longer words are not looked at by themselves
CYRILLIC = 0xD0  # the byte with which UTF-8 writes most letters
# A line with what could be mended of it, in each way to tell its tokens.
Runs = list[tuple[str, list[list[Mended]]]]
# What is no letter any more when the text has been cleaned.
PASSING = ("\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}\N{SOFT HYPHEN}")
# Unicode categories of what may stand between misread words: marks, and the apostrophe.
GAPS = ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Lm")
_WRONG = "\uffff"  # what the wrong encoding has no byte for
# The bytes with which UTF-8 begins a character beyond ASCII; those below go on one.
_LEADS = ("\xc2", "\xf4")
_WORDS = regex.compile(r"\p{L}+")
# One character of UTF-8 as a string of its bytes, or what is left of one.
_SEQUENCE = regex.compile(r"[\xC2-\xF4][\x80-\xBF]*|(?s:.)")


@dataclass(frozen=True, eq=False)
class Reading:
    """What a text was, what it was taken for, and what tells so.

    A *token* is a run of characters that may be misread ones, a *segment* a run of
    tokens with nothing but ASCII and spaces between them, or marks where these are no
    part of a token. `plausible` fits what may
    come of a token; `lost` are characters that may stand where a byte was lost.

    A segment of UTF-8 needs a token that holds one of `evidence` at least so many
    times; a token that is but part of a word must hold a trace of three. A segment
    of another encoding needs `least` pairs of letters in words of a usual shape, of
    which `share` percent are common once mended, and `gain` percent more than there
    are as they stand.
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
    gain: int = 0
    # From a misread character to its byte, as the character of that code.
    table: dict[int, str] = field(init=False)
    # Bytes that the wrong encoding has no character for.
    gaps: str = field(init=False)
    # The way back, from the byte.
    back: dict[int, str] = field(init=False)

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
        back = {ord(byte): chr(code) for code, byte in table.items() if byte != _WRONG}
        object.__setattr__(self, "back", back)

    @cached_property
    def _known(self) -> Tokens[str | None]:
        """Tokens that were looked at, with what they are in the right encoding."""
        return Tokens(self._decode)

    @cached_property
    def _gaining(self) -> Tokens[bool]:
        """Tokens that were looked at, with whether they would gain by it."""
        return Tokens(self._gains)

    @cached_property
    def token(self) -> regex.Pattern[str]:
        """What fits a token; made when the first one is looked for."""
        return self._token(apart="")

    @cached_property
    def apart(self) -> tuple[regex.Pattern[str], ...]:
        """What fits a token when `PASSING` characters are no letters."""
        return tuple(map(self._token, PASSING))

    def _token(self, apart: str) -> regex.Pattern[str]:
        if self.was == UTF8:
            return regex.compile(
                sequences(self.back, self.plausible, self.halves(), apart)
            )
        # Spaces and the like are no part of it, unless they were letters.
        letters = {
            seen
            for code, seen in self.back.items()
            if bytes([code]).decode(self.was, "replace").isalpha()
        }
        inner = regex.escape("".join(sorted(letters.difference(apart))))
        # Nor are marks, but for those that the right encoding has something else for.
        marks = "".join(sorted(c for c in map(chr, self.table) if self._turns(c)))
        inner += regex.escape(marks)
        # The apostrophe that is a letter to Unicode parts words as all others do.
        return regex.compile(
            rf"(?:[^\x00-\x7F\s\p{{Cf}}\p{{P}}\p{{M}}\p{{Lm}}]|[{inner}])+"
        )

    def _turns(self, char: str) -> bool:
        """Whether a mark of the wrong encoding was something else in text."""
        if unicodedata.category(char)[0] != "P" or self.table[ord(char)] == _WRONG:
            return False
        was = self.table[ord(char)].encode("latin-1").decode(self.was, "replace")
        return was != char and self.plausible.fullmatch(was) is not None

    def misread(self, text: str) -> str | None:
        """What the text looks like when it is misread; None when it can't be."""
        try:
            data = text.encode(self.was)
        except UnicodeError:
            return None
        return data.decode("latin-1").translate(self.back)

    def may_hold(self, line: str, at: int) -> bool:
        """Whether what stands at a place may be misread, looked at by itself.

        In most lines a letter pair that misreading makes is one of a usual word.
        """
        if self.was == UTF8:
            return True
        # From the word on: from the beginning of the line each time is quadratic.
        low = line.rfind(" ", max(0, at - LONGEST), at) + 1
        if not low and at > LONGEST:
            return True
        first, last = self._token_over(self.token, line, low, at)
        apart = enumerate(PASSING) if first <= at else ()
        around = [(first, last)] + [
            self._token_over(self.apart[number], line, low, at)
            for number, passing in apart
            if passing[-1] in line[first:last]
        ]
        return any(map(partial(self._may_be, line, at), around))

    @staticmethod
    def _token_over(
        token: regex.Pattern[str], line: str, low: int, at: int
    ) -> tuple[int, int]:
        """The first token from `low` on that goes beyond a place; empty: none does."""
        tokens = token.finditer(line, low)
        return next((m.span() for m in tokens if m.end() > at), (at, at))

    def _may_be(self, line: str, at: int, token: tuple[int, int]) -> bool:
        """Whether a token over a place is misread; true where there is none."""
        first, last = token
        if first > at or first == last:
            return True
        offset = max(0, first - 1)
        near = line[offset : last + 1]
        made = self._mended(near, first - offset, last - offset)
        return made is not None

    def segments(self, runs: Runs) -> list[list[Mended]]:
        """Those of the runs of tokens in a line that were misread."""
        return self._chosen(runs, self._whole)

    def stretches(self, runs: Runs) -> list[list[Mended]]:
        """The misread parts of runs in which other words have nothing wrong."""
        return [] if self.was == UTF8 else self._chosen(runs, self._stretch)

    def _chosen(
        self, runs: Runs, choose: Callable[[str, list[Mended]], list[Mended]]
    ) -> list[list[Mended]]:
        for line, found in runs:
            chosen = [made for tokens in found if (made := choose(line, tokens))]
            if chosen:
                return chosen
        return []

    def runs(self, line: str, apart: bool = False) -> Runs:
        """The segments of a line that could be mended, whatever they were.

        With `apart`, as if `PASSING` characters were no letters, in each of its ways;
        what becomes of these must change nothing.
        """
        if not apart:
            return [(line, list(self._runs(line, self.token)))]
        passing = [number for number, p in enumerate(PASSING) if p[-1] in line]
        return [(line, list(self._runs(line, self.apart[n]))) for n in passing]

    def _runs(self, line: str, token: regex.Pattern[str]) -> Iterator[list[Mended]]:
        found: list[Mended] = []
        decoded, gaining = self._known, self._gaining
        # Most readings fit none of them, and many come again.
        if not any(map(gaining.__getitem__, set(token.findall(line)))):
            return
        for match in token.finditer(line):
            start, end = match.span()
            # Most tokens of a line are something else, whatever stands beside them.
            made = decoded[match[0]] and self._mended(line, start, end)
            if found and (made is None or not self._is_gap(line[found[-1][1] : start])):
                yield found
                found = []
            if made is not None:
                found.append((start, end, made))
        if found:
            yield found

    def _mended(self, line: str, start: int, end: int) -> str | None:
        """A token in the right encoding; None when it can't be that."""
        if self.was != UTF8:
            # It may be part of a word that has ASCII letters too.
            sides = line[start - 1 : start], line[end : end + 1]
            if any(c.isalpha() and unicodedata.category(c) != "Lm" for c in sides):
                return None
        elif not (self._is_whole(line, start, end) or self._is_sure(line, start, end)):
            return None
        return self._known[line[start:end]]

    def decoded(self, data: str) -> str | None:
        """What bytes, each a character, are in the right encoding; None: no text."""
        try:
            found = data.encode("latin-1").decode(self.was)
        except UnicodeError:
            if self.was != UTF8:
                return None
            found = self._filled(data) or ""
        return found if self.plausible.fullmatch(found) else None

    def _decode(self, token: str) -> str | None:
        """A token in the right encoding; None when it is nothing there."""
        # As bytes, each a character; one that is no byte stays.
        return self.decoded(token.replace(" ", "\xa0").translate(self.table))

    def _gains(self, token: str) -> bool:
        """Whether a token can be mended, and is any better then.

        Where none is, no segment of them was misread.
        """
        made = self._known[token]
        if made is None or self.was == UTF8:
            return made is not None
        _, good = self.pairs.count(_WORDS.findall(made))
        _, natural = self.pairs.count(_WORDS.findall(token))
        return good > natural

    def _is_gap(self, text: str) -> bool:
        """Whether a segment may go on behind this."""
        if text.isascii() or "".join(text.split()).isascii():
            return True
        # In UTF-8 marks are halves of characters.
        return self.was != UTF8 and all(
            c.isascii() or c.isspace() or unicodedata.category(c) in GAPS for c in text
        )

    def _is_whole(self, line: str, start: int, end: int) -> bool:
        """Whether nothing stands beside a token of UTF-8 that may be misread too.

        A letter of ours or a combining mark that the wrong encoding does not have was
        not, nor what would go on a character of which nothing stands before it, nor,
        where our letters look like no letters at all, what begins none.
        """
        drawn = not self.back[CYRILLIC].isalpha()
        for at in (start - 1, end):
            c = line[at : at + 1] if at >= 0 else ""
            kind = unicodedata.category(c)[0] if c else ""
            if c.isascii() or kind in "ZC":
                continue
            ours = c.lower() in self.pairs.letters
            byte = self._byte(c)
            if byte == _WRONG:
                if drawn or ours or kind == "M":
                    continue
                return False
            if drawn and (ours or byte > _LEADS[1]):
                continue
            if byte < _LEADS[0]:
                if at == end or not self._is_begun(line, at):
                    continue
            elif drawn and not "\x80" <= self._byte(line[at + 1 : at + 2]) < _LEADS[0]:
                continue
            return False
        return True

    def _is_begun(self, line: str, at: int) -> bool:
        """Whether what would go on a character of UTF-8 has its beginning before it."""
        for before in range(at - 1, max(-1, at - LONGEST_UTF8), -1):
            byte = self._byte(line[before])
            if not "\x80" <= byte < _LEADS[0]:
                return _LEADS[0] <= byte <= _LEADS[1]
        return False

    def _byte(self, char: str) -> str:
        """The byte that a character was, as a character; _WRONG where none was."""
        return self.table.get(ord(char), _WRONG) if char else _WRONG

    def _is_sure(self, line: str, start: int, end: int) -> bool:
        """Whether a token of UTF-8 holds what no other text does, even inside words."""
        halves = self.halves()
        return any(
            len(found[0]) > 2 or found[0] in halves
            for pattern, least in self.evidence
            if least == 1
            for found in pattern.finditer(line, start, end)
        )

    def _filled(self, data: str) -> str | None:
        """UTF-8 text whose characters lost a byte each; the likeliest ones put in."""
        found = ""
        for char in _SEQUENCE.findall(data):
            try:
                found += char.encode("latin-1").decode(UTF8)
                continue
            except UnicodeError:
                pass
            options = [option for option in self.lost if char == self._halved(option)]
            if not options:
                return None
            before = found[-1:]
            found += max(options, key=lambda c: (self.pairs.weight(before + c), c))
        return found

    def _halved(self, char: str) -> str:
        """The bytes of a character without its last one, if that may be lost."""
        data = char.encode(UTF8).decode("latin-1")
        return data[:-1] if data[-1] in self.gaps else ""

    def halves(self) -> list[str]:
        """What characters look like whose last byte was lost."""
        found = {self._halved(char).translate(self.back) for char in self.lost}
        return sorted(found - {""}, key=len, reverse=True)

    def _whole(self, line: str, tokens: list[Mended]) -> list[Mended]:
        """The segment, if it was misread, without words at its ends that lose by it."""
        if not self._accepts(line, tokens):
            return []
        if self.was == UTF8:
            return tokens
        first, last = self.pairs.gaining(line, tokens)
        if sum(self.pairs.gained(line, token) for token in tokens[:first]) > LOSS:
            first = 0
        if sum(self.pairs.gained(line, token) for token in tokens[last:]) > LOSS:
            last = len(tokens)
        while first < last and is_spoilt(line, tokens[first]):
            first += 1
        while first < last and is_spoilt(line, tokens[last - 1]):
            last -= 1
        inner = tokens[first:last]
        return inner if self._accepts(line, inner) else tokens

    def _stretch(self, line: str, tokens: list[Mended]) -> list[Mended]:
        """The part of a segment that gains most when mended, if it was misread."""
        if sum(len(made) for *_, made in tokens) < self.least:
            return []
        first, last = self.pairs.gaining(line, tokens)
        found = tokens[first:last]
        loud = sum(made.isupper() for *_, made in found)
        return found if loud * 2 <= len(found) and self._accepts(line, found) else []

    def _accepts(self, line: str, tokens: Sequence[Mended]) -> bool:
        """Whether a segment was misread so."""
        if self.was == UTF8:
            return any(
                len(pattern.findall(line, start, end)) >= least
                for start, end, _ in tokens
                for pattern, least in self.evidence
            )
        words = [word for *_, made in tokens for word in _WORDS.findall(made)]
        total, good = self.pairs.count(words)
        if not total or total < self.least or good * 100 < total * self.share:
            return False
        stand = _WORDS.findall(line, tokens[0][0], tokens[-1][1])
        _, natural = self.pairs.count(stand)
        strange = sum(not is_shaped(word) for word in words)
        gained = (good - natural) * 100 >= total * self.gain
        return gained and strange * 10 <= len(words)
