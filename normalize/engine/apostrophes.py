"""Marks for the apostrophe inside words, told by the language of the word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Scene

REACH = 64  # code points of a word that are looked at, to either side
_BACK = regex.compile(r"(?r)(?:[\p{L}\p{M}]|(?<=\p{L})[^\w\s](?=\p{L}))+")
_AHEAD = regex.compile(r"(?:[\p{L}\p{M}]|(?<=\p{L})[^\w\s](?=\p{L}))+")


class Apostrophes:
    """A mark between two letters, in words of one language.

    `own` fits the letters that tell a word of the language, `other` those that tell
    one of another. Where the word has neither, its paragraph decides by which it has
    more of, then by its language, and where nobody can tell that, `otherwise`.
    """

    def __init__(
        self,
        after: Iterable[str],
        mark: tuple[regex.Pattern[str], Iterable[str]],
        output: str,
        *,
        own: regex.Pattern[str] | None,
        other: regex.Pattern[str] | None,
        language: str,
        otherwise: bool,
        guard: Guard | None,
        rank: int,
    ) -> None:
        self._mark, beginnings = mark
        marks = tuple(beginnings)
        self.anchors: tuple[str, ...] = tuple(
            sorted(f"{letter}{mark}" for letter in after for mark in marks)
        )
        self._output = output
        self._own, self._other = own, other
        self._language = language
        self._otherwise = otherwise
        self._guard = guard
        self._rank = rank

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The mark behind the letter at `start`."""
        text = scene.text
        match = self._mark.match(text, start + 1)
        if match is None:
            return ()
        begin, end = match.span()
        if self._guard is not None and not self._guard.allows(scene, begin, end):
            return ()
        if not self._is_mine(scene, begin, end):
            return ()
        before, after = match[0], self._output
        pieces = () if before == after else ((begin, end, after, self._rank),)
        return ((end, self._rank, pieces),)

    def _is_mine(self, scene: Scene, begin: int, end: int) -> bool:
        if self._own is None or self._other is None:
            return True
        text = scene.text
        back = _BACK.match(text, max(0, begin - REACH), begin)
        ahead = _AHEAD.match(text, end, end + REACH)
        word = (back[0] if back else "") + (ahead[0] if ahead else "")
        own = self._own.search(word) is not None
        if own != (self._other.search(word) is not None):
            return own
        place = scene.paragraph(begin)
        if place is None:
            return self._otherwise
        balances = scene.memo.setdefault(self, {})
        balance = balances.get(place[0])
        if balance is None:
            mine, theirs = self._own.findall(place[1]), self._other.findall(place[1])
            balance = balances[place[0]] = len(mine) - len(theirs)
        if balance:
            return bool(balance > 0)
        language = scene.language(begin)
        return language == self._language if language else self._otherwise
