"""The spellings under which a Cyrillic name is seen in Latin print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from normalize.kinds.spelling.model import Group, SpellingRule

# How many spellings of a name are kept, and how many of each press: more of one
# would only crowd out the others.
MOST = 64
BEAM = 24
# The dearest spelling that is made.
LIMIT = 330

_PARTS = re.compile(r"[^ -]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'\N{MODIFIER LETTER APOSTROPHE}"), "’")
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


class Spellings:
    """Makes the spellings of names by the habits of some presses."""

    def __init__(self, habits: Sequence[tuple[str, SpellingRule]]) -> None:
        # Per language: file id, the rule, its groups by their first letter.
        self._habits = [
            (f"{id_}/{rule.id}", rule, _by_first(rule.groups)) for id_, rule in habits
        ]
        # By nation and Cyrillic form: given names that are not written as romanized.
        self.written: dict[tuple[str, str], str] = {}
        self._memo: dict[tuple[str, str], tuple[Spelling, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._habits)

    def romanized(self, name: str, lang: str) -> str:
        """The name as the first habit of its language writes it; '' without one."""
        for _, rule, groups in self._habits:
            if rule.lang == lang:
                return next(_made(name, rule, groups, rule.cost), ("", 0))[0]
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
                for text, cost in _made(name, rule, groups, LIMIT):
                    for made in (text,) if text.isascii() else (text, fold(text)):
                        known = found.get(made)
                        if known is None or cost < known.cost:
                            strain = cost - rule.cost
                            found[made] = Spelling(made, cost, origin, strain)
            ordered = sorted(found.values(), key=_by_cost)
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
    name: str, rule: SpellingRule, groups: dict[str, list[Group]], limit: int
) -> Iterator[tuple[str, int]]:
    """The spellings by one habit with costs, cheapest first; none when a letter of
    the name is unknown.
    """
    small = unicodedata.normalize("NFC", name).lower().translate(_APOSTROPHES)
    begun = [("", rule.cost)]
    at = 0
    while at < len(small):
        group = _fitting(small, at, groups)
        if group is None:
            return
        at += len(group.letters)
        if len(group.ways) == 1:
            way, extra = group.ways[0]
            begun = [(text + way, cost + extra) for text, cost in begun]
            continue
        longer: dict[str, int] = {}
        for text, cost in begun:
            for way, extra in group.ways:
                total = cost + extra
                if total <= limit and total < longer.get(text + way, limit + 1):
                    longer[text + way] = total
        begun = sorted(longer.items(), key=_by_total)[:BEAM]
    begin = _capitals_of(name)
    for text, cost in begun if small else ():
        yield begin(text.replace("’", "'")), cost


def _by_cost(spelling: Spelling) -> tuple[int, str]:
    return spelling.cost, spelling.text


def _by_total(begun: tuple[str, int]) -> tuple[int, str]:
    return begun[1], begun[0]


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


def _capitals_of(name: str) -> Callable[[str], str]:
    """What gives a spelling the capitals that the parts of the name have."""
    capital = [part[0][0].isupper() for part in _PARTS.finditer(name)]
    if len(capital) == 1:
        return _capital if capital[0] else str
    return lambda text: _PARTS.sub(_Turns(capital), text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Turns:
    """Gives each part of a spelling the capital that is its turn."""

    def __init__(self, capital: Sequence[bool]) -> None:
        self._left = iter(capital)

    def __call__(self, part: re.Match[str]) -> str:
        return _capital(part[0]) if next(self._left, True) else part[0]
