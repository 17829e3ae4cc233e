"""The time limit of patterns: which can take long, and what happens when one does.

Telling `regex` a time limit makes a match several times slower, so only patterns that
are not plainly fast get one: those with an open repeat inside another repeat, or with
several open repeats that may share characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import regex

from normalize.engine.analysis import emit
from normalize.engine.patterns import Alt, Chars, Group, Look, Repeat, Seq, Tree
from normalize.errors import PatternTimeout
from normalize.spans import RuleRef

SECONDS = 2.0  # for one match; usual ones take microseconds
OPEN = 64  # a repeat that counts further is as good as open


class TooSlow(Exception):  # noqa: N818 - becomes the `PatternTimeout` of a text
    """A pattern passed its limit; whoever knows where in the text says so by `at`."""

    def __init__(self, rule: RuleRef) -> None:
        super().__init__(rule.id)
        self.rule = rule

    def at(self, offset: int) -> PatternTimeout:
        """The error for the user, with its offset in the text of the stage."""
        return PatternTimeout(self.rule.id, self.rule.at, offset, SECONDS)


class Timed:
    """A compiled pattern with a time limit, in the place of one without.

    Every method is as the pattern's own and raises `TooSlow` when it takes longer than
    the limit. A pattern made of those of several rules has these as `parts`, by which
    the one that is slow is found out.
    """

    __slots__ = ("parts", "pattern", "rule")

    def __init__(
        self,
        pattern: regex.Pattern[str],
        rule: RuleRef,
        parts: Sequence[Timed] = (),
    ) -> None:
        self.pattern = pattern
        self.rule = rule
        self.parts = tuple(parts)

    def match(self, text: str, *bounds: int) -> Any:
        """The match at the first of the bounds."""
        try:
            return self._asked(self.pattern.match, text, *bounds)
        except TooSlow:
            for part in self.parts:
                part.match(text, *bounds)
            raise

    def fullmatch(self, text: str, *bounds: int) -> Any:
        """The match of all that lies between the bounds."""
        return self._asked(self.pattern.fullmatch, text, *bounds)

    def search(self, text: str, *bounds: int) -> Any:
        """The first match between the bounds."""
        return self._asked(self.pattern.search, text, *bounds)

    def findall(self, text: str, *bounds: int) -> Any:
        """The texts of all matches between the bounds."""
        return self._asked(self.pattern.findall, text, *bounds)

    def finditer(self, text: str, *bounds: int, overlapped: bool = False) -> Any:
        """The matches between the bounds."""
        try:
            yield from self.pattern.finditer(
                text, *bounds, overlapped=overlapped, timeout=SECONDS
            )
        except TimeoutError:
            raise TooSlow(self.rule) from None

    def _asked(self, ask: Callable[..., Any], text: str, *bounds: int) -> Any:
        try:
            return ask(text, *bounds, timeout=SECONDS)
        except TimeoutError:
            raise TooSlow(self.rule) from None


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


def timed(source: str, rules: Sequence[tuple[RuleRef, str]], flags: int = 0) -> Any:
    """The pattern of a source, with a time limit if any rules that need one are in it.

    Each comes with the source of its own pattern, by which it is found out.
    """
    pattern = regex.compile(source, flags)
    if not rules:
        return pattern
    parts = []
    if len({rule.id for rule, _ in rules}) > 1:
        parts = [Timed(regex.compile(own, flags), rule) for rule, own in rules]
    return Timed(pattern, rules[0][0], parts)


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
