"""The automata that look for many strings at once, over strings or over bytes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import ahocorasick_rs

from normalize.engine.narrow import NEVER, Narrow, all_coded
from normalize.engine.seams import rare_ones, rare_places

# From this many strings on a table of all transitions no longer fits the caches: the
# compact automaton is as fast and a tenth of the size.
LARGE = 5000
# For strings, which short texts are searched for, it is as fast much earlier; a table
# for a thousand phrases takes six megabytes.
LARGE_STRINGS = 1000
FAR = 64  # so many characters without a byte hardly ever stand side by side
FILLED = 512  # up to so many strings without bytes are kept, as what is never found
# From so many strings on that stand at rare places only they are looked for there.
APART = 1000

Hit = tuple[int, int, int]  # number of the string, start, end
_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)
_start_of = itemgetter(1)
_place_of = itemgetter(1, 2)


class ByString:
    """Finds strings in a string; `overlapping`: all, else the first of each place."""

    def __init__(self, wanted: Sequence[str], *, overlapping: bool) -> None:
        self._overlapping = overlapping
        self._find = ahocorasick_rs.AhoCorasick(
            wanted,
            store_patterns=False,
            **_kind(len(wanted), LARGE_STRINGS, overlapping=overlapping),
        ).find_matches_as_indexes

    def hits(self, text: str) -> list[Hit]:
        """Every occurrence, ordered by start, the shorter first."""
        overlapping = self._overlapping
        try:
            hits = self._find(text, overlapping)
        except UnicodeEncodeError:
            # Lone surrogates have no UTF-8 form; no anchor holds one.
            hits = self._find(text.translate(_SURROGATES), overlapping)
        if overlapping and len(hits) > 1:
            hits.sort(key=_start_of)  # they come ordered by end
        return hits


class ByByte:
    """Finds all occurrences in a text that has a byte for each code point.

    What no bytes can tell is looked for as strings, around the characters without a
    byte; so are many strings that stand at rare places only. Many strings that begin
    with a capital are looked for apart from the others, since most letters of a text
    are small: the automaton hardly leaves its first state.
    """

    def __init__(self, every: Callable[[], Sequence[str]], code: str) -> None:
        wanted = every()
        self._every = every  # asked again for what is looked for as strings
        first, apart, others = array("I"), array("I"), array("I")
        forms = all_coded(wanted, code)
        self._chars = _beyond(wanted, forms)
        # Those are as if they had no bytes.
        rare = rare_ones(forms, code)
        self._rare = len(rare) >= APART
        for number in rare if self._rare else ():
            forms[number] = None
        large = len(forms) - forms.count(None) > LARGE
        for number, (form, anchor) in enumerate(zip(forms, wanted, strict=True)):
            if form is None:
                others.append(number)
            elif large and not anchor[0].isupper():
                apart.append(number)
            else:
                first.append(number)
        self._others = others
        self._reach = max((len(wanted[number]) for number in others), default=0)
        self._around: ByString | None = None  # made when needed
        never = bytes([NEVER[code]]) * FAR
        self._filled = frozenset[int]()  # numbers of those that are never found
        if not apart and len(wanted) - len(first) <= FILLED:
            # What holds all strings tells their numbers as they are.
            forms = [form or never for form in forms]
            first = array("I", range(len(wanted)))
            self._filled = frozenset(others)
        # What finds bytes, and the number of each string that it finds.
        self._finders = [
            (
                ahocorasick_rs.BytesAhoCorasick(
                    [forms[number] or never for number in numbers],
                    **_kind(len(numbers), LARGE, overlapping=True),
                ).find_matches_as_indexes,
                None if len(numbers) == len(wanted) else numbers,
            )
            for numbers in (first, apart)
            if numbers
        ]

    def hits(self, text: str, narrow: Narrow) -> list[Hit]:
        """Every occurrence, ordered by start, the shorter first."""
        hits: list[Hit] = []
        # Nothing of both begins at one place.
        for find, numbers in self._finders:
            found = find(narrow.data, overlapping=True)
            if numbers is None:
                hits += found
            else:
                hits += [(numbers[number], start, end) for number, start, end in found]
        if narrow.odd and self._filled:
            filled = self._filled
            hits = [hit for hit in hits if hit[0] not in filled]
        hits.sort(key=_start_of)
        odd = self._odd(text, narrow)
        if odd is None or odd:
            hits += self._beside(text, odd)
            hits.sort(key=_place_of)
        return hits

    def _odd(self, text: str, narrow: Narrow) -> Sequence[int] | None:
        """The places around which something is looked for as a string; None: all."""
        chars = self._chars
        odd = [at for at in narrow.odd if text[at] in chars]
        if not self._rare:
            return odd
        rare = rare_places(narrow.data, narrow.code)
        return None if rare is None else sorted({*odd, *rare}) if odd else rare

    def _beside(self, text: str, odd: Sequence[int] | None) -> list[Hit]:
        """What is found as a string around some places; None: in all of the text."""
        around = self._around
        if around is None:
            every = self._every()
            wanted = [every[number] for number in self._others]
            around = ByString(wanted, overlapping=True)
            self._around = around
        reach, numbers = self._reach, self._others
        if odd is None:
            return [(numbers[n], start, end) for n, start, end in around.hits(text)]
        found: list[Hit] = []
        start, stop = odd[0], odd[0] + 1
        for at in [*odd[1:], len(text) + 2 * reach]:
            if at - stop < 2 * reach:
                stop = at + 1
                continue
            first = max(0, start - reach)
            found += [
                (numbers[number], first + begin, first + end)
                for number, begin, end in around.hits(text[first : stop + reach])
            ]
            start, stop = at, at + 1
        return found


def _beyond(wanted: Sequence[str], forms: Sequence[bytes | None]) -> frozenset[str]:
    """All characters of the strings that have no bytes."""
    pairs = zip(wanted, forms, strict=True)
    return frozenset("".join(one for one, form in pairs if form is None))


def _kind(size: int, most: int, *, overlapping: bool) -> dict[str, Any]:
    kinds, forms = ahocorasick_rs.MatchKind, ahocorasick_rs.Implementation
    return {
        "matchkind": kinds.Standard if overlapping else kinds.LeftmostFirst,
        "implementation": forms.DFA if size <= most else forms.ContiguousNFA,
    }
