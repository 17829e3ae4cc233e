"""Kind `names`: the spellings of a person, a place, or a part of a name.

An entry is a name of its own (`canonical`, `also`), or a person whose given
name and surname decide together (`given`, `surname`, `alone`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from normalize.engine.forms import Case, Form, make_form
from normalize.engine.guards import Item
from normalize.engine.literals import Pair
from normalize.engine.patterns import Classes
from normalize.errors import RuleConflictError
from normalize.kinds.base import Conditions, Kind, Rule
from normalize.kinds.builder import Builder
from normalize.kinds.fields import RULE_FIELDS, base_of, condition_fields, file_record
from normalize.source.fields import (
    Field,
    Flag,
    ListOf,
    Problems,
    Record,
    Text,
)
from normalize.source.nodes import Mapping, Scalar

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
_CYRILLIC = regex.compile(rf"[\p{{Cyrillic}}\p{{M}}{_APOSTROPHES}. -]+")
_LATIN = regex.compile(rf"[\p{{Latin}}\p{{M}}{_APOSTROPHES}. -]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its Cyrillic forms, the Latin form written, others seen."""

    uk: str
    ru: str
    canonical: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRule(Rule):
    """`name` alone, or `given` and `surname` together."""

    name: Name | None
    given: Name | None
    surname: Name | None
    lone: bool  # whether the surname changes without a given name

    def claims(self) -> tuple[str, ...]:
        if self.name is not None:
            return self.name.also
        return self.surname.also if self.surname is not None and self.lone else ()

    def alone(self) -> tuple[tuple[str, str], ...]:
        name = self.name or self.surname
        return tuple((s, name.canonical) for s in self.claims()) if name else ()

    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(
            (name.canonical, name.also)
            for name in (self.given, self.surname)
            if name is not None
        )


_NAME_FIELDS = (
    Field("uk", Text(), "the Ukrainian name, in Cyrillic"),
    Field("ru", Text(), "the Russian name, in Cyrillic"),
    Field("canonical", Text(), "the Latin form that is written"),
    Field("also", ListOf(Text()), "other Latin spellings; they become the canonical"),
)


def _build_name(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> Name | None:
    if "canonical" not in values:
        problems.add(node, "a name needs 'canonical', the Latin form that is written")
        return None
    for field in ("uk", "ru"):
        if field in values:
            _check_script(values[field], _CYRILLIC, "Cyrillic", problems)
    canonical: Scalar = values["canonical"]
    also: list[Scalar] = values.get("also", [])
    _check_script(canonical, _LATIN, "Latin", problems)
    seen = {canonical.value: canonical}
    for scalar in also:
        _check_script(scalar, _LATIN, "Latin", problems)
        first = seen.setdefault(scalar.value, scalar)
        if first is not scalar:
            said = "the canonical form itself" if first is canonical else "there twice"
            message = f"the spelling {scalar.value!r} is {said}"
            problems.add(scalar, message, kind=RuleConflictError)
    if not also and "uk" not in values and "ru" not in values:
        problems.add(node, "a name needs a Cyrillic form ('uk', 'ru') or 'also'")
    text = {key: values[key].value if key in values else "" for key in ("uk", "ru")}
    return Name(text["uk"], text["ru"], canonical.value, tuple(s.value for s in also))


def _check_script(
    scalar: Scalar, form: regex.Pattern[str], script: str, problems: Problems
) -> None:
    if not scalar.value[0].isalpha():
        problems.add(
            scalar, f"a name begins with a letter, not with {scalar.value[0]!r}"
        )
    if scalar.value[-1] in _APOSTROPHES:
        message = f"a name does not end with an apostrophe: {scalar.value!r}"
        problems.add(
            scalar, message, hint="it can't be told from a quote: leave it out"
        )
    for i, char in enumerate(scalar.value):
        if not form.match(char):
            problems.add(
                scalar,
                f"{char!r} in {scalar.value!r} is not a {script} letter",
                hint="a look-alike of the other script? type it again",
                shift=scalar.shift_of(i),
            )
            return


_NAME = Record(_NAME_FIELDS, _build_name, "name")


def record(classes: Classes) -> Record:
    """The fields of a names file."""
    rule = Record(
        (
            *RULE_FIELDS,
            *_NAME_FIELDS,
            Field("given", _NAME, "the given name of a person"),
            Field("surname", _NAME, "the surname of a person"),
            Field("alone", Flag(), "whether the surname decides without a given name"),
            *condition_fields(classes),
        ),
        _build,
        "rule",
        one_of=(("canonical", "surname"),),
    )
    return file_record("names", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> NameRule | None:
    person = "surname" in values
    if person and "given" not in values:
        problems.add(node, "a person needs 'given' beside 'surname'")
        return None
    strays = ("uk", "ru", "also") if person else ("given", "alone")
    for field in strays:
        if field in values:
            beside = "surname" if person else "canonical"
            key = node.items[field][0]
            problems.add(key, f"{field!r} and {beside!r} can't stand together")
            return None
    name = None
    if not person:
        name = _build_name(values, node, problems)
        if name is None:
            return None
    return NameRule(
        **base_of(values, node),
        name=name,
        given=values.get("given"),
        surname=values.get("surname"),
        lone=values.get("alone", False),
    )


def add(rule: NameRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    if rule.name is not None:
        for spelling in rule.name.also:
            output = rule.name.canonical
            builder.variant(spelling, output, Case.TITLE, rule.conditions, rank)
    if rule.given is None or rule.surname is None:
        return
    builder.pairs.append(
        Pair(
            firsts=_forms(rule.given, builder),
            seconds=_forms(rule.surname, builder),
            case=Case.TITLE,
            guard=builder.guard(_pair_conditions(rule, builder)),
            rank=rank,
        )
    )
    if rule.lone:
        for spelling in rule.surname.also:
            output = rule.surname.canonical
            builder.variant(spelling, output, Case.TITLE, rule.conditions, rank)


def _pair_conditions(rule: NameRule, builder: Builder) -> Conditions:
    """The conditions on both names together: phrases that can hold both."""
    fold = builder.words.fold
    names = [name for name in (rule.given, rule.surname) if name is not None]

    def holds_both(item: Item) -> bool:
        return not isinstance(item, str) or all(
            any(fold(s) in fold(item) for s in (name.canonical, *name.also))
            for name in names
        )

    unless = tuple(item for item in rule.conditions.unless if holds_both(item))
    return rule.conditions._replace(unless=unless)


def _forms(name: Name, builder: Builder) -> tuple[Form, ...]:
    spellings = (name.canonical, *name.also)
    return tuple(make_form(builder.words, s, name.canonical) for s in spellings)


def probes(rule: NameRule) -> Iterator[tuple[str, str]]:
    """Each spelling with what it must become."""
    if rule.name is not None:
        for spelling in rule.name.also:
            yield spelling, rule.name.canonical
    if rule.given is None or rule.surname is None:
        return
    whole = f"{rule.given.canonical} {rule.surname.canonical}"
    for given in (rule.given.canonical, *rule.given.also):
        yield f"{given} {rule.surname.canonical}", whole
    for surname in rule.surname.also:
        yield f"{rule.given.canonical} {surname}", whole
        if rule.lone:
            yield surname, rule.surname.canonical


KIND = Kind(
    "names",
    "the spellings of persons, places and parts of names",
    record,
    add,
    probes=probes,
)
