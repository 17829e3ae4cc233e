"""Field tables: what a rule file may say, read with checks and errors.

Each kind of rule file describes its fields once, with the types below. The
same tables read the nodes, word the errors, and make the JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol

from normalize.errors import RuleError, RuleSchemaError, suggestion
from normalize.source.nodes import Mapping, Node, Scalar, Sequence, what

Schema = dict[str, Any]
EMPTY = "expected a list with at least one entry"


class Problems:
    """Collects the errors of a load, so that one mistake does not hide another."""

    def __init__(self) -> None:
        self.errors: list[RuleError] = []

    def add(
        self,
        node: Node,
        message: str,
        *,
        kind: type[RuleError] = RuleSchemaError,
        hint: str | None = None,
        shift: int | None = None,
        code: str = "",
    ) -> None:
        """Remember an error that points at `node`, with a code if it has its own."""
        error = node.error(message, kind=kind, hint=hint, shift=shift)
        error.code = code or error.code
        self.errors.append(error)


class FieldType(Protocol):
    """Reads one node; returns None and adds a problem when it does not fit."""

    def read(self, node: Node, problems: Problems) -> Any: ...

    def schema(self) -> Schema: ...


# Texts that other readers of YAML take for something else than text.
_UNTYPED = (
    ("number", *map(str, range(10)), "12", "100", "2026", "0.5", "1.25"),
    ("boolean", "true", "false", "yes", "no", "on", "off"),
)


def worded(said: str, kinds: Iterable[str] = ("string",), pattern: str = "") -> Schema:
    """The schema of a text of which editors say `said`, as the loader does."""
    one, *more = kinds
    made: Schema = {"type": [one, *more] if more else one}
    if pattern:
        made |= {"pattern": pattern, "patternErrorMessage": said}
    return {**made, "errorMessage": said}


@dataclass(frozen=True)
class Text:
    """Any text that is not empty; read as the scalar node, so the place is kept.

    `form` is a regular expression that the whole text must fit and `called`
    the words for it; `blank` admits an empty text in quotes.
    """

    form: str = ""
    called: str = "text"
    blank: bool = False

    def read(self, node: Node, problems: Problems) -> Scalar | None:
        if not isinstance(node, Scalar):
            problems.add(node, f"expected {self.called}, found {what(node)}")
            return None
        if not node.value and not (self.blank and node.style):
            # An empty text has to be meant: '' is, a value left out is not.
            hint = "write '' for no text at all" if self.blank else None
            problems.add(node, f"expected {self.called}, found nothing", hint=hint)
            return None
        if self.form and not re.fullmatch(self.form, node.value):
            problems.add(node, f"expected {self.called}, found {node.value!r}")
            return None
        return node

    def schema(self) -> Schema:
        # Plain YAML scalars such as 12 or no are numbers and flags to a schema
        # checker, but text to us. To those it applies no pattern.
        kinds = ["string"]
        kinds += [kind for kind, *texts in _UNTYPED if any(map(self._fits, texts))]
        return worded(f"expected {self.called}", kinds, self._pattern())

    def _fits(self, text: str) -> bool:
        return not self.form or re.fullmatch(self.form, text) is not None

    def _pattern(self) -> str:
        if self.form:
            # To editors \\w is a letter of English, so they leave it to the loader.
            return "" if re.search(r"\\[wWbB]", self.form) else f"^(?:{self.form})$"
        return "" if self.blank else r"[\s\S]"


@dataclass(frozen=True)
class Choice:
    """One of a few words, read as that word."""

    words: tuple[str, ...]

    def read(self, node: Node, problems: Problems) -> str | None:
        if isinstance(node, Scalar) and node.value in self.words:
            return node.value
        problems.add(
            node,
            f"expected one of {', '.join(self.words)}; found {what(node)}",
            hint=suggestion(node.value, self.words)
            if isinstance(node, Scalar)
            else None,
        )
        return None

    def schema(self) -> Schema:
        said = f"expected one of {', '.join(self.words)}"
        return {"enum": list(self.words), "errorMessage": said}


@dataclass(frozen=True)
class Flag:
    """`yes` or `no`."""

    def read(self, node: Node, problems: Problems) -> bool | None:
        if isinstance(node, Scalar) and node.value in ("yes", "no"):
            return node.value == "yes"
        problems.add(node, f"expected yes or no, found {what(node)}")
        return None

    def schema(self) -> Schema:
        # A YAML 1.1 checker reads yes and no as flags, a 1.2 one as text.
        enum = ["yes", "no", True, False]
        return {"enum": enum, "errorMessage": "expected yes or no"}


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
    key: Text = Text()

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


ID = Text(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", "an id (lower-case letters, digits, - and .)")


def unique(nodes: Iterable[Scalar], problems: Problems, called: str) -> None:
    """Add a problem for each text that an earlier node has too."""
    seen: dict[str, Scalar] = {}
    for node in nodes:
        first = seen.setdefault(node.value, node)
        if first is not node:
            problems.add(
                node,
                f"{called} {node.value!r} is there twice, first in line {first.line}",
                code="N002",
            )
