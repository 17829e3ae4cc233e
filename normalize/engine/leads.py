"""What may stand before an anchor, told by what follows it.

Where sums stand side by side each sign has a number before it, of another sum; what is
behind the sign tells that no pattern with a number before it fits there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex


class Leads:
    """Patterns, read backwards, of what may stand before an anchor.

    `sources` are those of what follows an anchor in a coded text (empty: anything),
    each with that of what may stand before it then.
    """

    def __init__(self, sources: Sequence[tuple[str, str]]) -> None:
        self._before = [before for _, before in sources]
        # An empty group for each that follows.
        told = "".join(f"(?:(?={behind}())|)" for behind, _ in sources)
        self._behind = regex.compile(told)
        self._made: dict[tuple[str | None, ...], Any] = {}

    def at(self, coded: str, anchor: int) -> Any:
        """The pattern for what stands before the anchor; it fits nothing as well."""
        found = self._behind.match(coded, anchor)
        fits = found.groups() if found is not None else ()
        made = self._made.get(fits)
        if made is None:
            rows = zip(self._before, fits, strict=True)
            mine = [before for before, fit in rows if fit is not None]
            source = f"(?r)(?:{'|'.join([*mine, ''])})"
            made = self._made[fits] = regex.compile(source, regex.POSIX)
        return made
