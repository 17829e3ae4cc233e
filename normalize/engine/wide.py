"""How far beside a place is looked, and which texts are too wide for that.

What decides a name looks at five words beside it at most, which are near it where words
and gaps are of a usual length. So are the matches of most patterns, and what they ask.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import regex

from normalize.engine.alphabet import sight_of
from normalize.engine.analysis import width, with_parts
from normalize.engine.patterns import Chars, Repeat, Tree

# So many code points from the beginning of a match are all that is looked at, where no
# word is longer than LONG letters and no gap longer than GAP.
NEAR = 360
LONG, GAP = 26, 4
# What conditions see, with the match itself, is no further from its beginning.
SEEN = 338
EDGE = GAP + 2  # what an edge of a word, and a gap before or behind, take and more
FAR = 1 << 20  # stands for no bound


class Wide:
    """Tells whether a text has longer words or gaps.

    With None for the marks that are part of a word, words may be as long as they like:
    nobody looks at whole ones.
    """

    def __init__(self, apostrophes: frozenset[str] | None) -> None:
        source = rf"\s{{{GAP + 1}}}"
        if apostrophes is not None:
            marks = re.escape("".join(sorted(apostrophes)))
            source += rf"|[\w\p{{M}}{marks}]{{{LONG + 1}}}"
        self._pattern: Any = regex.compile(source)

    def search(self, text: str) -> bool:
        """Whether there is one."""
        return self._pattern.search(text) is not None


def wide_for(matchers: Sequence[object], apostrophes: frozenset[str]) -> Wide | None:
    """What tells too wide texts for these matchers; None: no text is narrow enough."""
    if not matchers or not all(getattr(m, "tells_beyond", False) for m in matchers):
        return None
    words = any(getattr(m, "reads_words", False) for m in matchers)
    return Wide(apostrophes if words else None)


def seen(item: str | Tree) -> int:
    """How far a phrase or pattern sees from where its match begins, in such a text."""
    if isinstance(item, str):
        return len(item) + GAP * item.count(" ") + EDGE
    tree = _with_gaps(item)
    most, beside = width(tree)[1], sight_of(tree)
    return FAR if most is None or beside is None else most + beside + EDGE


def _with_gaps(tree: Tree) -> Tree:
    """The pattern with runs of spaces as long as gaps are at most."""
    made = with_parts(tree, _with_gaps)
    if isinstance(made, Repeat) and made.high is None and isinstance(made.item, Chars):
        chars = made.item.members
        if chars and not made.item.negated and all(map(str.isspace, chars)):
            return replace(made, high=max(made.low, GAP))
    return made
