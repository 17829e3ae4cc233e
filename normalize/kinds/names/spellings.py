"""The spellings under which a Cyrillic name is seen in Latin print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalize.kinds.spelling import Group, SpellingRule

# How many spellings of a name are kept, and how many beginnings while one is made.
MOST = 64
BEAM = 64
# The dearest spelling made at all; a profile may draw the line lower.
LIMIT = 400

_PARTS = re.compile(r"[^ -]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'\N{MODIFIER LETTER APOSTROPHE}"), "’")
_STROKED = {ord("ł"): "l", ord("Ł"): "L"}


class Spelling(NamedTuple):
    """One way to write a name: its cost in hundredths, and the rule it comes from."""

    text: str
    cost: int
    origin: str


class Spellings:
    """Makes the spellings of names by the habits of some presses."""

    def __init__(self, habits: Sequence[tuple[str, SpellingRule]]) -> None:
        # Per language: file id, the rule, its groups by their first letter.
        self._habits = [
            (f"{id_}/{rule.id}", rule, _by_first(rule.groups)) for id_, rule in habits
        ]
        self._memo: dict[tuple[str, str], tuple[Spelling, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._habits)

    def romanized(self, name: str, lang: str) -> str:
        """The name as the first habit of its language writes it; '' without one."""
        for origin, rule, groups in self._habits:
            if rule.lang == lang:
                made = list(_made(name, origin, rule, groups, rule.cost))
                return made[0].text if made else ""
        return ""

    def of(self, uk: str, ru: str) -> tuple[Spelling, ...]:
        """The cheapest spellings of a name with these forms, best first.

        Marks on letters are taken off where they are not part of the usual Latin
        alphabets of the press; an apostrophe is the plain one.
        """
        key = uk, ru
        if key not in self._memo:
            found: dict[str, Spelling] = {}
            for origin, rule, groups in self._habits:
                name = uk if rule.lang == "uk" else ru
                for spelling in _made(name, origin, rule, groups, LIMIT):
                    for made in {spelling, spelling._replace(text=fold(spelling.text))}:
                        known = found.get(made.text)
                        if known is None or made.cost < known.cost:
                            found[made.text] = made
            ordered = sorted(found.values(), key=lambda s: (s.cost, s.text))
            self._memo[key] = tuple(ordered[:MOST])
        return self._memo[key]


def fold(text: str) -> str:
    """The text without marks on its letters: ž is z, ł is l.

    >>> fold("Wołodymyr Žadan")
    'Wolodymyr Zadan'
    """
    plain = unicodedata.normalize("NFD", text.translate(_STROKED))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _by_first(groups: Sequence[Group]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for group in groups:
        found.setdefault(group.letters[0], []).append(group)
    return found


def _made(
    name: str,
    origin: str,
    rule: SpellingRule,
    groups: dict[str, list[Group]],
    limit: int,
) -> Iterator[Spelling]:
    """The spellings by one habit, cheapest first; none when a letter is unknown."""
    small = unicodedata.normalize("NFC", name).lower().translate(_APOSTROPHES)
    begun = [("", rule.cost)]
    at = 0
    while at < len(small):
        group = _fitting(small, at, groups)
        if group is None:
            return
        longer: dict[str, int] = {}
        for text, cost in begun:
            for way, extra in group.ways:
                total = cost + extra
                if total <= limit and total < longer.get(text + way, limit + 1):
                    longer[text + way] = total
        begun = sorted(longer.items(), key=lambda item: (item[1], item[0]))[:BEAM]
        at += len(group.letters)
    for text, cost in begun if small else ():
        yield Spelling(_capitals(name, text.replace("’", "'")), cost, origin)


_SPACE = Group(" ", "", "", "", ((" ", 0),))


def _fitting(word: str, at: int, groups: dict[str, list[Group]]) -> Group | None:
    """The first group that fits at a place."""
    if word[at] == " ":
        return _SPACE
    before = word[at - 1] if at else " "
    for group in groups.get(word[at], ()):
        end = at + len(group.letters)
        behind = word[end : end + 1] or " "
        if (
            word.startswith(group.letters, at)
            and (group.at != "start" or before in " -")
            and (group.at != "end" or behind in " -")
            and (not group.after or before in group.after)
            and (not group.before or behind in group.before)
        ):
            return group
    return None


def _capitals(name: str, text: str) -> str:
    """The text with capitals at the beginning of the parts that have them in `name`."""
    capital = iter([part[0][0].isupper() for part in _PARTS.finditer(name)])

    def cased(part: re.Match[str]) -> str:
        return part[0][0].upper() + part[0][1:] if next(capital, True) else part[0]

    return _PARTS.sub(cased, text)
