"""A text in chunks, with the same result as the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normalize.engine.words import breaks
from normalize.errors import not_a_text
from normalize.spans import Span

# How many code points must come in before a cut is looked for again.
MIN_GROWTH = 64


class Stream:
    """Takes a text in chunks and gives out what is settled.

    Text is held back to the last blank line outside an open block, since no
    rule looks across one, and a little more, so that the work stays in
    proportion to the text. `feed` returns the next part of the output, `close`
    the rest; joined they equal the output for the whole text.
    """

    def __init__(
        self,
        normalize: Callable[[str], str],
        blocks: Callable[[str], Sequence[Span]],
    ) -> None:
        self._normalize = normalize
        self._blocks = blocks
        self._parts: list[str] = []
        self._size = 0  # code points held
        self._look_at = 0  # from how many on it is worth to look for a cut
        self._closed = False

    def feed(self, chunk: str) -> str:
        """The part of the output that this chunk settles; may be empty.

        Raises:
            ValueError: the stream is closed.
            TypeError: the chunk is not a str.
        """
        if self._closed:
            raise ValueError("the stream is closed")
        if not isinstance(chunk, str):
            raise not_a_text(chunk)
        self._parts.append(chunk)
        self._size += len(chunk)
        if self._size < self._look_at:
            return ""
        held = "".join(self._parts)
        cut = settled(held, self._blocks)
        self._parts = [held[cut:]]
        self._size = len(held) - cut
        # A look costs as much as the text is long: wait until it has grown.
        self._look_at = self._size + max(MIN_GROWTH, self._size // 4)
        return self._normalize(held[:cut]) if cut else ""

    def close(self) -> str:
        """The rest of the output; the stream takes no more."""
        held = "".join(self._parts)
        self._parts, self._closed = [], True
        return self._normalize(held)


def settled(held: str, blocks: Callable[[str], Sequence[Span]]) -> int:
    """How much of a text can't change whatever comes behind it.

    That is up to behind the last sure blank line outside every block; 0 for nothing.
    """
    # A break with only white space behind it may go on in the next chunk.
    cuts = [end for _, end in breaks(held)]
    if cuts and not held[cuts[-1] :].strip():
        cuts.pop()
    if not cuts:
        return 0
    spans = blocks(held)
    for cut in reversed(cuts):
        if not any(span.start < cut < span.end for span in spans):
            return cut
    return 0
