"""What a plan does to texts, as a short name."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from normalize.plan import Plan

# Goes up when the engine gives another result for the same rules.
ENGINE = 1
# What of a rule does not change what it does to a text.
_SILENT = {
    "at", "examples", "title", "path", "provenance", "alternatives", "try_with",
    "raw", "grammar", "own",
}  # fmt: skip


def fingerprint(plan: Plan) -> str:
    """64 hexadecimal digits that change when the behaviour of a plan may change.

    They cover the rules, the options, the engine and the Unicode tables in use.
    """
    versions = [ENGINE, regex.__version__, unicodedata.unidata_version]
    data = _Writer().text_of([*versions, plan])
    return hashlib.sha256(data.encode()).hexdigest()


class _Writer:
    """Writes rule data as JSON in a fixed order, without what changes nothing."""

    def __init__(self) -> None:
        self._fields: dict[type, Callable[[Any], Sequence[Any]]] = {}
        # Parts of patterns stand in many of them, and are written once; with the part
        # itself, so that it lives as long as its number.
        self._known: dict[int, tuple[Any, str]] = {}

    def text_of(self, value: Any) -> str:
        """The value in JSON."""
        if value is None or isinstance(value, str | int | float):
            return json.dumps(value)
        known = self._known.get(id(value))
        if known is None:
            text = f"[{', '.join(map(self.text_of, self._parts(value)))}]"
            known = self._known[id(value)] = value, text
        return known[1]

    def _parts(self, value: Any) -> Iterable[Any]:
        """What the value is made of, in order."""
        if isinstance(value, frozenset):
            return sorted(value)
        if isinstance(value, tuple | list):
            return value
        if isinstance(value, dict):
            return [[key, item] for key, item in sorted(value.items())]
        kind = type(value)
        if kind not in self._fields:
            self._fields[kind] = _fields_of(kind)
        return kind.__name__, *self._fields[kind](value)


def _fields_of(kind: type) -> Callable[[Any], Sequence[Any]]:
    """What gives the values of the fields of a dataclass that change what it does.

    Raises:
        TypeError: it is none; rule data has no other classes.
    """
    names = [f.name for f in dataclasses.fields(kind) if f.name not in _SILENT]
    return lambda value: [getattr(value, name) for name in names]
