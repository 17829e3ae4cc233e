"""What a file of quantities says, before its references are resolved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from normalize.source.nodes import Scalar

# Names with what stands under them, as read.
Entries = Mapping[Scalar, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """The shared parts of a file by name; nodes are kept, so errors have a place.

    `lexicon` is name -> value -> forms, `words` name -> value -> text, `fields`,
    `parts`, `values` name -> what it is; `exact` are names of lexicons.
    """

    uses: tuple[Scalar, ...] = ()
    lexicon: Mapping[str, Entries] = field(default_factory=dict)
    words: Mapping[str, Entries] = field(default_factory=dict)
    exact: frozenset[str] = frozenset()
    fields: Mapping[str, tuple[Scalar, Mapping[str, Any]]] = field(default_factory=dict)
    parts: Mapping[str, Scalar] = field(default_factory=dict)
    values: Mapping[str, tuple[Scalar, Mapping[str, Any]]] = field(default_factory=dict)
    leave: tuple[Mapping[str, Any], ...] = ()

    def over(self, other: Draft | None) -> Draft:
        """One on top of another: what has the same name replaces, the rest joins.

        Lexicons and tables are joined value by value.
        """
        if other is None:
            return self
        return Draft(
            uses=(*other.uses, *self.uses),
            lexicon=_joined(other.lexicon, self.lexicon),
            words=_joined(other.words, self.words),
            exact=other.exact | self.exact,
            fields={**other.fields, **self.fields},
            parts={**other.parts, **self.parts},
            values={**other.values, **self.values},
            leave=(*other.leave, *self.leave),
        )

    def digest(self) -> str:
        """A sum that changes when anything in it does."""
        data = [_plain(getattr(self, f.name)) for f in fields(self)]
        return hashlib.sha256(json.dumps(data).encode()).hexdigest()


def _joined(
    below: Mapping[str, Entries], above: Mapping[str, Entries]
) -> dict[str, Entries]:
    made = dict(below)
    for name, entries in above.items():
        if name not in made:
            made[name] = entries
            continue
        old = {key.value: (key, value) for key, value in made[name].items()}
        for key, value in entries.items():
            mine = value
            if isinstance(value, list) and key.value in old:
                mine = [*old[key.value][1], *value]
            old[key.value] = (key, mine)
        made[name] = dict(old.values())
    return made


def _plain(value: Any) -> Any:
    """The texts of nodes, as JSON data in a fixed order."""
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, Mapping):
        return [[_plain(k), _plain(v)] for k, v in value.items()]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
