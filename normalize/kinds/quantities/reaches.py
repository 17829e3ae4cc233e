"""How far from its pivot the number of a quantity can stand.

Most words that may be a month or a coin have no number beside them, and are settled
by a look at so many characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from normalize.engine.analysis import width
from normalize.engine.coder import NEAR
from normalize.engine.patterns import Alt, Chars, Group, Repeat, Seq, Tree
from normalize.kinds.quantities.model import Grammar

# A run of spaces, and a gap with its line end: where spaces are doubled nobody asks.
SPACES = 3
GAP = 8

# So many code points before and behind the place of an anchor.
Reach = tuple[int, int]


def number_reach(items: Sequence[Tree], pivot: int, grammar: Grammar) -> Reach:
    """Where a number must be, when the anchor is in the item with number `pivot`.

    (0, 0) when no number need be there.
    """
    own = _most(items[pivot], grammar)
    before = _to_number(reversed(items[:pivot]), grammar)
    behind = _to_number(items[pivot + 1 :], grammar)
    if before < 0 and behind < 0:
        return 0, 0
    # One side is enough where both have a number: the nearer one.
    if behind < 0 or 0 <= before <= behind:
        return min(NEAR, own + before + 1), 0
    return 0, min(NEAR, own + behind + 1)


def _to_number(items: Iterable[Tree], grammar: Grammar) -> int:
    """How many code points there may be before the nearest number; -1 without one."""
    passed = 0
    for item in items:
        if is_number(item, grammar):
            return passed
        passed += _most(item, grammar)
    return -1


def is_number(item: Tree, grammar: Grammar) -> bool:
    """Whether a part of a pattern is a number in digits."""
    if not isinstance(item, Group):
        return False
    spec = grammar.fields[item.name.rstrip("234")]
    return spec.low is not None or bool(spec.shapes)


def _most(tree: Tree, grammar: Grammar) -> int:
    """The greatest width of a part in a text whose spaces are not doubled."""
    if isinstance(tree, Group):
        spec = grammar.fields.get(tree.name.rstrip("234"))
        if spec is not None and spec.lexicon:
            forms = grammar.lexicons[spec.lexicon].forms()
            return max(len(form) + GAP * form.count(" ") for form in forms)
        return _most(tree.item, grammar)
    if isinstance(tree, Repeat):
        if tree.high is not None:
            return tree.high * _most(tree.item, grammar)
        return SPACES if _is_space(tree.item) else NEAR
    if isinstance(tree, Seq):
        return sum(_most(item, grammar) for item in tree.items)
    if isinstance(tree, Alt):
        return max(_most(option, grammar) for option in tree.options)
    most = width(tree)[1]
    return NEAR if most is None else most


def _is_space(tree: Tree) -> bool:
    return isinstance(tree, Chars) and tree.members == frozenset(" ")
