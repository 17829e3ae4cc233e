"""A table of very many words in a few strings of bytes, in which a word is looked up.

A `dict` of two hundred thousand words is made in a tenth of a second and takes 20 MB;
a text asks for a few thousand of them. So the table stays as it was kept, and answers
are remembered. Words are in buckets by a checksum, which is the same in every process.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from typing import Any, Generic, TypeVar
from zlib import crc32

MOST = 8192  # so many answers are remembered,
LONG = 64  # of words of so many code points at most
IN_BUCKET = 64  # so many words are in a bucket, more or less
# Bytes that no UTF-8 has: before a word, and between it and the number of its value.
_WORD, _NUMBER = b"\xff", b"\xfe"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Packed(Generic[Value]):
    """Words and their values, as they are kept.

    `words` are the words in UTF-8, bucket by bucket, each with the number of its value;
    `starts` is where each bucket begins and the last one ends, in bytes, four bytes of
    the machine each.
    """

    words: bytes
    starts: bytes
    values: tuple[Value, ...]


def packed(words: Mapping[Value, Iterable[str]]) -> Packed[Value]:
    """Each word with its value; a word that comes again has the last one."""
    numbers = {
        word: number for number, mine in enumerate(words.values()) for word in mine
    }
    count = max(1, len(numbers) // IN_BUCKET)
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    for word, number in numbers.items():
        key = _bytes(word)
        buckets[crc32(key) % count].append(b"\xff%b\xfe%d" % (key, number))
    parts = [b"".join(bucket) for bucket in buckets]
    starts = array("I", accumulate(map(len, parts), initial=0))
    # What is looked for in the last bucket ends with the beginning of a word too.
    return Packed(b"".join(parts) + _WORD, starts.tobytes(), tuple(words))


class Known(Mapping[str, Value]):
    """What each word of some packed tables has; of two tables the last one holds.

    `gone` are words in them that are not in this one.
    """

    def __init__(
        self, tables: Sequence[Packed[Value]], gone: Iterable[str] = ()
    ) -> None:
        self.asked = _Asked(tables, frozenset(gone))

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


class _Asked(dict[str, Value | None]):
    """What was asked for, with the answers: None for a word that is not there."""

    __slots__ = ("_tables", "gone", "tables")

    def __init__(self, tables: Sequence[Packed[Value]], gone: frozenset[str]) -> None:
        super().__init__()
        self.tables = tables
        self.gone = gone
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
                end = table.words.index(_WORD, at)
                return table.values[int(table.words[at:end])]
        return None


def _words(table: Packed[Value]) -> Iterator[str]:
    for entry in table.words[1:-1].split(_WORD) if len(table.words) > 1 else ():
        yield entry.partition(_NUMBER)[0].decode("utf-8", "surrogatepass")


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
