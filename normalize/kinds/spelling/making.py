"""The spellings under which a Cyrillic name is seen in Latin print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from normalize.engine.romanizer import Romanization
from normalize.kinds.spelling.model import Group, SpellingRule, Ways

# How many spellings of a name are kept, and how many of each press: more of one
# would only crowd out the others.
MOST = 64
BEAM = 24
# The dearest spelling that is made.
LIMIT = 330

_APOSTROPHES = dict.fromkeys(map(ord, "'\N{MODIFIER LETTER APOSTROPHE}"), "’")
# What stands in names beside letters.
_BETWEEN = " -'’\N{MODIFIER LETTER APOSTROPHE}"
_MARKS = re.compile(r"[\u0300-\u036f]+")
_STROKED = {ord("ł"): "l", ord("Ł"): "L"}


class Spelling(NamedTuple):
    """One way to write a name: its cost in hundredths, and the rule it comes from.

    `strain` is the part of the cost that is not the press's own: how unusual the
    spelling is for it.
    """

    text: str
    cost: int
    origin: str
    strain: int


class _Habit:
    """The habits of one press, ready to be followed."""

    def __init__(self, origin: str, rule: SpellingRule) -> None:
        self.origin = origin
        self.lang = rule.lang
        self.cost = rule.cost
        self.limit = min(LIMIT, rule.limit)
        # By the first letter: the group, its ways in small letters and as a Title.
        self.groups: dict[str, list[tuple[Group, Ways, Ways]]] = {}
        for group in rule.groups:
            ways = tuple((way.replace("’", "'"), cost) for way, cost in group.ways)
            titles = tuple((way[:1].upper() + way[1:], cost) for way, cost in ways)
            self.groups.setdefault(group.letters[0], []).append((group, ways, titles))
        self.systems = [
            (cost, Romanization(table))
            for table, cost in sorted(rule.systems, key=itemgetter(1))
            if cost <= self.limit
        ]
        self._letters = frozenset(_BETWEEN).union(
            *(system.table.letters for _, system in self.systems)
        )

    def make(self, name: str) -> list[tuple[int, str]]:
        """The spellings of a name with their costs, cheapest first.

        None when a letter of the name is unknown.
        """
        made = list(self._by_systems(name)) if self.systems else []
        if self.groups:
            made += self._by_groups(name)
        return made

    def _by_systems(self, name: str) -> Iterator[tuple[int, str]]:
        if not self._letters.issuperset(name.lower()):
            return
        seen: set[str] = set()
        whole = " " in name
        for cost, system in self.systems:
            raw = system.run(name) if whole else system.piece(name)
            if raw is None or raw in seen:
                continue
            seen.add(raw)  # the first system to give it is the cheapest
            text = plain(raw)
            if text:
                yield cost, text
                if "'" in text:
                    yield cost, text.replace("'", "")

    def _by_groups(self, name: str) -> list[tuple[int, str]]:
        name = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
        small = name.lower()
        if len(small) != len(name):
            return []
        begun = [(self.cost, "")]
        at = 0
        while at < len(small):
            if small[at] == " ":
                begun = [(cost, f"{text} ") for cost, text in begun]
                at += 1
                continue
            fitting = self._fitting(small, at)
            if fitting is None:
                return []
            begins = (at == 0 or small[at - 1] in " -") and name[at] != small[at]
            group, *both = fitting
            ways = both[begins]
            at += len(group.letters)
            if len(ways) == 1:
                way, extra = ways[0]
                begun = [(cost + extra, text + way) for cost, text in begun]
                continue
            most = self.limit
            longer = [
                (cost + extra, text + way)
                for way, extra in ways
                for cost, text in begun
                if cost + extra <= most
            ]
            longer.sort()
            begun = longer[:BEAM]
        return begun if small else []

    def _fitting(self, word: str, at: int) -> tuple[Group, Ways, Ways] | None:
        """The first group that fits at a place, with its ways."""
        before = word[at - 1] if at else " "
        for fitting in self.groups.get(word[at], ()):
            group = fitting[0]
            end = at + len(group.letters)
            behind = word[end : end + 1] or " "
            if (
                word.startswith(group.letters, at)
                and (group.at != "start" or before in " -")
                and (group.at != "end" or behind in " -")
                and (not group.after or before in group.after)
                and (not group.before or behind in group.before)
            ):
                return fitting
        return None


class Spellings:
    """Makes the spellings of names by the habits of some presses."""

    def __init__(self, habits: Iterable[tuple[str, SpellingRule]]) -> None:
        self._habits = [_Habit(f"{id_}/{rule.id}", rule) for id_, rule in habits]
        self._memo: dict[tuple[str, str], tuple[Spelling, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._habits)

    def of(self, uk: str, ru: str) -> tuple[Spelling, ...]:
        """The cheapest spellings of a name with these forms, best first.

        Marks on letters are taken off where they are not part of the usual Latin
        alphabets of the press; an apostrophe is the plain one.
        """
        key = uk, ru
        if key not in self._memo:
            found: dict[str, tuple[int, str, str, int]] = {}
            for habit in self._habits:
                origin, base = habit.origin, habit.cost
                for cost, text in habit.make(uk if habit.lang == "uk" else ru):
                    for made in (text,) if text.isascii() else (text, fold(text)):
                        way = cost, made, origin, cost - base
                        known = found.get(made, way)
                        # Usual for one press is enough, though another makes it
                        # more cheaply.
                        strain = min(known[3], way[3])
                        found[made] = (*min(known, way)[:3], strain)
            ordered = sorted(found.values())[:MOST]
            self._memo[key] = tuple(
                Spelling(text, cost, origin, strain)
                for cost, text, origin, strain in ordered
            )
        return self._memo[key]


def fold(text: str) -> str:
    """The text without marks on its letters: ž is z, ł is l.

    >>> fold("Wołodymyr Žadan")
    'Wolodymyr Zadan'
    """
    return _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_STROKED)))


# What a system writes for a sign is no letter, or the plain apostrophe.
_SIGNS = {
    **dict.fromkeys(map(ord, "’\N{MODIFIER LETTER APOSTROPHE}`"), "'"),
    **dict.fromkeys(
        map(ord, "\N{MODIFIER LETTER PRIME}\N{MODIFIER LETTER DOUBLE PRIME}"), "'"
    ),
    **dict.fromkeys(map(ord, '"\N{MIDDLE DOT}'), None),
}
_QUOTED = re.compile(r"''+|'(?![a-z])|(?<![A-Za-z])'")


def plain(text: str) -> str:
    """The output of a system in plain letters; '' when it has others.

    >>> plain("Zelensʹkyĭ")
    "Zelens'kyi"
    """
    made = text if text.isascii() else fold(text)
    if not made.isalpha():
        made = _QUOTED.sub("", made.translate(_SIGNS))
    return made if _LETTERS.fullmatch(made) else ""


_LETTERS = re.compile(r"[A-Za-z' -]+")
