"""Contexts and vetoes: what must stand around a match, and what must not.

All of them look at the paragraph of the match only. A context phrase may be
set off by a gap, so `followed_by: Oblast` fits "Kiev Oblast".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from normalize.engine.analysis import emit, stays_in_line, width
from normalize.engine.matcher import Scene
from normalize.engine.patterns import PatternError, Tree
from normalize.engine.words import Words

# Text, or a pattern already parsed.
Item = str | Tree
MAX_CONTEXT = 400


@dataclass(frozen=True, slots=True)
class Guard:
    """The compiled conditions of one rule, or of one spelling of it.

    `frozen` vetoes are phrases around a known spelling, tried at the match;
    `veto` ones may lie anywhere over the match and are searched for, `reach`
    code points to both sides.
    """

    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None
    frozen: regex.Pattern[str] | None
    veto: regex.Pattern[str] | None
    reach: int
    in_line: bool

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        """Whether a match at `start:end` may stand."""
        offset, body = 0, scene.text
        if not self.in_line:
            place = scene.paragraph(start)
            if place is None:
                return False
            offset, body = place
        first, last = start - offset, end - offset
        if self.frozen is not None and self.frozen.match(body, first):
            return False
        if self.before is not None and not self.before.match(body, first):
            return False
        if self.after is not None and not self.after.match(body, last):
            return False
        if self.veto is None:
            return True
        low, high = max(0, first - self.reach), last + self.reach
        found = self.veto.finditer(body, low, high, overlapped=True)
        return not any(m.start() <= first and last <= m.end() for m in found)


def make_guard(
    words: Words,
    preceded_by: Sequence[Item] = (),
    followed_by: Sequence[Item] = (),
    unless: Sequence[Item] = (),
    *,
    spelling: str | None = None,
) -> Guard | None:
    """The guard of a rule, or None when it has no conditions.

    With `spelling` the guard is for matches of that text only, so a phrase of
    `unless` that does not hold it is left out, and one that does is tried in
    place.

    Raises:
        PatternError: a pattern has no bound on its width.
    """
    frozen: list[str] = []
    searched: list[Item] = []
    for item in unless:
        if isinstance(item, str) and spelling is not None:
            frozen += _around(words, item, spelling)
        else:
            searched.append(item)
    if not (preceded_by or followed_by or frozen or searched):
        return None
    gap = f"(?:{words.gap_source})?"
    before = [f"{_source(words, item)}{_gap(gap, item)}" for item in preceded_by]
    after = [f"{_gap(gap, item)}{_source(words, item)}" for item in followed_by]
    return Guard(
        before=regex.compile(f"(?<={'|'.join(before)})") if before else None,
        after=_any(after),
        frozen=_any(frozen),
        veto=_any([_source(words, item) for item in searched]),
        # A little more, so that the edges of a veto see what is beside them.
        reach=max([reach_of(item) for item in searched], default=0) + 2,
        # A phrase crosses one line end at most, so never a blank line.
        in_line=all(
            isinstance(item, str) or stays_in_line(item)
            for item in (*preceded_by, *followed_by, *searched)
        ),
    )


def _any(sources: list[str]) -> regex.Pattern[str] | None:
    if not sources:
        return None
    return regex.compile("|".join(f"(?:{source})" for source in sources))


def _around(words: Words, phrase: str, spelling: str) -> Iterator[str]:
    """For each place of the spelling in the phrase, what stands around it."""
    whole = " ".join(words.fold(phrase).split())
    part = " ".join(words.fold(spelling).split())
    at = whole.find(part)
    while at >= 0:
        # A space at either side is a gap, which `phrase` makes between words.
        left = words.phrase(whole[:at] + "x")[:-1]
        right = words.phrase("x" + whole[at + len(part) :])[1:]
        middle = f"(?i:{words.phrase(part)})"
        yield f"(?<={words.left}(?i:{left})){middle}(?i:{right}){words.right}"
        at = whole.find(part, at + 1)


def _source(words: Words, item: Item) -> str:
    if isinstance(item, str):
        # Phrases are compared without regard to case: a veto must also hold in
        # a headline.
        return f"{words.left}(?i:{words.phrase(item)}){words.right}"
    reach_of(item)
    return f"{words.left}(?:{emit(item)}){words.right}"


def _gap(gap: str, item: Item) -> str:
    return gap if isinstance(item, str) else ""


def reach_of(item: Item) -> int:
    """How many code points an item can be long at most."""
    if isinstance(item, str):
        return len(item) + 34 * item.count(" ")
    most = width(item)[1]
    if most is None or most > MAX_CONTEXT:
        raise PatternError(
            f"a context must not be longer than {MAX_CONTEXT} characters", 0,
            "bound the repeats: {0,20} instead of *",
        )  # fmt: skip
    return most
