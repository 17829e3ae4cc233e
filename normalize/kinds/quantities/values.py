"""Linking the values of a file of quantities: templates, and values of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from normalize.errors import suggestion
from normalize.kinds.base import Option
from normalize.kinds.quantities.model import Value
from normalize.source.nodes import Scalar
from normalize.source.problems import Problems


def template_option(
    option: Scalar, options: Mapping[str, Option], problems: Problems
) -> str:
    """The name of an option, which must be a template; what is wrong is noted."""
    found = options.get(option.value)
    if found is None or not found.takes.startswith("template"):
        hint = suggestion(option.value, options)
        problems.add(option, f"no option {option.value!r} is a template", hint=hint)
    return option.value


def joined_value(
    name: str,
    said: Mapping[str, Any],
    values: Mapping[str, tuple[Scalar, Mapping[str, Any]]],
    options: Mapping[str, Option],
    problems: Problems,
) -> Value:
    """A value that is two or three of another one; what is wrong is noted."""
    of = tuple(scalar.value for scalar in said["of"])
    joins = said["joins"]
    one = values.get(joins.value, (None, said))[1]
    if "joins" in one:
        single = [known for known, (_, each) in values.items() if "joins" not in each]
        hint = suggestion(joins.value, single)
        problems.add(joins, f"no single value {joins.value!r} to join", hint=hint)
        return Value(name, of)
    for field in ("required", "because", "invalid", "weekday"):
        if field in said:
            problems.add(joins, f"{field!r} and 'joins' can't stand together in value")
    if said.get("check", "order") != "order":
        problems.add(joins, "a value with 'joins' is checked by 'order' only")
    parts = [scalar.value for scalar in one["of"]]
    same = []
    for part, option in said.get("same", {}).items():
        if part.value not in parts[:-1]:
            hint = f"one of {', '.join(parts[:-1])}"
            problems.add(part, f"no part {part.value!r} to share", hint=hint)
            continue
        same.append((part.value, template_option(option, options, problems)))
    # What shares most comes first.
    same.sort(key=lambda pair: -parts.index(pair[0]))
    check = said.get("check", "")
    return Value(name, of, check, joins=joins.value, same=tuple(same))
