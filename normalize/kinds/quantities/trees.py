"""Patterns of quantities: a space is a gap, {space} a plain space of a coded text."""

from __future__ import annotations

from typing import Any

from normalize.engine.analysis import with_parts
from normalize.engine.expressions import check_width
from normalize.engine.patterns import (
    Chars,
    Classes,
    Group,
    PatternError,
    Tree,
    parse,
)
from normalize.engine.vetoes import Item
from normalize.kinds.conditions import add_pattern_problem
from normalize.source.nodes import Scalar
from normalize.source.problems import Problems

GAP = r"(?: ++(?:\r?\n *+)?|\r?\n *+)"
# What {space} is in a coded text, set apart from the space that an author types.
SPACE = Chars(" ", False, frozenset(" "))


def link_context(
    said: tuple[Any, ...] | list[Any], classes: Classes, gap: Tree, problems: Problems
) -> tuple[Item, ...]:
    """The phrases and patterns of a context."""
    made: list[Item] = []
    for item in said:
        if isinstance(item, Scalar):
            made.append(item.value)
            continue
        node = item["pattern"]
        tree = parse_with(node, classes, gap, problems)
        if tree is None:
            continue
        try:
            check_width(tree)
        except PatternError as error:
            add_pattern_problem(problems, node, error)
        else:
            made.append(without_names(tree))
    return tuple(made)


def parse_with(
    node: Scalar, classes: Classes, gap: Tree, problems: Problems
) -> Tree | None:
    """The tree of a pattern in which a space is a gap between words."""
    try:
        return _with_gaps(parse(node.value, classes, "field or class"), gap)
    except PatternError as error:
        add_pattern_problem(problems, node, error)
        return None


def _with_gaps(tree: Tree, gap: Tree) -> Tree:
    if tree is gap or tree == gap:
        return tree
    if isinstance(tree, Chars):
        typed = tree.members == frozenset(" ") and tree.inner != SPACE.inner
        return gap if typed and not tree.negated else tree
    return with_parts(tree, lambda part: _with_gaps(part, gap))


def without_names(tree: Tree) -> Tree:
    """The same pattern with its groups unnamed."""
    if isinstance(tree, Group):
        return without_names(tree.item)
    return with_parts(tree, without_names)
