"""What is wrong with a rule file, collected; and what reads its fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from normalize.errors import RuleError, RuleSchemaError
from normalize.source.nodes import Node, Scalar

Schema = dict[str, Any]


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
