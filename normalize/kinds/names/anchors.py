"""The beginnings under which the first words of names are scanned for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from normalize.engine.forms import stems_of
from normalize.engine.names import STEM

# A first word of so few letters is a word of the language as often as not ("The Man
# from Kiev"): where it is never a name by itself, what follows it is scanned for too.
SHORT = 4
# So much of what follows.
NEXT = 2
# What `str.isspace` takes for a space; none stands further up.
_SPACES = [char for char in map(chr, range(0x3001)) if char.isspace()]


def anchors_of(
    words: Iterable[str],
    names: Mapping[str, Iterable[str]],
    alone: frozenset[str],
    apostrophes: frozenset[str],
    frequent: Iterable[str] = (),
) -> list[str]:
    """The beginnings of these words, with any apostrophe, as written and in capitals.

    `names` are by first word those that begin with it, "" for the word itself; `alone`
    are more words that may stand by themselves. What begins like one of the `frequent`
    words, which are no names, is scanned for by so much that it is told from that:
    Ukrainka from Ukraine.
    """
    stems: set[str] = set()
    alike = _alike(frequent)
    followed: set[str] = set()
    for word in words:
        longer = _followed(word, names.get(word, ()), apostrophes)
        if longer and word not in alone:
            followed |= longer
        else:
            stem = word[:STEM]
            stems.add(word[: _told_at(word, alike[stem])] if stem in alike else stem)
    stems |= {stem.upper()[: len(stem)] for stem in stems}
    found = {anchor for stem in stems for anchor in stems_of(stem, apostrophes)}
    return sorted(found | followed)


def _alike(frequent: Iterable[str]) -> dict[str, list[str]]:
    """Words by their beginnings."""
    found: dict[str, list[str]] = {}
    for word in frequent:
        found.setdefault(word[:STEM], []).append(word)
    return found


def _told_at(word: str, others: Sequence[str]) -> int:
    """So many letters of a word tell it from all others; at most all of it."""
    at = STEM
    while at < len(word) and any(other.startswith(word[:at]) for other in others):
        at += 1
    return at


def _followed(word: str, names: Iterable[str], apostrophes: frozenset[str]) -> set[str]:
    """A short word with what follows it in names; empty where it can stand alone."""
    found: set[str] = set()
    if len(word) > SHORT or not apostrophes.isdisjoint(word):
        return found
    for name in names:
        mark, rest = name[len(word) :][:1], name[len(word) + 1 :][:NEXT]
        if not name.startswith(word) or not mark:
            return set()
        behind = "".join(takewhile(str.isalnum, rest))
        for first in {word, word.upper()}:
            if mark in apostrophes:
                found |= {first + apostrophe for apostrophe in apostrophes}
                continue
            found |= {first + mark + behind, first + mark + behind.upper()}
            if mark.isspace():  # any gap
                found |= {first + mark + space for space in _SPACES}
                found |= {first + space for space in _SPACES if space != mark}
    return found
