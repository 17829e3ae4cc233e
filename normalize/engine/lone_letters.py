"""Letters that are words by themselves, typed in the other script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import regex

from normalize.engine.guards import Guard
from normalize.engine.lookalikes import LONGEST, Scripts, is_part, word_at
from normalize.engine.matcher import Found, Scene

GAP = 4  # spaces between an English word and a lone letter
# Up to a space: a letter, and perhaps a number behind it.
_BEFORE = regex.compile(r"(?r)\p{L} *(?:(?<= )[0-9]{1,4} *)?")


class LoneLetters:
    """A letter that is a word by itself, beside a word of the script it should have.

    That word stands right behind the letter, or, where there are numbers and words that
    are `counted` with them, behind such a number. All else is told by the guard.
    """

    def __init__(
        self,
        scripts: Scripts,
        typed: Iterable[str],
        guard: Guard | None,
        rank: int,
        counted: tuple[Sequence[str], Sequence[str]] = ((), ()),
    ) -> None:
        self._table = {letter: scripts.table[letter] for letter in typed}
        numbers, words = counted
        between = [f"{number} " for number in numbers] or [""]
        behind = {word[0] for word in words} or scripts.own
        # No anchor is all in ASCII, or it would be looked for in every English text.
        behind = {mine for mine in behind if not mine.isascii()}
        gaps = {
            gap + mine
            for gap in ("  ", *(f"  {n}" for n in between))
            for mine in behind
        }
        anchors = {
            f"{letter} {number}{mine}"
            for letter in self._table
            for number in between
            for mine in behind
        }
        self.anchors: tuple[str, ...] = tuple(sorted(anchors | gaps))
        self._guard = guard
        self._rank = rank

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The letter at `start`, or before the spaces and the number there."""
        if scene.text[start] == " ":
            before = _BEFORE.match(scene.text, max(0, start - LONGEST), start)
            if before is None:
                return ()
            start = before.start()
        return _alone(scene, start, self._table, self._guard, self._rank)


class LettersBehind:
    """The same, right behind a word of the script: anything may follow the letter."""

    def __init__(
        self, scripts: Scripts, typed: Iterable[str], guard: Guard | None, rank: int
    ) -> None:
        self._table = {letter: scripts.table[letter] for letter in typed}
        gaps = [" " * size for size in range(1, GAP + 1)]
        near = [gap + letter for gap in gaps for letter in self._table]
        far = [
            *(f"{mark} {letter}" for letter in self._table for mark in ("", ",")),
            "  ",
            ",  ",
        ]
        # As above.
        self.anchors: tuple[str, ...] = tuple(
            sorted(mine + end for mine in scripts.own
                   for end in (near if mine.isascii() else far))
        )  # fmt: skip
        self._guard = guard
        self._rank = rank

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The letter behind the word, a comma and the spaces that end at `start`."""
        text, at = scene.text, start + 1
        if text[at : at + 1] not in (" ", ","):  # the rest of a word mostly
            return ()
        at += text[at : at + 1] == ","
        first = at
        while text[at : at + 1] == " " and at - start < LONGEST:
            at += 1
        if at == first:
            return ()
        return _alone(scene, at, self._table, self._guard, self._rank)


def _alone(
    scene: Scene, at: int, table: Mapping[str, str], guard: Guard | None, rank: int
) -> Sequence[Found]:
    """The letter at a place in the other script, if it is a word there."""
    text = scene.text
    if text[at : at + 1] not in table or not _stands(scene, at, guard):
        return ()
    return ((at + 1, rank, ((at, at + 1, table[text[at]], rank),)),)


def _stands(scene: Scene, at: int, guard: Guard | None) -> bool:
    """Whether a letter is a word, and what is beside it is as its rule says."""
    text = scene.text
    if word_at(text, at) != (at, at + 1) or is_part(text, at, at + 1):
        return False
    return guard is None or guard.allows(scene, at, at + 1)


class LettersBeside:
    """Letters that may be words of either script: nothing changes, each is told of.

    Spaces stand on both sides, or a word of the other script on one. Only a trace
    asks, and only where a text has letters of the other script.
    """

    def __init__(
        self,
        scripts: Scripts,
        typed: Iterable[str],
        guard: Guard | None,
        rank: int,
        code: str,
    ) -> None:
        self._table = {letter: scripts.table[letter] for letter in typed}
        self._own = scripts.own
        # Nothing is noted in a text that has none of these.
        ascii_only = all(map(str.isascii, self._table))
        self.needs = scripts.own if ascii_only else frozenset(self._table)
        found = {f" {letter} " for letter in self._table}
        for mine in scripts.own:
            for letter in self._table:
                found |= {f"{mine}{mark} {letter}" for mark in ("", ",")}
                found.add(f"{letter} {mine}")
        self.anchors: tuple[str, ...] = tuple(sorted(found))
        self._guard = guard
        self._rank = rank
        self._code = code

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """Nothing; the letter in the anchor at `start` is noted."""
        if scene.notes is None or not self._may_hold(scene, start):
            return ()
        text, at = scene.text, start
        while text[at] not in self._table:
            at += 1
        if _stands(scene, at, self._guard):
            letter = text[at]
            names = map(unicodedata.name, (letter, self._table[letter]))
            message = f"{letter!r} alone may be {' or '.join(names)}"
            scene.notes.append((self._code, at, at + 1, message, self._rank))
        return ()

    def _may_hold(self, scene: Scene, start: int) -> bool:
        """Whether the paragraph has letters of the script; told once for each."""
        place = scene.paragraph(start)
        if place is None:
            return False
        begin, body = place
        known: dict[int, bool] = scene.memo.setdefault(self, {})
        if begin not in known:
            known[begin] = not self._own.isdisjoint(body)
        return known[begin]
