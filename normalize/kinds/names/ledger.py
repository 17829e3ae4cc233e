"""What names of the user's own need to know of those that a stage has already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from normalize.kinds.builder import Builder
from normalize.kinds.decisions import DecisionRule
from normalize.kinds.names.claims import Claim, Tables
from normalize.kinds.names.model import NameRule
from normalize.kinds.names.writing import Rules, Writing
from normalize.kinds.spelling.model import SpellingRule

# Output, rank, country; what the name wants for itself, a line each, with the costs.
Row = tuple[str, int, str, str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Who wants what in the names of a stage; of many spellings a line is one.

    It is kept beside what the stage compiles to, and read only when names join it.
    """

    habits: Sequence[tuple[str, SpellingRule]]
    styles: Rules
    decisions: Sequence[tuple[DecisionRule, int]]
    known: Mapping[tuple[str, str], str]  # what `Writing` has learned
    rows: Sequence[Row]
    given: Sequence[tuple[str, str]]  # the forms of given names, by number
    asked: Mapping[int, str]
    lacking: Mapping[int, str]
    written: str
    surnames: str
    owners: Mapping[tuple[str, str], int]
    places: Mapping[str, str]
    # Spellings that would tell the language of a given name, if anybody had it.
    untold: Sequence[tuple[str, tuple[str, int]]]
    spelled: frozenset[int]  # the rules that spell out what is written

    def claims_on(self, wanted: set[str]) -> dict[str, list[Claim]]:
        """Who claims these spellings."""
        found: dict[str, list[Claim]] = {}
        for output, rank, nation, joined, costs in self.rows:
            texts = joined.split("\n")
            if wanted.isdisjoint(texts):
                continue
            for text, cost in zip(texts, costs, strict=True):
                if text in wanted:
                    claim = Claim(cost, output, rank, nation)
                    found.setdefault(text, []).append(claim)
        return found

    def becoming(self, outputs: set[str]) -> set[str]:
        """All spellings of the names that are written so."""
        found: set[str] = set()
        for output, _, _, joined, _ in self.rows:
            if output in outputs:
                found.update(joined.split("\n"))
        return found


def ledger_of(builder: Builder, writing: Writing, tables: Tables) -> Ledger:
    """The ledger of a stage whose names are in the tables."""
    return Ledger(
        habits=tuple(builder.habits),
        styles=tuple(builder.styles),
        decisions=tuple(builder.decisions),
        known=writing.known,
        rows=tuple(
            (
                output,
                rank,
                nation,
                "\n".join(text for text, _ in found),
                tuple(cost for _, cost in found),
            )
            for output, rank, nation, found in tables.claims
            if found
        ),
        given=tuple((uk, ru) for uk, ru, _ in tables.given),
        asked=tables.asked,
        lacking=tables.lacking,
        written="\n".join(sorted(tables.written)),
        surnames="\n".join(sorted(tables.surnames)),
        owners=tables.owners,
        places={
            kind: "\n".join(sorted(found)) for kind, found in tables.places.items()
        },
        untold=tuple(
            (spelling, told)
            for spelling, told in sorted(tables.telling.items())
            if spelling.isalpha() and spelling not in tables.given_parts
        ),
        spelled=frozenset(spelled_out(builder.names)),
    )


def spelled_out(names: Iterable[tuple[NameRule, int, frozenset[str]]]) -> set[int]:
    """The ranks of the rules that spell out what is written."""
    return {
        rank for rule, rank, _ in names if rule.name is not None and rule.name.canonical
    }
