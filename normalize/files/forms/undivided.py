"""What forms share of which no part can be read by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Undivided:
    """A form that is read to its end: what a line is depends on those above it."""

    whole: bool = True
    marks: bool = True

    def opened(self, name: str, head: str) -> Self:
        """The same for every file."""
        del name, head
        return self

    def cut(self, held: str) -> int:
        """Nowhere."""
        del held
        return 0
