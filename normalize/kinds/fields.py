"""The fields that several kinds share, and how they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from normalize.errors import (
    RuleConflictError,
)
from normalize.kinds.base import (
    Rule,
    RuleFile,
    at_line,
    error_at,
)
from normalize.kinds.conditions import conditions
from normalize.kinds.examples import EXAMPLES
from normalize.kinds.switches import OPTION, OPTIONS, check_switches, make_options
from normalize.source.fields import Field, ListOf, MapOf, Record
from normalize.source.nodes import Mapping, Scalar, Sequence, Source
from normalize.source.problems import Problems
from normalize.source.texts import ID, Choice, Text

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
