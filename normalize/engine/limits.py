"""The time limit of patterns: which can take long, and what happens when one does.

Telling `regex` a time limit makes a match several times slower, so only patterns that
are not plainly fast get one: those with an open repeat inside another repeat, or with
several open repeats that may share characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from normalize.engine.analysis import emit
from normalize.engine.patterns import Alt, Chars, Group, Look, Repeat, Seq, Tree
from normalize.errors import PatternTimeout
from normalize.spans import RuleRef

SECONDS = 2.0  # for one match; usual ones take microseconds
OPEN = 64  # a repeat that counts further is as good as open


class Timed:
    """A compiled pattern with a time limit, in the place of one without."""

    __slots__ = ("pattern", "rule")

    def __init__(self, pattern: regex.Pattern[str], rule: RuleRef) -> None:
        self.pattern = pattern
        self.rule = rule

    def match(self, text: str, *bounds: int) -> Any:
        """As the pattern's own.

        Raises:
            PatternTimeout: it takes longer than the limit.
        """
        try:
            return self.pattern.match(text, *bounds, timeout=SECONDS)
        except TimeoutError:
            raise self._error(bounds[0] if bounds else 0) from None

    def search(self, text: str, start: int = 0) -> Any:
        """As the pattern's own.

        Raises:
            PatternTimeout: it takes longer than the limit.
        """
        try:
            return self.pattern.search(text, start, timeout=SECONDS)
        except TimeoutError:
            raise self._error(start) from None

    def finditer(self, text: str, low: int, high: int, *, overlapped: bool) -> Any:
        """As the pattern's own.

        Raises:
            PatternTimeout: it takes longer than the limit.
        """
        try:
            yield from self.pattern.finditer(
                text, low, high, overlapped=overlapped, timeout=SECONDS
            )
        except TimeoutError:
            raise self._error(low) from None

    def _error(self, offset: int) -> PatternTimeout:
        return PatternTimeout(self.rule.id, self.rule.at, offset, SECONDS)


def limited(
    pattern: regex.Pattern[str], rule: RuleRef | None, *trees: Tree | str
) -> Any:
    """The pattern, with a time limit if one of the trees in it is not plainly fast.

    Without a rule to name it is trusted: shipped patterns are tested to be linear.
    """
    if rule is None:
        return pattern
    risky = any(not isinstance(tree, str) and may_be_slow(tree) for tree in trees)
    return Timed(pattern, rule) if risky else pattern


def may_be_slow(tree: Tree) -> bool:
    """Whether matching may take more steps than the match has characters.

    >>> from normalize.engine.patterns import parse
    >>> may_be_slow(parse("(a+)+b", {})), may_be_slow(parse("a+b+c", {}))
    (True, False)
    """
    loops = list(_open(tree))
    if any(_varies(loop.item) for loop in loops):
        return True
    sets = [_set(loop.item) for loop in loops]
    return any(
        one is None or other is None or _overlap(one, other)
        for i, one in enumerate(sets)
        for other in sets[:i]
    )


def _open(tree: Tree) -> Iterator[Repeat]:
    if isinstance(tree, Repeat):
        if tree.mode != "+" and (tree.high is None or tree.high > OPEN):
            yield tree
        yield from _open(tree.item)
    elif isinstance(tree, Group | Look):
        yield from _open(tree.item)
    elif isinstance(tree, Seq | Alt):
        for part in tree.items if isinstance(tree, Seq) else tree.options:
            yield from _open(part)


def _varies(tree: Tree) -> bool:
    """Whether a part can match in more ways than one."""
    if isinstance(tree, Repeat):
        return tree.mode != "+" and (tree.low != tree.high or _varies(tree.item))
    if isinstance(tree, Group | Look):
        return _varies(tree.item)
    if isinstance(tree, Seq):
        return any(map(_varies, tree.items))
    if isinstance(tree, Alt):
        first = [_set(_head(option)) for option in tree.options]
        return any(map(_varies, tree.options)) or any(
            one is None or other is None or _overlap(one, other)
            for i, one in enumerate(first)
            for other in first[:i]
        )
    return False


def _head(tree: Tree) -> Tree:
    if isinstance(tree, Seq) and tree.items:
        return _head(tree.items[0])
    return _head(tree.item) if isinstance(tree, Group | Repeat) else tree


def _set(tree: Tree) -> Chars | None:
    """The set of which a part is one character; None when it is more than that."""
    if isinstance(tree, Group):
        return _set(tree.item)
    if isinstance(tree, Seq) and len(tree.items) == 1:
        return _set(tree.items[0])
    return tree if isinstance(tree, Chars) else None


def _overlap(one: Chars, other: Chars) -> bool:
    """Whether two sets have a character in common, as far as can be told."""
    for few, many in ((one, other), (other, one)):
        if few.members is not None and not few.negated:
            pattern = regex.compile(emit(many))
            return any(pattern.match(char) for char in few.members)
    return True
