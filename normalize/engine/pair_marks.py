"""The marks of a paragraph that come in pairs, with the costs of what each may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from operator import eq
from typing import NamedTuple

from normalize.engine.neighbours import WORD, Neighbours, roles
from normalize.engine.nesting import ALONE, FREE, Reading
from normalize.engine.pair_families import Exceptions, Family
from normalize.engine.recall import Recall
from normalize.engine.wide import GAP
from normalize.spans import Span

# Costs, beside those of the nesting.
ALONE_APOSTROPHE = 10  # of marks that are apostrophes more often than not
DOUBTFUL = 4  # the tenths of that where a rule says that it often stands alone
SHAPE = 20  # a closing shape that opens, or an opening one that closes
ELISION = 20  # a mark of an elision that opens or closes
BETWEEN_LETTERS = 50
RULE = 4  # a run of so many of one mark is a line of them, not a mark
LINE = 6  # and so is one of so many of several marks
# With so many marks in a paragraph, what is known of one holds where so much to both
# sides of a mark is the same, if no gap there is longer than usual.
MANY = 64
NEAR = 32
MEMORY = 10_000  # marks with their neighbours that are remembered
UNKNOWN = "?"  # in place of a sign
INNER = "'"  # the sign of a mark inside a word
FIRST_SIGN = 0xF0000  # others are private-use characters from here on


# Tells something of the mark at a place in a paragraph.
_Tell = Callable[[str, int], str]
_LONG_GAP = re.compile(rf"\s{{{GAP + 1}}}")


def _key(text: str, at: int) -> str:
    """A mark with its neighbours; beyond the ends of a text there is a line end."""
    return (text[at - 1 : at] or "\n") + text[at] + (text[at + 1 : at + 2] or "\n")


class Sighted(NamedTuple):
    """Where marks stand in a text, and the sign of each: INNER, UNKNOWN or another."""

    places: list[int]
    signs: str

    def outside(self) -> list[int]:
        """Where those stand that are not inside words."""
        places, signs = self
        if INNER not in signs:
            return places
        return [at for at, sign in zip(places, signs, strict=True) if sign != INNER]


class Marks(NamedTuple):
    """The marks of a paragraph: where each begins and ends in it, what it may be."""

    starts: list[int]
    ends: list[int]
    readings: list[Reading]


class Reader:
    """Finds the marks of some families in a paragraph."""

    def __init__(
        self, families: Sequence[Family], exceptions: Exceptions, apostrophe: str
    ) -> None:
        self._families = tuple(families)
        self._family_of = {
            mark: number
            for number, family in enumerate(families)
            for mark in family.marks
        }
        self.marks = frozenset(self._family_of)
        self.loose = frozenset(
            mark for family in families if family.apostrophe for mark in family.marks
        )
        self._known = exceptions.known
        self._near = exceptions.near
        self._apostrophe = apostrophe
        self._chars = frozenset("".join(self.marks))
        self._neighbours = Neighbours(self._chars, exceptions.through)
        self._long = {
            mark[0]: mark for mark in sorted(self.marks, key=len) if len(mark) > 1
        }
        chars = f"[{re.escape(''.join(sorted(self._chars)))}]"
        self._find = re.compile(f"{chars}{{{LINE},}}|{chars}")
        # Those that are no marks by themselves.
        self._parts = tuple(sorted(self._chars - self.marks))
        # Readings by mark and neighbours, where these speak for themselves, and by
        # which exception it is.
        self._seen: dict[tuple[str, str | None], Reading] = {}
        # A character for each mark with its reading, by mark and neighbours.
        self._signs: dict[str, str] = {}
        self._sign_of: dict[tuple[str, Reading], str] = {}

    def in_word(self, text: str, at: int) -> bool:
        """Whether the mark at a place is an apostrophe inside a word."""
        return (
            text[at] in self.loose
            and text[at - 1 : at].isalnum()
            and text[at + 1 : at + 2].isalnum()
        )

    def sighted(self, text: str, hits: Sequence[tuple[int, int, int]]) -> Sighted:
        """The marks that a scan for all of them found in a text."""
        chars = self._chars
        places = [at for _, at, _ in hits if text[at] in chars]
        if any(map(eq, places, islice(places, 1, None))):
            places = list(dict.fromkeys(places))
        told = self._signs.get
        signs = "".join([told(text[at - 1 : at + 2], UNKNOWN) for at in places])
        last = len(text) - 1
        if places and (places[0] == 0 or places[-1] == last):
            found = list(signs)
            for i in (0, -1):
                if places[i] in (0, last):
                    found[i] = told(_key(text, places[i]), UNKNOWN)
            signs = "".join(found)
        return Sighted(places, signs)

    def starts(self, body: str, known: list[int] | None) -> list[int]:
        """Where marks may begin in a paragraph, those in lines of marks left out.

        `known` are the places of its marks as a scan found them, None without one.
        """
        if known is not None and not any(part in body for part in self._parts):
            far = known[LINE - 1 :]
            if not any(map(eq, far, (at + LINE - 1 for at in known))):
                return known
        found = self._find.finditer(body)
        return [match.start() for match in found if len(match[0]) == 1]

    def glance(self, body: str, offset: int, sighted: Sighted) -> Sighted | None:
        """The marks of a paragraph without protected spans, with the signs of all.

        Marks of equal signs have equal readings, those inside words have none. None
        when one has not been read before as it stands here.
        """
        places, signs = sighted
        if UNKNOWN not in signs:
            return sighted
        found = list(signs)
        sign = self._told_again(self._sign, places)
        for number, at in enumerate(places):
            if found[number] == UNKNOWN:
                found[number] = told = sign(body, at - offset)
                if told == UNKNOWN:
                    return None
        return Sighted(places, "".join(found))

    def _told_again(self, tell: _Tell, places: Sequence[int]) -> _Tell:
        """The same, remembered where many marks of a paragraph are looked at."""
        if not self._near or len(places) < MANY:
            return tell
        return partial(_recalled, Recall(), tell)

    def _sign(self, body: str, at: int) -> str:
        """The sign of a mark that had none when the scan was done."""
        key = _key(body, at)
        if self.in_word(body, at):
            if len(self._signs) < MEMORY:
                self._signs[key] = INNER
            return INNER
        sign = self._signs.get(key)
        if sign is None and self._may_be_known(*key):
            name = self._case(body, at) or None
            if name == "never":
                return INNER
            reading = self._seen.get((key, name))
            sign = self._sign_of.get((key[1], reading)) if reading else None
        return sign or UNKNOWN

    def _may_be_known(self, before: str, mark: str, behind: str) -> bool:
        """Whether a mark with these neighbours may be an exception."""
        return self._known is not None and (
            mark in self.loose
            or len(mark) > 1
            or before.isdigit()
            or (before.isalpha() and behind.isalpha())
        )

    def marks_of(
        self, body: str, starts: Sequence[int], protected: Sequence[Span]
    ) -> Marks:
        """The marks of a paragraph, those in protected spans left out."""
        found = Marks([], [], [])
        seen, loose = self._seen, self.loose
        i = last = 0
        case = self._told_again(self._case, starts)
        if len(protected) >= MANY:
            starts = _outside(body, starts, protected)
        for start in starts:
            mark, end = body[start], start + 1
            before, behind = body[start - 1 : start], body[end : end + 1]
            if start < last or (
                mark in loose and before.isalnum() and behind.isalnum()
            ):  # the latter is an apostrophe inside a word
                continue
            if behind == mark or mark not in self.marks:
                end = last = self._end(body, start)
                mark, behind = body[start:end], body[end : end + 1]
                if mark not in self.marks:
                    continue
            while i < len(protected) and protected[i].end <= start:
                i += 1
            if i < len(protected) and protected[i].start < end:
                continue
            name = None
            if asked := self._may_be_known(before, mark, behind):
                name = case(body, start) or None
                if name == "never":
                    continue
            beside = (i < len(protected) and protected[i].start == end) or (
                i > 0 and protected[i - 1].end == start
            )
            # The same as `_key` of the text where the paragraph stands.
            key = "" if beside else (before or "\n") + mark + (behind or "\n")
            reading = seen.get((key, name))
            if reading is None:
                reading = self._read(body, start, end, protected, i, name)
                if key and self._plain(key):
                    seen[key, name] = reading
                    self._sign_as(key, mark, reading, asked=asked)
            found.starts.append(start)
            found.ends.append(end)
            found.readings.append(reading)
        return found

    def _sign_as(self, key: str, mark: str, reading: Reading, *, asked: bool) -> None:
        """Give a mark with its neighbours the sign of those with this reading.

        Where it may be an exception, its neighbours alone do not tell its sign.
        """
        sign = chr(FIRST_SIGN + len(self._sign_of))
        sign = self._sign_of.setdefault((mark, reading), sign)
        if not asked:
            self._signs[key] = sign

    def _case(self, body: str, start: int) -> str:
        """Which exception a mark is; empty: none."""
        assert self._known is not None
        case = self._known.match(body, start)
        return (case.lastgroup or "") if case is not None else ""

    def _end(self, body: str, start: int) -> int:
        """Where a mark ends: behind a run of the same if they are one, or a line."""
        char = body[start]
        end = start + 1
        while body[end : end + 1] == char:
            end += 1
        one = char in self._long or char not in self.marks or end - start >= RULE
        return end if one else start + 1

    def _read(
        self,
        body: str,
        start: int,
        end: int,
        protected: Sequence[Span],
        i: int,
        name: str | None,
    ) -> Reading:
        """What a mark may be; `i` is the first protected span not before it."""
        mark = body[start:end]
        number = self._family_of[mark]
        family = self._families[number]
        before = self._neighbours.beside(body, start, protected, i - 1, -1)
        behind = self._neighbours.beside(body, end, protected, i, 1)
        opens, closes = roles(before, behind)
        if mark in family.opening:
            closes += SHAPE
        elif mark in family.closing:
            opens += SHAPE
        elif before[0] == behind[0] == WORD:
            opens = closes = BETWEEN_LETTERS
        alone = ALONE_APOSTROPHE if family.apostrophe else ALONE
        told = not family.apostrophe or opens < FREE
        becomes = ""
        if name == "elisions":
            if mark not in family.opening:
                opens, closes = opens + ELISION, closes + ELISION
            alone, becomes, told = 0, self._apostrophe, False
        elif name:
            alone = alone * DOUBTFUL // 10
            told = told and name != "doubtful"
            becomes = self._apostrophe if name == "possessives" else ""
        return Reading.of(
            number,
            (opens, closes, alone),
            becomes,
            loose=family.apostrophe,
            told=told,
        )

    def _plain(self, key: str) -> bool:
        """Whether both neighbours of a mark speak for themselves."""
        hides = self._neighbours.hide
        hidden = hides(key, 0) or hides(key, len(key) - 1)
        return not hidden and len(self._seen) < MEMORY


def _recalled(again: Recall, tell: _Tell, body: str, start: int) -> str:
    """What is told of a mark; `again` remembers it by what stands near."""
    if not again.pays():
        return tell(body, start)
    low = start - NEAR if start > NEAR else 0
    around = body[low : start + NEAR]
    told: str | None = again.get((around, start - low))
    if told is None:
        told = tell(body, start)
        if _LONG_GAP.search(around) is None:
            again.keep((around, start - low), told)
    return told


def _outside(
    body: str, starts: Sequence[int], protected: Sequence[Span]
) -> Sequence[int]:
    """Where marks may begin, without those that surely lie in protected spans."""
    kept: list[int] = []
    at, many, size = 0, len(starts), len(body)
    for start, end in protected:
        if end < size and body[end - 1] == body[end]:
            continue  # a run of marks may go on behind it
        while at < many and starts[at] < start:
            kept.append(starts[at])
            at += 1
        while at < many and starts[at] < end:
            at += 1
    kept += starts[at:]
    return kept
