"""Patterns looked for by a word in their middle: dates by the month, sums by the coin.

Numbers are everywhere and months are rare, so a quantity is found by its rarest
obligatory part, the pivot. Around it the words that the patterns know are replaced by
codes of the same length, one character and fillers, so that patterns are small however
many words there are. What may stand before the pivot is matched backwards; where that
begins, the whole is matched forwards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from typing import Any, Protocol

import regex

from normalize.engine.alphabet import Alphabet
from normalize.engine.coder import FAR, NEAR, Coder, View
from normalize.engine.leads import Leads
from normalize.engine.limits import TooSlow, timed
from normalize.engine.matcher import PLACE, Found, Scene
from normalize.engine.tally import Tally
from normalize.spans import RuleRef

BREAK = "\n\n"  # no match goes over it
MARGIN = 24  # what stands beside a match and is looked at too
STRETCHES = 1024  # so many stretches around anchors are remembered for each pivot
# Of so many stretches most may be new, or so many of the next are not asked for.
ASKED, NEW, UNASKED = 64, 56, 512
# After so many tries in vain before an anchor what follows is looked at first.
VAIN = 32

# Where a match begins, and the match.
Located = tuple[int, Found]
# What a stretch and the place of an anchor in it come to: a match with its mark, None.
Seen = dict[tuple[str, int], Any]
_UNSEEN = object()
_DIGIT = re.compile("[0-9]")


# The large parts of `Pivots`.
PACKED = ("_before", "_whole", "_coder", "_alphabet", "_leads", "_needed", "judge")


class Digits:
    """Tells where a text has digits; where there are none many places ask."""

    __slots__ = ("_at", "_high", "_low", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = -1  # one that was found
        self._low = self._high = 0  # between them is none

    def any(self, low: int, high: int) -> bool:
        """Whether there is one from `low` up to `high`."""
        if low <= self._at < high:
            return True
        if self._low <= low and high <= self._high:
            return False
        there = _DIGIT.search(self._text, low, high)
        if there is not None:
            self._at = there.start()
            return True
        found = _DIGIT.search(self._text, high, high + FAR)
        self._low = low
        self._high = high + FAR if found is None else found.start()
        return False


def has_number(scene: Scene, anchor: int, reach: tuple[int, int]) -> bool:
    """Whether there is a digit so far before and behind an anchor: mostly not.

    Also where there are several spaces side by side: the reach is told for single ones.
    """
    before, behind = reach
    low, high = anchor - before if anchor > before else 0, anchor + behind
    digits: Digits | None = scene.memo.get(Digits)
    if digits is None:
        digits = scene.memo[Digits] = Digits(scene.text)
    return digits.any(low, high) or scene.text.find("  ", low, high) >= 0


def _within(text: str, anchor: int, reach: int) -> tuple[int, int]:
    """The bounds of what is so near an anchor, blank lines and beyond left out."""
    low = anchor - reach if anchor > reach else 0
    start = text.rfind(BREAK, low, anchor) + 1
    end = text.find(BREAK, anchor, anchor + reach) + 1
    return start or low, end or min(anchor + reach, len(text))


class Match:
    """A match in a stretch of a coded text, with its places in the whole of it.

    `mark` is the first of the judge's groups that is set in it.
    """

    __slots__ = ("_match", "_offset", "mark")

    def __init__(self, match: regex.Match[str], offset: int, mark: str) -> None:
        self._match = match
        self._offset = offset
        self.mark = mark

    def start(self, group: str | int = 0) -> int:
        """Where a group begins; negative: it is not set."""
        start: int = self._match.start(group)
        return start + self._offset if start >= 0 else start

    def end(self, group: str | int = 0) -> int:
        """Where a group ends; negative: it is not set."""
        end: int = self._match.end(group)
        return end + self._offset if end >= 0 else end

    def span(self, group: str | int = 0) -> tuple[int, int]:
        """From where to where a group goes; negative: it is not set."""
        start, end = self._match.span(group)
        if start < 0:
            return start, end
        return start + self._offset, end + self._offset


def first_set(match: regex.Match[str], groups: Iterable[str]) -> str:
    """The first of the groups that is set in a match."""
    start = match.start
    return next(group for group in groups if start(group) >= 0)


class Judge(Protocol):
    """Says what a match comes to; None: it is no match after all."""

    least: int  # the first of the ranks that its matches may have
    marks: Sequence[str]  # groups one of which is set in every match

    def __call__(self, scene: Scene, view: View, match: Match) -> Found | None: ...


class Pivots:
    """Finds the matches of patterns that hold one of the anchors.

    `before` is the source of what may stand before the anchor in the patterns,
    `whole` is the source of all patterns as alternatives. `words` are the whole words
    that anchors begin, none when these are no words; `number` says how far before and
    behind an anchor every match has a digit, `needed` are sets of codes of which every
    match has one each. `languages` are those of the paragraphs
    in which they act (none: all). `own` are the user's own rules whose patterns get a
    time limit, each with what may stand before its anchor and its whole source.
    `alphabet` is that of the patterns; None: how far they look has no bound.
    `gate` is the source of what a text has at the anchor of every match; empty: no
    more is known than the anchor. `leads` are sources of what follows the anchor in a
    coded text (empty: anything), each with that of what may stand before it then.
    """

    def __init__(
        self,
        anchors: Sequence[str],
        before: str,
        whole: str,
        coder: Coder,
        judge: Judge,
        words: Collection[str] = (),
        number: tuple[int, int] | None = None,
        needed: Iterable[Collection[str]] = (),
        languages: frozenset[str] = frozenset(),
        own: Sequence[tuple[RuleRef, str, str]] = (),
        alphabet: Alphabet | None = None,
        gate: str = "",
        leads: Sequence[tuple[str, str]] = (),
    ) -> None:
        # The whole words that the anchors begin; empty: anchors are no words.
        self.words = frozenset(words)
        # Where each anchor has a digit itself there is none to be looked for.
        self.number = None if all(map(_DIGIT.search, anchors)) else number
        self._needed = [re.compile(f"[{''.join(sorted(codes))}]") for codes in needed]
        self._several = len(self._needed) > 1
        self._languages = languages
        self.anchors = tuple(sorted(set(anchors)))
        backwards = [(rule, f"(?r)(?:{source})") for rule, source, _ in own]
        forwards = [(rule, source) for rule, _, source in own]
        self._before: Any = timed(f"(?r)(?:{before})", backwards, regex.POSIX)
        self._whole: Any = timed(whole, forwards, regex.POSIX)
        self._coder = coder
        self._alphabet = alphabet
        self._seen: Seen = {}
        self.gate = gate
        self._gate: Any = regex.compile(gate) if gate else None
        self.judge = judge
        self._leads: Any = leads
        self._ahead: Any = None  # made when many tries were in vain
        self._vain = 0
        self._tally = Tally(ASKED, NEW, UNASKED, UNASKED)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_seen": {}, "_ahead": None, "_vain": 0}

    @property
    def marks(self) -> Sequence[str]:
        """The anchors that begin no words."""
        return [a for a in self.anchors if not (self.words and a[0].isalpha())]

    def judged_by(self, judge: Judge) -> Pivots:
        """The same patterns with another judge."""
        made = copy(self)
        made.judge = judge
        return made

    def __getattr__(self, name: str) -> Any:
        """What is still packed, with all that is in the same `Lot`."""
        lot = self.__dict__.get("_lot")
        if lot is not None and name in PACKED:
            lot.open()
        try:
            return self.__dict__[name]
        except KeyError:
            raise AttributeError(name) from None

    def locate(
        self, scene: Scene, anchor: int, known: Located | None = None
    ) -> Located | None:
        """What the match around the anchor at `anchor` comes to, if there is one.

        `PivotTable` tells where one of its anchors stands. None also where a match of
        an earlier rule, `known`, has the same place: it would win anyway. Files of
        several languages have numeric dates, and sums with the same words.
        """
        try:
            found = self.find(scene, anchor)
            if found is None:
                return None
            view, match = found
            if known is not None and scene.notes is None:
                start, end = match.span()
                same = (view.start + start, view.start + end) == (known[0], known[1][0])
                # The dot of an abbreviation may stay outside of a match.
                if (
                    same
                    and known[1][1] < self.judge.least
                    and view.coded[end - 1] != "."
                ):
                    return None
            judged = self.judge(scene, view, match)
        except TooSlow as slow:
            raise slow.at(anchor) from None
        return None if judged is None else (view.start + match.start(), judged)

    def find(self, scene: Scene, anchor: int) -> tuple[View, Match] | None:
        """The match around the anchor at `anchor`, with the view that it is in."""
        text = scene.text
        if self._gate is not None and self._gate.match(text, anchor) is None:
            return None
        if self.number is not None and not has_number(scene, anchor, self.number):
            return None
        if self._languages and scene.language(anchor) not in self._languages:
            return None
        start, end = _within(text, anchor, NEAR)
        view = self._coder.view(scene, start, end)
        if not view.gaps:
            match = self._match(view.coded, anchor - start)
            if match is None:
                return None
            first, last = match.span()
            if (start > anchor - NEAR or first >= MARGIN) and (
                end < anchor + NEAR or last <= len(view.coded) - MARGIN
            ):
                return view, match
        scene.beyond |= PLACE
        view = self._coder.view(scene, *_within(text, anchor, FAR))
        match = self._match(view.coded, anchor - view.start)
        return None if match is None else (view, match)

    def _match(self, coded: str, anchor: int) -> Match | None:
        """The match over the anchor that begins furthest before it."""
        alphabet = self._alphabet
        # Of several one is mostly not there.
        if self._several:
            for needed in self._needed:
                if needed.search(coded) is None:
                    return None
        if alphabet is None or not self._tally.pays():
            found = self._looked_for(coded, anchor)
            if found is None:
                return None
            return Match(found, 0, first_set(found, self.judge.marks))
        key = alphabet.stretch(coded, anchor)
        start = anchor - key[1]
        seen = self._seen.get(key, _UNSEEN)
        if seen is _UNSEEN:
            if len(self._seen) >= STRETCHES:
                self._seen.clear()
            found = self._looked_for(*key)
            seen = found and (found, first_set(found, self.judge.marks))
            self._seen[key] = seen
            self._tally.lost += 1
        return None if seen is None else Match(seen[0], start, seen[1])

    def _looked_for(self, coded: str, anchor: int) -> regex.Match[str] | None:
        for needed in self._needed:
            if needed.search(coded) is None:
                return None
        look = self._before if self._vain <= VAIN else self._lead(coded, anchor)
        before = look.match(coded, 0, anchor)
        while before is not None:
            start = before.start()
            match: regex.Match[str] | None = self._whole.match(coded, start)
            if match is not None and match.end() > anchor:
                return match
            if start == anchor:  # nothing is shorter than no prefix
                return None
            self._vain += 1
            before = look.match(coded, start + 1, anchor)
        return None

    def _lead(self, coded: str, anchor: int) -> Any:
        """What may stand before an anchor with this behind it."""
        if self._ahead is None:
            self._ahead = Leads(self._leads) if self._leads else ()
        return self._ahead.at(coded, anchor) if self._ahead else self._before
