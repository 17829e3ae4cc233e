"""Spellings of many names, kept from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

from normalize.kinds.builder import Job, Keep
from normalize.kinds.spelling.making import Pair, Spellings
from normalize.kinds.spelling.model import SpellingRule
from normalize.packing import naming

# Fewer names are made in less time than a file takes.
WORTH_KEEPING = 50
# How many names are kept together, more or less.
PART = 64


def _digest(habits: Sequence[tuple[str, SpellingRule]]) -> bytes:
    """What tells these habits from others, wherever they were read from."""
    return sha256(naming(tuple(habits))).digest()


def _parts(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """The names in parts; where one ends is told by its last name alone."""
    part: list[Pair] = []
    for pair in pairs:
        part.append(pair)
        if crc32(repr(pair).encode()) % PART == 0:
            yield part
            part = []
    if part:
        yield part


class Row(NamedTuple):
    """The spellings of one name, best first, with the cost and strain of each."""

    joined: str
    costs: tuple[int, ...]
    strains: tuple[int, ...]

    @property
    def texts(self) -> list[str]:
        """The spellings themselves."""
        return self.joined.split("\n") if self.joined else []

    def parts(self) -> Iterator[tuple[str, int, int]]:
        """Each spelling with its cost and strain."""
        return zip(self.texts, self.costs, self.strains, strict=True)


class KeptSpellings:
    """The spellings of the names of a stage.

    What `learn` is told of at once is kept in parts that have nothing to do with what
    stands before or behind: another file costs its own names only, and a name that
    is changed in a long file the few that are kept with it.
    """

    def __init__(
        self, habits: Sequence[tuple[str, SpellingRule]], keep: Keep | None = None
    ) -> None:
        self._spellings = Spellings(habits)
        self._keep = keep
        self._habits = _digest(habits) if keep is not None else b""
        self._rows: dict[Pair, Row] = {}

    def learn(self, pairs: Iterable[Pair]) -> None:
        """Make the spellings of these names, or take those that were kept."""
        wanted = list(dict.fromkeys(pairs))
        if self._keep is None or len(wanted) < WORTH_KEEPING:
            self._make(wanted)
            return
        for part in _parts(wanted):
            if not self._rows.keys() >= set(part):
                kept = self._keep(*self._job(part))
                self._rows.update(zip(part, kept, strict=True))

    def ahead(self, pairs: Iterable[Pair]) -> Iterator[Job]:
        """What `learn` will ask to be kept when it is told of these names."""
        wanted = list(dict.fromkeys(pairs))
        if self._keep is not None and len(wanted) >= WORTH_KEEPING:
            yield from map(self._job, _parts(wanted))

    def _job(self, part: list[Pair]) -> Job:
        # All of it: what other files have in common with it is no reason to miss.
        return self._habits + repr(part).encode(), partial(self._make, part)

    def _make(self, pairs: Sequence[Pair]) -> list[Row]:
        missing = [pair for pair in pairs if pair not in self._rows]
        for pair, made in zip(missing, self._spellings.all_of(missing), strict=True):
            texts, costs, _, strains = zip(*made, strict=True) if made else ((),) * 4
            self._rows[pair] = Row("\n".join(texts), costs, strains)
        return [self._rows[pair] for pair in pairs]

    def of(self, uk: str, ru: str) -> Row:
        """The spellings of a name with these forms."""
        if (uk, ru) not in self._rows:
            self.learn([(uk, ru)])
        return self._rows[uk, ru]
