"""The fields that several kinds share, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from normalize.engine.expressions import check_width
from normalize.engine.guards import Item, reach_of
from normalize.engine.patterns import Classes, PatternError, Tree, parse
from normalize.errors import (
    RuleConflictError,
    RulePatternError,
)
from normalize.kinds.base import (
    Conditions,
    Example,
    Rule,
    RuleFile,
    at_line,
    error_at,
)
from normalize.kinds.switches import OPTION, OPTIONS, check_switches, make_options
from normalize.source.fields import (
    ID,
    Choice,
    Field,
    ListOf,
    MapOf,
    Problems,
    Record,
    Text,
    TextOr,
    worded,
)
from normalize.source.nodes import Mapping, Scalar, Sequence, Source


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


_EXAMPLE = "an example 'in -> out'"
_EXPECTED = f"expected {_EXAMPLE}"


@dataclass(frozen=True)
class _ExampleText:
    """Field type: `in -> out`."""

    def read(self, node: Any, problems: Problems) -> Example | None:
        scalar = Text(called=_EXAMPLE).read(node, problems)
        if scalar is None:
            return None
        before, arrow, after = scalar.value.partition(" -> ")
        if not arrow or " -> " in after:
            problems.add(
                scalar,
                f"{_EXPECTED}, found {scalar.value!r}",
                hint="use 'keep: text' for a text that must not change, "
                "{in: text, out: text} for texts with arrows",
            )
            return None
        return Example(before, after, "", at_line(scalar))

    def schema(self) -> dict[str, Any]:
        return worded(_EXPECTED, pattern=" -> ")


def _build_example(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> Example | None:
    at = at_line(node)
    if "keep" in values:
        text = values["keep"].value
        return Example(text, text, "keep", at)
    if "todo" in values:
        made = _ExampleText().read(values["todo"], problems)
        return made._replace(mark="todo") if made else None
    if "out" not in values:
        problems.add(node, "'in' needs 'out' beside it")
        return None
    return Example(values["in"].value, values["out"].value, "", at)


EXAMPLES = ListOf(
    TextOr(
        _ExampleText(),
        Record(
            (
                Field("keep", Text(), "a text that must come out unchanged"),
                Field("todo", Text(), "'in -> out' that does not work yet"),
                Field("in", Text(), "the text that goes in"),
                Field("out", Text(blank=True), "the text that must come out"),
            ),
            _build_example,
            "example",
            one_of=(("keep", "todo", "in"),),
        ),
    )
)


# The fields that rules of every kind have.
RULE_FIELDS = (
    Field("id", ID, "the name of the rule, unique in the file and stable", True),
    Field("examples", EXAMPLES, "what the rule does, run as tests", True, "N013"),
    Field(
        "when",
        MapOf(ListOf(Text()), OPTION),
        "only when these options have these values (of several values, one of them)",
    ),
    Field("try_with", MapOf(Text(), OPTION), "values of options for the examples"),
    Field("why", Text(), "the reason, for the next editor"),
    Field("source", Text(), "where the fact comes from"),
)


def base_of(values: dict[str, Any], node: Mapping) -> dict[str, Any]:
    """The values of a rule that the base class holds."""
    return {
        "id": values["id"].value,
        "at": at_line(node),
        "examples": tuple(values["examples"]),
        "when": tuple(
            (k.value, v.value)
            for k, some in values.get("when", {}).items()
            for v in some
        ),
        "try_with": tuple(
            (k.value, v.value) for k, v in values.get("try_with", {}).items()
        ),
        "conditions": conditions(values),
    }


def header_fields(kind: str) -> tuple[Field, ...]:
    """The fields that files of every kind begin with."""
    return (
        Field("kind", Choice((kind,)), "the kind of the file", True),
        Field("id", ID, "the name of the file, unique among all rule files", True),
        Field("title", Text(), "what the file is, in a few words", True),
        Field("lang", ListOf(Text(r"[a-z]{2,3}", "a language code")), "its languages"),
        Field("source", Text(), "where the facts come from"),
    )


class RuleList(ListOf):
    """Field type: a list of rules, no id of which is there twice.

    Told from the nodes, so that another mistake in the file does not hide it.
    """

    def read(self, node: Any, problems: Problems) -> list[Any]:
        seen: dict[str, Scalar] = {}
        for rule in node.items if isinstance(node, Sequence) else ():
            said = rule.items.get("id") if isinstance(rule, Mapping) else None
            if said is None or not isinstance(said[1], Scalar):
                continue
            id_ = said[1]
            first = seen.setdefault(id_.value, id_)
            if first is not id_:
                message = f"rule id {id_.value!r} is there twice, first at "
                hint = "give one of them another id"
                problems.add(id_, message + at_line(first), hint=hint, code="N002")
        return super().read(node, problems)


def check_claims(rules: tuple[Rule, ...], source: Source, problems: Problems) -> None:
    """Refuse a spelling that two rules claim with nothing to tell them apart."""
    owners: dict[str, Rule] = {}
    for rule in rules:
        if any(rule.conditions) or rule.when:
            continue
        for spelling in rule.claims():
            first = owners.setdefault(spelling, rule)
            if first is not rule:
                problems.errors.append(
                    error_at(
                        rule.at,
                        f"the spelling {spelling!r} of rule {rule.id!r} is claimed by "
                        f"rule {first.id!r} too ({first.at})",
                        RuleConflictError,
                        source,
                        "take it out of one of them, or give one a context",
                    )
                )


Finish = Callable[[RuleFile, dict[str, Any], Mapping, Problems], RuleFile]


def file_record(
    kind: str,
    rule: Record,
    *,
    extra: tuple[Field, ...] = (),
    finish: Finish | None = None,
    rules_required: bool = True,
) -> Record:
    """The record of a file that is a list of rules.

    `finish` makes of it what the kind needs beside them.
    """

    def build(values: dict[str, Any], node: Mapping, problems: Problems) -> RuleFile:
        rules = tuple(values.get("rules", ()))
        check_claims(rules, node.source, problems)
        if "extends" not in values:
            check_switches(node, values.get("options", {}), problems)
        file = RuleFile(
            kind=kind,
            id=values["id"].value,
            title=values["title"].value,
            path=node.source.path,
            lang=tuple(scalar.value for scalar in values.get("lang", ())),
            extends=values.get("extends"),
            remove=tuple(values.get("remove", ())),
            options=make_options(values.get("options", {})),
            rules=rules,
        )
        return finish(file, values, node, problems) if finish else file

    fields = (
        *header_fields(kind),
        Field("extends", ID, "a file of this kind whose rules are taken over"),
        Field("remove", ListOf(ID), "ids of taken-over rules to leave out"),
        Field("options", OPTIONS, "switches that `when` refers to"),
        *extra,
        Field(
            "rules",
            RuleList(rule),
            "the rules; an earlier one wins a tie",
            rules_required,
        ),
    )
    return Record(fields, build, f"{kind} file")
