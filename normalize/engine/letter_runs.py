"""Which runs of letters a pattern can take, side by side.

Most words of a text are none of them, so a match ends before such a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import regex

from normalize.engine.analysis import emit
from normalize.engine.patterns import At, Chars, Group, Look, Repeat, Seq, Tree

MOST = 500  # more runs than so many are not told one by one
ANY = "\0"  # in a run: any letter
# A letter of Latin, Greek or Cyrillic, and what is none; a code of a word is none.
# One set each: five times as fast as the same with a condition before it.
LETTER = r"[^\W\d_\u0530-\U0010FFFF]"
OTHER = r"[\W\d_\u0530-\U0010FFFF]"


class _Runs(NamedTuple):
    """Runs of letters by where they may stand in a match.

    `whole` are those that are all of it, `first` and `last` those that it begins and
    ends with when it has other characters too, `inner` those between such.
    """

    whole: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    inner: frozenset[str]


# By the identity of a part: it stands in many patterns.
_Known = dict[int, _Runs]
_NONE = frozenset[str]()
_EMPTY = frozenset([""])
_NOTHING = _Runs(_EMPTY, _NONE, _NONE, _NONE)
_OTHER = _Runs(_NONE, _EMPTY, _EMPTY, _NONE)


class _ManyError(Exception):
    """There are too many to be told."""


def letter_runs(trees: Iterable[Tree]) -> frozenset[str] | None:
    """The runs that some patterns can take, conditions apart; None: too many."""
    found = _NONE
    trees = list(trees)
    known: _Known = {}
    try:
        for tree in trees:
            found = found.union(*_runs(tree, known))
    except _ManyError:
        return None
    return found - {""} if len(found) <= MOST else None


def parts_of(runs: Iterable[str]) -> frozenset[str]:
    """What may be taken of runs when not all of one is there."""
    return frozenset(
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + 1, len(run) + 1)
    )


def source_of(runs: Iterable[str]) -> str:
    """The source of one of these runs, the longest first, read in either direction."""
    ordered = sorted(runs, key=lambda run: (-len(run), run))
    if not ordered:
        return r"(?!)"
    every = "|".join(run.replace(ANY, f"(?:{LETTER})") for run in ordered)
    # Most words begin, or end, with another letter.
    first, last = ({run[at] for run in ordered} for at in (0, -1))
    begins = "" if ANY in first else f"(?=[{''.join(sorted(first))}])"
    ends = "" if ANY in last else f"(?<=[{''.join(sorted(last))}])"
    return f"{begins}(?:{every}){ends}"


def _runs(tree: Tree, known: _Known) -> _Runs:
    found = known.get(id(tree))
    if found is None:
        found = known[id(tree)] = _told(tree, known)
    return found


def _told(tree: Tree, known: _Known) -> _Runs:
    if isinstance(tree, Chars):
        return _of_chars(tree)
    if isinstance(tree, At | Look):
        return _NOTHING
    if isinstance(tree, Group):
        return _runs(tree.item, known)
    if isinstance(tree, Repeat):
        return _repeated(_runs(tree.item, known), tree)
    if isinstance(tree, Seq):
        made = _NOTHING
        for item in tree.items:
            made = _joined(made, _runs(item, known))
        return made
    return _either([_runs(option, known) for option in tree.options])


def _of_chars(chars: Chars) -> _Runs:
    if chars.members is None or chars.negated:
        any_ = _Runs(frozenset(ANY), _EMPTY, _EMPTY, _NONE)
        return any_ if _takes_letters(emit(chars)) else _OTHER
    letters = _letters() & chars.members
    rest = _EMPTY if len(letters) < len(chars.members) else _NONE
    return _checked(_Runs(letters, rest, rest, _NONE))


def is_other(char: str) -> bool:
    """Whether a character is none of the letters that runs are made of."""
    return char not in _letters()


def _repeated(once: _Runs, tree: Repeat) -> _Runs:
    if tree.high == 0:
        return _NOTHING
    letters = once.whole - {""}
    if letters and (tree.high is None or len(letters) ** tree.high > MOST):
        raise _ManyError
    # Two times show all that may stand side by side where none is letters only.
    times = tree.high if letters and tree.high is not None else 2
    made = once
    for _ in range(1, times if tree.high is None else min(times, tree.high)):
        made = _either([made, _joined(made, once)])
    return _either([made, _NOTHING]) if tree.low == 0 else made


def _joined(a: _Runs, b: _Runs) -> _Runs:
    return _checked(
        _Runs(
            _pairs(a.whole, b.whole),
            a.first | _pairs(a.whole, b.first),
            b.last | _pairs(a.last, b.whole),
            a.inner | b.inner | _pairs(a.last, b.first),
        )
    )


def _pairs(a: frozenset[str], b: frozenset[str]) -> frozenset[str]:
    if len(a) * len(b) > MOST * MOST:
        raise _ManyError
    return frozenset(x + y for x in a for y in b)


def _either(options: list[_Runs]) -> _Runs:
    if not options:
        return _Runs(_NONE, _NONE, _NONE, _NONE)
    whole, first, last, inner = (
        _NONE.union(*some) for some in zip(*options, strict=True)
    )
    return _checked(_Runs(whole, first, last, inner))


def _checked(runs: _Runs) -> _Runs:
    if max(map(len, runs)) > MOST:
        raise _ManyError
    return runs


@cache
def _takes_letters(source: str) -> bool:
    return regex.search(source, "".join(sorted(_letters()))) is not None


@cache
def _letters() -> frozenset[str]:
    return frozenset(regex.findall(LETTER, "".join(map(chr, range(0x530)))))
