"""A memory of one text for what its stretches come to, where they come again.

It is made for one look at one text, so a text pays and gains by itself; where hardly
anything comes again, nothing more is asked or kept.
"""

from __future__ import annotations

from typing import Any

MOST = 1024  # so many stretches are remembered
# After so many questions at least one of SHARE must have been known.
TRIES = 128
SHARE = 4


class Recall:
    """What stretches of a text came to."""

    __slots__ = ("_asked", "_found", "_known")

    def __init__(self) -> None:
        self._known: dict[object, Any] = {}
        self._asked = self._found = 0

    def pays(self) -> bool:
        """Whether it is worth to ask."""
        return self._asked < TRIES or self._found * SHARE >= self._asked

    def get(self, stretch: object) -> Any:
        """What the stretch came to; None: that is not known."""
        self._asked += 1
        known = self._known.get(stretch)
        if known is not None:
            self._found += 1
        return known

    def keep(self, stretch: object, made: object) -> None:
        """Remember what a stretch came to, which is not None."""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[stretch] = made
