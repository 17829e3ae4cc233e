"""The spellings under which a Cyrillic name is seen in Latin print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from normalize.engine.romanizer import Romanization
from normalize.kinds.spelling.model import Group, SpellingRule, Ways

# How many spellings of a name are kept, and how many of each press: more of one
# would only crowd out the others.
MOST = 64
BEAM = 24
# How many names are worked on together.
AT_ONCE = 250
# The two forms of a name.
Pair = tuple[str, str]
_FORMS = ("uk", "ru")
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
        self._width = 2 + max((len(group.letters) for group in rule.groups), default=0)
        self._fits: dict[str, tuple[Group, Ways, Ways] | None] = {}  # by place
        self.systems = [
            (cost, Romanization(table))
            for table, cost in sorted(rule.systems, key=itemgetter(1))
            if cost <= self.limit
        ]
        self._letters = frozenset(_BETWEEN).union(
            *(system.table.letters for _, system in self.systems)
        )

    def make(self, names: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
        """The spellings of each name with their costs, those of systems first.

        An empty list for a name that has a letter which is unknown.
        """
        made = self._by_systems(names)
        if self.groups:
            for name in names:
                made[name] += self._by_groups(name)
        return made

    def _by_systems(self, names: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
        made: dict[str, list[tuple[int, str]]] = {name: [] for name in names}
        fitting = [name for name in names if self._letters.issuperset(name.lower())]
        seen: set[tuple[str, str]] = set()
        for cost, system in self.systems:
            for name, raw in zip(fitting, system.pieces(fitting), strict=True):
                if raw is None or (name, raw) in seen:
                    continue
                seen.add((name, raw))  # the first system to give it is the cheapest
                text = raw if raw.isascii() and raw.isalpha() else plain(raw)
                if text:
                    made[name].append((cost, text))
                    if "'" in text:
                        made[name].append((cost, text.replace("'", "")))
        return made

    def _by_groups(self, name: str) -> list[tuple[int, str]]:
        name = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
        small = name.lower()
        if len(small) != len(name):
            return []
        begun = [(self.cost, "")]
        most = self.limit
        padded, fits, width = f" {small} ", self._fits, self._width
        # What all of them go on with, where there is one way only.
        same, dearer = "", 0
        at = 0
        while at < len(small):
            if small[at] == " ":
                same += " "
                at += 1
                continue
            # Names share most of the places that a group can tell apart.
            place = padded[at : at + width]
            fitting = fits[place] if place in fits else self._fitting(place)
            if fitting is None:
                return []
            begins = place[0] in " -" and name[at] != small[at]
            group, *both = fitting
            ways = both[begins]
            at += len(group.letters)
            if len(ways) == 1:
                same += ways[0][0]
                dearer += ways[0][1]
                continue
            longer = [
                (cost + more, text + end)
                for way, extra in ways
                for end, more in ((same + way, dearer + extra),)
                for cost, text in begun
                if cost + more <= most
            ]
            longer.sort()
            begun = longer[:BEAM]
            same, dearer = "", 0
        if same:
            begun = [(cost + dearer, text + same) for cost, text in begun]
        return begun if small else []

    def _fitting(self, place: str) -> tuple[Group, Ways, Ways] | None:
        """The first group that fits behind the first letter of a place, with its ways.

        A place is as long as the longest group with a letter before and one behind it.
        """
        before, found = place[0], None
        for fitting in self.groups.get(place[1], ()):
            group = fitting[0]
            end = 1 + len(group.letters)
            behind = place[end : end + 1] or " "
            if (
                place.startswith(group.letters, 1)
                and (group.at != "start" or before in " -")
                and (group.at != "end" or behind in " -")
                and (not group.after or before in group.after)
                and (not group.before or behind in group.before)
            ):
                found = fitting
                break
        self._fits[place] = found
        return found


class Spellings:
    """Makes the spellings of names by the habits of some presses."""

    def __init__(self, habits: Iterable[tuple[str, SpellingRule]]) -> None:
        self._habits = [_Habit(f"{id_}/{rule.id}", rule) for id_, rule in habits]

    def __bool__(self) -> bool:
        return bool(self._habits)

    def of(self, uk: str, ru: str) -> tuple[Spelling, ...]:
        """The cheapest spellings of a name with these forms, best first.

        Marks on letters are taken off where they are not part of the usual Latin
        alphabets of the press; an apostrophe is the plain one.
        """
        return next(self.all_of([(uk, ru)]))

    def all_of(self, pairs: Sequence[Pair]) -> Iterator[tuple[Spelling, ...]]:
        """The spellings of each pair of forms, in their order.

        Many names at once take less time than one by one.
        """
        for first in range(0, len(pairs), AT_ONCE):
            some = pairs[first : first + AT_ONCE]
            made = []
            for habit in self._habits:
                place = _FORMS.index(habit.lang)
                names = list(dict.fromkeys(pair[place] for pair in some))
                found = habit.make(names)
                made.append((habit.origin, habit.cost, place, found))
            yield from (_cheapest(pair, made) for pair in some)


def _cheapest(
    pair: Pair, made: list[tuple[str, int, int, dict[str, list[tuple[int, str]]]]]
) -> tuple[Spelling, ...]:
    """The cheapest of what the presses make of a pair of forms."""
    found: dict[str, tuple[int, str, int]] = {}
    for origin, base, place, ways in made:
        for cost, text in ways[pair[place]]:
            for one in (text,) if text.isascii() else (text, fold(text)):
                known = found.get(one)
                strain = cost - base
                if known is None:
                    found[one] = cost, origin, strain
                    continue
                # Usual for one press is enough, though another makes it more cheaply.
                strain = min(known[2], strain)
                if (cost, origin) < known[:2]:
                    found[one] = cost, origin, strain
                elif strain < known[2]:
                    found[one] = known[0], known[1], strain
    ordered = sorted((way[0], text) for text, way in found.items())[:MOST]
    return tuple(Spelling(text, *found[text]) for _, text in ordered)


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

    A mark that Unicode takes for a letter, such as MODIFIER LETTER PRIME, is another.

    >>> plain("Zelens\N{RIGHT SINGLE QUOTATION MARK}kij")
    "Zelens'kij"
    """
    made = text if text.isascii() else fold(text)
    if not made.isalpha():
        made = _QUOTED.sub("", made.translate(_SIGNS))
    return made if _LETTERS.fullmatch(made) else ""


_LETTERS = re.compile(r"[A-Za-z' -]+")
