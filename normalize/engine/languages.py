"""Which language a paragraph is in: letters that tell, and frequent words.

The facts of each language come from rule files. The letters tell the script; of the
languages of that script the one with the most of its frequent words, less the letters
that it does not have, if it leads clearly. What is in doubt has no language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from string import ascii_letters, ascii_lowercase
from struct import unpack
from typing import Any, NamedTuple

# The apostrophe that is a letter to Unicode parts words as all others do: which one
# is written must tell nothing.
_WORDS = re.compile(r"[^\W\d_\N{MODIFIER LETTER APOSTROPHE}]+")
# A letter that is not of ASCII; those that are are settled by the first range.
_OTHER_LETTER = re.compile(r"[^\x00-\x7f\W\d_]")
# By byte: letters of ASCII as small ones, all else as a space.
_LETTERS = bytes(
    ord(chr(byte).lower()) if chr(byte) in ascii_letters else ord(" ")
    for byte in range(256)
)
# A language may be told while at most one letter in so many is not its own: foreign
# names are spelled with theirs.
TOLERANCE = 10
# A text is in a script other than Latin when that has one letter in so many.
QUOTING = 3


LATIN = "LATIN"  # as Unicode names it
FIELD = 32  # bits: more letters than any paragraph has
MASK = (1 << FIELD) - 1
MEMORY = 1024  # paragraphs whose language is remembered


class Facts(NamedTuple):
    """What tells a language: its code, its alphabet, frequent words, the lead.

    `lead` is how many points it must be ahead of every other language.
    """

    code: str
    letters: frozenset[str]
    words: frozenset[str]
    lead: int


@dataclass(frozen=True)
class Always:
    """Tells one language of every text."""

    code: str

    def __call__(self, _: str) -> str:
        """The code of the language."""
        return self.code


class Detector:
    """Tells the language of a text; call it with one paragraph.

    Points of all languages are kept in one number, `FIELD` bits each, so that they
    are added up at once; `_units` is one point for each of them.
    """

    def __init__(self, languages: Sequence[Facts]) -> None:
        self._facts = tuple(languages)
        self._script_of = [script_of(min(facts.letters)) for facts in languages]
        self._scripts = tuple(dict.fromkeys(self._script_of))
        self._numbers = {
            script: [n for n, own in enumerate(self._script_of) if own == script]
            for script in self._scripts
        }
        units = [1 << FIELD * number for number in range(len(languages))]
        self._points: dict[str, int] = {}
        for unit, facts in zip(units, languages, strict=True):
            for word in facts.words:
                self._points[word] = self._points.get(word, 0) + unit
        self._words = frozenset(self._points)
        # For each letter: its script, and which languages of that don't have it.
        self._homes: dict[str, int] = {}
        self._strange: dict[str, int] = {}
        everything = frozenset().union(*(facts.letters for facts in languages))
        for letter in everything:
            script = script_of(letter)
            self._homes[letter] = 1 << FIELD * self._scripts.index(script)
            lacking = [
                unit
                for unit, facts, own in zip(
                    units, languages, self._script_of, strict=True
                )
                if own == script and letter not in facts.letters
            ]
            if lacking:
                self._strange[letter] = sum(lacking)
        self._foreign = {
            script: sum(
                unit
                for unit, own in zip(units, self._script_of, strict=True)
                if own == script
            )
            for script in self._scripts
        }
        # Of texts in plain Latin letters all is known but which of these they have.
        self._knows_ascii = self._homes.keys() >= set(ascii_lowercase)
        self._plain, strange = (
            {word.encode(): points for word, points in known.items() if word.isascii()}
            for known in (self._points, self._strange)
        )
        self._strange_plain = tuple(sorted(strange.items()))
        self._remember()

    def _remember(self) -> None:
        # The same paragraph is asked about by one stage after the other.
        self._tell = lru_cache(MEMORY)(self._told)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_tell": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._remember()

    def __call__(self, text: str) -> str:
        """The code of the language, or '' when it can't be told."""
        return self._tell(text)

    def _told(self, text: str) -> str:
        if self._knows_ascii and _OTHER_LETTER.search(text) is None:
            return self._told_plain(text)
        words = _WORDS.findall(text.lower())
        letters = Counter("".join(words))
        script, size = self._script(letters)
        if not script:
            return ""
        points = sum(map(self._points.__getitem__, self._words.intersection(words)))
        strange = 0
        for letter in letters.keys() & self._strange.keys():
            strange += letters[letter] * self._strange[letter]
        for letter in letters.keys() - self._homes.keys():
            strange += letters[letter] * self._foreign.get(script_of(letter), 0)
        return self._winner(script, points, strange, size)

    def _told_plain(self, text: str) -> str:
        """The same for letters of ASCII only: bytes are faster, and few are counted."""
        letters = text.encode("ascii", "replace").translate(_LETTERS)
        size = len(letters) - letters.count(b" ")
        if not size:
            return ""
        found = self._plain.keys() & letters.split()
        points = sum(map(self._plain.__getitem__, found))
        strange = sum(letters.count(a) * lack for a, lack in self._strange_plain)
        return self._winner(LATIN, points, strange, size)

    def _script(self, letters: Counter[str]) -> tuple[str, int]:
        """The script of the text, and how many letters it has."""
        homes = self._homes
        packed = total = 0
        for letter, count in letters.items():
            packed += count * homes.get(letter, 0)
            total += count
        for number, script in sorted(enumerate(self._scripts), key=itemgetter(1)):
            count = packed >> FIELD * number & MASK
            # Texts in other scripts quote Latin far more often than the reverse.
            share = 2 if script == LATIN else QUOTING
            if share * count > total:
                return script, count
        return "", 0

    def _winner(self, script: str, points: int, strange: int, size: int) -> str:
        """The code of the language that leads clearly, or ''."""
        numbers = self._numbers[script]
        earned, lost = self._unpacked(points), self._unpacked(strange)
        totals = [earned[number] - lost[number] for number in numbers]
        most = max(totals)
        best = numbers[totals.index(most)]
        totals.remove(most)
        facts = self._facts[best]
        clear = most >= max(totals, default=0) + facts.lead
        if clear and lost[best] * TOLERANCE <= size:
            return facts.code
        return ""

    def _unpacked(self, points: int) -> tuple[int, ...]:
        """The points of each language."""
        count = len(self._facts)
        return unpack(f"<{count}I", points.to_bytes(FIELD // 8 * count, "little"))


def script_of(letter: str) -> str:
    """The script of a letter, by the first word of its Unicode name."""
    return unicodedata.name(letter, "").partition(" ")[0]
