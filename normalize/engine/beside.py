"""Which characters may stand right beside a match, told without the pattern."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import regex

from normalize.engine.analysis import emit, width
from normalize.engine.patterns import (
    Alt,
    At,
    Chars,
    Group,
    Look,
    Repeat,
    Seq,
    Tree,
)
from normalize.engine.words import members

# What stands before a line: nothing, or the end of another one.
LINE_STARTS = frozenset({"", "\n", "\r"})
MOST = 1024  # so many characters are remembered


class Before(dict[str, bool]):
    """By character ('': none), whether a match may stand beside it; asked once each.

    `source` is that of a pattern which fits the character.
    """

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self._pattern: Any = None

    def __reduce__(self) -> tuple[type[Before], tuple[str]]:
        return Before, (self.source,)

    def __missing__(self, char: str) -> bool:
        if self._pattern is None:
            self._pattern = regex.compile(self.source, regex.VERSION0)
        if len(self) >= MOST:
            self.clear()
        found = self[char] = self._pattern.fullmatch(char) is not None
        return found


def before(tree: Tree) -> Before | None:
    """The characters that may stand right before a match; None: any may.

    It may name some too many, none too few, wherever the paragraph begins.
    """
    items = tree.items if isinstance(tree, Seq) else (tree,)
    looks = takewhile(lambda item: isinstance(item, Look) and item.behind, items)
    told = [found for found in map(_before, looks) if found is not None]
    if len(told) > 1:  # all of them must fit
        every = "".join(rf"(?=(?:{one.source})\Z)" for one in told)
        return Before(f"{every}(?s:.?)")
    return told[0] if told else _before(items[0]) if items else None


def _before(first: Tree) -> Before | None:
    """The characters that may stand before what begins so."""
    if isinstance(first, Alt):
        sources = [
            found.source for found in map(before, first.options) if found is not None
        ]
        every = len(sources) == len(first.options)
        return Before("|".join(f"(?:{one})" for one in sources)) if every else None
    if not isinstance(first, Look) or not first.behind:
        return None
    if first.negated:
        options = first.item.options if isinstance(first.item, Alt) else (first.item,)
        sources = [emit(option) for option in options if isinstance(option, Chars)]
        if not sources:
            return None
        return Before(rf"(?:(?!{'|'.join(sources)}).|[\r\n])?+")
    source = _last(first.item)
    return None if source is None else Before(source)


def _last(tree: Tree) -> str | None:
    """The source of the last character of what a tree matches; None when unknown."""
    if isinstance(tree, Alt):
        parts = [_last(option) for option in tree.options]
        known = [part for part in parts if part is not None]
        return f"(?:{'|'.join(known)})" if len(known) == len(parts) else None
    sources: list[str] = []
    for part in reversed(tree.items if isinstance(tree, Seq) else (tree,)):
        if part == At("^"):
            sources.append(r"[\r\n]?+")
            return f"(?:{'|'.join(sources)})"
        item = part.item if isinstance(part, Repeat) else part
        if not isinstance(item, Chars):
            return None
        sources.append(emit(item))
        if not isinstance(part, Repeat) or part.low:
            return f"(?:{'|'.join(sources)})"
    return None


def last(tree: Tree) -> Before | None:
    """The last characters of what a tree matches; None: it may be any."""
    source = _last(tree)
    return None if source is None else Before(source)


def after(tree: Tree) -> Before | None:
    """The characters that may stand behind a match of one character; None: any may.

    It may name some too many, none too few.
    """
    items = tree.items if isinstance(tree, Seq) else (tree,)
    look = items[-1] if items else None
    if not isinstance(look, Look) or look.behind or look.negated:
        return None
    if width(Seq(items[:-1])) != (1, 1):
        return None
    source = _first(look.item)
    return None if source is None else Before(source)


def _first(tree: Tree) -> str | None:
    """The source of the first character of what a tree matches; None when unknown."""
    if isinstance(tree, Chars):
        return emit(tree)
    if isinstance(tree, Group):
        return _first(tree.item)
    if isinstance(tree, Alt):
        parts = [_first(option) for option in tree.options]
        known = [part for part in parts if part is not None]
        return f"(?:{'|'.join(known)})" if len(known) == len(parts) else None
    sources: list[str] = []
    for part in tree.items if isinstance(tree, Seq) else (tree,):
        if isinstance(part, Look):  # asks for more than that
            continue
        if part == At("$"):
            sources.append(r"[\r\n]?+")
            return f"(?:{'|'.join(sources)})"
        one = None
        if isinstance(part, Repeat):
            one = _first(part.item)
        elif not isinstance(part, At | Seq):
            one = _first(part)
        if one is None:
            return None
        sources.append(one)
        if not isinstance(part, Repeat) or part.low:
            return f"(?:{'|'.join(sources)})"
    return None


def char_before(tree: Tree) -> frozenset[str] | None:
    """The characters one of which must stand right before a match; None: any may."""
    first = tree.items[0] if isinstance(tree, Seq) and tree.items else tree
    if not isinstance(first, Look) or not first.behind or first.negated:
        return None
    item = first.item
    found: frozenset[str] = frozenset()
    for part in reversed(item.items if isinstance(item, Seq) else (item,)):
        if part == At("^"):
            return found | LINE_STARTS
        known = members(part.item if isinstance(part, Repeat) else part)
        if not known:
            return None
        found |= known
        if not isinstance(part, Repeat) or part.low:
            return found
    return None
