"""Short texts worked on together: a call of its own costs more than the work on each.

They are joined by blank lines. No rule looks across one and none touches one, so each
becomes what it becomes alone, as long as it neither begins nor ends with white space
in any stage: that would be part of the blank line. What may begin a block of markup,
which a blank line does not end, is left to calls of its own, and so is what has a
blank line itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import length_hint
from typing import TYPE_CHECKING, Protocol

from normalize.errors import NormalizeError

if TYPE_CHECKING:
    from normalize.plan import Compiled

Text = str | None

BATCH = 1024  # so many texts are read at a time
SHORT = 1000  # code points; for longer texts a call of their own is cheap
# So many texts take as much longer by themselves as it takes to make what long texts
# are looked through with.
FIRST = 5000
LEAST = 8  # fewer are not worth the joining
BREAK = "\n\n"
EDGES = (BREAK, "")  # what stands beside a joined text

Edits = Sequence[tuple[int, int, str, int]]


class Worker(Protocol):
    """Makes of a text what it becomes, by what runs; a `Normalizer` is one."""

    @property
    def compiled(self) -> Compiled: ...

    def __call__(self, text: Text, /) -> Text: ...


def are_at_hand(texts: Iterable[Text]) -> bool:
    """Whether the texts are there already, so that reading some ahead waits for none.

    Such as those of a list. What makes them one by one may wait for the last result.
    """
    return length_hint(texts) >= LEAST


class Together:
    """Works on many texts; knows how many came, and nothing of what they were."""

    __slots__ = ("_alone",)

    def __init__(self) -> None:
        self._alone = 0

    def each(self, worker: Worker, texts: Iterable[Text]) -> Iterator[Text]:
        """What the worker makes of each of the texts, in order.

        At most `BATCH` of them are read ahead. An error comes when its turn comes.
        """
        return chain.from_iterable(self._batches(worker, iter(texts)))

    def _batches(
        self, worker: Worker, source: Iterator[Text]
    ) -> Iterator[Iterable[Text]]:
        failed: Exception | None = None
        while failed is None:
            batch, failed = taken(source, BATCH)
            if not batch:
                break
            yield self._batch(worker, batch)
        if failed is not None:
            raise failed

    def _batch(self, worker: Worker, texts: Sequence[Text]) -> Iterable[Text]:
        """What the worker makes of each of a few texts, in order."""
        if self._alone < FIRST:
            self._alone += len(texts)
            return map(worker, texts)
        made = _joined(worker.compiled, texts)
        if len(made) == len(texts):
            return made.values()
        numbered = enumerate(texts)
        return (made[n] if n in made else worker(text) for n, text in numbered)


def taken(source: Iterator[Text], most: int) -> tuple[list[Text], Exception | None]:
    """The next texts, at most so many, and the error that ended them, if one did.

    What came before the error is still to be given out.
    """
    batch: list[Text] = []
    try:
        batch.extend(islice(source, most))  # keeps what came before an error
    except Exception as error:  # noqa: BLE001 - handed on when its turn comes
        return batch, error
    return batch, None


def _joined(compiled: Compiled, texts: Sequence[Text]) -> Mapping[int, str]:
    """What becomes of those texts, by number, that are surely the same as alone."""
    if compiled.whole_text:
        return {}
    mine = _apart(texts)
    joined = BREAK.join(mine.values())
    marks = compiled.blocks.scanner
    if marks.hits(joined):
        mine = {n: text for n, text in mine.items() if not marks.hits(text)}
        joined = BREAK.join(mine.values())
    if len(mine) < LEAST:
        return {}
    parts = _Parts(len(mine))
    try:
        done = parts.split(compiled.run(joined, parts.look))
    except NormalizeError:
        return {}  # it comes again when its turn comes
    # What stays as it was is not kept twice.
    made = {
        number: before if before == after else after
        for (number, before), after in zip(mine.items(), done, strict=True)
    }
    if parts.lost:
        numbers = list(mine)
        for place in parts.lost:
            del made[numbers[place]]
    return made


def _apart(texts: Sequence[Text]) -> dict[int, str]:
    """Those texts, by number, of which blank lines around them are no part."""
    mine = {n: t for n, t in enumerate(texts) if type(t) is str and len(t) <= SHORT}
    found = list(mine.values())
    # Mostly all of them are so, which is known without a look at each.
    if "" in found or list(map(str.strip, found)) != found:
        mine = {n: text for n, text in mine.items() if text and text == text.strip()}
        found = list(mine.values())
    if "\n" in "\0".join(found):
        mine = {n: text for n, text in mine.items() if _keeps_lines(text)}
    return mine


def _keeps_lines(text: str) -> bool:
    """Whether a text has no blank line, and surely none when it is cleaned."""
    return "\n" not in text or (
        BREAK not in text and text.replace("\n", "").isprintable()
    )


class _Parts:
    """Joined texts, stage after stage: which may have become something else alone."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.lost: Collection[int] = ()  # their numbers

    def look(self, before: str, edits: Edits | None, after: str) -> None:
        """See what a stage made of them; without edits, if all may have changed."""
        if edits is None or _may_bare(before, edits):
            self.split(after)

    def split(self, joined: str) -> Sequence[str]:
        """What each of them is now."""
        parts = joined.split(BREAK)
        if len(parts) != self._size or BREAK + "\n" in joined:
            # A blank line was written, or a text begins or ends with a line end now.
            self.lost = range(self._size)
            return [""] * self._size
        bare = list(map(str.strip, parts))
        if bare != parts:
            pairs = enumerate(zip(parts, bare, strict=True))
            self.lost = {*self.lost, *(n for n, (part, rest) in pairs if part != rest)}
        return parts


def _may_bare(text: str, edits: Edits) -> bool:
    """Whether one of the joined texts may begin or end with white space then."""
    for start, end, after, _ in edits:
        if after and not (after[0].isspace() or after[-1].isspace()):
            continue
        if text[start - 2 : start] in EDGES or text[end : end + 2] in EDGES:
            return True
    return False
