"""Examples of rules as their editors write them: in -> out, keep, todo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from normalize.kinds.base import Example, at_line
from normalize.source.fields import Field, ListOf, Record, TextOr
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import Text, worded

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
