"""Switches and settings: what a file says about options, and `when` checked by it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from typing import Any

from normalize.errors import RuleReferenceError, suggestion
from normalize.kinds.base import Option, at_line
from normalize.kinds.options import TAKES, why_not
from normalize.source.fields import Field, ListOf, MapOf, Record
from normalize.source.nodes import Mapping, Node, Scalar, Sequence
from normalize.source.problems import Problems
from normalize.source.texts import Text

OPTION = Text(r"[a-z][a-z0-9_]*", "an option name (lower-case letters, digits, _)")


def _build_option(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> dict[str, Any] | None:
    words = [scalar.value for scalar in values.get("values", ())]
    takes = values["takes"].value if "takes" in values else ""
    if not words and not takes:
        problems.add(node, "an option needs 'values' or 'takes'")
        return None
    wrong = takes and why_not(takes, values["default"].value)
    if values["default"].value not in words and (wrong or not takes):
        problems.add(
            values["default"],
            f"the default {values['default'].value!r} is not among the values",
            hint=wrong or None,
        )
    return values


OPTIONS = MapOf(
    Record(
        (
            Field("values", ListOf(Text()), "the values that it can have"),
            Field(
                "takes",
                Text(TAKES, "date, number LOW..HIGH or template NAME, NAME"),
                "free values: date; number 0..99; template year, month, day",
            ),
            Field("needs", Text(), "an option that must be set too when this one is"),
            Field("default", Text(), "the value when nobody sets it", True),
            Field("title", Text(), "what it switches, in a few words", True),
        ),
        _build_option,
        "option",
    ),
    OPTION,
)


def check_switches(
    node: Mapping, options: dict[Scalar, dict[str, Any]], problems: Problems
) -> None:
    """Refuse a `when` that names an option, or a value of one, that is not there."""
    known = {
        n.value: [v.value for v in o.get("values", ())] for n, o in options.items()
    }
    rules = node.items["rules"][1] if "rules" in node.items else node
    for rule in rules.items if isinstance(rules, Sequence) else [rules]:
        when = rule.items.get("when") if isinstance(rule, Mapping) else None
        if when is None or not isinstance(when[1], Mapping):
            continue
        for name, value in _pairs(when[1]):
            said = value.value if isinstance(value, Scalar) else ""
            if name.value not in known:
                problems.add(
                    name,
                    f"unknown option {name.value!r} in 'when'",
                    kind=RuleReferenceError,
                    hint=suggestion(name.value, known),
                )
            elif said not in known[name.value]:
                problems.add(
                    value,
                    f"option {name.value!r} can't be {said!r}",
                    kind=RuleReferenceError,
                    hint=suggestion(said, known[name.value]),
                )


def _pairs(when: Mapping) -> Iterator[tuple[Scalar, Node]]:
    for name, value in when.items.values():
        for one in value.items if isinstance(value, Sequence) else [value]:
            yield name, one


def make_options(
    options: MappingType[Scalar, MappingType[str, Any]],
) -> tuple[Option, ...]:
    """The options that a file declares."""
    return tuple(
        Option(
            name.value,
            tuple(v.value for v in option.get("values", ())),
            option["default"].value,
            option["title"].value,
            at_line(name),
            option["takes"].value if "takes" in option else "",
            option["needs"].value if "needs" in option else "",
        )
        for name, option in options.items()
    )
