"""What a plan does to texts, as a short name."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import unicodedata
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
    data = json.dumps([*versions, _behaviour(plan)], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def _behaviour(value: Any) -> Any:
    """Rule data as JSON data in a fixed order, without what changes nothing."""
    if dataclasses.is_dataclass(value):
        fields = [f.name for f in dataclasses.fields(value) if f.name not in _SILENT]
        return [type(value).__name__, *(_behaviour(getattr(value, n)) for n in fields)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_behaviour(item) for item in value]
    if isinstance(value, dict):
        return [[key, _behaviour(item)] for key, item in sorted(value.items())]
    return value
