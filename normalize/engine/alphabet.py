"""What patterns can see from a place, and which characters they can't tell apart.

A match goes no further than the characters that the patterns take, and looks ahead or
behind a bounded way. That stretch, with characters alike to the patterns written as
one, says what a match comes to; few of them are different.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from normalize.engine.analysis import all_parts, emit, width
from normalize.engine.letter_runs import (
    LETTER,
    OTHER,
    is_other,
    letter_runs,
    parts_of,
    source_of,
)
from normalize.engine.patterns import At, Chars, Look, Tree
from normalize.engine.stretches import Stretches

# What the places of a pattern look at: words end, lines end.
# The two characters of one line end are told apart.
_PLACES = {"^": (r"\r", r"\n"), "$": (r"\r", r"\n")}
_WORD = (r"[\w]",)


SHORT = 16  # code points: so few are written alike one by one
MOST = 512  # so many pieces of text are remembered, none longer than this
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of characters in patterns.

    `taken` are those that a match may consist of, `asked` all others; each is "=" and
    its characters, or "~" and the source of a set. `reach` is how many code points
    beside a match are looked at; None: no bound. `runs` are the runs of letters that a
    match may have, and those that conditions may; None: too many.
    """

    taken: frozenset[str]
    asked: frozenset[str]
    reach: int | None
    runs: tuple[frozenset[str], frozenset[str]] | None = None

    @property
    def bounded(self) -> bool:
        """Whether there is a bound to what patterns see from a place."""
        return self.runs is not None or self.reach is not None


def sets_of(trees: Iterable[Tree], beside: Iterable[str] = ()) -> Sets:
    """The sets of some patterns; `beside` are those of what stands at their edges."""
    trees = list(trees)
    plain = all_parts(trees, looks=False)
    looks = [tree for tree in plain if isinstance(tree, Look)]
    inside = all_parts((look.item for look in looks), looks=True)
    taken = frozenset(_source(tree) for tree in plain if isinstance(tree, Chars))
    asked = {f"~{source}" for source in beside}
    asked.update(_source(tree) for tree in inside if isinstance(tree, Chars))
    for tree in (*plain, *inside):
        if isinstance(tree, At):
            asked.update(f"~{source}" for source in _PLACES.get(tree.mark, _WORD))
    runs = None
    if not any(isinstance(tree, At) for tree in (*plain, *inside)):
        nested = (tree for tree in inside if isinstance(tree, Look))
        runs = _runs(trees, [*looks, *nested])
    reach = _reach(plain)
    least = None if reach is None else max(reach, 1)
    return Sets(taken, frozenset(asked), least, runs)


def _runs(
    trees: Sequence[Tree], looks: Iterable[Look]
) -> tuple[frozenset[str], frozenset[str]] | None:
    """The runs of letters that matches, and that conditions, may have."""
    mine, theirs = letter_runs(trees), letter_runs(look.item for look in looks)
    return None if mine is None or theirs is None else (mine, theirs)


def _source(chars: Chars) -> str:
    """The set of a character as `Sets` has it."""
    if chars.members is not None and not chars.negated:
        return "=" + "".join(sorted(chars.members))
    return f"~{emit(chars)}"


def sight_of(tree: Tree) -> int | None:
    """How far beside itself a pattern looks, in code points; None: no bound."""
    return _reach(all_parts([tree], looks=False))


def _reach(parts: Iterable[Tree]) -> int | None:
    """How far beside itself a pattern looks, in code points; None: no bound.

    `parts` are all of it, what is inside of conditions apart.
    """
    reach = 0
    for tree in parts:
        if isinstance(tree, At):
            reach = max(reach, 2)  # CR LF is one line end
        elif isinstance(tree, Look):
            own = width(tree.item)[1]
            more = _reach(all_parts([tree.item], looks=False))
            if own is None or more is None:
                return None
            reach = max(reach, own + more)
    return reach


class Alphabet:
    """Cuts out and writes alike what some patterns see from a place."""

    def __init__(self, sets: Sets) -> None:
        taken = _union(sets.taken)
        behind, before = f"(?:{taken})*+", f"(?r)(?:{taken})*+"
        self._reach = sets.reach or 0
        self._in_pieces = sets.runs is not None
        if sets.runs is not None:
            behind, before = _edges(sets.taken, sets.asked, *sets.runs)
            self._reach = 0
        self._behind: Any = regex.compile(behind)
        self._before: Any = regex.compile(before)
        self._remember(tuple(sorted(sets.taken | sets.asked)))

    def _remember(self, sets: tuple[str, ...]) -> None:
        self._alike = _Alike(sets)
        self._pieces = _Pieces(self._alike)
        self._stretches: Stretches | None = None
        if self._in_pieces:
            self._stretches = Stretches(self._behind, self._before, self.alike)

    def __getstate__(self) -> dict[str, Any]:
        state = {**self.__dict__, "_alike": self._alike.sets}
        return {**state, "_pieces": None, "_stretches": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._remember(state["_alike"])

    def stretch(self, text: str, place: int) -> tuple[str, int]:
        """What a pattern whose match holds a place can see, written alike.

        With where the place is in it.
        """
        found = self._stretches.at(text, place) if self._stretches is not None else None
        if found is not None:
            return found
        start, end = self.bounds(text, place)
        return self.alike(text[start:end]), place - start

    def bounds(self, text: str, place: int) -> tuple[int, int]:
        """From where to where a pattern whose match holds `place` can see."""
        start: int = self._before.match(text, 0, place).start() - self._reach
        end: int = self._behind.match(text, place).end() + self._reach
        return max(start, 0), end

    def alike(self, stretch: str) -> str:
        """A text of the same length in which a pattern has the same matches."""
        if stretch.isascii() or len(stretch) < SHORT:
            return stretch.translate(self._alike)
        # Most pieces between spaces come again.
        pieces = self._pieces
        return pieces[" "].join(map(pieces.__getitem__, stretch.split(" ")))


def _edges(
    taken: Iterable[str],
    asked: Iterable[str],
    mine: frozenset[str],
    theirs: frozenset[str],
) -> tuple[str, str]:
    """The sources of what is seen behind a place and before it.

    A word that is none of the runs of a match is taken in part at most, and what is
    taken of it is one of them. Beyond that only conditions look, which may fail at the
    character after what they take.
    """
    runs, part = source_of(mine), f"(?:{source_of(parts_of(theirs))})?+"
    match, more = _row(taken, runs), _row(asked, source_of(theirs))
    word = f"(?:{LETTER})*+"  # the rest of the one in which the place is
    return (
        f"{word}{match}((?:{runs})?+{more}){part}(?s:.)?",
        f"(?r)(?s:.)?{part}({more}(?:{runs})?+){match}{word}",
    )


def _row(sets: Iterable[str], runs: str) -> str:
    """The source of characters of these sets, letters only as whole runs of these."""
    known, sources = _parts(sets)
    options = [f"(?<!{LETTER})(?:{runs})(?!{LETTER})"]
    if sources:
        options.insert(0, f"(?={OTHER})(?:{'|'.join(sources)})")
    if others := [char for char in known if is_other(char)]:
        options.insert(0, f"{_set(others)}++")  # most of them, side by side
    return f"(?:{'|'.join(options)})*+"


class _Alike(dict[int, str]):
    """By code point, the first character seen that no set tells apart from it."""

    def __init__(self, sets: tuple[str, ...]) -> None:
        super().__init__()
        self.sets = sets
        self._first: dict[tuple[bool, ...], str] = {}
        self._open: dict[str, Any] = {}

    def __missing__(self, code: int) -> str:
        char = chr(code)
        told = tuple(self._holds(sought, char) for sought in self.sets)
        first = self[code] = self._first.setdefault(told, char)
        return first

    def _holds(self, sought: str, char: str) -> bool:
        if sought.startswith("="):
            return char in sought[1:]
        pattern = self._open.get(sought)
        if pattern is None:
            pattern = self._open[sought] = regex.compile(sought[1:])
        return pattern.match(char) is not None


class _Pieces(dict[str, str]):
    """Pieces of text with characters alike written as one."""

    def __init__(self, alike: _Alike) -> None:
        super().__init__()
        self._alike = alike

    def __missing__(self, piece: str) -> str:
        made = piece.translate(self._alike)
        if len(piece) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[piece] = made
        return made


def _parts(sets: Iterable[str]) -> tuple[list[str], list[str]]:
    """The characters of sets that are listed, and the sources of the others."""
    sets = list(sets)
    known = sorted({char for one in sets if one.startswith("=") for char in one[1:]})
    return known, sorted(one[1:] for one in sets if one.startswith("~"))


def _set(chars: Iterable[str]) -> str:
    escaped = (regex.escape(char, special_only=False) for char in chars)
    return f"[{''.join(escaped)}]"


def _union(sets: Iterable[str]) -> str:
    """The source of one character out of any of the sets."""
    known, sources = _parts(sets)
    return "|".join([_set(known), *sources] if known else sources) or r"(?!)"
