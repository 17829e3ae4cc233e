"""Patterns whose time grows faster than the text, each with a text that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from time import thread_time
from typing import NamedTuple

import regex

from normalize.engine.analysis import emit
from normalize.engine.limits import may_be_slow
from normalize.engine.patterns import Alt, Group, Look, Repeat, Seq, Tree
from normalize.engine.samples import samples

WAIT = 0.2  # seconds for one try
# A limit counts the time of the clock, in which a busy machine does other things too.
TRIES = 3
LONG = 6400  # repeats at most
PARTS = 8  # texts that are tried for one repeat
MANY = 800  # a repeat that counts further is as good as open
# Twice the text may take so much more time; more is growth that matters.
TWICE = 3.2
LEAST = 0.004  # seconds below which times say nothing
_ENDS = ("!", "\N{SECTION SIGN}", "a")


class Slow(NamedTuple):
    """A text on which a pattern is slow: `start`, `part` `times` over, `end`."""

    start: str
    part: str
    times: int
    end: str

    def __str__(self) -> str:
        return f"{self.start!r} + {self.part!r} * {self.times} + {self.end!r}"


def slow_text(tree: Tree) -> Slow | None:
    """A text on which the time of a pattern grows faster than its length, if any."""
    if not may_be_slow(tree):
        return None
    pattern = regex.compile(emit(tree))
    # A text that lacks what every match holds is given up at once, so what the
    # pattern fits stands behind the end too: there it is of no use to this match.
    whole = next(samples(tree), "")
    ends = dict.fromkeys((*_ENDS, *(end + whole for end in _ENDS)))
    for start, part in _pumps(tree, ""):
        for end in ends if part else ():
            times = _grows(pattern, start, part, end)
            if times:
                return Slow(start, part, times, end)
    return None


def _grows(pattern: regex.Pattern[str], start: str, part: str, end: str) -> int:
    """After how many repeats the time has grown too much; 0: never."""
    before: float | None = 0.0
    half, times = "", 25
    while times <= LONG:
        text = start + part * times + end
        took = _took(pattern, text)
        # The machine may have been slower than before: what is told is seen twice.
        if _has_grown(before, took) and _has_grown(
            _took(pattern, half), _took(pattern, text)
        ):
            return times
        before, half = took, text
        times *= 2
    return 0


def _has_grown(before: float | None, took: float | None) -> bool:
    """Whether the time for twice the text is too much more; None: for any."""
    if took is None or before is None:
        return took is None
    return before > LEAST and took > TWICE * before


def _took(pattern: regex.Pattern[str], text: str) -> float | None:
    """Seconds of work for a match, the least of some tries; None: too many."""
    least = None
    wait = WAIT
    for _ in range(TRIES):
        began = thread_time()
        ended = True
        try:
            pattern.match(text, timeout=wait)
        except TimeoutError:
            ended = False
        took = thread_time() - began
        if not ended and took > WAIT / 2:
            return None
        wait *= 2  # the machine had other things to do
        if ended:
            least = took if least is None else min(least, took)
            if took <= LEAST:
                break
    return least if least is not None else 0.0


def _pumps(tree: Tree, start: str) -> Iterator[tuple[str, str]]:
    """What stands before each open repeat, and what it may repeat."""
    if isinstance(tree, Repeat):
        if tree.high is None or tree.high > MANY:
            for part in dict.fromkeys(islice(samples(tree.item), PARTS)):
                yield start, part
        yield from _pumps(tree.item, start)
    elif isinstance(tree, Group | Look):
        yield from _pumps(tree.item, start)
    elif isinstance(tree, Alt):
        for option in tree.options:
            yield from _pumps(option, start)
    elif isinstance(tree, Seq):
        for item in tree.items:
            yield from _pumps(item, start)
            start += next(samples(item), "")
