"""How one press writes names: in systems of romanization, and by its own habits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from normalize.engine.romanizer import Romanization
from normalize.kinds.spelling.model import Group, SpellingRule, Ways

# How many spellings of each press are kept: more would only crowd out the others.
BEAM = 24
# The dearest spelling that is made.
LIMIT = 330

_APOSTROPHES = dict.fromkeys(map(ord, "'\N{MODIFIER LETTER APOSTROPHE}"), "’")
# What stands in names beside letters.
_BETWEEN = " -'’\N{MODIFIER LETTER APOSTROPHE}"
_MARKS = re.compile(r"[\u0300-\u036f]+")

# Spellings with their costs.
Made = list[tuple[int, str]]


class Ready(NamedTuple):
    """A name as habits are followed: in one form of Unicode, and in small letters."""

    form: str
    small: str
    name: str


def ready(names: Iterable[str]) -> list[Ready]:
    """The names in an order in which those that begin alike stand together."""
    found = []
    for name in names:
        form = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
        small = form.lower()
        if small and len(small) == len(form):
            found.append(Ready(form, small, name))
    return sorted(found)


# How many letters are written together, and how: in small letters and as a Title.
_Fitting = tuple[int, Ways, Ways]


class Press:
    """The habits of one press, ready to be followed."""

    def __init__(self, origin: str, rule: SpellingRule) -> None:
        self.origin = origin
        self.lang = rule.lang
        self.cost = rule.cost
        self._limit = min(LIMIT, rule.limit)
        # By the first letter.
        self._groups: dict[str, list[tuple[Group, Ways, Ways]]] = {}
        for group in rule.groups:
            ways = tuple((way.replace("’", "'"), cost) for way, cost in group.ways)
            titles = tuple((way[:1].upper() + way[1:], cost) for way, cost in ways)
            self._groups.setdefault(group.letters[0], []).append((group, ways, titles))
        # The longest group that begins with a letter, with one before and one behind.
        self._widths = {
            letter: 2 + max(len(group.letters) for group, _, _ in found)
            for letter, found in self._groups.items()
        }
        self._fits: dict[str, _Fitting | None] = {}  # by place
        self._systems = [
            (cost, Romanization(table))
            for table, cost in sorted(rule.systems, key=itemgetter(1))
            if cost <= self._limit
        ]
        self._letters = frozenset(_BETWEEN).union(
            *(system.table.letters for _, system in self._systems)
        )

    def make(self, names: Sequence[Ready]) -> dict[str, Made]:
        """The spellings of each name, and those without marks on their letters.

        Nothing for a name that has a letter which is unknown.
        """
        made = self._by_groups(names) if self._groups else {}
        if self._systems:
            for name, found in self._by_systems([one.name for one in names]):
                made[name] = made.get(name, []) + found
        for name, found in made.items():
            texts = "\n".join([text for _, text in found])
            if not texts.isascii():
                folded = zip(found, fold(texts).split("\n"), strict=True)
                plainer = [(way[0], text) for way, text in folded if text != way[1]]
                made[name] = found + plainer
        return made

    def _by_systems(self, names: Sequence[str]) -> Iterable[tuple[str, Made]]:
        fitting = [name for name in names if self._letters.issuperset(name.lower())]
        columns = [system.pieces(fitting) for _, system in self._systems]
        # The first system to give a spelling is the cheapest, so it comes last.
        columns.reverse()
        costs = [cost for cost, _ in reversed(self._systems)]
        for name, row in zip(fitting, zip(*columns, strict=True), strict=True):
            found = []
            for raw, cost in dict(zip(row, costs, strict=True)).items():
                if raw is None:
                    continue
                text = raw if raw.isascii() and raw.isalpha() else plain(raw)
                if text:
                    found.append((cost, text))
                    if "'" in text:
                        found.append((cost, text.replace("'", "")))
            yield name, found

    def _by_groups(self, names: Sequence[Ready]) -> dict[str, Made]:
        made: dict[str, Made] = {}
        # How the name before begins, as far as anything was told by it: the place
        # behind that, and what is made of it.
        known: list[tuple[str, int, Made]] = []
        none: Made = [(self.cost, "")]
        fits, widths = self._fits, self._widths
        for form, small, name in names:
            padded, cased = f" {small} ", f" {form} "
            while known and not cased.startswith(known[-1][0]):
                known.pop()
            told, at, begun = known[-1] if known else ("", 0, none)
            seen, last = len(told), len(small)
            # What all of them go on with, where there is one way only.
            same, dearer = "", 0
            while at < last:
                letter = small[at]
                if letter == " ":
                    same += " "
                    at += 1
                    continue
                # Names share most of the places that a group can tell apart.
                end = at + widths.get(letter, 0)
                place = padded[at:end]
                fitting = fits[place] if place in fits else self._fitting(place)
                if fitting is None:
                    begun = []
                    break
                size, ways, titles = fitting
                if letter != form[at] and place[0] in " -":
                    ways = titles
                at += size
                if end > seen:  # noqa: PLR1730 - asked very often
                    seen = end
                if len(ways) == 1:
                    same += ways[0][0]
                    dearer += ways[0][1]
                    continue
                begun = self._longer(begun, same, dearer, ways)
                known.append((cased[:seen], at, begun))
                same, dearer = "", 0
            if same:
                begun = [(cost + dearer, text + same) for cost, text in begun]
            made[name] = begun
        return made

    def _longer(self, begun: Made, same: str, dearer: int, ways: Ways) -> Made:
        """The cheapest beginnings with some more letters in each of these ways."""
        most = self._limit
        longer = [
            (cost + more, text + end)
            for way, extra in ways
            for end, more in ((same + way, dearer + extra),)
            for cost, text in begun
            if cost + more <= most
        ]
        longer.sort()
        return longer[:BEAM]

    def _fitting(self, place: str) -> _Fitting | None:
        """The first group that fits behind the first letter of a place.

        A place is as long as the longest group with that letter, with one before and
        one behind it.
        """
        before, found = place[:1], None
        for group, ways, titles in self._groups.get(place[1:2], ()):
            end = 1 + len(group.letters)
            behind = place[end : end + 1] or " "
            if (
                place.startswith(group.letters, 1)
                and (group.at != "start" or before in " -")
                and (group.at != "end" or behind in " -")
                and (not group.after or before in group.after)
                and (not group.before or behind in group.before)
            ):
                found = len(group.letters), ways, titles
                break
        self._fits[place] = found
        return found


def fold(text: str) -> str:
    """The text without marks on its letters: ž is z, ł is l.

    >>> fold("Wołodymyr Žadan")
    'Wolodymyr Zadan'
    """
    text = text.replace("ł", "l").replace("Ł", "L")
    return _MARKS.sub("", unicodedata.normalize("NFD", text))


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
