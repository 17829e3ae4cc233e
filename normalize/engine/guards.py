"""Contexts and vetoes: what must stand around a match, and what must not.

All of them look at the paragraph of the match only. A context phrase may be
set off by a gap, so `followed_by: Oblast` fits "Kiev Oblast".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from normalize.engine.alphabet import sight_of
from normalize.engine.analysis import emit, stays_in_line, width
from normalize.engine.anchors import split_at_anchor
from normalize.engine.limits import limited
from normalize.engine.matcher import PLACE, Scene
from normalize.engine.patterns import PatternError, Tree
from normalize.engine.recall import Recall
from normalize.engine.wide import FAR, SEEN, seen
from normalize.engine.words import GAP, Words
from normalize.spans import RuleRef

# Text, or a pattern already parsed.
Item = str | Tree
MAX_CONTEXT = 400
FAR_VETO = 160  # what vetoes see further than so many code points is not compared
MARGIN = 6  # what the edges of vetoes and the ends of a text take, and more
_LETTERS = re.compile(r"[^\W\d_]+")


class Frozen:
    """Phrases around a known spelling: `unless` phrases that hold it.

    Most matches are settled by the characters beside them, nearly all others by
    comparing the phrase letter by letter. Only where spaces or apostrophes are
    unusual a pattern is tried; there are many and few are ever needed, so each is
    compiled when it is.
    """

    __slots__ = ("_around", "_edges", "_pattern", "_reach", "_spelling", "_words")

    def __init__(
        self, words: Words, spelling: str, around: Sequence[tuple[str, str]]
    ) -> None:
        self._words = words
        self._spelling = spelling
        self._around = tuple(around)
        self._edges = _edges(words, around)
        self._reach = max((len(left) + len(right) for left, right in around), default=0)
        self._pattern: regex.Pattern[str] | None = None

    def stands_at(self, text: str, start: int, end: int) -> bool:
        """Whether the spelling at `start:end` is part of one of the phrases."""
        words, edges = self._words, self._edges
        near = self._around
        before, behind = _sides(text, start, end, self._reach)
        plain = False
        if edges is not None:
            near = edges.fitting(before, behind)
            plain = (
                before.isprintable()
                and behind.isprintable()
                and "  " not in before
                and "  " not in behind
            )
            if not near and plain:
                return False
        for left, right in near:
            if (
                before.lower().endswith(left)
                and behind.lower().startswith(right)
                and words.begins(text, start - len(left))
                and words.ends(text, end + len(right))
            ):
                return True
        if edges is not None and plain and not edges.quoted & set(near):
            return False
        if self._pattern is None:
            sources = [
                _frozen(words, left, self._spelling, right)
                for left, right in self._around
            ]
            self._pattern = _any(sources)
        return self._pattern is not None and bool(self._pattern.match(text, start))


class Veto:
    """What must not lie over a match, searched for where it can be.

    Its literals are looked for first, where what lies over the match has them: a search
    at every place around a match costs a hundred times as much.
    """

    __slots__ = (
        "_before", "_behind", "_literals", "_longest", "_most", "_parts", "_pattern",
        "_sought",
    )  # fmt: skip

    def __init__(self, pattern: Any, item: Item) -> None:
        self._pattern = pattern
        # Of a text all words are there, in any case.
        self._parts: tuple[str, ...] = ()
        # Of a pattern one anchor is there; so much before it, and from it on.
        # Compiled when first looked for: most of them never are.
        self._literals = ""
        self._sought: re.Pattern[str] | None = None
        self._before = self._behind = self._longest = 0
        self._most = NO_BOUND  # so long is a match at most
        if isinstance(item, str):
            parts = {part.lower() for part in _LETTERS.findall(item) if part.isascii()}
            self._parts = tuple(sorted(parts, key=len, reverse=True))
            return
        try:
            before, found = split_at_anchor(item, fold=False)
        except PatternError:
            return
        lead = width(before)[1] if before is not None else 0
        most = width(item)[1]
        self._before = NO_BOUND if lead is None else lead
        self._behind = NO_BOUND if most is None or lead is None else most - lead
        self._literals = "|".join(map(re.escape, sorted(found)))
        self._longest = max(map(len, found))
        self._most = NO_BOUND if most is None else most

    def covers(self, text: str, start: int, end: int, reach: int) -> bool:
        """Whether a match that `reach` code points around hold covers `start:end`."""
        low, high = start - reach if start > reach else 0, end + reach
        sought = self._sought
        if sought is None and self._literals:
            sought = self._sought = re.compile(self._literals)
        if sought is not None:
            # From the first place on where the literal of a match over it may stand,
            # up to the last one.
            first, last = end - self._behind, start + self._before
            until = last + self._longest
            hit = sought.search(text, max(low, first), min(high, until))
            if hit is None or (at := hit.start()) > last:
                return False
            low = max(low, at - self._before)
        elif self._parts:
            near = text[low:high]
            # Beyond ASCII some letters are others in another case.
            if near.isascii() and not all(map(near.lower().__contains__, self._parts)):
                return False
        # It begins at `start` at the latest, and its edges see what is beside them.
        most = start + self._most + EDGE
        high = min(high, most)
        for found in self._pattern.finditer(text, low, high, overlapped=True):
            if found.start() > start:
                return False
            if end <= found.end():
                return True
        return False


@dataclass(frozen=True, slots=True)
class Guard:
    """The compiled conditions of one rule, or of one spelling of it.

    `frozen` are vetoes around a known spelling, told where the match is; the
    others (`vetoes`) may lie anywhere over the match and are searched for, `reach`
    code points to both sides. `sight` is how far beside a match conditions look that
    are told once for places with the same around; 0: that is not known, or far.
    """

    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None
    frozen: Frozen | None
    vetoes: tuple[Veto, ...]
    reach: int
    in_line: bool
    plain: bool
    languages: frozenset[str] = frozenset()  # of the paragraph; empty: any
    sight: int = 0
    seen: int = FAR

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        """Whether a match at `start:end` may stand."""
        if end - start + self.seen > SEEN:
            scene.beyond |= PLACE
        if self.languages and scene.language(start) not in self.languages:
            return False
        # A phrase crosses one line end at most, so never a blank line: it can be
        # looked for in the whole text.
        if self.frozen is not None and self.frozen.stands_at(scene.text, start, end):
            return False
        if self.plain:
            return True
        if not 0 < self.sight <= start:
            return self._stands(scene, start, end)
        known = scene.memo.get(self.vetoes)
        if known is None:
            known = scene.memo[self.vetoes] = Recall()
        if not known.pays():
            return self._stands(scene, start, end)
        around = scene.text[start - self.sight : end + self.sight], end - start
        told: bool | None = known.get(around)
        if told is None:
            told = self._stands(scene, start, end)
            known.keep(around, told)
        return told

    def _stands(self, scene: Scene, start: int, end: int) -> bool:
        """Whether what stands around a match is as it must be, near it and beyond."""
        offset, body = 0, scene.text
        if not self.in_line:
            place = scene.paragraph(start)
            if place is None:
                return False
            offset, body = place
        first, last = start - offset, end - offset
        # What stands behind is told by its first character more often than not.
        if self.after is not None and not self.after.match(body, last):
            return False
        if self.before is not None and not self.before.match(body, first):
            return False
        for veto in self.vetoes:
            if veto.covers(body, first, last, self.reach):
                return False
        return True


def make_guard(
    words: Words,
    preceded_by: Sequence[Item] = (),
    followed_by: Sequence[Item] = (),
    unless: Sequence[Item] = (),
    *,
    spelling: str | None = None,
    languages: frozenset[str] = frozenset(),
    own: RuleRef | None = None,
) -> Guard | None:
    """The guard of a rule, or None when it has no conditions.

    With `spelling` the guard is for matches of that text only, so a phrase of
    `unless` that does not hold it is left out, and one that does is tried in
    place.

    Raises:
        PatternError: a pattern has no bound on its width.
    """
    around: list[tuple[str, str]] = []
    searched: list[Item] = []
    for item in unless:
        if isinstance(item, str) and spelling is not None:
            around += _around(words, item, spelling)
        else:
            searched.append(item)
    if not (preceded_by or followed_by or around or searched or languages):
        return None
    gap = f"(?:{words.gap_source})?"
    before = [f"{source_of(words, item)}{_gap(gap, item)}" for item in preceded_by]
    after = [f"{_gap(gap, item)}{source_of(words, item)}" for item in followed_by]
    after_all = _any(after)
    return Guard(
        before=limited(regex.compile(f"(?<={'|'.join(before)})"), own, *preceded_by)
        if before
        else None,
        after=limited(after_all, own, *followed_by) if after_all else None,
        frozen=Frozen(words, spelling or "", around) if around else None,
        # Each by itself: of two that begin alike the longer one may be the veto.
        vetoes=tuple(
            Veto(limited(regex.compile(source_of(words, item)), own, item), item)
            for item in searched
        ),
        # A little more, so that the edges of a veto see what is beside them.
        reach=max([reach_of(item) for item in searched], default=0) + 2,
        plain=not (preceded_by or followed_by or searched),
        in_line=all(
            isinstance(item, str) or stays_in_line(item)
            for item in (*preceded_by, *followed_by, *searched)
        ),
        languages=languages,
        sight=_sight((*preceded_by, *followed_by), searched),
        seen=max(map(seen, (*preceded_by, *followed_by, *unless)), default=0),
    )


def _sight(contexts: Sequence[Item], vetoes: Sequence[Item]) -> int:
    """How far beside a match its vetoes look; 0: far, or there are contexts too."""
    patterns = [item for item in vetoes if not isinstance(item, str)]
    looks = list(map(sight_of, patterns))
    if contexts or len(patterns) < len(vetoes) or not vetoes or None in looks:
        return 0
    if not all(map(stays_in_line, patterns)):
        return 0
    most = max(map(reach_of, patterns)) + max(look or 0 for look in looks)
    return most + MARGIN if most <= FAR_VETO else 0


def _any(sources: Sequence[str]) -> regex.Pattern[str] | None:
    if not sources:
        return None
    return regex.compile("|".join(f"(?:{source})" for source in sources))


def _around(words: Words, phrase: str, spelling: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind the spelling, for each place of it in a phrase."""
    whole = " ".join(words.fold(phrase).split())
    part = " ".join(words.fold(spelling).split())
    at = whole.find(part)
    while at >= 0:
        yield whole[:at], whole[at + len(part) :]
        at = whole.find(part, at + 1)


def _frozen(words: Words, left: str, spelling: str, right: str) -> str:
    """The source of a phrase around a spelling, tried where the spelling begins."""
    # A space at either side is a gap, which `phrase` makes between words.
    before = words.phrase(left + "x")[:-1]
    behind = words.phrase("x" + right)[1:]
    middle = f"(?i:{words.phrase(spelling)})"
    return f"(?<={words.left}(?i:{before})){middle}(?i:{behind}){words.right}"


NO_BOUND = 1 << 30  # code points: more than any reach
EDGE = 3  # longer edges would settle hardly more


Phrase = tuple[str, str]  # what stands before and behind the spelling


def _sides(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """What stands before and behind in the paragraph, a line end as a space."""
    # A little more than a phrase needs, to see that no second space follows.
    low = start - reach - 1
    before, behind = text[max(0, low) : start], text[end : end + reach + 1]
    if "\n" in before:
        before = before.rpartition("\n\n")[2].replace("\n", " ")
    if "\n" in behind:
        behind = behind.partition("\n\n")[0].replace("\n", " ")
    return before, behind


@dataclass(frozen=True, slots=True)
class Edges:
    """Phrases by the characters that they have right before or behind the spelling.

    Where the text has plain spaces, a look at those settles most matches.
    """

    size: int
    tails: dict[str, tuple[Phrase, ...]]
    heads: dict[str, tuple[Phrase, ...]]
    quoted: frozenset[Phrase]  # those with apostrophes, which are of many kinds

    def fitting(self, before: str, behind: str) -> tuple[Phrase, ...]:
        """The phrases whose edge stands where the one text ends or the other begins."""
        before, behind = before[-self.size :], behind[: self.size]
        return self.tails.get(before.lower(), ()) + self.heads.get(behind.lower(), ())


def _edges(words: Words, around: Sequence[Phrase]) -> Edges | None:
    """The edges of these phrases; None when they can't be told by plain characters."""
    size = min((len(left or right) for left, right in around), default=0)
    marks = words.apostrophes
    for edge_size in range(min(size, EDGE), 0, -1):
        tails: dict[str, tuple[Phrase, ...]] = {}
        heads: dict[str, tuple[Phrase, ...]] = {}
        for left, right in around:
            found = tails if left else heads
            edge = left[-edge_size:] if left else right[:edge_size]
            found[edge] = (*found.get(edge, ()), (left, right))
        if not marks & set("".join((*tails, *heads))):
            quoted = frozenset(p for p in around if marks & set("".join(p)))
            return Edges(edge_size, tails, heads, quoted)
    return None


def source_of(words: Words, item: Item) -> str:
    """The source of a context or veto: a phrase as a whole, or a pattern."""
    if isinstance(item, str):
        # Phrases are compared without regard to case: a veto must also hold in
        # a headline.
        return f"{words.left}(?i:{words.phrase(item)}){words.right}"
    reach_of(item)
    return f"(?:{emit(item)})"


def _gap(gap: str, item: Item) -> str:
    return gap if isinstance(item, str) else ""


def reach_of(item: Item) -> int:
    """How many code points an item can be long at most."""
    if isinstance(item, str):
        return len(item) + 2 * (GAP + 1) * item.count(" ")
    most = width(item)[1]
    if most is None or most > MAX_CONTEXT:
        raise PatternError(
            f"a context must not be longer than {MAX_CONTEXT} characters", 0,
            "bound the repeats: {0,20} instead of *", "N010",
        )  # fmt: skip
    return most
