"""Anchors: literals that every match of a pattern holds, and how rare they are."""

from __future__ import annotations

from functools import lru_cache

from normalize.engine.analysis import beginnings
from normalize.engine.patterns import PatternError, Seq, Tree


def split_at_anchor(tree: Tree, fold: bool) -> tuple[Seq | None, frozenset[str]]:
    """What precedes the anchor (None: nothing), and the anchor's literals.

    Of all places that have bounded literals the one with the rarest is taken.
    """
    items = tree.items if isinstance(tree, Seq) else (tree,)
    splits = []
    for i in range(len(items)):
        found = beginnings(Seq(items[i:]), fold=fold)
        if found is not None:
            splits.append((rarity(found), i, found))
    if not splits:
        raise no_anchor()
    _, i, found = min(splits, key=lambda split: split[:2])
    return Seq(items[:i]) if i else None, found


# How often a character stands in running text, roughly, in parts of ten thousand.
_FREQUENCY = (
    (str.isspace, 1600),
    (str.islower, 300),
    (str.isupper, 12),
    (str.isdigit, 15),
)
_MARKS = {",": 100, ".": 100, "-": 20, "'": 20, '"': 20}


def rarity(anchors: frozenset[str]) -> float:
    """How often these literals are to be expected; the smaller the better."""
    total = 0.0
    for anchor in anchors:
        chance = 1.0
        for char in anchor:
            chance *= _chance(char)
        # Letters are not independent: what begins a word is found more often.
        total += max(chance, 2e-5) if anchor[:1].isalpha() else chance
    return total


@lru_cache(maxsize=1024)
def _chance(char: str) -> float:
    known = next((rate for test, rate in _FREQUENCY if test(char)), 1)
    return _MARKS.get(char, known) / 10_000


def no_anchor() -> PatternError:
    """The error of a pattern that would have to be tried at every character."""
    return PatternError(
        "the pattern can begin with too many characters to be found fast", 0,
        "begin it with a letter, mark or small set, and put the rest in "
        "'preceded_by' or a look-behind",
    )  # fmt: skip
