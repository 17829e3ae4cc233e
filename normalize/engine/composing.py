"""Marks that belong to the letter before them: composed into one character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from normalize.engine.matcher import Scattered, Scene

Form = Literal["NFC", "NFD"]
# More marks on one letter are no letter of any language (UAX 15, stream-safe text
# format, allows 30); they are left, so that the time stays linear.
MOST_MARKS = 30
MOST = 1024  # so many letters with marks are remembered


class Composer:
    """Brings a letter with the marks behind it into a Unicode normalization form.

    `marks` are the characters that may belong to the one before them, `singles`
    those that have another form by themselves. What holds one of `leave` once it
    is in that form is left as it was.
    """

    tells_beyond = True  # it looks at what is near only

    def __init__(
        self,
        form: Form,
        marks: Iterable[str],
        singles: Iterable[str],
        leave: Iterable[str],
        rank: int,
    ) -> None:
        self._form: Form = form
        self._marks = frozenset(marks)
        self._leave = frozenset(leave)
        self._rank = rank
        self._made: dict[str, str] = {}  # few letters have marks, and come again
        self.anchors: tuple[str, ...] = tuple(sorted(self._marks | set(singles)))

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_made": {}}

    def _make(self, before: str) -> str:
        """A letter with its marks as it is to be; itself where it is to stay."""
        after = unicodedata.normalize(self._form, before)
        if not self._leave.isdisjoint(after):
            after = before
        if len(self._made) >= MOST:
            self._made.clear()
        self._made[before] = after
        return after

    def find(self, scene: Scene, start: int) -> Sequence[Scattered]:
        """The letter to which the mark at `start` belongs, if its form is another."""
        text, marks = scene.text, self._marks
        begin = start
        if text[start] in marks:
            # All marks of a letter are settled with the first of them.
            if start and text[start - 1] in marks:
                return ()
            begin = max(0, start - 1)
        end = start + 1
        while end < len(text) and text[end] in marks:
            end += 1
            if end - start > MOST_MARKS:
                return ()
        before = text[begin:end]
        after = self._made.get(before)
        if after is None:
            after = self._make(before)
        if after == before:
            return ()
        return (Scattered(end, self._rank, ((begin, end, after, self._rank),)),)
