"""Whose anchors stand at a place, and the pivots of a kept profile file by file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

import regex

from normalize.engine.coder import LETTERS
from normalize.engine.pivots import PACKED, Pivots
from normalize.packing import pack, unpack


class Lot:
    """The large parts of all pivots of a file, packed until one of them is asked for.

    Most small texts have dates or sums of one language at most.
    """

    def __init__(self, pivots: Iterable[Pivots]) -> None:
        pivots = list(pivots)
        self._data = pack([tuple(getattr(p, name) for name in PACKED) for p in pivots])
        self.pivots = list(map(copy, pivots))  # without these parts
        for one in self.pivots:
            one.__dict__.update(_lot=self)
            for name in PACKED:
                del one.__dict__[name]

    def open(self) -> None:
        """Put the parts back; threads that do so at once put in the same."""
        for one, values in zip(self.pivots, unpack(self._data), strict=True):
            one.__dict__.update(zip(PACKED, values, strict=True))
            one.__dict__.pop("_lot", None)


class PivotTable:
    """Tells whose anchors stand at a place: whole words, or marks as they are.

    A scan looks for beginnings only, and most words that begin like a month are none.
    """

    def __init__(self, pivots: Iterable[Pivots]) -> None:
        self._words: dict[str, tuple[Pivots, ...]] = {}
        self._marks: dict[str, tuple[Pivots, ...]] = {}
        self.pivots = tuple(pivots)
        for one in self.pivots:
            for word in sorted(one.words):
                self._words[word] = (*self._words.get(word, ()), one)
            for mark in one.marks:
                self._marks[mark] = (*self._marks.get(mark, ()), one)
        # By first character, how long marks that begin with it are.
        self._sizes: dict[str, tuple[int, ...]] = {}
        for mark in sorted(self._marks, key=len):
            known = self._sizes.get(mark[0], ())
            if len(mark) not in known:
                self._sizes[mark[0]] = (*known, len(mark))

    def __getstate__(self) -> dict[str, Any]:
        """The table with the large parts of its pivots in a `Lot` for each file."""
        files: dict[int, list[Pivots]] = {}
        found: dict[Pivots, Pivots] = {}
        for one in self.pivots:
            if one not in found:
                found[one] = one
                if "_lot" not in one.__dict__:
                    files.setdefault(id(one._coder), []).append(one)  # noqa: SLF001
        for mine in files.values():
            # What knows the whole text knows all other pivots too.
            if not any(getattr(one.judge, "first_date", None) for one in mine):
                found.update(zip(mine, Lot(mine).pivots, strict=True))
        shells = found.__getitem__
        tables = {
            name: {key: tuple(map(shells, had)) for key, had in table.items()}
            for name, table in (("_words", self._words), ("_marks", self._marks))
        }
        pivots = tuple(map(shells, self.pivots))
        return {**self.__dict__, **tables, "pivots": pivots}

    def gates(self, owners: Sequence[Sequence[Pivots]]) -> dict[int, Any]:
        """By number of an anchor what must match where it stands, if that is known.

        `owners` are those whose anchors begin with it.
        """
        made: dict[str, Any] = {}
        gates: dict[int, Any] = {}
        for number, mine in enumerate(owners):
            sources = [pivot.gate for pivot in mine]
            if not mine or not all(sources):
                continue
            source = "|".join(dict.fromkeys(sources))
            if source not in made:
                made[source] = regex.compile(source)
            gates[number] = made[source]
        return gates

    def at(self, text: str, start: int) -> tuple[Pivots, ...]:
        """Those one of whose anchors stands at `start`."""
        found: tuple[Pivots, ...] = ()
        if text[start].isalpha() and not (start and text[start - 1].isalpha()):
            word = LETTERS.match(text, start)
            found = self._words.get(word[0], ()) if word is not None else ()
        for size in self._sizes.get(text[start], ()):
            marks = self._marks.get(text[start : start + size])
            if marks is not None:
                found += marks
        return found
