"""The spellings under which a Cyrillic name is seen in Latin print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from normalize.kinds.spelling.model import SpellingRule
from normalize.kinds.spelling.press import Made, Press, ready

# How many spellings of a name are kept.
MOST = 64
# How many names are worked on together.
AT_ONCE = 250
# The two forms of a name.
Pair = tuple[str, str]
_FORMS = ("uk", "ru")


class Spelling(NamedTuple):
    """One way to write a name: its cost in hundredths, and the rule it comes from.

    `strain` is the part of the cost that is not the press's own: how unusual the
    spelling is for it.
    """

    text: str
    cost: int
    origin: str
    strain: int


# A spelling as it is made: thousands of them are put together faster so.
Plain = tuple[str, int, str, int]


class Spellings:
    """Makes the spellings of names by the habits of some presses."""

    def __init__(self, habits: Iterable[tuple[str, SpellingRule]]) -> None:
        presses = [Press(f"{id_}/{rule.id}", rule) for id_, rule in habits]
        self._presses = sorted(presses, key=attrgetter("origin"))

    def __bool__(self) -> bool:
        return bool(self._presses)

    def of(self, uk: str, ru: str) -> tuple[Spelling, ...]:
        """The cheapest spellings of a name with these forms, best first.

        Marks on letters are taken off where they are not part of the usual Latin
        alphabets of the press; an apostrophe is the plain one.
        """
        return tuple(map(Spelling._make, next(self.all_of([(uk, ru)]))))

    def all_of(self, pairs: Sequence[Pair]) -> Iterator[list[Plain]]:
        """The spellings of each pair of forms, in their order.

        Many names at once take less time than one by one.
        """
        for first in range(0, len(pairs), AT_ONCE):
            some = pairs[first : first + AT_ONCE]
            names = {
                lang: ready({pair[place] for pair in some})
                for place, lang in enumerate(_FORMS)
            }
            made = [
                (press, _FORMS.index(press.lang), press.make(names[press.lang]))
                for press in self._presses
            ]
            for pair in some:
                yield _cheapest(
                    (press, found[pair[place]])
                    for press, place, found in made
                    if pair[place] in found
                )


def _cheapest(ways: Iterable[tuple[Press, Made]]) -> list[Plain]:
    """The cheapest of what presses, in the order of their names, make of a name."""
    costs: dict[str, int] = {}
    strains: dict[str, int] = {}
    origins: dict[str, str] = {}
    for press, made in ways:
        base, origin = press.cost, press.origin
        for cost, text in made:
            known = costs.get(text)
            if known is None:
                costs[text], origins[text] = cost, origin
                strains[text] = cost - base
                continue
            if cost < known:
                costs[text], origins[text] = cost, origin
            # Usual for one press is enough, though another makes it more cheaply.
            if cost - base < strains[text]:  # noqa: PLR1730 - asked very often
                strains[text] = cost - base
    ordered = sorted([(cost, text) for text, cost in costs.items()])[:MOST]
    return [(text, cost, origins[text], strains[text]) for cost, text in ordered]
