"""What must follow the anchor of a pattern that has something before it.

Where sums stand side by side, each sign has a number before it, of another sum. A look
behind the sign mostly tells that no pattern with a number before it fits there.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.engine.analysis import emit, width
from normalize.engine.coder import FILLER
from normalize.engine.patterns import Seq, Tree
from normalize.kinds.quantities.model import Grammar
from normalize.kinds.quantities.trees import without_names
from normalize.kinds.quantities.words import parts_of

PARTS = 8  # no form has so many words and marks


def ahead_of(
    items: Sequence[Tree], pivot: int, lexicon: str, grammar: Grammar, right: str
) -> str:
    """The source of what a coded text has from the anchor on, in every match.

    That is the rest of the form with the anchor, and the first part of the pattern
    behind it, or the `right` edge of a match; it may take too much, never too little.
    """
    stop = pivot + 1
    while stop < len(items) and not width(items[stop])[0]:
        stop += 1
    tail = [without_names(item) for item in items[pivot + 1 : stop + 1]]
    edge = right if stop >= len(items) else ""
    part = _part(lexicon, grammar)
    # A sign may stand inside of a word with a code: of US$ the anchor may be S$.
    first = f"(?:{FILLER}++{part}?|{part})"
    return f"{first}(?:\\s*{part}){{0,{PARTS}}}{emit(Seq(tuple(tail)))}{edge}"


def _part(lexicon: str, grammar: Grammar) -> str:
    """The source of one word or mark of any form of a lexicon, in a coded text."""
    codes = "".join(sorted(grammar.coding.codes_in(lexicon)))
    forms = grammar.lexicons[lexicon].forms()
    # Words that have no code are lone letters.
    marks = {p for form in forms for p in parts_of(form) if len(p) == 1}
    marks -= {" "}
    escaped = "".join(regex.escape(mark, special_only=False) for mark in sorted(marks))
    options = [
        f"[{codes}]{FILLER}*+" if codes else "",
        f"[{escaped}]" if escaped else "",
    ]
    return f"(?:{'|'.join(filter(None, options))})"
