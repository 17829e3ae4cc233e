"""A table of very many words, filled in by their beginnings while few are asked for.

A text of some lines asks for words that begin in few ways, and is done before a table
of a hundred thousand words would be made.
"""

from __future__ import annotations

from collections.abc import (
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from itertools import chain, repeat
from typing import Any, TypeVar

HEAD = 2  # so many letters are the beginning of a word
FEW = 2000  # after so many questions all words are put in

Value = TypeVar("Value")
# By the beginning of words: words with a space between them, and their value.
Groups = Mapping[str, Sequence[tuple[str, Value]]]


def grouped(words: Mapping[Value, Iterable[str]]) -> Groups[Value]:
    """Words that have the same value, by their beginnings."""
    found: dict[str, list[tuple[str, Value]]] = {}
    for value, mine in words.items():
        parts: dict[str, list[str]] = {}
        for word in mine:
            parts.setdefault(word[:HEAD], []).append(word)
        for head, part in parts.items():
            found.setdefault(head, []).append((" ".join(part), value))
    return {head: tuple(part) for head, part in found.items()}


def joined(groups: Groups[Value], more: Groups[Value]) -> Groups[Value]:
    """The groups of both; what the second ones say of a word holds."""
    return {**groups, **{h: (*groups.get(h, ()), *g) for h, g in more.items()}}


def table(groups: Sequence[tuple[str, Value]]) -> dict[str, Value]:
    """Each word of the groups, which have one space between words, with their value.

    All words are cut at once.
    """
    if not groups:
        return {}
    every = " ".join([words for words, _ in groups]).split(" ")
    sizes = [words.count(" ") + 1 for words, _ in groups]
    values = [value for _, value in groups]
    return dict(
        zip(every, chain.from_iterable(map(repeat, values, sizes)), strict=True)
    )


class Known(dict[str, Value]):
    """The table with all words in it."""

    __slots__ = ("_asked", "_closed", "_gone")


class Opening(Known[Value]):
    """The table while words are put in: it becomes a `Known` when all of them are.

    `gone` are words in the groups that are not in the table.
    """

    __slots__ = ()

    def __init__(self, groups: Groups[Value], gone: Iterable[str] = ()) -> None:
        super().__init__()
        self._closed = dict(groups)
        self._gone = frozenset(gone)
        self._asked = 0

    def _open(self, head: str) -> None:
        """Put in the words with this beginning; threads put in the same."""
        groups = self._closed.get(head)
        if groups is None:
            return
        found = table(groups)
        for word in self._gone.intersection(found):
            del found[word]
        self.update(found)
        self._closed.pop(head, None)  # the last, since others may look at it

    def _all(self) -> Known[Value]:
        for head in list(self._closed):
            self._open(head)
        self.__class__ = Known  # type: ignore[assignment]
        return self

    def _ask(self, word: object) -> None:
        self._asked += 1
        if self._asked > FEW:
            self._all()
        elif isinstance(word, str):
            self._open(word[:HEAD])

    def get(self, word: str, default: Any = None) -> Any:
        """What the table has for a word."""
        self._ask(word)
        return dict.get(self, word, default)

    def __getitem__(self, word: str) -> Value:
        self._ask(word)
        return dict.__getitem__(self, word)

    def __contains__(self, word: object) -> bool:
        self._ask(word)
        return dict.__contains__(self, word)

    # What looks at all words has them all.

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == other

    __hash__ = None  # type: ignore[assignment]

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        """The words; what has some in common with them asks for these."""
        return KeysView(self)

    def values(self) -> ValuesView[Value]:  # type: ignore[override]
        """What the table has for each."""
        return self._all().values()

    def items(self) -> ItemsView[str, Value]:  # type: ignore[override]
        """Both."""
        return self._all().items()
