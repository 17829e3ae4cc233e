"""Marks that come in pairs: which opens, which closes, which stands alone.

A paragraph is read once. Each mark gets the costs of opening, of closing and of
standing alone, from what stands beside it and from its shape; the cheapest nesting
is taken. So one missing mark costs what it costs, and its neighbours keep their
partners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from normalize.engine.matcher import Found, Note, Scene
from normalize.engine.neighbours import SPACE, WORD, class_of, roles
from normalize.engine.nesting import (
    FREE,
    Nesting,
    Token,
    around_lone,
    cheapest,
    straight,
)
from normalize.spans import Span, splice

# Costs. Two marks alone must be cheaper than a pair against all evidence, and dearer
# than one in which a single mark stands oddly.
ALONE = 40
ALONE_APOSTROPHE = 10  # of marks that are apostrophes more often than not
DOUBTFUL = 4  # the tenths of that where a rule says that it often stands alone
SHAPE = 20  # a closing shape that opens, or an opening one that closes
ELISION = 20  # a mark of an elision that opens or closes
BETWEEN_LETTERS = 50


@dataclass(frozen=True, slots=True)
class Family:
    """Marks that pair with each other, by shape."""

    opening: frozenset[str]
    closing: frozenset[str]
    either: frozenset[str]
    apostrophe: bool  # whether they are apostrophes more often than not


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Marks that are something else: patterns that are tried where a mark begins."""

    never: regex.Pattern[str] | None = None  # no mark at all
    elisions: regex.Pattern[str] | None = None  # hardly ever; an apostrophe then
    possessives: regex.Pattern[str] | None = None  # perhaps; an apostrophe then
    doubtful: regex.Pattern[str] | None = None  # perhaps; left alone then
    through: regex.Pattern[str] | None = None  # what is looked through, behind a place


Edits = list[tuple[int, int, str]]


class Pairs:
    """Finds the marks of one rule; an edit a mark, none when `levels` is empty.

    `levels` are the opening and closing marks that are written, from the outside
    in; they come round again.
    """

    def __init__(
        self,
        families: Sequence[Family],
        levels: Sequence[tuple[str, str]],
        exceptions: Exceptions,
        apostrophe: str,
        code: str,
        rank: int,
    ) -> None:
        self._families = tuple(families)
        self._levels = tuple(levels)
        self._exceptions = exceptions
        self._apostrophe = apostrophe
        self._code = code
        self._rank = rank
        self._family_of = {
            mark: number
            for number, family in enumerate(families)
            for mark in (*family.opening, *family.closing, *family.either)
        }
        self.anchors: tuple[str, ...] = tuple(sorted(self._family_of))
        self._marks = _marks(families)
        self._single = frozenset("".join(self._family_of))

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The edit of the mark at `start`, if it is to be written otherwise."""
        if not self._levels and scene.notes is None:
            return ()  # a check only, and nobody asks
        memo = scene.memo.get(self)
        if memo is None or not memo[0] <= start < memo[1]:
            memo = scene.memo[self] = self._paragraph(scene, start)
        found: Sequence[Found] = memo[2].get(start, ())
        return found

    def _paragraph(
        self, scene: Scene, start: int
    ) -> tuple[int, int, dict[int, Sequence[Found]]]:
        """Bounds of the paragraph at `start`, and the edits in it by place."""
        place = scene.paragraph(start)
        if place is None:
            return start, start + 1, {}
        offset, body = place
        edits, alone = self._settle(scene, offset, body)
        if scene.notes is not None:
            scene.notes += [self._note(offset, token) for token in alone]
        rank = self._rank
        found: dict[int, Sequence[Found]] = {
            offset + a: ((offset + b, rank, ((offset + a, offset + b, after, rank),)),)
            for a, b, after in edits
        }
        return offset, offset + len(body), found

    def _note(self, offset: int, token: Token) -> Note:
        message = "a mark without its partner; left"
        return self._code, offset + token.start, offset + token.end, message, self._rank

    def _settle(
        self, scene: Scene, offset: int, body: str
    ) -> tuple[Edits, list[Token]]:
        """The edits of a paragraph, and the marks in it that stand alone."""
        # An address may end in the bracket that closes what it stands in, so a check
        # looks at all marks; what it tells of protected ones is dropped.
        spans = scene.protected(offset, offset + len(body)) if self._levels else ()
        protected = [Span(max(a - offset, 0), b - offset) for a, b in spans]
        tokens = self._tokens(body, protected)
        if not tokens:
            return [], []
        nesting = straight(tokens)
        sure = nesting is not None
        nesting = nesting or cheapest(tokens)
        edits = self._edits(body, tokens, nesting)
        alone = [
            token
            for token, (partner, _) in zip(tokens, nesting, strict=True)
            if partner < 0 and token.told
        ]
        # What is sure stays so with other marks of the same length.
        sure = sure and all(b - a == len(after) for a, b, after in edits)
        if edits and not sure and not self._settled(scene, body, edits):
            edits = []
        return edits, alone

    def _settled(self, scene: Scene, body: str, edits: Edits) -> bool:
        """Whether the paragraph as edited would be left as it is."""
        edited = splice(body, edits)
        tokens = self._tokens(edited, scene.protected_in(edited))
        nesting = straight(tokens) or cheapest(tokens)
        return not self._edits(edited, tokens, nesting)

    def _edits(self, body: str, tokens: Sequence[Token], nesting: Nesting) -> Edits:
        levels = self._levels
        edits: Edits = []
        if not levels:
            return edits
        blocked = around_lone(tokens, nesting)
        for number, (token, (partner, depth)) in enumerate(
            zip(tokens, nesting, strict=True)
        ):
            if partner < 0:
                after = token.becomes
            elif min(number, partner) in blocked:
                continue
            else:
                after = levels[depth % len(levels)][partner < number]
            if after and body[token.start : token.end] != after:
                edits.append((token.start, token.end, after))
        return edits

    def _tokens(self, body: str, protected: Sequence[Span]) -> list[Token]:
        """The marks of a paragraph, those in protected spans left out."""
        found = []
        never = self._exceptions.never
        i = 0
        for match in self._marks.finditer(body):
            start, end = match.span()
            while i < len(protected) and protected[i].end <= start:
                i += 1
            if i < len(protected) and protected[i].start < end:
                continue
            if never is not None and never.match(body, start):
                continue
            found.append(self._token(body, start, end, protected, i))
        return found

    def _token(
        self, body: str, start: int, end: int, protected: Sequence[Span], i: int
    ) -> Token:
        mark = body[start:end]
        number = self._family_of[mark]
        family, but = self._families[number], self._exceptions
        before = self._beside(body, start, protected, i - 1, -1)
        behind = self._beside(body, end, protected, i, 1)
        opens, closes = roles(before, behind)
        if mark in family.opening:
            closes += SHAPE
        elif mark in family.closing:
            opens += SHAPE
        elif before[0] == behind[0] == WORD:
            opens = closes = BETWEEN_LETTERS
        alone = ALONE_APOSTROPHE if family.apostrophe else ALONE
        becomes = ""
        told = not family.apostrophe or opens < FREE
        if but.elisions is not None and but.elisions.match(body, start):
            if mark not in family.opening:
                opens, closes = opens + ELISION, closes + ELISION
            alone, becomes, told = 0, self._apostrophe, False
        elif but.possessives is not None and but.possessives.match(body, start):
            alone, becomes = alone * DOUBTFUL // 10, self._apostrophe
        elif but.doubtful is not None and but.doubtful.match(body, start):
            alone, told = alone * DOUBTFUL // 10, False
        return Token(
            start, end, number, opens, closes, alone, becomes, family.apostrophe, told
        )

    def _beside(
        self, body: str, at: int, protected: Sequence[Span], i: int, step: int
    ) -> tuple[int, str]:
        """What stands before (`step` -1) or behind (1) a place: its class, itself.

        Other marks and markup are looked through.
        """
        through = self._exceptions.through
        while 0 <= (k := at - 1 if step < 0 else at) < len(body):
            char = body[k]
            span = protected[i] if 0 <= i < len(protected) else None
            if span is not None and span.start <= k < span.end:
                if through is None or not through.fullmatch(body, span.start, span.end):
                    return WORD, ""
                at = span.start if step < 0 else span.end
                i += step
            elif char in self._single or (
                through is not None and through.fullmatch(body, k, k + 1)
            ):
                at += step
            else:
                return class_of(char), char
        return SPACE, ""


def _marks(families: Sequence[Family]) -> regex.Pattern[str]:
    """The pattern of all marks, the longest first; no apostrophes inside words."""
    firm: set[str] = set()
    loose: set[str] = set()
    for family in families:
        found = loose if family.apostrophe else firm
        found |= family.opening | family.closing | family.either
    sources = []
    for mark in sorted(firm | loose, key=lambda mark: (-len(mark), mark)):
        source = regex.escape(mark)
        if len(mark) > 1:
            # Not a part of a longer run: two of three marks are nobody's pair.
            source = f"(?<!{regex.escape(mark[0])}){source}(?!{regex.escape(mark[-1])})"
        elif mark in loose:
            source = rf"(?:(?<!\w){source}|{source}(?!\w))"
        sources.append(source)
    return regex.compile("|".join(sources))
