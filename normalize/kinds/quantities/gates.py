"""What a pattern has around its anchor as plain digits and marks: tried first.

Most places where an anchor stands are no quantity: parts of versions, addresses, sums.
Where the next parts of a pattern are digits and marks, which no coding of words
changes, they are matched in the text as it is; only where they fit is it coded.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.analysis import emit, width
from normalize.engine.patterns import Alt, At, Chars, Seq, Tree
from normalize.engine.pivots import MARGIN
from normalize.kinds.quantities.model import Grammar


def gate_of(before: Sequence[Tree], behind: Sequence[Tree], grammar: Grammar) -> str:
    """The source of the plain parts at an anchor; empty without any on one side.

    `before` are the parts of a pattern before its anchor, `behind` those from there on.
    """
    changed = frozenset("".join(grammar.coding.codes)) | grammar.spaces
    first, last = 0, len(before)
    while first < len(behind) and _is_plain(behind[first], changed):
        first += 1
    while last and _is_plain(before[last - 1], changed):
        last -= 1
    lead, ahead = Seq(tuple(before[last:])), Seq(tuple(behind[:first]))
    # What follows alone is little more than the anchor.
    if not (lead.items and ahead.items):
        return ""
    if any((width(part)[1] or MARGIN) >= MARGIN for part in (lead, ahead)):
        return ""
    return f"(?<={emit(lead)}){emit(ahead)}"


def _is_plain(tree: Tree, changed: frozenset[str]) -> bool:
    """Whether a part is about listed characters that no coding of words changes."""
    if isinstance(tree, Chars):
        listed = tree.members is not None and not tree.negated
        return listed and changed.isdisjoint(tree.members or ())
    if isinstance(tree, At):
        return False
    if isinstance(tree, Seq | Alt):
        items = tree.items if isinstance(tree, Seq) else tree.options
        return all(_is_plain(item, changed) for item in items)
    return _is_plain(tree.item, changed)
