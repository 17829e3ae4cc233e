"""What a romanization is made of: outputs, context rules, the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

TIE = "\N{COMBINING DOUBLE INVERTED BREVE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
# Start and end of a word, as the sets of rules say it.
EDGE = "^"


class Output(NamedTuple):
    """What a letter gives in small letters, in a Title word, in a CAPS word."""

    small: str
    title: str
    caps: str
    rank: int


def output(text: str, rank: int, *, upper: bool = False) -> Output:
    """The three cases of an output; `upper` makes them all capital.

    Both letters under a tie are capital in a Title word (ALA-LC practice).
    """
    caps = text.upper()
    if upper:
        return Output(caps, caps, caps, rank)
    first = next((i for i, c in enumerate(text) if c != c.upper()), len(text))
    end = first + 1
    while end + 1 < len(text) and text[end] == TIE:
        end += 2
    return Output(text, text[:first] + caps[first:end] + text[end:], caps, rank)


@dataclass(frozen=True, slots=True)
class Turn:
    """A context rule: these letters give this, where the sets allow it."""

    source: str
    output: Output
    start: bool = False
    end: bool = False
    after: frozenset[str] | None = None
    before: frozenset[str] | None = None
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    at_least: int = 0

    def fits(self, letters: str, at: int) -> bool:
        """Whether the rule holds at a place of a word."""
        end = at + len(self.source)
        if not letters.startswith(self.source, at) or len(letters) < self.at_least:
            return False
        if (self.start and at) or (self.end and end < len(letters)):
            return False
        before = letters[at - 1] if at else EDGE
        behind = letters[end] if end < len(letters) else EDGE
        if before in self.not_after or behind in self.not_before:
            return False
        if self.after is not None and before not in self.after:
            return False
        return self.before is None or behind in self.before


@dataclass(frozen=True, slots=True)
class Table:
    """A system: what its letters and context rules give, and its policies.

    `apostrophe` is None where it stays as typed. `signs` have no case to tell,
    `vowels` are the letters on which an acute or grave mark is a stress, `hard` are
    the consonants.
    """

    id: str
    letters: Mapping[str, Output]
    turns: Mapping[str, tuple[Turn, ...]]
    apostrophe: Output | None
    apostrophes: frozenset[str]
    signs: frozenset[str]
    vowels: frozenset[str]
    hard: frozenset[str]
    stresses: frozenset[str]
    stress: str = "drop"
    foreign: str = "sister"
    single: str = "auto"
