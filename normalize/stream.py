"""A text in chunks, with the same result as the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normalize.engine.words import BREAK
from normalize.spans import Span


class Stream:
    """Takes a text in chunks and gives out what is settled.

    Text is held back to the last blank line outside an open block, since no
    rule looks across one. `feed` returns the next part of the output, `close`
    the rest; joined they equal the output for the whole text.
    """

    def __init__(
        self,
        normalize: Callable[[str], str],
        blocks: Callable[[str], Sequence[Span]],
    ) -> None:
        self._normalize = normalize
        self._blocks = blocks
        self._held = ""
        self._searched = 0
        self._closed = False

    def feed(self, chunk: str) -> str:
        """The part of the output that this chunk settles; may be empty.

        Raises:
            ValueError: the stream is closed.
        """
        if self._closed:
            raise ValueError("the stream is closed")
        self._held += chunk
        cut = self._cut()
        if cut == 0:
            return ""
        ready, self._held = self._held[:cut], self._held[cut:]
        self._searched = 0
        return self._normalize(ready)

    def close(self) -> str:
        """The rest of the output; the stream takes no more."""
        ready, self._held, self._closed = self._held, "", True
        return self._normalize(ready)

    def _cut(self) -> int:
        """Where the held text may be cut: behind the last sure blank line."""
        breaks = [
            found.end()
            for found in BREAK.finditer(self._held, self._searched)
            # A break at the very end may go on in the next chunk.
            if found.end() < len(self._held)
        ]
        # Look again from the last line end but one: a break may be half here.
        if not breaks:
            tail = self._held.rstrip(" \t\r\n")
            self._searched = max(self._searched, len(tail) - 1, 0)
            return 0
        blocks = self._blocks(self._held)
        for cut in reversed(breaks):
            if not any(span.start < cut < span.end for span in blocks):
                return cut
        return 0
