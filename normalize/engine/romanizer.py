"""Cyrillic words in Latin letters: the word function and its memo.

A text is cut at line ends and spaces, and each piece is looked up in a memo; only
a piece that was not seen lately is worked on letter by letter. A piece whose
answer depends on the words beside it (a lone capital that gives two letters) is
never kept in the memo.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import regex

from normalize.engine.plainwords import PlainWords
from normalize.engine.table import APOSTROPHE, Output, Table
from normalize.errors import InputError

# So many pieces are remembered, none longer than so many characters.
MEMO_SIZE, MEMO_LENGTH = 65_536, 64
# How far a lone capital looks for the words beside it, in characters.
REACH = 80

CYRILLIC = regex.compile(r"[\p{Cyrillic}&&[\p{L}]]", regex.V1)
# Start and end in the word, what stands there now, rank of the rule (0: as it was).
Part = tuple[int, int, str, int]


class _ForeignLetter(Exception):  # noqa: N818 - never leaves this module
    """A letter that the system does not have, where that is an error."""


class Word(NamedTuple):
    """A word in units: a letter with the marks on it.

    `letters` has one character a unit, in small letters, apostrophes as one;
    `capital` says for each whether it is a capital, None where it has no case or
    is a sign; `starts` has one offset more than there are units.
    """

    letters: str
    capital: list[bool | None]
    upper: list[bool]
    marks: list[str]
    starts: list[int]


class _Memo(dict[str, str | None]):
    """Pieces of text and what they become; None where it depends on others."""

    def __init__(self, romanization: Romanization) -> None:
        super().__init__()
        self._romanization = romanization

    def __missing__(self, piece: str) -> str | None:
        made = self._romanization.piece(piece)
        if len(piece) <= MEMO_LENGTH:
            if len(self) >= MEMO_SIZE:
                self.clear()
            self[piece] = made
        return made


class Romanization:
    """A table ready to run on texts."""

    def __init__(self, table: Table) -> None:
        self.table = table
        marks = "".join(sorted(table.apostrophes))
        letter = rf"[\p{{L}}--[{marks}]]\p{{M}}*+"
        self.words = regex.compile(
            rf"(?:{letter})++(?:[{marks}](?:{letter})++)*+", regex.V1
        )
        self._plain = PlainWords(table)
        self._memo = _Memo(self)
        self._known = frozenset(table.letters) | frozenset(table.turns)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_memo": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._memo = _Memo(self)

    def run(self, text: str) -> str:
        """The text with its Cyrillic words in Latin letters.

        Foreign letters have been checked for, where they are an error.
        """
        if text.isascii():
            return text
        return "\n".join(map(self._line, text.split("\n")))

    def check(self, text: str, shift: int = 0) -> None:
        """Refuse letters that the system does not have, where the table says so.

        Raises:
            InputError: tells the first such letter; offsets count from -`shift`.
        """
        for word in self.words.finditer(text) if self.table.foreign == "error" else ():
            try:
                self.parts(word.group(), caps=False)
            except _ForeignLetter as error:
                offset = shift + word.start() + error.args[0]
                letter = text[offset - shift]
                raise InputError(
                    f"{self.table.id} has no {letter!r} (offset {offset})",
                    offset=offset,
                    hint="foreign: sister, keep or drop",
                ) from None

    def _line(self, line: str) -> str:
        pieces = line.split(" ")
        found = list(map(self._memo.__getitem__, pieces))
        try:
            return " ".join(found)  # type: ignore[arg-type]
        except TypeError:  # one is None
            start = 0
            for i, piece in enumerate(pieces):
                if found[i] is None:
                    found[i] = self._within(line, start, start + len(piece))
                start += len(piece) + 1
            return " ".join(found)  # type: ignore[arg-type]

    def piece(self, text: str) -> str | None:
        """What a piece without spaces becomes; None when its line must be seen."""
        if text.isascii():
            return text
        plain = self._plain.piece(text)
        if plain is not None:
            return plain
        if CYRILLIC.search(text) is None:
            return text
        made = []
        last = 0
        for found in self.words.finditer(text):
            start, end = found.span()
            if CYRILLIC.search(found.group()) is None:
                continue
            parts = self.parts(found.group(), None)
            if parts is None:
                return None
            made += [text[last:start], *(part[2] for part in parts)]
            last = end
        return "".join([*made, text[last:]])

    def pieces(self, texts: Sequence[str]) -> list[str | None]:
        """What each of these lines becomes; None where capitals are in doubt."""
        made = self._plain.all_of(texts)
        return [
            made[text]
            if text in made
            else self.run(text)
            if " " in text
            else self.piece(text)
            for text in texts
        ]

    def _within(self, line: str, start: int, end: int) -> str:
        """What the words between two places of a line become."""
        made = []
        last = start
        for first, stop, parts in self.found(line, start, end):
            made += [line[last:first], *(part[2] for part in parts)]
            last = stop
        return "".join([*made, line[last:end]])

    def found(
        self, line: str, start: int, end: int
    ) -> Iterator[tuple[int, int, list[Part]]]:
        """Start, end and parts of each Cyrillic word between two places of a line."""
        for word in self.words.finditer(line, start, end):
            if CYRILLIC.search(word.group()) is None:
                continue
            parts = self.parts(word.group(), None)
            if parts is None:
                caps = self._caps_around(line, *word.span())
                parts = self.parts(word.group(), caps)
            yield word.start(), word.end(), parts or []

    def _caps_around(self, line: str, start: int, end: int) -> bool:
        """Whether the nearest words of two letters or more are in capitals."""
        before = self.words.findall(line[max(0, start - REACH) : start])
        behind = self.words.findall(line[end : end + REACH])
        near = [
            next((word for word in words if sum(map(str.isalpha, word)) > 1), "")
            for words in (before[::-1], behind)
        ]
        return all(word.isupper() for word in near if word) and any(near)

    def word(self, word: str) -> str:
        """A word by itself, a lone capital in Title case."""
        return "".join(part[2] for part in self.parts(word, caps=False) or ())

    def parts(self, word: str, caps: bool | None) -> list[Part] | None:
        """What a word becomes, unit by unit; every unit is in one part.

        `caps` is how a lone capital is written; when it matters and is None, so
        is the answer.
        """
        table = self.table
        split = self.split(word)
        letters, starts = split.letters, split.starts
        if table.single != "auto" and caps is None:
            caps = table.single == "caps"
        parts: list[Part] = []
        at, count = 0, len(letters)
        while at < count:
            letter = letters[at]
            wide = 1
            chosen = None
            for turn in table.turns.get(letter, ()):
                if turn.fits(letters, at):
                    chosen, wide = turn.output, len(turn.source)
                    break
            else:
                chosen = table.letters.get(letter)
            start, end = starts[at], starts[at + wide]
            if chosen is None:
                parts.append(self._other(letter, word, start, end))
            else:
                made = self._cased(chosen, split, at, caps)
                if made is None:
                    return None
                marks = "".join(split.marks[at : at + wide])
                if marks:
                    made = with_marks(made, marks)
                parts.append((start, end, made, chosen.rank))
            at += wide
        return parts

    def split(self, word: str) -> Word:
        """The units of a word."""
        table = self.table
        if word.isalpha() and self._known.issuperset(low := word.lower()):
            upper = list(map(str.isupper, word))
            capital: list[bool | None] = list(upper)
            if not table.signs.isdisjoint(low):
                for i, letter in enumerate(low):
                    if letter in table.signs:
                        capital[i] = None
            return Word(low, capital, upper, [""] * len(low), list(range(len(low) + 1)))
        return self._split_slowly(word)

    def _split_slowly(self, word: str) -> Word:
        table = self.table
        made = Word("", [], [], [], [])
        letters = []
        for unit in regex.finditer(r"\P{M}\p{M}*+", word):
            letter, marks = self._unit(unit.group())
            small = letter.lower()
            apostrophe = letter in table.apostrophes
            cased = letter.isupper() or letter.islower()
            letters.append(APOSTROPHE if apostrophe else small)
            silent = apostrophe or not cased or small in table.signs
            made.capital.append(None if silent else letter.isupper())
            made.upper.append(letter.isupper())
            made.marks.append(marks)
            made.starts.append(unit.start())
        made.starts.append(len(word))
        return made._replace(letters="".join(letters))

    def _unit(self, unit: str) -> tuple[str, str]:
        """The letter of a unit, composed, and the marks that stay on it."""
        table = self.table
        if len(unit) == 1 and unit.lower() in self._known:
            return unit, ""
        apart = unicodedata.normalize("NFD", unit)
        base, marks = apart[0], list(apart[1:])
        kept = ""
        if base.lower() in table.vowels:
            kept = "".join(m for m in marks if m in table.stresses)
            marks = [m for m in marks if m not in table.stresses]
            if table.stress == "drop":
                kept = ""
        whole = unicodedata.normalize("NFC", base + "".join(marks))
        letter, rest = whole[0], whole[1:]
        known = self._known
        borrows = table.foreign == "sister"
        if borrows and letter.lower() not in known and base.lower() in known:
            letter, rest = base, "".join(marks)
        if len(letter.lower()) > 1:  # one letter of Turkish
            letter = base
        if table.foreign != "keep" and CYRILLIC.match(letter):
            rest = "".join(m for m in rest if not _is_cyrillic_mark(m))
        return letter, kept + rest

    def _other(self, letter: str, word: str, start: int, end: int) -> Part:
        """What becomes of an apostrophe, or of a letter without an output."""
        table = self.table
        if letter == APOSTROPHE:
            mark = table.apostrophe
            return (start, end, word[start:end], 0) if mark is None else (
                start, end, mark.small, mark.rank
            )  # fmt: skip
        if not CYRILLIC.match(letter) or table.foreign == "keep":
            return start, end, word[start:end], 0
        if table.foreign == "error":
            raise _ForeignLetter(start)
        return start, end, "", self._rank

    @property
    def _rank(self) -> int:
        return next(iter(self.table.letters.values())).rank

    def _cased(
        self, made: Output, split: Word, at: int, caps: bool | None
    ) -> str | None:
        """The output in the case of the word; None when its line must tell."""
        if not split.upper[at]:
            return made.small
        if made.title == made.caps:
            return made.caps
        capital = split.capital
        for i in range(at + 1, len(capital)):
            if capital[i] is not None:
                return made.caps if capital[i] else made.title
        for i in range(at - 1, -1, -1):
            if capital[i] is not None:
                return made.caps if capital[i] else made.title
        if len(capital) > 1 and all(split.upper):
            return made.caps  # the others are signs
        if caps is None:
            return None
        return made.caps if caps else made.title


def _is_cyrillic_mark(mark: str) -> bool:
    return regex.match(r"\p{Cyrillic}|\p{Block=Cyrillic}", mark) is not None


def with_marks(text: str, marks: str) -> str:
    """The text with combining marks on its last letter; as it is if it has none."""
    for i in range(len(text) - 1, -1, -1):
        if text[i].isupper() or text[i].islower():
            end = i + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            whole = text[:end] + marks + text[end:]
            return unicodedata.normalize("NFC", whole)
    return text
