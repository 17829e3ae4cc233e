"""Kind `apostrophes`: marks between two letters, by the language of their word."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Values
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import regex

from normalize.engine.analysis import beginnings, emit
from normalize.engine.anchors import no_anchor
from normalize.engine.apostrophes import Apostrophes, MarkRule, Telling
from normalize.engine.expressions import check_width
from normalize.engine.limits import limited
from normalize.engine.patterns import Classes, PatternError, Tree
from normalize.engine.words import members
from normalize.errors import RulePatternError, RuleReferenceError
from normalize.kinds.base import Finding, Kind, Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import Pattern, add_pattern_problem, condition_fields
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, MapOf, Record
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import Flag, Text


@dataclass(frozen=True, slots=True)
class ApostropheRule(Rule):
    """Which marks between which letters become `output`, in which words.

    `outputs` are by value of the file's option; `output` is the one chosen.
    """

    after: frozenset[str]
    mark: Tree
    outputs: tuple[tuple[str, str], ...]
    output: str
    own: frozenset[str]
    other: frozenset[str]
    never: frozenset[str]
    language: str
    against: tuple[str, ...]
    otherwise: bool
    option: str = ""

    def chosen(self, values: Values[str, str]) -> ApostropheRule:
        if not self.option:
            return self
        outputs = dict(self.outputs)
        return replace(self, output=outputs[values[self.option]])


def record(classes: Classes) -> Record:
    """The fields of an apostrophes file."""
    pattern = Pattern(classes)
    rule = Record(
        (
            *RULE_FIELDS,
            Field("after", pattern, "a set: the letter before the mark", True),
            Field("mark", pattern, "what is typed, and what must follow it", True),
            Field("output", Text(), "what it becomes"),
            Field("outputs", MapOf(Text()), "what it becomes, by the file's option"),
            Field("own", pattern, "a set: letters that only this language has"),
            Field("other", pattern, "a set: letters that tell another language"),
            Field("never", pattern, "a set: letters whose paragraphs are left alone"),
            Field(
                "language", Text(), "its code: where no letter tells, its paragraphs"
            ),
            Field(
                "against", ListOf(Text()), "codes: languages that have such words too"
            ),
            Field("otherwise", Flag(), "whether the rule acts when nothing tells"),
            *condition_fields(classes),
        ),
        _build,
        "rule",
        one_of=(("output", "outputs"),),
    )
    option = Field("by", Text(), "the option that chooses among `outputs`")
    base = file_record("apostrophes", rule, extra=(option,))
    return replace(base, build=partial(_build_file, base))


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> ApostropheRule | None:
    sets = {}
    for name in ("after", "own", "other", "never"):
        scalar, tree = values.get(name, (None, None))
        sets[name] = members(tree) if tree is not None else frozenset()
        if scalar is not None and not sets[name]:
            message = f"{name!r} must be a set that lists its letters"
            problems.add(scalar, message, kind=RulePatternError, hint="[abc]")
            return None
    mark_scalar, mark = values["mark"]
    try:
        check_width(mark)
        if beginnings(mark) is None:
            raise no_anchor()
    except PatternError as error:
        add_pattern_problem(problems, mark_scalar, error)
        return None
    if ("own" in values) != ("other" in values):
        problems.add(node, "'own' and 'other' go together")
        return None
    outputs = tuple((k.value, v.value) for k, v in values.get("outputs", {}).items())
    return ApostropheRule(
        **base_of(values, node),
        after=sets["after"],
        mark=mark,
        outputs=outputs,
        output=values["output"].value if "output" in values else outputs[0][1],
        own=sets["own"],
        other=sets["other"],
        never=sets["never"],
        language=values["language"].value if "language" in values else "",
        against=tuple(scalar.value for scalar in values.get("against", ())),
        otherwise=values.get("otherwise", True),
    )


def _build_file(
    base: Record, values: dict[str, Any], node: Mapping, problems: Problems
) -> RuleFile | None:
    """The file, its rules told which option chooses their output."""
    file: RuleFile = base.build(values, node, problems)
    by = values.get("by")
    known = {option.name: option.values for option in file.options}
    if by is not None and by.value not in known:
        message = f"unknown option {by.value!r} in 'by'"
        problems.add(by, message, kind=RuleReferenceError)
        return None
    rules = []
    for rule in file.rules:
        if isinstance(rule, ApostropheRule) and rule.outputs:
            named = [value for value, _ in rule.outputs]
            if by is None or sorted(named) != sorted(known[by.value]):
                message = f"'outputs' of {rule.id!r} needs the values of the option"
                hint = "say 'by: NAME' in the file, and one output a value"
                problems.add(node, message, hint=hint)
                return None
            rule = replace(rule, option=by.value)  # noqa: PLW2901
        rules.append(rule)
    return replace(file, rules=tuple(rules))


def add(rule: ApostropheRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    marks = builder.last(Apostrophes)
    if marks is None:
        marks = Apostrophes(builder.words.apostrophes)
        builder.matchers.append(marks)
    telling = Telling(
        rule.own,
        rule.other,
        rule.never,
        rule.language,
        frozenset(rule.against),
        rule.otherwise,
    )
    marks.add(
        MarkRule(
            rule.after,
            limited(regex.compile(emit(rule.mark)), builder.own, rule.mark),
            beginnings(rule.mark) or frozenset(),
            rule.output,
            telling if rule.own else None,
            builder.guard(rule.conditions),
            rank,
        )
    )


def lint(file: RuleFile, classes: Classes) -> Iterator[Finding]:
    """Outputs that no rule of the file looks for: another option would leave them."""
    del classes
    rules = [rule for rule in file.rules if isinstance(rule, ApostropheRule)]
    seen = {mark for rule in rules for mark in beginnings(rule.mark) or ()}
    for rule in rules:
        for output in dict(rule.outputs or (("", rule.output),)).values():
            if output not in seen:
                message = f"the output {output!r} is no mark that a rule looks for"
                yield Finding("N042", message, rule.at, "add it to a 'mark'")


KIND = Kind(
    "apostrophes",
    "marks between letters, by the language of the word",
    record,
    add,
    lint,
)
