"""Kind `pairs`: marks that open and close, and what they are written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import regex

from normalize.engine.analysis import emit
from normalize.engine.limits import limited
from normalize.engine.matcher import Scene
from normalize.engine.pair_families import Exceptions, Family
from normalize.engine.pair_marks import NEAR, Reader
from normalize.engine.pairs import Pairs
from normalize.engine.patterns import Classes, Tree
from normalize.engine.wide import seen
from normalize.kinds.base import Finding, Kind, Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import Pattern
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Flag, Text
from normalize.spans import RuleRef

# The fields that say what a mark is instead; each a list of patterns.
EXCEPTIONS = {
    "never": "marks that are none of these: patterns, tried where an apostrophe "
    "begins, or another mark behind a letter or digit",
    "elisions": "marks that are apostrophes and hardly ever anything else",
    "possessives": "marks that are apostrophes when they stand alone",
    "doubtful": "marks that often stand alone; they are left then and not told of",
    "through": "what is looked through when the neighbours of a mark are told",
}

CODE = Text(r"[a-z]+(?:_[a-z]+)*", "a code (lower-case words, joined by _)")


@dataclass(frozen=True, slots=True)
class PairsRule(Rule):
    """The marks by families, and the levels as written, outermost first."""

    families: tuple[Family, ...]
    levels: tuple[tuple[str, str], ...]
    apostrophe: str
    code: str
    exceptions: tuple[tuple[str, tuple[Tree, ...]], ...]


def record(classes: Classes) -> Record:
    """The fields of a pairs file."""
    marks = ListOf(Text(r"\S{1,4}", "a mark"))
    family = Record(
        (
            Field("opening", marks, "marks with the shape of an opening one"),
            Field("closing", marks, "marks with the shape of a closing one"),
            Field("either", marks, "marks whose shape does not tell"),
            Field(
                "apostrophes",
                Flag(),
                "yes: they are apostrophes more often than not (default no)",
            ),
        ),
        _build_family,
        "family of marks",
    )
    rule = Record(
        (
            *RULE_FIELDS,
            Field(
                "marks",
                ListOf(family),
                "families of marks; those of one family pair with each other",
                True,
            ),
            Field(
                "levels",
                ListOf(Text(r"\S+ \S+", "an opening and a closing mark: '« »'")),
                "what pairs are written as, outermost first; without it they are "
                "only checked",
            ),
            Field("apostrophe", Text(), "what apostrophes are written as"),
            Field("code", CODE, "the code of the diagnostic for a mark alone", True),
            *(
                Field(name, ListOf(Pattern(classes)), doc)
                for name, doc in EXCEPTIONS.items()
            ),
        ),
        partial(_build, classes),
        "rule",
    )
    return file_record("pairs", rule)


def _build_family(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> Family | None:
    if not values.keys() & {"opening", "closing", "either"}:
        problems.add(node, "a family of marks needs 'opening', 'closing' or 'either'")
        return None
    sides: dict[str, set[str]] = {"opening": set(), "closing": set(), "either": set()}
    known: set[str] = set()
    for name, side in sides.items():
        for scalar in values.get(name, ()):
            if scalar.value in known:
                problems.add(scalar, f"the mark {scalar.value!r} is there twice")
                continue
            known.add(scalar.value)
            side.add(scalar.value)
    opening, closing, either = map(frozenset, sides.values())
    return Family(opening, closing, either, values.get("apostrophes", False))


def _build(
    classes: Classes, values: dict[str, Any], node: Mapping, problems: Problems
) -> PairsRule | None:
    del classes
    levels = tuple(
        (opening, closing)
        for opening, _, closing in (
            scalar.value.partition(" ") for scalar in values.get("levels", ())
        )
    )
    families: list[Family] = values["marks"]
    owners: dict[str, int] = {}
    for number, family in enumerate(families):
        for mark in (*family.opening, *family.closing, *family.either):
            if mark in owners:
                problems.add(node, f"the mark {mark!r} is there twice")
            owners[mark] = number
    for scalar, (opening, closing) in zip(
        values.get("levels", ()), levels, strict=True
    ):
        _check_level(scalar, opening, closing, families, owners, problems)
    if ("elisions" in values or "possessives" in values) != ("apostrophe" in values):
        problems.add(node, "'apostrophe' goes with 'elisions' or 'possessives'")
    exceptions = tuple(
        (name, tuple(tree for _, tree in values[name]))
        for name in EXCEPTIONS
        if name in values
    )
    return PairsRule(
        **base_of(values, node),
        families=tuple(families),
        levels=levels,
        apostrophe=values["apostrophe"].value if "apostrophe" in values else "",
        code=values["code"].value,
        exceptions=exceptions,
    )


def _check_level(
    scalar: Scalar,
    opening: str,
    closing: str,
    families: Sequence[Family],
    owners: dict[str, int],
    problems: Problems,
) -> None:
    """Refuse a level that would not be read back as what it was written for."""
    for mark, place in ((opening, "closing"), (closing, "opening")):
        if mark not in owners:
            message = f"the mark {mark!r} is written but not listed under 'marks'"
            problems.add(scalar, message)
        elif mark in getattr(families[owners[mark]], place):
            message = f"the mark {mark!r} is listed as {place}, but written otherwise"
            problems.add(scalar, message)
    if owners.get(opening) != owners.get(closing):
        problems.add(scalar, "both marks of a level must be of one family")


def made(rule: PairsRule, rank: int, own: RuleRef | None = None) -> Pairs:
    """The matcher of a rule; the patterns of the user's `own` get a time limit."""
    all_trees = [tree for _, trees in rule.exceptions for tree in trees]
    told = [t for name, ts in rule.exceptions if name != "through" for t in ts]
    patterns = {name: "|".join(map(emit, trees)) for name, trees in rule.exceptions}
    through = patterns.pop("through", None)
    known = "|".join(f"(?P<{name}>{source})" for name, source in patterns.items())
    exceptions = Exceptions(
        limited(regex.compile(known), own, *all_trees) if known else None,
        limited(regex.compile(through), own, *all_trees) if through else None,
        near=max(map(seen, told), default=0) <= NEAR,
    )
    reader = Reader(rule.families, exceptions, rule.apostrophe)
    return Pairs(reader, rule.levels, rule.code, rank)


def add(rule: PairsRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    (builder.matchers if rule.levels else builder.checks).append(
        made(rule, rank, builder.own)
    )


def lint(file: RuleFile, _classes: Classes | None = None) -> Iterator[Finding]:
    """Levels that a second run would write otherwise."""
    for rule in file.rules:
        if not isinstance(rule, PairsRule):
            continue
        text = "a"
        for opening, closing in reversed(rule.levels):
            text = f"a {opening}{text}{closing} a"
        matcher, scene = made(rule, 1), Scene(text)
        if any(
            pieces
            for start in range(len(text))
            if text.startswith(matcher.anchors, start)
            for _, _, pieces in matcher.find(scene, start)
        ):
            message = f"the marks of {text!r} are read back as something else"
            hint = "list each under the shape that it is written in"
            yield Finding("N017", message, rule.at, hint)


KIND = Kind(
    "pairs", "marks that open and close, such as quotation marks", record, add, lint
)
