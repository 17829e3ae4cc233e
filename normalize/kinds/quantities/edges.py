"""What stands right beside a match where a context begins or ends.

Contexts are many alternatives, and mostly none of them is there: a look at two
characters, or at the first letter of a phrase, tells so without trying each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from normalize.engine.analysis import beginnings
from normalize.engine.patterns import Alt, Group, Repeat, Seq, Tree
from normalize.engine.vetoes import Item
from normalize.engine.words import Words

SIZE = 2


def behind(words: Words, items: Sequence[Item]) -> str:
    """The source of a look at what stands behind a match; '' when it tells nothing."""
    found = _sources(words, items, turned=False)
    return f"(?={found})" if found else ""


def before(words: Words, items: Sequence[Item]) -> str:
    """The same for what stands before a match."""
    found = _sources(words, items, turned=True)
    return f"(?<={found})" if found else ""


def _sources(words: Words, items: Sequence[Item], *, turned: bool) -> str:
    gap = f"(?:{words.gap_source})?"
    pairs: set[str] = set()
    sources: set[str] = set()
    for item in items:
        if isinstance(item, str):
            letter = item[-1 if turned else 0]
            if not letter.isalpha():
                return ""
            sources.add(_row((gap, f"(?i:{letter})"), turned))
            continue
        found = beginnings(mirrored(item) if turned else item)
        if found is None:
            return ""
        pairs |= {text[:SIZE] for text in found}
    return "|".join([*_grouped(pairs, turned), *sorted(sources)])


def _grouped(pairs: Iterable[str], turned: bool) -> list[str]:
    """Sources of the pairs, those with the same second characters as one."""
    seconds: dict[str, set[str]] = {}
    for pair in pairs:
        seconds.setdefault(pair[0], set()).add(pair[1:])
    firsts: dict[frozenset[str], set[str]] = {}
    for first, found in seconds.items():
        key = frozenset[str]() if "" in found else frozenset(found)
        firsts.setdefault(key, set()).add(first)
    rows = [[_set(mine), *([_set(key)] if key else [])] for key, mine in firsts.items()]
    return sorted(_row(row, turned) for row in rows)


def _row(sets: Sequence[str], turned: bool) -> str:
    return "".join(reversed(sets) if turned else sets)


def _set(chars: Iterable[str]) -> str:
    escaped = "".join(regex.escape(char, special_only=False) for char in sorted(chars))
    return f"[{escaped}]" if escaped else "(?!)"


def mirrored(tree: Tree) -> Tree:
    """A pattern whose matches are those of another one, read backwards.

    Conditions are left as they are, which serves for telling how a match begins.
    """
    if isinstance(tree, Seq):
        return Seq(tuple(map(mirrored, reversed(tree.items))))
    if isinstance(tree, Alt):
        return Alt(tuple(map(mirrored, tree.options)))
    if isinstance(tree, Group | Repeat):
        return replace(tree, item=mirrored(tree.item))
    return tree
