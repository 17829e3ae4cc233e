"""Kind `classes`: named sets of characters and other parts of patterns."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from typing import Any

from normalize.engine.limits import may_be_slow
from normalize.engine.patterns import Classes, PatternError, Tree, parse
from normalize.kinds.base import Kind
from normalize.kinds.conditions import add_pattern_problem
from normalize.kinds.fields import header_fields
from normalize.source.fields import Field, MapOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Text

NAME = Text(r"[a-z][a-z0-9_-]*", "a class name (lower-case letters, digits, - and _)")


class ClassTable(dict[str, Tree]):
    """The classes of one file; later ones may refer to earlier ones."""

    title = ""


def record(classes: Classes) -> Record:
    """The fields of a classes file."""

    def build(
        values: dict[str, Any], _node: Mapping, problems: Problems
    ) -> MappingType[str, Tree]:
        known = dict(classes)
        made = ClassTable()
        made.title = values["title"].value
        named: dict[Scalar, Scalar] = values["classes"]
        for name, pattern in named.items():
            try:
                tree = parse(pattern.value, known)
                if may_be_slow(tree):
                    # All rules are made of classes, the shipped ones too.
                    message = f"the class {name.value!r} can match in too many ways"
                    hint = "no repeat inside a repeat; two must not fit the same"
                    raise PatternError(message, 0, hint)
                made[name.value] = known[name.value] = tree
            except PatternError as error:
                add_pattern_problem(problems, pattern, error)
        return made

    fields = (
        *header_fields("classes"),
        Field("classes", MapOf(Text(), NAME), "names and their patterns", True),
    )
    return Record(fields, build, "classes file")


KIND = Kind("classes", "named parts of patterns, shared by all files", record)
