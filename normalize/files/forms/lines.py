"""Plain text of which each line is a text of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.files.values import Splice, Value, whole
from normalize.files.work import Made, Part


@dataclass(frozen=True)
class Lines:
    """Each line is a text of its own, as corpora of sentences have it."""

    whole: bool = False
    marks: bool = True

    def opened(self, name: str, head: str) -> Lines:
        """The same for every file."""
        del name, head
        return self

    def cut(self, held: str) -> int:
        """Behind the last line."""
        return held.rfind("\n") + 1

    def values(self, part: Part) -> Sequence[Value]:
        """The lines."""
        text = part.text
        found = []
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            stop = end - (text[end - 1 : end] == "\r" and end > start)
            if start < stop:
                found.append(whole(text[start:stop]).moved(start))
            start = end + 1
        return found

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """Nothing is written beside."""
        del part, made
        return None
