"""Where anchors stand in a text: the one pass over every character."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import Any, Protocol, TypeVar

from normalize.engine.automata import LARGE, ByString, Hit

# Up to this many one-character anchors, searching for each alone is faster than
# an automaton over all of them.
FEW = 8
# From this many anchors on, those that begin with one rare mark are cut to it.
MANY = 4
# So many code points are looked through with a table before a large automaton is made:
# a small file takes less time in all.
SMALL = 16_000
KEPT = 1000  # so many anchors are kept split
COMMON_MARKS = frozenset(".,-'\"")

# Beginnings and whole words with their numbers, and the lengths of both.
Table = tuple[dict[str, int], dict[str, int], list[int]]
# By first letter: the anchors, with NUL between, and the number of the first of them.
Joined = Mapping[str, tuple[str, int]]
# What is split when one of them is needed.
_SPLIT = ("anchors", "begun", "whole")
_start_of = itemgetter(1)


class HasAnchors(Protocol):
    """Anything that is looked for by anchors; compared by identity."""

    @property
    def anchors(self) -> Sequence[str]: ...


Anchored = TypeVar("Anchored", bound=HasAnchors)


class Scanner:
    """Finds all occurrences of a set of anchors, overlapping ones too.

    `begun` are the beginnings of matches; of two of which one begins with the other
    the shorter is kept. `whole` are words that are looked for as they are; their
    numbers follow those of the others.
    """

    def __init__(self, anchors: Iterable[str], whole: Iterable[str] = ()) -> None:
        self.begun: tuple[str, ...] = _prefix_free(_thinned(set(anchors)))
        firsts = {anchor[0] for anchor in self.begun}
        if not whole and len(firsts) <= FEW and all(map(_is_rare, firsts)):
            self.begun = tuple(sorted(firsts))  # searching for a mark costs nothing
        self.whole: tuple[str, ...] = tuple(sorted(set(whole)))
        self.anchors: tuple[str, ...] = self.begun + self.whole
        self.has_ascii = any(anchor.isascii() for anchor in self.anchors)
        longest = max(map(len, self.anchors), default=0)
        self.size = len(self.anchors)
        self._few = longest <= 1 and self.size <= FEW
        # Anchors of one character can't overlap, and leftmost search may then
        # skip ahead with vector instructions.
        self._overlapping = longest > 1
        self._automaton: ByString | None = None  # made when needed
        self._tables: dict[str, Table] = {}  # by first letter; and so are these
        self._seen = 0  # code points that it looked through

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "_automaton": None, "_tables": {}, "_seen": 0}
        # Few strings are read back at once, and so many only when they are needed.
        if "_joined" not in state and not any("\0" in a for a in self.anchors):
            begun = self.begun
            state["_joined"] = _joined(begun, 0), _joined(self.whole, len(begun))
        if "_joined" in state:
            for name in _SPLIT:
                state.pop(name, None)
        return state

    def __getattr__(self, name: str) -> Any:
        """What is joined, which takes much less memory, split again."""
        if name not in _SPLIT or "_joined" not in self.__dict__:
            raise AttributeError(name)
        begun, whole = self.__dict__["_joined"]
        if name == "anchors":
            found = _split(begun) + _split(whole)
        else:
            found = _split(begun if name == "begun" else whole)
        if self.size <= KEPT:  # few take no memory
            self.__dict__[name] = found
        return found

    @property
    def by_byte(self) -> bool:
        """Whether it is worth while to have the bytes of a long text."""
        return self._overlapping

    def dispatch(self, owners: Sequence[Anchored]) -> list[tuple[Anchored, ...]]:
        """For each beginning, by number, the owners of anchors that begin with it."""
        numbers = {anchor: number for number, anchor in enumerate(self.begun)}
        found: list[tuple[Anchored, ...]] = [()] * len(self.begun)
        for owner in owners:
            alone = (owner,)
            for anchor in owner.anchors:
                # Most anchors are there as they are, and then no beginning of them is.
                number = numbers.get(anchor, -1)
                if number < 0:
                    ends = range(1, len(anchor) + 1)
                    number = next(
                        numbers[anchor[:n]] for n in ends if anchor[:n] in numbers
                    )
                if not found[number]:
                    found[number] = alone
                elif found[number][-1] is not owner:
                    found[number] += alone
        return found

    def hits(self, text: str, odd: frozenset[str] | None = None) -> list[Hit]:
        """(anchor number, start, end) of every occurrence, ordered by start.

        `odd` are all characters of the text beyond ASCII, where they are known.
        """
        if not self.has_ascii and text.isascii():
            return []
        if self.size <= FEW:
            # Most texts have none of so few.
            for anchor in self.anchors:
                if anchor in text:
                    break
            else:
                return []
            if self._few:
                return _search(text, enumerate(self.anchors))
        if odd is not None and not (self.has_ascii or self._overlapping):
            there = odd.intersection(self.anchors)
            if len(there) <= FEW:
                return _search(text, [(self.anchors.index(c), c) for c in there])
        automaton = self._automaton
        if automaton is None:
            if self._overlapping and self.size > LARGE:
                self._seen += len(text)
                if self._seen <= SMALL:
                    return self._looked_up(text)
            automaton = self._compiled()
        return automaton.hits(text)

    def _compiled(self) -> ByString:
        """The automaton; threads that make it at once make the same."""
        made = ByString(self.anchors, overlapping=self._overlapping)
        self._automaton = made
        self._tables = {}
        return made

    def _looked_up(self, text: str) -> list[Hit]:
        """The hits as an automaton gives them: of those at one place shorter first."""
        tables = self._tables  # another thread may drop them
        for letter in set(text):
            if letter not in tables:
                tables[letter] = self._beginning_with(letter)
        hits: list[Hit] = []
        for start, letter in enumerate(text):
            begun, whole, sizes = tables[letter]
            for size in sizes:
                word = text[start : start + size]
                # At the end of the text it is cut, and may be a shorter anchor.
                if len(word) < size:
                    break
                if word in begun:
                    hits.append((begun[word], start, start + size))
                if word in whole:
                    hits.append((whole[word], start, start + size))
        return hits

    def _beginning_with(self, letter: str) -> Table:
        """The anchors that begin with a letter: most texts have few letters."""
        if "_joined" in self.__dict__:
            begun, whole = (_of_letter(letter, joined) for joined in self._joined)
        else:
            begun = _with_first(letter, self.begun, 0)
            whole = _with_first(letter, self.whole, len(self.begun))
        return begun, whole, sorted({*map(len, begun), *map(len, whole)})


def _search(text: str, chars: Iterable[tuple[int, str]]) -> list[Hit]:
    """The hits of a few characters, each with its number."""
    hits: list[Hit] = []
    used = 0
    for number, char in chars:
        start = text.find(char)
        used += start >= 0
        while start >= 0:
            hits.append((number, start, start + 1))
            start = text.find(char, start + 1)
    if used > 1:
        hits.sort(key=_start_of)
    return hits


def _joined(anchors: Sequence[str], number: int) -> Joined:
    """Anchors in order, joined by first letter; `number` is that of the first one."""
    found = {}
    for letter, group in groupby(anchors, key=itemgetter(0)):
        mine = tuple(group)
        found[letter] = "\0".join(mine), number
        number += len(mine)
    return found


def _split(joined: Joined) -> tuple[str, ...]:
    """The anchors again."""
    return tuple(word for text, _ in joined.values() for word in text.split("\0"))


def _of_letter(letter: str, joined: Joined) -> dict[str, int]:
    """The anchors that begin with a letter, with their numbers."""
    if letter not in joined:
        return {}
    text, number = joined[letter]
    return {anchor: i for i, anchor in enumerate(text.split("\0"), number)}


def _with_first(letter: str, anchors: Sequence[str], number: int) -> dict[str, int]:
    """The anchors, in order, that begin with a letter, with their numbers."""
    low = bisect_left(anchors, letter)
    mine = takewhile(lambda anchor: anchor[0] == letter, islice(anchors, low, None))
    return {anchor: i for i, anchor in enumerate(mine, number + low)}


def _thinned(anchors: set[str]) -> set[str]:
    """The anchors with many that begin with one rare mark cut to that mark.

    A small automaton scans faster than a large one, and a rare mark gives few
    candidates by itself.
    """
    firsts = Counter(anchor[0] for anchor in anchors)
    rare = {c for c, n in firsts.items() if n > MANY and _is_rare(c)}
    return {anchor[0] if anchor[0] in rare else anchor for anchor in anchors}


def _is_rare(char: str) -> bool:
    return not (char.isalnum() or char.isspace() or char in COMMON_MARKS)


def _prefix_free(anchors: Iterable[str]) -> tuple[str, ...]:
    """The anchors without those that begin with another of them."""
    kept: list[str] = []
    for anchor in sorted(set(anchors)):
        if not kept or not anchor.startswith(kept[-1]):
            kept.append(anchor)
    return tuple(kept)
