"""Words in letters of two scripts: which letter looks like which, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex

from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Piece, Scattered, Scene

LONGEST = 64  # a longer run of letters is no word
_BACK = regex.compile(r"(?r)[\p{L}\p{M}]+")
_AHEAD = regex.compile(r"[\p{L}\p{M}]+")


@dataclass(frozen=True)
class Scripts:
    """The script in which words are to be written, and the one mistaken for it.

    `own` and `other` are the letters that words of either are made of. `table` are the
    look-alikes, from a letter of the other script to the one that is meant;
    `own_alike` the letters of the own script that the other one has look-alikes of.
    `certain` fits any letter that the own script alone has, `foreign` any letter of
    the other.
    """

    own: frozenset[str]
    other: frozenset[str]
    table: Mapping[str, str]
    own_alike: frozenset[str]
    certain: regex.Pattern[str]
    foreign: regex.Pattern[str]

    def seams(self) -> frozenset[str]:
        """Every two letters with which a word that can be mended changes script.

        One of the two must be a look-alike, or nothing could be done.
        """
        theirs = self.other | self.table.keys()
        sides = ((self.own, self.table.keys()), (self.own_alike, theirs))
        found: set[str] = set()
        for mine, others in sides:
            found |= {letter + other for letter in mine for other in others}
            found |= {other + letter for letter in mine for other in others}
        return frozenset(found)


def make_scripts(
    names: tuple[str, str],
    letters: tuple[frozenset[str], frozenset[str]],
    pairs: Mapping[str, str],
    own_alike: frozenset[str],
) -> Scripts:
    """The facts for one direction: `names` are the Unicode scripts, own and other."""
    alike = regex.escape("".join(sorted(own_alike)))
    return Scripts(
        *letters,
        pairs,
        own_alike,
        regex.compile(rf"(?![{alike}])\p{{{names[0]}}}"),
        regex.compile(rf"\p{{{names[1]}}}"),
    )


def word_at(text: str, start: int) -> tuple[int, int] | None:
    """Where the run of letters around `start` begins and ends; None if too long."""
    back = _BACK.match(text, max(0, start - LONGEST), start + 1)
    ahead = _AHEAD.match(text, start, start + LONGEST)
    if back is None or ahead is None:
        return None
    begin, end = back.start(), ahead.end()
    return None if end - begin >= LONGEST else (begin, end)


class MixedWords:
    """Words that get all their letters from one script.

    Without `typed` words are looked at in which two scripts meet; with it, the words
    that it fits, whatever they are made of. `written` is what the word must be in its
    new letters; without it the word must hold a letter that the own script alone has,
    and none that the other alone has. A letter at which a pattern of `places` fits
    becomes the letter beside it. Words that hold a pattern of `meant` are mixed on
    purpose. With `report` nothing changes, and the word is noted under that code.
    """

    def __init__(
        self,
        scripts: Scripts,
        *,
        typed: tuple[regex.Pattern[str], Iterable[str]] | None,
        written: regex.Pattern[str] | None,
        places: Sequence[tuple[regex.Pattern[str], str]] = (),
        meant: Sequence[regex.Pattern[str]] = (),
        guard: Guard | None,
        rank: int,
        report: str = "",
    ) -> None:
        self._scripts = scripts
        self._typed = typed[0] if typed else None
        self._seams = frozenset() if typed else scripts.seams()
        self.anchors: tuple[str, ...] = tuple(
            sorted(typed[1] if typed else self._seams)
        )
        self._written = written
        self._places = tuple(places)
        self._meant = tuple(meant)
        self._guard = guard
        self._rank = rank
        self._report = report

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The word around `start`, if its letters change."""
        if self._report and scene.notes is None:
            return ()
        place = word_at(scene.text, start)
        if place is None or _beside_digit(scene.text, *place):
            return ()
        begin, end = place
        word = scene.text[begin:end]
        if not self._begins(word, start - begin):
            return ()
        after = self._written_so(word)
        if any(pattern.search(word) for pattern in self._meant):
            return ()
        if not self._report and (after == word or not self._fits(word, after)):
            return ()
        if self._guard is not None and not self._guard.allows(scene, begin, end):
            return ()
        if self._report and scene.notes is not None:
            message = f"{word!r} has letters of two scripts"
            scene.notes.append((self._report, begin, end, message, self._rank))
            return ()
        pieces: tuple[Piece, ...] = tuple(
            (begin + i, begin + i + 1, after[i], self._rank)
            for i, c in enumerate(word)
            if after[i] != c
        )
        return (Scattered(end, self._rank, pieces),)

    def _written_so(self, word: str) -> str:
        """The word in the letters of its script."""
        table = self._scripts.table
        letters = [table.get(c, c) for c in word]
        for pattern, letter in self._places:
            for found in pattern.finditer(word):
                letters[found.start()] = letter
        return "".join(letters)

    def _begins(self, word: str, at: int) -> bool:
        """Whether a word is to be settled at its anchor `at`: at the first of them."""
        if self._typed is not None:
            return at == 0 and self._typed.fullmatch(word) is not None
        seams = self._seams
        return not any(word[i : i + 2] in seams for i in range(at))

    def _fits(self, word: str, after: str) -> bool:
        if self._written is not None:
            return self._written.fullmatch(after) is not None
        scripts = self._scripts
        return bool(scripts.certain.search(word)) and not scripts.foreign.search(after)


class LoneLetters:
    """A letter that is a word, right behind a word of the script that it should have.

    The letter and what may follow it are told by the guard.
    """

    def __init__(
        self, scripts: Scripts, typed: Iterable[str], guard: Guard | None, rank: int
    ) -> None:
        self._table = {letter: scripts.table[letter] for letter in typed}
        self.anchors: tuple[str, ...] = tuple(
            sorted(f"{mine} {letter}" for mine in scripts.own for letter in self._table)
        )
        self._guard = guard
        self._rank = rank

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The letter two places behind `start`, if nothing runs on into it."""
        at = start + 2
        if word_at(scene.text, at) != (at, at + 1) or _beside_digit(
            scene.text, at, at + 1
        ):
            return ()
        if self._guard is not None and not self._guard.allows(scene, at, at + 1):
            return ()
        after = self._table[scene.text[at]]
        return ((at + 1, self._rank, ((at, at + 1, after, self._rank),)),)


def _beside_digit(text: str, begin: int, end: int) -> bool:
    """Whether a word is part of a code, such as a number plate."""
    beside = text[max(0, begin - 1) : begin] + text[end : end + 1]
    return any(c.isdigit() or c == "_" for c in beside)
