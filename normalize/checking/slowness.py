"""Patterns whose time grows faster than the text, each with a text that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from time import thread_time
from typing import NamedTuple

import regex

from normalize.engine.analysis import emit
from normalize.engine.limits import may_be_slow
from normalize.engine.patterns import Alt, Chars, Group, Look, Repeat, Seq, Tree

WAIT = 0.2  # seconds for one try
# A limit counts the time of the clock, in which a busy machine does other things too.
TRIES = 3
LONG = 1600  # repeats at most
# Twice the text may take so much more time; more is growth that matters.
TWICE = 3.2
LEAST = 0.004  # seconds below which times say nothing
_TRIED = "a1 .-_'\"/xA\N{CYRILLIC SMALL LETTER A}\N{NO-BREAK SPACE}\n,:;()!"
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
    for start, part in _pumps(tree, ""):
        for end in _ENDS if part else ():
            times = _grows(pattern, start, part, end)
            if times:
                return Slow(start, part, times, end)
    return None


def _grows(pattern: regex.Pattern[str], start: str, part: str, end: str) -> int:
    """After how many repeats the time has grown too much; 0: never."""
    before = 0.0
    times = 25
    while times <= LONG:
        text = start + part * times + end
        took = _took(pattern, text)
        if took is None:
            return times
        if took > LEAST and before > LEAST and took > TWICE * before:
            return times
        before = took
        times *= 2
    return 0


def _took(pattern: regex.Pattern[str], text: str) -> float | None:
    """Seconds of work for a match, the least of some tries; None: too many."""
    least = None
    for _ in range(TRIES):
        began = thread_time()
        ended = True
        try:
            pattern.match(text, timeout=WAIT)
        except TimeoutError:
            ended = False
        took = thread_time() - began
        if not ended and took > WAIT / 2:
            return None
        if ended:
            least = took if least is None else min(least, took)
            if took <= LEAST:
                break
    return least if least is not None else 0.0


def _pumps(tree: Tree, start: str) -> Iterator[tuple[str, str]]:
    """What stands before each open repeat, and what it may repeat."""
    if isinstance(tree, Repeat):
        if tree.high is None or tree.high > LONG // 2:
            for part in dict.fromkeys(_samples(tree.item)):
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
            start += next(_samples(item), "")


def _samples(tree: Tree) -> Iterator[str]:
    """Short texts that a pattern matches; contexts count as nothing."""
    if isinstance(tree, Chars):
        if tree.members is not None and not tree.negated:
            yield min(tree.members)
            return
        pattern = regex.compile(emit(tree))
        yield from [char for char in _TRIED if pattern.match(char)][:1]
    elif isinstance(tree, Group):
        yield from _samples(tree.item)
    elif isinstance(tree, Alt):
        for option in tree.options:
            yield from _samples(option)
    elif isinstance(tree, Repeat):
        for text in _samples(tree.item):
            yield text * max(1, tree.low)
    elif isinstance(tree, Seq):
        parts = [next(_samples(item), "") for item in tree.items]
        yield "".join(parts)
    else:
        yield ""
