"""Kind `protect`: what no rule of any stage may touch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import regex

from normalize.engine.analysis import beginnings, emit, group_names
from normalize.engine.anchors import no_anchor, split_at_anchor
from normalize.engine.beside import char_before
from normalize.engine.expressions import ShieldExpression, check_width
from normalize.engine.limits import limited
from normalize.engine.matcher import BlockRule
from normalize.engine.patterns import (
    Alt,
    Classes,
    PatternError,
    Repeat,
    Seq,
    Tree,
    one,
    parse,
)
from normalize.engine.words import GAP, members
from normalize.kinds.base import Kind, Rule
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import Pattern, add_pattern_problem
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import Choice, Text


@dataclass(frozen=True, slots=True)
class ProtectRule(Rule):
    """A pattern inside a paragraph, or a block from `opens` to `closes`."""

    tree: Tree | None
    opens: Tree | None
    closes: Tree | None
    fold: bool


def record(classes: Classes) -> Record:
    """The fields of a protect file."""
    rule = Record(
        (
            *RULE_FIELDS,
            Field("variants", ListOf(Text()), "what is protected, as plain text"),
            Field("pattern", Pattern(classes), "what is protected, as a pattern"),
            Field(
                "opens",
                Pattern(classes),
                "where a protected block begins; it may hold blank lines",
            ),
            Field(
                "closes",
                Pattern(classes),
                "where the block ends; an unclosed one runs to the end of the text",
            ),
            Field(
                "case",
                Choice(("exact", "any")),
                "exact (default): as written; any: in any case",
            ),
        ),
        partial(_build, classes),
        "rule",
        one_of=(("variants", "pattern", "opens"),),
    )
    return file_record("protect", rule)


def _build(
    classes: Classes, values: dict[str, Any], node: Mapping, problems: Problems
) -> ProtectRule | None:
    if ("opens" in values) != ("closes" in values):
        problems.add(node, "'opens' and 'closes' go together")
        return None
    fold = values.get("case") == "any"
    trees: dict[str, Tree | None] = {"pattern": None, "opens": None, "closes": None}
    for name in trees:
        if name not in values:
            continue
        scalar, tree = values[name]
        trees[name] = tree
        try:
            check_width(tree)
            if name == "pattern":
                split_at_anchor(tree, fold)
            elif name == "opens" and beginnings(tree, fold=fold) is None:
                raise no_anchor()
            if group_names(tree):
                raise PatternError("a protected pattern needs no named groups", 0)
        except PatternError as error:
            add_pattern_problem(problems, scalar, error)
            return None
    if "variants" in values:
        # Longest first: the first alternative that fits is taken.
        texts = sorted((s.value for s in values["variants"]), key=len, reverse=True)
        trees["pattern"] = Alt(tuple(_phrase(text, classes) for text in texts))
    return ProtectRule(
        **base_of(values, node),
        tree=trees["pattern"],
        opens=trees["opens"],
        closes=trees["closes"],
        fold=fold,
    )


def _phrase(text: str, classes: Classes) -> Tree:
    """The tree of a text whose spaces and apostrophes fit those of any kind."""
    apostrophes = members(classes["apostrophe"])
    space = classes["space"]
    line_end = parse(r"\r?\n", {})
    gap = Repeat(Alt((space, line_end)), 1, GAP)
    # The right edge is kept from cutting a word for patterns as well.
    parts: list[Tree] = [parse(r"(?<!\w)", {})] if text[0].isalnum() else []
    first = len(parts)
    for word in text.split():
        parts += [gap] if len(parts) > first else []
        parts += [classes["apostrophe"] if c in apostrophes else one(c) for c in word]
    return Seq(tuple(parts))


def add(rule: ProtectRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    if rule.tree is not None:
        shield = ShieldExpression(
            builder.words, rule.tree, fold=rule.fold, own=builder.own
        )
        builder.shields.append(shield)
    if rule.opens is not None and rule.closes is not None:
        anchors = beginnings(rule.opens, fold=rule.fold)
        flags = regex.VERSION0
        flags |= regex.IGNORECASE if rule.fold else 0
        builder.blocks.append(
            BlockRule(
                rule=builder.rules[rank],
                opens=limited(
                    regex.compile(emit(rule.opens), flags), builder.own, rule.opens
                ),
                closes=limited(
                    regex.compile(emit(rule.closes), flags), builder.own, rule.closes
                ),
                anchors=tuple(sorted(anchors or ())),
                beside=None if rule.fold else char_before(rule.opens),
            )
        )


KIND = Kind("protect", "what no rule may touch", record, add)
