"""What a spelling file may say: the habits of a press, group by group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from normalize.engine.patterns import Classes
from normalize.kinds.base import Rule
from normalize.kinds.builder import Builder
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import (
    Choice,
    Field,
    ListOf,
    MapOf,
    Problems,
    Record,
    Text,
    TextOr,
)
from normalize.source.nodes import Mapping, Scalar

# Costs are kept as whole hundredths: 0.3 is 30.
HUNDREDTHS = 100
# Each way to write a group of letters, with its cost.
Ways = tuple[tuple[str, int], ...]

_WAY = re.compile(r"(?P<text>''|[^\s\d.]+)(?:\s+(?P<cost>\d*\.?\d+))?")
_COST = Text(r"\d*\.?\d+", "a cost such as 0.4")


@dataclass(frozen=True, slots=True)
class Group:
    """Letters that are written together, where they stand, and how."""

    letters: str
    at: str  # "start", "end" of the word, or "" for anywhere
    after: str  # letters one of which must precede; "" for any
    before: str  # letters one of which must follow; "" for any
    ways: Ways


@dataclass(frozen=True, slots=True)
class SpellingRule(Rule):
    """The habits of one press for one language.

    `cost` is what any spelling of it costs to begin with: how rarely it is seen in
    English text. Of the groups that fit at a place the first is taken.
    """

    lang: str
    cost: int
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class _Ways:
    """Field type: `yi, yy 0.2, y 0.2`, read as ways with their costs."""

    def read(self, node: Any, problems: Problems) -> Ways | None:
        scalar = Text(called="ways to write it").read(node, problems)
        if scalar is None:
            return None
        ways = []
        for part in scalar.value.split(","):
            found = _WAY.fullmatch(part.strip())
            if found is None:
                problems.add(
                    scalar,
                    f"expected a spelling and its cost, found {part.strip()!r}",
                    hint="write them as: yi, yy 0.2, iy 0.4; '' is no letter at all",
                )
                return None
            text = "" if found["text"] == "''" else found["text"]
            ways.append((text, hundredths(found["cost"] or "0")))
        return tuple(ways)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "boolean"], "minLength": 1}


def hundredths(text: str) -> int:
    """A cost as whole hundredths, never through a float."""
    whole, _, part = text.partition(".")
    return int(whole or "0") * HUNDREDTHS + int((part + "00")[:2])


_LETTERS = Text(r"[\p{Cyrillic}’-]+".replace(r"\p{Cyrillic}", "а-яёєіїґў"), "letters")


def _build_group(
    values: dict[str, Any], _node: Mapping, _problems: Problems
) -> dict[str, Any]:
    return values


_GROUP = Record(
    (
        Field("letters", _LETTERS, "small Cyrillic letters; ’ is any apostrophe", True),
        Field("at", Choice(("start", "end")), "only at the start or end of a word"),
        Field("after", Text(), "a set, or letters, one of which must precede"),
        Field("before", Text(), "a set, or letters, one of which must follow"),
        Field("ways", _Ways(), "how they are written, best first, with costs", True),
    ),
    _build_group,
    "group",
)


def record(classes: Classes) -> Record:
    """The fields of a spelling file."""
    del classes
    rule = Record(
        (
            *RULE_FIELDS,
            Field("lang", Choice(("uk", "ru")), "the language of the names", True),
            Field("cost", _COST, "what every spelling costs to begin with"),
            Field(
                "sets", MapOf(Text()), "named sets of letters for `after` and `before`"
            ),
            Field("groups", ListOf(_GROUP), "groups of letters, tried in this order"),
            Field(
                "letters",
                MapOf(TextOr(_Ways(), _GROUP), _LETTERS),
                "single letters, for where no group fits",
                True,
            ),
        ),
        _build,
        "rule",
    )
    return file_record("spelling", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> SpellingRule | None:
    sets = {k.value: v.value for k, v in values.get("sets", {}).items()}
    groups = [
        Group(
            group["letters"].value,
            group.get("at", ""),
            _letters_of(group.get("after"), sets, problems),
            _letters_of(group.get("before"), sets, problems),
            group["ways"],
        )
        for group in values.get("groups", ())
    ]
    groups += [
        Group(letters.value, "", "", "", ways)
        for letters, ways in values["letters"].items()
    ]
    return SpellingRule(
        **base_of(values, node),
        lang=values["lang"],
        cost=hundredths(values["cost"].value) if "cost" in values else 0,
        groups=tuple(groups),
    )


def _letters_of(scalar: Scalar | None, sets: dict[str, str], problems: Problems) -> str:
    if scalar is None:
        return ""
    if scalar.value in sets:
        return sets[scalar.value]
    if re.fullmatch("[a-z-]+", scalar.value):
        known = ", ".join(sets) or "none"
        problems.add(
            scalar, f"there is no set {scalar.value!r}", hint=f"sets here: {known}"
        )
    return scalar.value


def add(rule: SpellingRule, builder: Builder, rank: int) -> None:
    """Hand the habits to the names of the stage."""
    builder.habits.append((builder.rules[rank].id.rpartition("/")[0], rule))
