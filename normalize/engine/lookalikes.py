"""Words in letters of two scripts: which letter looks like which, and who decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category

import regex

from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Piece, Scattered, Scene

LONGEST = 64  # a longer run of letters is no word
MOST = 2048  # so many words are remembered
# Unicode categories: letters but modifiers, numbers, signs, control characters.
PARTS = ("Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No", "So", "Sm", "Sc", "Cc")
_BACK = regex.compile(r"(?r)[\p{Latin}\p{Cyrillic}\p{M}]+")
_AHEAD = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{M}]+")


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

    def letters(self) -> frozenset[str]:
        """All letters of which a word may consist."""
        return self.own.union(self.other, self.table, self.table.values())

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


@dataclass(frozen=True)
class Decision:
    """When a word gets all its letters from one script.

    `typed` is the word as it stands, `written` what it must be in its new letters.
    Without `written` it must hold a letter that the own script alone has, and none
    that the other alone has. A letter at which a pattern of `places` fits becomes the
    letter beside it. Words that hold a pattern of `meant`, and those that are `known`,
    are mixed on purpose. With `report` nothing changes, and the word is noted under
    that code.
    """

    scripts: Scripts
    rank: int
    guard: Guard | None = None
    typed: regex.Pattern[str] | None = None
    written: regex.Pattern[str] | None = None
    places: tuple[tuple[regex.Pattern[str], str], ...] = ()
    meant: tuple[regex.Pattern[str], ...] = ()
    known: frozenset[str] = frozenset()
    report: str = ""

    def letters(self, word: str) -> str:
        """The word in the letters of its script; itself when it is to stay."""
        if self.typed is not None and not self.typed.fullmatch(word):
            return word
        table = self.scripts.table
        found = [table.get(c, c) for c in word]
        for pattern, letter in self.places:
            for place in pattern.finditer(word):
                found[place.start()] = letter
        after = "".join(found)
        fits = self._fits(word, after) and not self.is_meant(word)
        return after if fits else word

    def is_meant(self, word: str) -> bool:
        """Whether the word is mixed on purpose."""
        return word in self.known or any(p.search(word) for p in self.meant)

    def _fits(self, word: str, after: str) -> bool:
        if self.written is not None:
            return self.written.fullmatch(after) is not None
        scripts = self.scripts
        return bool(scripts.certain.search(word)) and not scripts.foreign.search(after)


class MixedWords:
    """Words of letters that look alike: the first decision that fits one changes it.

    With `anchors` the words that begin so are looked at, without them those in which
    two scripts meet. A word with other letters than those of the two alphabets is left:
    it may be of another language, or misread.
    """

    def __init__(self, decision: Decision, anchors: Iterable[str] = ()) -> None:
        self.begins = frozenset(anchors)
        self._seams = decision.scripts.seams() if not self.begins else frozenset()
        self.anchors: tuple[str, ...] = tuple(sorted(self.begins or self._seams))
        self._decisions = [decision]
        self._letters = decision.scripts.letters()
        # What the decisions make of a word; words come again.
        self._written: dict[str, tuple[str, ...]] = {}
        self._going_on = _Beginnings(self._decisions)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_written": {}, "_going_on": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._going_on = _Beginnings(self._decisions)

    def add(self, decision: Decision) -> None:
        """Put in a decision that comes after those there are."""
        self._decisions.append(decision)
        self._letters |= decision.scripts.letters()
        if not self.begins:
            self._seams |= decision.scripts.seams()
            self.anchors = tuple(sorted(self._seams))

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The word around `start`, if its letters change."""
        text = scene.text
        if self.begins and not self._going_on[text[start : start + 2]]:
            return ()
        place = word_at(text, start)
        if place is None or is_part(text, *place):
            return ()
        begin, end = place
        word = text[begin:end]
        if not self._is_turn(word, start - begin) or not self._letters.issuperset(word):
            return ()
        written = self._written.get(word) or self._write(word)
        for decision, after in zip(self._decisions, written, strict=True):
            if decision.report:
                _note(scene, begin, end, decision)
                continue
            if after == word:
                continue
            guard, rank = decision.guard, decision.rank
            if guard is not None and not guard.allows(scene, begin, end):
                continue
            pieces: tuple[Piece, ...] = tuple(
                (begin + i, begin + i + 1, after[i], rank)
                for i, c in enumerate(word)
                if after[i] != c
            )
            return (Scattered(end, rank, pieces),)
        return ()

    def _write(self, word: str) -> tuple[str, ...]:
        """What each decision makes of a word, whatever stands around it."""
        if len(self._written) >= MOST:
            self._written.clear()
        written = tuple(
            word if decision.report else decision.letters(word)
            for decision in self._decisions
        )
        self._written[word] = written
        return written

    def _is_turn(self, word: str, at: int) -> bool:
        """Whether the word is settled here: with the first of its anchors."""
        if self.begins:
            return at == 0
        for i in range(at + 1):
            if word[i : i + 2] in self._seams:
                return i == at
        return False


class _Beginnings(dict[str, bool]):
    """Whether a word that is to be changed may begin with two characters."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        super().__init__()
        self._decisions = decisions

    def __missing__(self, chars: str) -> bool:
        word = _AHEAD.match(chars)
        begin = chars if word is None else word[0]
        if len(self) >= MOST:
            self.clear()
        found = self[chars] = any(
            decision.typed is None
            or decision.report
            or decision.typed.fullmatch(begin, partial=True) is not None
            for decision in self._decisions
        )
        return found


def _note(scene: Scene, begin: int, end: int, decision: Decision) -> None:
    """Tell of a word that no decision changed."""
    notes, guard = scene.notes, decision.guard
    word = scene.text[begin:end]
    if notes is None or decision.is_meant(word):
        return
    if guard is None or guard.allows(scene, begin, end):
        message = f"{word!r} has letters of two scripts"
        notes.append((decision.report, begin, end, message, decision.rank))


def is_part(text: str, begin: int, end: int) -> bool:
    """Whether a word is part of a code, or beside what misread text is made of.

    A modifier letter, such as the apostrophe of Ukrainian, parts words as marks do.
    """
    beside = text[max(0, begin - 1) : begin] + text[end : end + 1]
    return any(
        c == "_" or (c.isalnum() if c.isascii() else category(c) in PARTS)
        for c in beside
    )
