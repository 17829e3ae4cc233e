"""Kind `normalization`: letters and their marks in one Unicode form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from normalize.engine.composing import Composer
from normalize.engine.patterns import Classes
from normalize.engine.words import members
from normalize.errors import RulePatternError
from normalize.kinds.base import Finding, Kind, Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import Pattern
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import Choice, Text


@dataclass(frozen=True, slots=True)
class NormalizationRule(Rule):
    """Which form, at which characters, and what must not come of it."""

    form: str
    marks: frozenset[str]
    singles: frozenset[str]
    leave: tuple[str, ...]


def record(classes: Classes) -> Record:
    """The fields of a normalization file."""
    rule = Record(
        (
            *RULE_FIELDS,
            Field("form", Choice(("nfc",)), "the Unicode normalization form", True),
            Field("marks", Pattern(classes), "a set: marks of the letter before", True),
            Field("singles", Pattern(classes), "a set: characters with another form"),
            Field("leave", ListOf(Text(".", "one character")), "what must not come"),
        ),
        _build,
        "rule",
    )
    return file_record("normalization", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> NormalizationRule | None:
    sets = {}
    for name in ("marks", "singles"):
        if name not in values:
            continue
        scalar, tree = values[name]
        sets[name] = members(tree)
        if not sets[name]:
            message = f"{name!r} must be a set that lists its characters"
            problems.add(scalar, message, kind=RulePatternError, hint="[abc]")
            return None
    return NormalizationRule(
        **base_of(values, node),
        form=values["form"],
        marks=sets["marks"],
        singles=sets.get("singles", frozenset()),
        leave=tuple(scalar.value for scalar in values.get("leave", ())),
    )


def add(rule: NormalizationRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    builder.matchers.append(Composer("NFC", rule.marks, rule.singles, rule.leave, rank))


def lint(file: RuleFile, classes: Classes) -> Iterator[Finding]:
    """Characters that are left out and would never come."""
    del classes
    rules = [rule for rule in file.rules if isinstance(rule, NormalizationRule)]
    for rule in rules:
        for char in rule.leave:
            parts = unicodedata.normalize("NFD", char)
            if len(parts) < 2 or not rule.marks.issuperset(parts[1:]):
                message = f"{char!r} never comes of these marks"
                yield Finding("N041", message, rule.at, "take it out of 'leave'")


KIND = Kind(
    "normalization",
    "letters and their marks in one Unicode form",
    record,
    add,
    lint,
)
