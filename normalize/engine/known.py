"""A table of very many words in a few strings of bytes, in which a word is looked up.

A `dict` of two hundred thousand words is made in a tenth of a second and takes 20 MB,
their values 9 MB; a text asks for a few thousand of them. So the table stays as it was
kept, and answers are remembered. Words are in buckets by a checksum, which is the same
in every process.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import Any, TypeVar
from zlib import crc32

MOST = 8192  # so many answers are remembered,
LONG = 64  # of words of so many code points at most
IN_BUCKET = 64  # so many words are in a bucket, more or less
# Bytes that no UTF-8 has: before a word, and between it and the number of its value.
_WORD, _NUMBER = b"\xff", b"\xfe"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Packed:
    """Words and their values, as they are kept.

    `words` are the words in UTF-8, bucket by bucket, each with the number of its value;
    `starts` is where each bucket begins and the last one ends, in bytes, four bytes of
    the machine each. `values` are written as JSON, `ends` is where they lie alike.
    """

    words: bytes
    starts: bytes
    values: bytes
    ends: bytes


def packed(words: Mapping[Value, Iterable[str]]) -> Packed:
    """Each word with its value; a word that comes again has the last one.

    Values are plain data: texts, numbers, tuples of them.
    """
    numbers = {
        word: number for number, mine in enumerate(words.values()) for word in mine
    }
    count = max(1, len(numbers) // IN_BUCKET)
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    for word, number in numbers.items():
        key = _bytes(word)
        buckets[crc32(key) % count].append(b"\xff%b\xfe%d" % (key, number))
    parts = [b"".join(bucket) for bucket in buckets]
    values = [json.dumps(value, separators=(",", ":")).encode() for value in words]
    # What is looked for in the last bucket ends with the beginning of a word too.
    every = b"".join(parts) + _WORD
    return Packed(every, _places(parts), b"".join(values), _places(values))


def _places(parts: Sequence[bytes]) -> bytes:
    """Where each part begins and the last one ends when all are joined."""
    return array("I", accumulate(map(len, parts), initial=0)).tobytes()


class Known(Mapping[str, Value]):
    """What each word of some packed tables has; of two tables the last one holds.

    `gone` are words in them that are not in this one. `read` makes a value of what
    JSON has for it: lists where tuples were.
    """

    def __init__(
        self,
        tables: Sequence[Packed],
        gone: Iterable[str] = (),
        *,
        read: Callable[[Any], Value],
    ) -> None:
        self.asked = _Asked(tables, frozenset(gone), read)

    def __getitem__(self, word: str) -> Value:
        value = self.asked[word]
        if value is None:
            raise KeyError(word)
        return value

    def get(self, word: str, default: Any = None) -> Any:
        """What the table has for a word, without an error on the way."""
        value = self.asked[word]
        return default if value is None else value

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.asked[word] is not None

    def __iter__(self) -> Iterator[str]:
        """All words, each once; this reads all of the tables."""
        every = dict.fromkeys(chain.from_iterable(map(_words, self.asked.tables)))
        return iter([word for word in every if word not in self.asked.gone])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> ItemsView[str, Value]:
        """All words with their values, each value made once: words share it."""
        found: dict[str, Value] = {}
        for table in self.asked.tables:
            found.update(_entries(table, self.asked.read))
        return {w: v for w, v in found.items() if w not in self.asked.gone}.items()


class _Asked(dict[str, Value | None]):
    """What was asked for, with the answers: None for a word that is not there."""

    __slots__ = ("_tables", "gone", "read", "tables")

    def __init__(
        self,
        tables: Sequence[Packed],
        gone: frozenset[str],
        read: Callable[[Any], Value],
    ) -> None:
        super().__init__()
        self.tables = tables
        self.gone = gone
        self.read = read
        newest = reversed(tables)
        self._tables = [(each, memoryview(each.starts).cast("I")) for each in newest]

    def __missing__(self, word: str) -> Value | None:
        found = self._found(word)
        if len(word) <= LONG:
            if len(self) >= MOST:
                self.clear()  # threads at worst look something up twice
            self[word] = found
        return found

    def _found(self, word: str) -> Value | None:
        if word in self.gone:
            return None
        key = _bytes(word)
        sought = b"\xff%b\xfe" % key
        for table, starts in self._tables:
            bucket = crc32(key) % (len(starts) - 1)
            at = table.words.find(sought, starts[bucket], starts[bucket + 1])
            if at >= 0:
                at += len(sought)
                number = int(table.words[at : table.words.index(_WORD, at)])
                return self.read(_value(table, number))
        return None


def _value(table: Packed, number: int) -> Any:
    """A value as JSON has it."""
    places = memoryview(table.ends).cast("I")
    return json.loads(table.values[places[number] : places[number + 1]])


def _words(table: Packed) -> Iterator[str]:
    for entry in table.words[1:-1].split(_WORD) if len(table.words) > 1 else ():
        yield entry.partition(_NUMBER)[0].decode("utf-8", "surrogatepass")


def _entries(
    table: Packed, read: Callable[[Any], Value]
) -> Iterator[tuple[str, Value]]:
    """All words of a table with their values."""
    made: dict[bytes, Value] = {}
    for entry in table.words[1:-1].split(_WORD) if len(table.words) > 1 else ():
        word, _, number = entry.partition(_NUMBER)
        if number not in made:
            made[number] = read(_value(table, int(number)))
        yield word.decode("utf-8", "surrogatepass"), made[number]


def _bytes(word: str) -> bytes:
    """A word in UTF-8; halves of a pair, which a text may hold, are written too."""
    return word.encode("utf-8", "surrogatepass")


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
