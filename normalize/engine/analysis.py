"""What the compiler asks of a pattern: its width, its beginnings, its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from operator import is_

import regex

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

ANCHOR_LENGTH = 4  # longer literals make a larger automaton and no fewer candidates
MAX_ANCHORS = 256


def emit(tree: Tree) -> str:
    """The pattern in the syntax of the `regex` package."""
    if isinstance(tree, Chars):
        if tree.members is not None and len(tree.members) == 1:
            (char,) = tree.members
            return str(regex.escape(char, special_only=False))
        return f"[{'^' if tree.negated else ''}{tree.inner}]"
    if isinstance(tree, Seq):
        return "".join(_closed(item) for item in tree.items)
    if isinstance(tree, Alt):
        return "|".join(emit(option) for option in tree.options)
    if isinstance(tree, Repeat):
        item = emit(tree.item)
        if not isinstance(tree.item, Chars):
            item = f"(?:{item})"
        return f"{item}{_times(tree)}{tree.mode}"
    if isinstance(tree, Group):
        return f"(?P<{tree.name}>{emit(tree.item)})"
    if isinstance(tree, Look):
        mark = ("<" if tree.behind else "") + ("!" if tree.negated else "=")
        return f"(?{mark}{emit(tree.item)})"
    return _PLACES.get(tree.mark, tree.mark)


def _times(tree: Repeat) -> str:
    short = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((tree.low, tree.high))
    high = "" if tree.high is None else tree.high
    return short or f"{{{tree.low},{high}}}"


# Line ends are CR LF, LF and CR, on every system.
_PLACES = {
    "^": r"(?:\A|(?<=\n)|(?<=\r)(?!\n))",
    "$": r"(?:\Z|(?=\r)|(?<!\r)(?=\n))",
}


def _closed(tree: Tree) -> str:
    return f"(?:{emit(tree)})" if isinstance(tree, Alt) else emit(tree)


def width(tree: Tree) -> tuple[int, int | None]:
    """The least and the greatest number of code points; None: no bound."""
    if isinstance(tree, Chars):
        return 1, 1
    if isinstance(tree, Look | At):
        return 0, 0
    if isinstance(tree, Group):
        return width(tree.item)
    if isinstance(tree, Repeat):
        low, high = width(tree.item)
        if tree.high == 0 or high == 0:
            return 0, 0
        unbounded = high is None or tree.high is None
        most = None if unbounded else (high or 0) * (tree.high or 0)
        return low * tree.low, most
    parts = [width(t) for t in (tree.items if isinstance(tree, Seq) else tree.options)]
    highs = [high for _, high in parts]
    pick = sum if isinstance(tree, Seq) else max
    least = (
        sum(low for low, _ in parts) if pick is sum else min(low for low, _ in parts)
    )
    if None in highs:
        return least, None
    return least, pick([high for high in highs if high is not None] or [0])


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """The parts of which a pattern is made."""
    if isinstance(tree, Seq):
        return tree.items
    if isinstance(tree, Alt):
        return tree.options
    return () if isinstance(tree, Chars | At) else (tree.item,)


def all_parts(trees: Iterable[Tree], *, looks: bool) -> list[Tree]:
    """Patterns with all their parts, each object once.

    With `looks` what is inside of conditions as well.
    """
    waiting = list(trees)
    found: dict[int, Tree] = {}
    while waiting:
        tree = waiting.pop()
        if id(tree) not in found:
            found[id(tree)] = tree
            if looks or not isinstance(tree, Look):
                waiting += parts_of(tree)
    return list(found.values())


def with_parts(tree: Tree, changed: Callable[[Tree], Tree]) -> Tree:
    """The tree with what became of each of its parts; itself where all stay.

    Fields stand in many patterns: one object of each is kept, and asked about once.
    """
    if isinstance(tree, Seq | Alt):
        parts = tree.items if isinstance(tree, Seq) else tree.options
        made = tuple(map(changed, parts))
        return tree if all(map(is_, made, parts)) else type(tree)(made)
    if isinstance(tree, Repeat | Look | Group):
        item = changed(tree.item)
        return tree if item is tree.item else replace(tree, item=item)
    return tree


def greedy(tree: Tree) -> Tree:
    """The same pattern with every repeat taking as much as it can."""
    made = with_parts(tree, greedy)
    return replace(made, mode="") if isinstance(made, Repeat) and made.mode else made


def expansion(tree: Tree) -> int:
    """How many single characters the pattern has with its repeats written out."""
    if isinstance(tree, Repeat):
        return expansion(tree.item) * max(1, tree.low, tree.high or 0)
    if isinstance(tree, Group | Look):
        return expansion(tree.item)
    if isinstance(tree, Seq | Alt):
        parts = tree.items if isinstance(tree, Seq) else tree.options
        return sum(map(expansion, parts))
    return 1


def group_names(tree: Tree) -> list[str]:
    """The names of the groups, in order."""
    if isinstance(tree, Group):
        return [tree.name, *group_names(tree.item)]
    if isinstance(tree, Repeat | Look):
        return group_names(tree.item)
    if isinstance(tree, Seq | Alt):
        parts = tree.items if isinstance(tree, Seq) else tree.options
        return [name for part in parts for name in group_names(part)]
    return []


def stays_in_line(tree: Tree) -> bool:
    """Whether no part of the pattern can match, or look at, a line end.

    Such a pattern does the same on a whole text as on one of its paragraphs.
    """
    if isinstance(tree, Chars):
        return not _ends_line(f"[{'^' if tree.negated else ''}{tree.inner}]")
    if isinstance(tree, At):
        return tree.mark not in ("^", "$")
    if isinstance(tree, Repeat | Look | Group):
        return stays_in_line(tree.item)
    parts = tree.items if isinstance(tree, Seq) else tree.options
    return all(stays_in_line(part) for part in parts)


@lru_cache(4096)  # words are made of few characters, and rules of many words
def _ends_line(chars: str) -> bool:
    """Whether one of the characters of a set ends a line."""
    pattern = regex.compile(chars)
    return bool(pattern.match("\n") or pattern.match("\r"))


def beginnings(tree: Tree, *, fold: bool = False) -> frozenset[str] | None:
    """Literals one of which every match begins with; None when unbounded.

    With `fold` the case of the text does not matter, so each literal is there
    in every case.
    """
    found = _prefixes(tree, fold)
    if found is None or any(not text for text, _ in found):
        return None
    return frozenset(text for text, _ in found)


# A prefix with a mark whether what follows it is still exactly what comes next.
_Prefixes = frozenset[tuple[str, bool]]


def _prefixes(tree: Tree, fold: bool) -> _Prefixes | None:
    if isinstance(tree, Chars):
        if tree.members is None:
            return None
        chars = {c for m in tree.members for c in (_cases(m) if fold else (m,))}
        return frozenset((c, True) for c in chars)
    if isinstance(tree, Look | At):
        return frozenset({("", True)})
    if isinstance(tree, Group):
        return _prefixes(tree.item, fold)
    if isinstance(tree, Alt):
        parts = [_prefixes(option, fold) for option in tree.options]
        if any(part is None for part in parts):
            return None
        return frozenset[tuple[str, bool]]().union(*(p for p in parts if p is not None))
    if isinstance(tree, Repeat):
        return _repeat_prefixes(tree, fold)
    return _chain(_prefixes(item, fold) for item in tree.items)


def _repeat_prefixes(tree: Repeat, fold: bool) -> _Prefixes | None:
    once = _prefixes(tree.item, fold)
    if once is None:
        # An optional part that can begin with anything leaves nothing known.
        return None
    most = ANCHOR_LENGTH if tree.high is None else min(tree.high, ANCHOR_LENGTH)
    found: set[tuple[str, bool]] = set()
    for copies in range(min(tree.low, ANCHOR_LENGTH), most + 1):
        # What is longer than an anchor is cut by the chain itself.
        found |= _chain([once] * copies)
    return frozenset(found)


def _chain(parts: Iterable[_Prefixes | None]) -> _Prefixes:
    """Prefixes of parts one after the other, cut where they get long or many."""
    done: set[tuple[str, bool]] = set()
    live = {""}
    for part in parts:
        following = _fitting(part, len(live))
        if following is None:
            break
        grown = {
            (a + b, more and len(a + b) < ANCHOR_LENGTH)
            for a in live
            for b, more in following
        }
        done |= {(text[:ANCHOR_LENGTH], False) for text, more in grown if not more}
        live = {text for text, more in grown if more}
        if not live:
            return frozenset(done)
    else:
        return frozenset(done | {(text, True) for text in live})
    return frozenset(done | {(text, False) for text in live})


def _fitting(found: _Prefixes | None, times: int) -> _Prefixes | None:
    """The prefixes, cut until there are few enough of them `times` over."""
    for length in range(ANCHOR_LENGTH, 0, -1):
        if found is None or len(found) * times <= MAX_ANCHORS:
            return found
        found = frozenset((t[: length - 1], m and len(t) < length) for t, m in found)
    return None


def _cases(char: str) -> tuple[str, ...]:
    variants = (char, char.lower(), char.upper(), char.title())
    return tuple(c for c in variants if len(c) == 1)
