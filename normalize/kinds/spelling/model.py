"""What a spelling file may say: the habits of a press, group by group."""

from __future__ import annotations

import re
from collections.abc import Mapping as Values
from dataclasses import dataclass, replace
from typing import Any

from normalize.engine.patterns import Classes
from normalize.engine.table import Table
from normalize.errors import RuleReferenceError
from normalize.kinds.base import Finder, Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.kinds.romanization.compile import table_of
from normalize.kinds.romanization.model import RomanizationFile
from normalize.source.fields import Field, ListOf, MapOf, Record, TextOr
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import ID, Choice, Text

# Costs are kept as whole hundredths: 0.3 is 30.
HUNDREDTHS = 100
# The option that says how dear a spelling may be, in hundredths.
LIMIT_OPTION = "spelling_limit"
NO_LIMIT = 10_000
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
    English text. Of the groups that fit at a place the first is taken. `named` are
    the romanization systems in which the press writes names, with the cost of each;
    `systems` are their tables, once they are found.
    """

    lang: str
    cost: int
    groups: tuple[Group, ...]
    named: tuple[tuple[Scalar, int], ...] = ()
    systems: tuple[tuple[Table, int], ...] = ()
    limit: int = NO_LIMIT

    def chosen(self, values: Values[str, str]) -> SpellingRule:
        """The rule with the dearest spelling that the profile wants."""
        said = values.get(LIMIT_OPTION)
        return replace(self, limit=int(said)) if said else self


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
        return Text(called="ways to write it").schema()


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
            ),
            Field(
                "systems",
                MapOf(_COST, ID),
                "romanization systems in which names are written, each with its cost",
            ),
        ),
        _build,
        "rule",
    )
    return file_record("spelling", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> SpellingRule | None:
    if "letters" not in values and "systems" not in values:
        problems.add(node, "a rule needs 'letters' or 'systems'")
        return None
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
        for letters, ways in values.get("letters", {}).items()
    ]
    cost = hundredths(values["cost"].value) if "cost" in values else 0
    return SpellingRule(
        **base_of(values, node),
        lang=values["lang"],
        cost=cost,
        groups=tuple(groups),
        named=tuple(
            (name, cost + hundredths(extra.value))
            for name, extra in values.get("systems", {}).items()
        ),
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


def link(
    file: RuleFile, find: Finder, classes: Classes, problems: Problems
) -> RuleFile:
    """The file with the systems that its rules name."""
    rules: list[Rule] = []
    for rule in file.rules:
        if isinstance(rule, SpellingRule) and rule.named:
            systems = []
            for name, cost in rule.named:
                system = system_of(find(name), name, rule.lang, classes, problems)
                if system is not None:
                    systems.append((system, cost))
            rules.append(replace(rule, named=(), systems=tuple(systems)))
        else:
            rules.append(rule)
    return replace(file, rules=tuple(rules))


def system_of(
    file: RuleFile | None,
    name: Scalar,
    lang: str,
    classes: Classes,
    problems: Problems,
) -> Table | None:
    """The table of a romanization file; None with a problem noted when it can't be."""
    if not isinstance(file, RomanizationFile):
        return None
    if file.language != lang:
        message = f"{file.id!r} does not write {lang!r} but {file.language!r}"
        problems.add(name, message, kind=RuleReferenceError)
        return None
    values = {option.name: option.default for option in file.options}
    rules = tuple(
        rule
        for rule in file.rules
        if all(values.get(option) == value for option, value in rule.when)
    )
    # Systems for capitals only write names like all others.
    plain = replace(file, rules=rules, case="word")
    return table_of(plain, classes, {"foreign": "keep"})
