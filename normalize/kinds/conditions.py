"""Patterns in rule files, and what must or must not stand around a match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from normalize.engine.expressions import check_width
from normalize.engine.guards import reach_of
from normalize.engine.patterns import Classes, PatternError, Tree, parse
from normalize.engine.vetoes import Item
from normalize.errors import RulePatternError
from normalize.kinds.base import Conditions
from normalize.source.fields import Field, ListOf, Record, TextOr
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Text


@dataclass(frozen=True)
class Pattern:
    """Field type: a pattern of the pattern language, read as (node, tree)."""

    classes: Classes

    def read(self, node: Any, problems: Problems) -> tuple[Scalar, Tree] | None:
        scalar = Text(called="a pattern").read(node, problems)
        if scalar is None:
            return None
        try:
            tree = parse(scalar.value, self.classes)
        except PatternError as error:
            add_pattern_problem(problems, scalar, error)
            return None
        return scalar, tree

    def schema(self) -> dict[str, Any]:
        return Text(called="a pattern").schema()


def add_pattern_problem(problems: Problems, node: Scalar, error: PatternError) -> None:
    """Turn an error of the pattern language into one of the rule file."""
    problems.add(
        node,
        error.message,
        kind=RulePatternError,
        hint=error.hint,
        shift=node.shift_of(error.offset),
        code=error.code,
    )


MOST_CONTEXTS = 1000  # phrases and patterns of one field


def context(classes: Classes) -> ListOf:
    """Field type: phrases, or `{pattern: ...}` where a phrase does not suffice."""

    def build(
        values: dict[str, Any], _node: Mapping, problems: Problems
    ) -> Item | None:
        scalar, tree = values["pattern"]
        try:
            check_width(tree)
            reach_of(tree)
        except PatternError as error:
            add_pattern_problem(problems, scalar, error)
            return None
        found: Item = tree
        return found

    record = Record(
        (Field("pattern", Pattern(classes), "a pattern, matched exactly", True),),
        build,
        "context",
    )
    return ListOf(TextOr(_Phrase(frozenset(classes)), record), most=MOST_CONTEXTS)


# What is written in patterns and hardly ever in texts; `{...}` may be a class.
_PATTERN = re.compile(r"\{([a-z][a-z-]*)\}|\\[dDwWsSbpN]|\][+*?{]|\(\?|\)[+*?]|\.[*+]")


@dataclass(frozen=True)
class _Phrase:
    """Field type: plain text, read as `str`."""

    classes: frozenset[str]

    def read(self, node: Any, problems: Problems) -> str | None:
        scalar = Text(called="a phrase or {pattern: ...}").read(node, problems)
        if scalar is None:
            return None
        for found in _PATTERN.finditer(scalar.value):
            if found[1] is None or found[1] in self.classes:
                message = (
                    f"the phrase {scalar.value!r} would be looked for as it stands"
                )
                hint = f"a pattern is written {{pattern: '{scalar.value}'}}"
                problems.add(scalar, message, hint=hint)
                return None
        return scalar.value

    def schema(self) -> dict[str, Any]:
        return Text().schema()


def conditions(values: dict[str, Any]) -> Conditions:
    """The conditions among the values of a rule."""
    return Conditions(
        *(tuple(values.get(n, ())) for n in ("preceded_by", "followed_by", "unless"))
    )


def condition_fields(classes: Classes) -> tuple[Field, ...]:
    """The context fields of a rule."""
    kind = context(classes)
    return (
        Field("preceded_by", kind, "one of these must stand right before the match"),
        Field("followed_by", kind, "one of these must stand right behind the match"),
        Field("unless", kind, "a match that lies inside one of these is left alone"),
    )
