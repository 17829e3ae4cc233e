"""Latin words back in Cyrillic letters: what could have given them.

A word is read from left to right; at each place the longest output that fits is
tried first. A reading is dropped as soon as the forward table would have written
one of its letters otherwise, so the first complete reading is a true one.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

import regex

from normalize.engine.table import APOSTROPHE, EDGE, TIE, Table, Turn

# A rule sees at most so many letters behind its first one.
AHEAD = 5
# Nothing is tried otherwise that stands further back in a word than so many units.
MEMORY = 64
# So many steps are made for one word, and so many for each of its letters.
PATIENCE, PER_LETTER = 2000, 50
# What a letter costs that is read where nothing is written, and an apostrophe.
SILENT = (3, 6)
# Old catalogues write a tie as two halves.
_HALVES = {0xFE20: TIE, 0xFE21: None}


class Unit(NamedTuple):
    """Letters and what they give, by a context rule or by the letter table."""

    output: str
    source: str
    turn: Turn | None


class Reading(NamedTuple):
    """Cyrillic letters that give a Latin word, with where each unit ends in it."""

    letters: str
    units: tuple[Unit, ...]


class Reverse:
    """The table of a system, read backwards."""

    def __init__(
        self,
        table: Table,
        own: Sequence[str],
        readings: Mapping[str, frozenset[str]],
        avoided: str,
        quotes: frozenset[str],
    ) -> None:
        """`own` are the letters to read; those borrowed from a sister are not.

        `quotes` are marks that may stand around a word and may be letters of it too.

        Of letters that are written alike, one in `readings` is read first behind
        the letters given for it, and last elsewhere. What fits the expression
        `avoided` (of a word between ^ and $) is read only where nothing else is.
        """
        self._table = table
        self._quotes = quotes
        self._readings = readings
        self._avoided = regex.compile(avoided) if avoided else None
        units = [
            Unit(turn.output.small.lower(), turn.source, turn)
            for turns in table.turns.values()
            for turn in turns
            if turn.source[0] in own or turn.source == APOSTROPHE
        ]
        units += [Unit(table.letters[c].small.lower(), c, None) for c in own]
        marks = "".join(sorted(table.apostrophes))
        if table.apostrophe is None:
            units += [Unit(mark, APOSTROPHE, None) for mark in marks]
        else:
            units.append(Unit(table.apostrophe.small, APOSTROPHE, None))
        self.silent = [unit for unit in units if not unit.output]
        self._by_output: dict[str, list[Unit]] = {}
        for unit in units:
            if unit.output:
                self._by_output.setdefault(unit.output, []).append(unit)
        self._longest = max(map(len, self._by_output))
        chars = {c for output in self._by_output for c in output + output.upper()}
        chars |= {
            "\N{COMBINING LIGATURE LEFT HALF}",
            "\N{COMBINING LIGATURE RIGHT HALF}",
        }
        escaped = "".join(regex.escape(c) for c in sorted(chars))
        self._words = regex.compile(rf"[{escaped}\p{{Latin}}\p{{M}}]++")
        self._cached = lru_cache(maxsize=65_536)(self._word)

    def run(self, text: str) -> str:
        """The text with every word that the system could have written in Cyrillic."""
        back: str = self._words.sub(lambda found: self._back(found.group()), text)
        return back

    def _back(self, run: str) -> str:
        """A run of letters and marks; marks that are quotes stay as they are."""
        start, end = 0, len(run)
        ahead = self._longest
        while start < end and run[start] in self._quotes:
            if self._begins(run[start : start + ahead]):
                break
            start += 1
        while end > start + 1 and run[end - 1] in self._quotes and start:
            end -= 1
        word = run[start:end]
        if not word:
            return run
        back = self._cached if len(word) <= MEMORY else self._word
        return run[:start] + back(word) + run[end:]

    def _begins(self, rest: str) -> bool:
        """Whether an output begins here that is not an apostrophe."""
        low = rest.lower()
        return any(
            unit.source != APOSTROPHE and low.startswith(unit.output)
            for units in self._by_output.values()
            for unit in units
        )

    def _word(self, word: str) -> str:
        plain = composed(word)
        low = plain.lower()
        reading = next(self.readings(low, strict=True), None)
        if reading is None and self._avoided is not None:
            reading = next(self.readings(low), None)
        return word if reading is None else in_case(reading, plain)

    def readings(self, word: str, *, strict: bool = False) -> Iterator[Reading]:
        """The true readings of a word in small letters, the likeliest first.

        The `strict` ones have nothing in them that is to be avoided.
        """
        size = len(word)
        avoided = self._avoided if strict else None
        dead: set[tuple[int, tuple[Unit, ...]]] = set()
        path: list[Unit] = []
        # For each unit of the path and the next one: where it begins in the word,
        # what may still be tried there, whether a reading was found from there.
        frames = deque([(0, self._options(word, 0, EDGE))], MEMORY)
        found = deque([False], MEMORY)
        steps = PATIENCE + PER_LETTER * size
        while frames and steps:
            steps -= 1
            at, options = frames[-1]
            unit = next(options, None)
            if unit is None:
                frames.pop()
                success = found.pop()
                if not success:
                    dead.add((at, tuple(path[-AHEAD:])))
                if path:
                    path.pop()
                if found:
                    found[-1] = found[-1] or success
                continue
            path.append(unit)
            end = at + len(unit.output)
            if avoided is not None and avoided.search(_tail(path, end == size)):
                path.pop()
            elif end == size:
                if self._true(path, whole=True):
                    found[-1] = True
                    yield Reading("".join(u.source for u in path), tuple(path))
                path.pop()
            elif self._true(path, whole=False) and (
                (end, tuple(path[-AHEAD:])) not in dead
            ):
                frames.append((end, self._options(word, end, unit.source[-1])))
                found.append(False)
            else:
                path.pop()

    def ranked(self, word: str, most: int) -> list[tuple[int, Reading]]:
        """True readings of a word in small letters with their costs, cheapest first.

        A reading costs more the more often another than the first choice was taken;
        letters that leave no trace are put in behind consonants, at a cost.
        """
        found: list[tuple[int, Reading]] = []
        number = count()  # so that paths of equal cost stay in order
        queue: list[tuple[int, int, int, tuple[Unit, ...]]] = [(0, 0, 0, ())]
        for _ in range(PATIENCE + PER_LETTER * len(word)):
            if not queue or len(found) >= most:
                break
            cost, _, at, path = heappop(queue)
            if at == len(word) and path and self._true(list(path), whole=True):
                reading = Reading("".join(unit.source for unit in path), path)
                found.append((cost, reading))
            before = path[-1].source[-1] if path else EDGE
            steps = list(enumerate(self._options(word, at, before)))
            if path and path[-1].output and before in self._table.hard:
                steps += [
                    (SILENT[unit.source == APOSTROPHE], unit)
                    for unit in self.silent
                    if unit.turn is None
                ]
            for extra, unit in steps:
                longer = (*path, unit)
                end = at + len(unit.output)
                if self._true(list(longer), whole=False):
                    heappush(queue, (cost + extra, next(number), end, longer))
        return found

    def _options(self, word: str, at: int, before: str) -> Iterator[Unit]:
        """What may be read at a place, behind a letter; the likeliest first."""

        def place(unit: Unit) -> int:
            likely = self._readings.get(unit.source)
            return 1 if likely is None else 0 if before in likely else 2

        for size in range(min(self._longest, len(word) - at), 0, -1):
            for unit in sorted(
                self._by_output.get(word[at : at + size], ()), key=place
            ):
                if unit.source != APOSTROPHE or 0 < at < len(word) - size:
                    yield unit

    def _true(self, path: list[Unit], *, whole: bool) -> bool:
        """Whether the forward table writes the last units as they were read.

        Of a reading that is not whole, those units are looked at behind which all
        is known by now that a rule may ask.
        """
        tail = path[-(2 * AHEAD + 1) :]
        letters = "".join(unit.source for unit in tail)
        new = len(tail[-1].source)
        turns = self._table.turns
        at = 0
        for number, unit in enumerate(tail):
            end = at + len(unit.source)
            behind = len(letters) - end
            sure = number >= AHEAD or len(path) == len(tail)
            if sure and (whole or AHEAD <= behind < AHEAD + new):
                chosen = None
                for turn in turns.get(letters[at], ()):
                    if turn.fits(letters, at):
                        chosen = turn
                        break
                if chosen is not unit.turn:
                    return False
            at = end
        return True


def _tail(path: list[Unit], whole: bool) -> str:
    """The last letters of a path, with the edges of the word that are in sight."""
    letters = "".join(unit.source for unit in path[-AHEAD:])
    start = r"^" if len(path) <= AHEAD else ""
    return f"{start}{letters}{'$' if whole else ''}"


def composed(text: str) -> str:
    """The text as tables have it: composed, ties whole."""
    return unicodedata.normalize("NFC", text.translate(_HALVES))


def in_case(reading: Reading, word: str) -> str:
    """The letters of a reading in the case of the Latin word."""
    cased = [c for c in word if c.isupper() or c.islower()]
    all_caps = len(cased) > 1 and all(c.isupper() for c in cased)
    made = []
    at = 0
    for unit in reading.units:
        span = word[at : at + len(unit.output)]
        at += len(unit.output)
        seen = [c for c in span if c.isupper() or c.islower()]
        if all_caps and (not seen or seen[0].isupper()):
            made.append(unit.source.upper())
        elif seen and seen[0].isupper():
            every = len(seen) > 1 and all(c.isupper() for c in seen)
            made.append(
                unit.source.upper()
                if every
                else unit.source[0].upper() + unit.source[1:]
            )
        else:
            made.append(unit.source)
    return "".join(made)
