"""What can be got back: the reverse table of a file, and the proof of its claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from normalize.engine.patterns import Classes
from normalize.engine.reverse import Reverse
from normalize.engine.romanizer import Romanization
from normalize.engine.table import APOSTROPHE
from normalize.engine.words import members
from normalize.kinds.romanization.compile import table_of
from normalize.kinds.romanization.model import RomanizationFile

# A stretch of letters, or the name of a set in braces.
_PARTS = re.compile(r"([^{}]+)|\{([^{}]+)\}")


def reverse_of(file: RomanizationFile, classes: Classes) -> Reverse:
    """The table of a file read backwards; its rules must be the active ones."""
    table = table_of(file, classes, {"foreign": "keep"})
    avoided = _avoided(file, classes)
    quotes = members(classes["quotes-or-letters"])
    return Reverse(table, list(file.letters), dict(file.readings), avoided, quotes)


def _avoided(file: RomanizationFile, classes: Classes) -> str:
    """The expression that finds what the file says can't be got back."""
    return "|".join(_source(key, file.language, classes) for key, _ in file.collisions)


def _source(key: str, lang: str, classes: Classes) -> str:
    """A key of `collisions` as an expression: `{vowels}` is one of them."""
    parts = []
    for text, name in _PARTS.findall(key):
        letters = "".join(sorted(members(classes[f"{lang}-{name}"]))) if name else ""
        parts.append(f"[{letters}]" if name else re.escape(text))
    return "".join(parts)


def shown(key: str, lang: str, classes: Classes) -> str:
    """A word that has the key in it: sets by one of their letters."""
    parts = []
    for text, name in _PARTS.findall(key):
        parts.append(min(members(classes[f"{lang}-{name}"])) if name else text)
    return "".join(parts).strip("^$")


def lost(
    file: RomanizationFile, classes: Classes, size: int = 3
) -> Iterator[tuple[str, str, str]]:
    """Letter sequences that do not come back: sequence, Latin form, what comes back.

    All sequences of up to `size` letters of the alphabet are tried, and where the
    language has an apostrophe, those with one before a vowel; but for sequences
    with a listed collision in them.
    """
    forward = Romanization(table_of(file, classes, {"foreign": "keep"}))
    back = reverse_of(file, classes)
    listed = _avoided(file, classes)
    known = re.compile(listed) if listed else None
    for word in _sequences(file.language, classes, size):
        if known is None or not known.search(f"^{word}$"):
            latin = forward.word(word)
            again = back.run(latin)
            if again != word:
                yield word, latin, again


def _sequences(lang: str, classes: Classes, size: int) -> Iterator[str]:
    alphabet = sorted(members(classes[f"{lang}-letters"]))
    vowels = members(classes[f"{lang}-vowels"])
    for length in range(1, size + 1):
        yield from map("".join, product(alphabet, repeat=length))
    if f"{lang}-apostrophe" in classes:
        for before, vowel in product(alphabet, vowels):
            yield f"{before}{APOSTROPHE}{vowel}"
