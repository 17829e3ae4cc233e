"""What is found out about tokens of misread text, remembered: most come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

LONGEST = 64  # longer tokens are not remembered
MOST = 4096  # so many are

Told = TypeVar("Told")


class Tokens(dict[str, Told]):
    """By token, what `tell` says of it."""

    def __init__(self, tell: Callable[[str], Told]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, token: str) -> Told:
        found = self._tell(token)
        if len(token) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[token] = found
        return found
