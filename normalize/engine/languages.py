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
from typing import NamedTuple

_WORDS = re.compile(r"[^\W\d_]+")
# A language may be told while at most one letter in so many is not its own: foreign
# names are spelled with theirs.
TOLERANCE = 10
# A text is in a script other than Latin when that has one letter in so many.
QUOTING = 3


class Facts(NamedTuple):
    """What tells a language: its code, its alphabet, frequent words, the lead.

    `lead` is how many points it must be ahead of every other language.
    """

    code: str
    letters: frozenset[str]
    words: frozenset[str]
    lead: int


class Detector:
    """Tells the language of a text; call it with one paragraph."""

    def __init__(self, languages: Sequence[Facts]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._scripts: dict[str, tuple[Facts, ...]] = {}
        for facts in languages:
            script = script_of(min(facts.letters))
            self._scripts[script] = (*self._scripts.get(script, ()), facts)
            for word in facts.words:
                self._words[word] = (*self._words.get(word, ()), facts.code)
        # Letters that all languages of a script have tell nothing.
        self._common = {
            script: frozenset.intersection(*(facts.letters for facts in found))
            for script, found in self._scripts.items()
        }
        self._letters = {
            letter: script
            for script, found in self._scripts.items()
            for facts in found
            for letter in facts.letters
        }

    def __call__(self, text: str) -> str:
        """The code of the language, or '' when it can't be told."""
        words = _WORDS.findall(text.lower())
        letters = Counter("".join(words))
        script, size = self._script(letters)
        if not script:
            return ""
        found = self._scripts[script]
        points: Counter[str] = Counter()
        for word in self._words.keys() & set(words):
            points.update(self._words[word])
        strange = dict.fromkeys((facts.code for facts in found), 0)
        for letter in letters.keys() - self._common[script]:
            if (self._letters.get(letter) or script_of(letter)) != script:
                continue
            for facts in found:
                if letter not in facts.letters:
                    strange[facts.code] += letters[letter]
        return _winner(found, points, strange, size)

    def _script(self, letters: Counter[str]) -> tuple[str, int]:
        """The script of the text, and how many letters it has."""
        counts: Counter[str] = Counter()
        for letter, count in letters.items():
            counts[self._letters.get(letter, "")] += count
        total = sum(counts.values())
        for script, count in sorted(counts.items()):
            # Texts in other scripts quote Latin far more often than the reverse.
            share = 2 if script == "LATIN" else QUOTING
            if script and share * count > total:
                return script, count
        return "", 0


def _winner(
    found: Sequence[Facts], points: Counter[str], strange: dict[str, int], size: int
) -> str:
    """The code of the language that leads clearly, or ''."""
    totals = {f.code: points[f.code] - strange[f.code] for f in found}
    best = max(found, key=lambda facts: totals[facts.code])
    rivals = [total for code, total in totals.items() if code != best.code]
    second = max(rivals, default=0)
    clear = totals[best.code] >= second + best.lead
    return best.code if clear and strange[best.code] * TOLERANCE <= size else ""


def script_of(letter: str) -> str:
    """The script of a letter, by the first word of its Unicode name."""
    return unicodedata.name(letter, "").partition(" ")[0]
