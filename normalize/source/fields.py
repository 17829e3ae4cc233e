"""Field tables: what a rule file may say, read with checks and errors.

Each kind of rule file describes its fields once, with the types below. The
same tables read the nodes, word the errors, and make the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from normalize.errors import suggestion
from normalize.source.nodes import Mapping, Node, Scalar, Sequence, what
from normalize.source.problems import FieldType, Problems, Schema
from normalize.source.texts import ANY, Text

EMPTY = "expected a list with at least one entry"


@dataclass(frozen=True)
class ListOf:
    """A list, at least one long; a lone value stands for a list of one."""

    item: FieldType
    most: int = 100_000

    def read(self, node: Node, problems: Problems) -> list[Any]:
        if not isinstance(node, Sequence):
            value = self.item.read(node, problems)
            return [] if value is None else [value]
        if not node.items:
            problems.add(node, EMPTY)
        if len(node.items) > self.most:
            problems.add(node, f"{len(node.items)} entries; at most {self.most}")
            return []
        values = [self.item.read(item, problems) for item in node.items]
        return [value for value in values if value is not None]

    def schema(self) -> Schema:
        one = self.item.schema()
        many = {
            "type": "array",
            "minItems": 1,
            "items": one,
            "errorMessage": EMPTY,
        }
        return {"if": {"type": "array"}, "then": many, "else": one}


@dataclass(frozen=True)
class MapOf:
    """Fields whose names the author chooses, read as a dict by name node."""

    value: FieldType
    key: Text = ANY

    def read(self, node: Node, problems: Problems) -> dict[Scalar, Any]:
        if not isinstance(node, Mapping):
            problems.add(node, f"expected names with values, found {what(node)}")
            return {}
        read: dict[Scalar, Any] = {}
        for key, value in node.items.values():
            name = self.key.read(key, problems)
            got = self.value.read(value, problems)
            if name is not None and got is not None:
                read[name] = got
        return read

    def schema(self) -> Schema:
        made: Schema = {"type": "object", "additionalProperties": self.value.schema()}
        made["errorMessage"] = "expected names with values"
        if self.key.form:
            made["propertyNames"] = self.key.schema()
        return made


@dataclass(frozen=True)
class Field:
    """One field of a record: its type, whether it must be there, its meaning.

    `doc` is one sentence for rule editors; it goes into the JSON Schema.
    """

    name: str
    type: FieldType
    doc: str
    required: bool = False
    code: str = ""  # under which it is told when it is missing


@dataclass(frozen=True)
class Record:
    """Named fields, read into whatever `build` makes of them.

    `build` gets the values by field name (absent ones left out), the node and
    the problems; it checks what single fields can't say. A record with mistakes is not
    built, unless it is one of which the rest says what else to check (`partly`).
    """

    fields: tuple[Field, ...]
    build: Callable[[dict[str, Any], Mapping, Problems], Any]
    called: str = "fields"
    one_of: tuple[tuple[str, ...], ...] = ()
    partly: bool = False

    def read(self, node: Node, problems: Problems) -> Any:
        if not isinstance(node, Mapping):
            said = f"expected {self.called}, found {what(node)}"
            problems.add(node, said, hint=self._example())
            return None
        before = len(problems.errors)
        values: dict[str, Any] = {}
        known = {field.name: field for field in self.fields}
        for key, value in node.items.values():
            field = known.get(key.value)
            if field is None:
                problems.add(
                    key,
                    f"unknown field {key.value!r} in {self._name(node)}",
                    hint=suggestion(key.value, known),
                )
                continue
            got = field.type.read(value, problems)
            if got is not None:
                values[field.name] = got
        self._check_present(node, problems)
        whole = all(f.name in values for f in self.fields if f.required)
        if len(problems.errors) > before and not (self.partly and whole):
            return None
        return self.build(values, node, problems)

    def _example(self) -> str:
        """What such fields look like: those that must be there, or may."""
        needed = {field.name for field in self.fields if field.required}
        needed.update(group[0] for group in self.one_of)
        names = [f.name for f in self.fields if f.name in needed or not needed]
        return "write fields, such as {" + ", ".join(f"{n}: ..." for n in names) + "}"

    def _name(self, node: Mapping) -> str:
        if "id" in node.items and isinstance(node.items["id"][1], Scalar):
            return f"{self.called} {node.items['id'][1].value!r}"
        return self.called

    def _check_present(self, node: Mapping, problems: Problems) -> None:
        for field in self.fields:
            if field.required and field.name not in node.items:
                problems.add(
                    node,
                    f"missing field {field.name!r} in {self._name(node)}",
                    hint=f"{field.name}: {field.doc}",
                    code=field.code,
                )
        for group in self.one_of:
            found = [name for name in group if name in node.items]
            if len(found) > 1:
                problems.add(
                    node.items[found[1]][0],
                    f"{found[0]!r} and {found[1]!r} can't stand together "
                    f"in {self._name(node)}",
                )
            elif not found and set(node.items) <= {f.name for f in self.fields}:
                wanted = " or ".join(repr(name) for name in group)
                problems.add(node, f"{self._name(node)} needs {wanted}")

    def schema(self) -> Schema:
        made: Schema = {
            "additionalProperties": False,
            "errorMessage": "unknown field",
            "properties": {
                field.name: {**field.type.schema(), "description": field.doc}
                for field in self.fields
            },
        }
        required = [field.name for field in self.fields if field.required]
        # Each in a schema of its own, since each is told in words of its own.
        made["allOf"] = [
            {"type": "object", "errorMessage": f"expected {self.called}"},
            *(
                {"required": [name], "errorMessage": f"missing field {name!r}"}
                for name in required
            ),
            *(part for group in self.one_of for part in _one_of(group)),
        ]
        return made


def _one_of(group: tuple[str, ...]) -> Iterable[Schema]:
    """That one field of a group must be there, and no two may."""
    wanted = " or ".join(repr(name) for name in group)
    said = f"needs {wanted}"
    yield {
        "anyOf": [{"required": [name], "errorMessage": said} for name in group],
        "errorMessage": said,
    }
    for first, second in combinations(group, 2):
        said = f"{first!r} and {second!r} can't stand together"
        # No value that is one fits, and editors say why at the second one.
        yield {
            "if": {"required": [first]},
            "then": {"properties": {second: {"type": "null", "errorMessage": said}}},
        }


@dataclass(frozen=True)
class TextOr:
    """Plain text, or a record where more must be said."""

    text: FieldType
    record: Record

    def read(self, node: Node, problems: Problems) -> Any:
        if isinstance(node, Mapping):
            return self.record.read(node, problems)
        return self.text.read(node, problems)

    def schema(self) -> Schema:
        said, more = self.text.schema(), self.record.schema()
        return {"if": {"type": "object"}, "then": more, "else": said}
