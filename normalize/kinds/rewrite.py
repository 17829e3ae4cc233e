"""Kind `rewrite`: variants, or a pattern, become one output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from normalize.engine.analysis import beginnings, group_names
from normalize.engine.anchors import no_anchor
from normalize.engine.expressions import Expression, bounded, check_width
from normalize.engine.forms import Case, Form
from normalize.engine.literals import Entry
from normalize.engine.patterns import Chars, Classes, PatternError, Tree
from normalize.engine.samples import samples
from normalize.engine.templates import (
    Renderer,
    Template,
    TemplateError,
    parse_template,
)
from normalize.errors import RuleConflictError, RulePatternError
from normalize.kinds.base import Kind, Rule
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import Pattern, add_pattern_problem, condition_fields
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Choice, Text

SAMPLES = 20  # texts that a pattern is tried with


@dataclass(frozen=True, slots=True)
class RewriteRule(Rule):
    """Either `variants` or `tree` is set; `output` is a template for both."""

    variants: tuple[str, ...]
    tree: Tree | None
    output: Template
    case: str
    boundary: bool

    def claims(self) -> tuple[str, ...]:
        return self.variants


def record(classes: Classes) -> Record:
    """The fields of a rewrite file."""
    rule = Record(
        (
            *RULE_FIELDS,
            Field(
                "variants", ListOf(Text()), "the spellings that change, as plain text"
            ),
            Field("pattern", Pattern(classes), "what changes, as a pattern"),
            Field(
                "output",
                Text(blank=True),
                "what it becomes; {name} is a group of the pattern; may be empty",
                True,
            ),
            Field(
                "case",
                Choice(("exact", "keep")),
                "exact (default): as written; keep: any case, and the output in the "
                "case of the text",
            ),
            Field(
                "boundary",
                Choice(("word", "none")),
                "word (default): never inside a word; none: anywhere",
            ),
            *condition_fields(classes),
        ),
        _build,
        "rule",
        one_of=(("variants", "pattern"),),
    )
    return file_record("rewrite", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> RewriteRule | None:
    case = values.get("case", "exact")
    output: Scalar = values["output"]
    tree: Tree | None = None
    template: Template = ((False, output.value),)
    if "pattern" in values:
        scalar, tree = values["pattern"]
        try:
            check_width(tree)
            if beginnings(tree, fold=case == "keep") is None:
                raise no_anchor()
            names = group_names(tree)
            if len(set(names)) < len(names):
                raise PatternError("a group name is used twice", 0)
            template = parse_template(output.value, names)
        except PatternError as error:
            add_pattern_problem(problems, scalar, error)
            return None
        except TemplateError as error:
            problems.add(
                output,
                error.message,
                kind=RulePatternError,
                shift=output.shift_of(error.offset),
                hint=f"groups of the pattern: {', '.join(names) or 'none'}; "
                "write {{ and }} for braces",
            )
            return None
    bounded = values.get("boundary", "word") == "word"
    _check_list(node, problems)
    _check_variants(values.get("variants", ()), output, bounded, problems)
    if "variants" in values and case == "keep" and not bounded:
        key = node.items["case"][0]
        message = "'case: keep' and 'boundary: none' can't stand together with variants"
        problems.add(key, message, hint="write the cases as variants of their own")
    return RewriteRule(
        **base_of(values, node),
        variants=tuple(scalar.value for scalar in values.get("variants", ())),
        tree=tree,
        output=template,
        case=case,
        boundary=bounded,
    )


def _check_list(node: Mapping, problems: Problems) -> None:
    """Refuse several spellings in one line that is no list."""
    lone = node.items["variants"][1] if "variants" in node.items else None
    if isinstance(lone, Scalar) and not lone.style and ", " in lone.value:
        problems.add(
            lone,
            f"{lone.value!r} is one spelling with a comma in it",
            hint=f"write a list: [{lone.value}]; quote it if the comma is meant",
        )


def _check_variants(
    variants: list[Scalar], output: Scalar, bounded: bool, problems: Problems
) -> None:
    seen: set[str] = set()
    for scalar in variants:
        if bounded and scalar.value != scalar.value.strip() != "":
            problems.add(
                scalar,
                f"the variant {scalar.value!r} begins or ends with a space",
                hint="leave the space out, or say 'boundary: none' to have it exactly",
            )
        if scalar.value == output.value:
            problems.add(
                scalar, f"the variant {scalar.value!r} is the output itself",
                kind=RuleConflictError,
            )  # fmt: skip
        if scalar.value in seen:
            problems.add(
                scalar, f"the variant {scalar.value!r} is there twice",
                kind=RuleConflictError,
            )  # fmt: skip
        seen.add(scalar.value)


def add(rule: RewriteRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    case = Case(rule.case)
    output = "".join(part for _, part in rule.output)
    single = (isinstance(rule.tree, Chars) and rule.tree.members) or frozenset()
    if single and not rule.boundary and case is Case.EXACT:
        # A pattern of one character is a list of variants.
        guard = builder.guard(rule.conditions)
        for char in single:
            entry = Entry(Form((char,), output), Case.EXACT, guard, rank)
            builder.marks.append(entry)
    elif rule.tree is not None:
        builder.matchers.append(
            Expression(
                builder.words,
                rule.tree,
                Renderer(rule.output, recased=case is Case.KEEP),
                fold=case is Case.KEEP,
                boundary=rule.boundary,
                guard=builder.guard(rule.conditions),
                rank=rank,
                own=builder.own,
            )
        )
    for variant in rule.variants:
        if rule.boundary:
            builder.variant(variant, output, case, rule.conditions, rank)
        else:
            guard = builder.guard(rule.conditions)
            entry = Entry(Form((variant,), output), Case.EXACT, guard, rank)
            builder.marks.append(entry)


def probes(rule: RewriteRule) -> Iterator[tuple[str, str]]:
    """Each variant with what it must become; of a pattern some texts that it fits."""
    output = "".join(part for _, part in rule.output)
    for variant in rule.variants:
        yield variant, output
    if rule.tree is None:
        return
    fold = Case(rule.case) is Case.KEEP
    render = Renderer(rule.output, recased=fold)
    pattern = bounded(None, rule.tree, fold)
    for text in dict.fromkeys(islice(samples(rule.tree), SAMPLES)):
        match = pattern.fullmatch(text)
        if match is not None:
            yield text, render(match)


KIND = Kind(
    "rewrite", "variants or a pattern become one output", record, add, probes=probes
)
