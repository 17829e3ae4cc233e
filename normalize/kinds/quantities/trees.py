"""Patterns of quantities: a space is a gap, {space} a plain space of a coded text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from normalize.engine.expressions import check_width
from normalize.engine.guards import Item
from normalize.engine.patterns import (
    Alt,
    Chars,
    Classes,
    Group,
    Look,
    PatternError,
    Repeat,
    Seq,
    Tree,
    parse,
)
from normalize.kinds.fields import add_pattern_problem
from normalize.source.fields import Problems
from normalize.source.nodes import Scalar

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
    if tree == gap:
        return tree
    if isinstance(tree, Chars):
        typed = tree.members == frozenset(" ") and tree.inner != SPACE.inner
        return gap if typed and not tree.negated else tree
    if isinstance(tree, Seq):
        return Seq(tuple(_with_gaps(item, gap) for item in tree.items))
    if isinstance(tree, Alt):
        return Alt(tuple(_with_gaps(item, gap) for item in tree.options))
    if isinstance(tree, Repeat | Look | Group):
        return replace(tree, item=_with_gaps(tree.item, gap))
    return tree


def without_names(tree: Tree) -> Tree:
    """The same pattern with its groups unnamed."""
    if isinstance(tree, Group):
        return without_names(tree.item)
    if isinstance(tree, Seq):
        return Seq(tuple(map(without_names, tree.items)))
    if isinstance(tree, Alt):
        return Alt(tuple(map(without_names, tree.options)))
    if isinstance(tree, Repeat | Look):
        return replace(tree, item=without_names(tree.item))
    return tree
