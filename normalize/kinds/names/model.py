"""What a file of names may say: its fields, its frozen rules.

An entry is a name of its own (a place, a part of a name), or a person whose given
name and surname decide together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import regex

from normalize.engine.patterns import Classes
from normalize.errors import RuleConflictError
from normalize.kinds.base import Rule
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import condition_fields
from normalize.kinds.examples import EXAMPLES
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record, TextOr
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Choice, Flag, Text, worded

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
_CYRILLIC = regex.compile(rf"[\p{{Cyrillic}}\p{{M}}{_APOSTROPHES}. -]+")
_LATIN = regex.compile(rf"[\p{{Latin}}\p{{M}}{_APOSTROPHES}. -]+")
_FORMS: tuple[str, ...] = ("uk", "ru")
# How the two forms of a name are written in one line: Київ / Киев.
BOTH = " / "
_BOTH_FORMS = "a name 'Ukrainian / Russian' in Cyrillic"


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its Cyrillic forms, the Latin form written, spellings seen.

    An empty `canonical` is the romanization of the form in the language of the name.
    `also` adds to the spellings that are made of the Cyrillic forms, `never` takes
    away.
    """

    uk: str
    ru: str
    canonical: str
    also: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameRule(Rule):
    """`name` alone, or `given` and `surname` together.

    `nation` is the language that an empty canonical form is romanized from. `part`
    says what a name of its own is. `near` are words one of which must stand in the
    paragraph, `not_near` words none of which may.
    """

    name: Name | None
    given: Name | None
    surname: Name | None
    lone: bool  # whether the surname changes without a given name
    nation: str
    part: str
    near: tuple[str, ...]
    not_near: tuple[str, ...]

    def claims(self) -> tuple[str, ...]:
        if self.part == "given":
            return ()
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


@dataclass(frozen=True)
class _Spelling:
    """Field type: a name in one script.

    A wrong letter is told here, so that nothing else in the entry can hide it.
    """

    letters: regex.Pattern[str]
    script: str

    def read(self, node: Any, problems: Problems) -> Scalar | None:
        scalar = Text().read(node, problems)
        if scalar is not None:
            _check_script(scalar, scalar.value, self.letters, self.script, problems)
        return scalar

    def schema(self) -> dict[str, Any]:
        return Text().schema()


_IN_CYRILLIC = _Spelling(_CYRILLIC, "Cyrillic")
_IN_LATIN = _Spelling(_LATIN, "Latin")
_NAME_FIELDS = (
    Field("uk", _IN_CYRILLIC, "the Ukrainian name, in Cyrillic"),
    Field("ru", _IN_CYRILLIC, "the Russian name, in Cyrillic"),
    Field(
        "canonical",
        _IN_LATIN,
        "the Latin form that is written, where it is not the usual romanization",
    ),
    Field(
        "also", ListOf(_IN_LATIN), "Latin spellings that no habit of the press makes"
    ),
    Field(
        "never", ListOf(_IN_LATIN), "spellings that are made but mean something else"
    ),
)


@dataclass(frozen=True)
class _BothForms:
    """Field type: `Київ / Киев`, or one form that is the same in both languages."""

    def read(self, node: Any, problems: Problems) -> Name | None:
        scalar = Text(called=_BOTH_FORMS).read(node, problems)
        if scalar is None:
            return None
        uk, slash, ru = scalar.value.partition(BOTH)
        before = len(problems.errors)
        for form in (uk, ru) if slash else (uk,):
            _check_script(scalar, form, _CYRILLIC, "Cyrillic", problems)
        if len(problems.errors) > before:
            return None
        return Name(uk, ru if slash else uk, "")

    def schema(self) -> dict[str, Any]:
        return worded(f"expected {_BOTH_FORMS}", pattern=r"[\s\S]")


_FORM = "name: Ukrainian / Russian, such as name: Київ / Киев; its spellings are made"
_PERSON = "given: Сергій / Сергей, surname: Попко; a name by itself stands under 'name'"


def _build_name(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> Name | None:
    before = len(problems.errors)
    both: Name | None = values.get("name")
    forms = {key: values[key].value for key in _FORMS if key in values}
    if both is not None:
        forms = {"uk": both.uk, "ru": both.ru}
    canonical: Scalar | None = values.get("canonical")
    if canonical is None and not forms:
        problems.add(
            node,
            "a name needs a Cyrillic form ('uk', 'ru') or 'canonical', the Latin form",
            hint=_FORM,
        )
        return None
    also: list[Scalar] = values.get("also", [])
    never: list[Scalar] = values.get("never", [])
    latin = ([canonical] if canonical else []) + also + never
    seen: dict[str, Scalar] = {}
    for scalar in latin:
        first = seen.setdefault(scalar.value, scalar)
        if first is not scalar:
            said = "the canonical form itself" if first is canonical else "there twice"
            message = f"the spelling {scalar.value!r} is {said}"
            problems.add(scalar, message, kind=RuleConflictError)
    if not also and not forms:
        message = "a name needs a Cyrillic form ('uk', 'ru') or 'also'"
        problems.add(node, message, hint=_FORM)
    if len(problems.errors) > before:
        return None
    return Name(
        forms.get("uk", ""),
        forms.get("ru", ""),
        canonical.value if canonical else "",
        tuple(scalar.value for scalar in also),
        tuple(scalar.value for scalar in never),
    )


def _check_script(
    scalar: Scalar,
    name: str,
    form: regex.Pattern[str],
    script: str,
    problems: Problems,
) -> None:
    shift = scalar.value.index(name)
    if not name[:1].isalpha():
        problems.add(scalar, f"a name begins with a letter, not with {name[:1]!r}")
        return
    if name[-1] in _APOSTROPHES:
        message = f"a name does not end with an apostrophe: {name!r}"
        problems.add(
            scalar, message, hint="it can't be told from a quote: leave it out"
        )
    for i, char in enumerate(name):
        if not form.match(char):
            hint = _slip(char, name, script)
            problems.add(
                scalar,
                f"{char!r} in {name!r} is not a {script} letter",
                hint=hint,
                shift=scalar.shift_of(shift + i),
            )
            return


def _slip(char: str, name: str, script: str) -> str:
    """What was likely meant by a name with a character of no such script."""
    if char == "/" or (char in ",;" and script == "Cyrillic"):
        return "two forms at most: Ukrainian / Russian; others go under 'also'"
    if char in ",;":
        return "several are a list: [Lvov, Lwiw]"
    letters = [letter for letter in name if letter.isalpha()]
    if script == "Cyrillic" and all(map(_LATIN.match, letters)):
        return "the Cyrillic form belongs here, Latin ones under 'canonical' and 'also'"
    if script == "Latin" and all(map(_CYRILLIC.match, letters)):
        return "the Latin form belongs here, Cyrillic ones under 'name'"
    return "a look-alike of the other script? type it again"


_NEAR = "kinds of evidence, or words"
_NAME = TextOr(_BothForms(), Record(_NAME_FIELDS, _build_name, "name"))
_NATION = Choice(("uk", "ru"))
_PART = Choice(("name", "given"))


def record(classes: Classes) -> Record:
    """The fields of a names file."""
    shared = tuple(field for field in RULE_FIELDS if field.name != "examples")
    rule = Record(
        (
            *shared,
            Field("examples", EXAMPLES, "what the rule does, run as tests"),
            *_NAME_FIELDS,
            Field("name", _BothForms(), "both forms in one line: Київ / Киев"),
            Field("given", _NAME, "the given name of a person"),
            Field("surname", _NAME, "the surname of a person"),
            Field("alone", Flag(), "whether the surname decides without a given name"),
            Field("nation", _NATION, "whose romanization it gets (default: uk)"),
            Field("part", _PART, "given: a given name, which decides nothing alone"),
            Field("near", ListOf(Text()), f"{_NEAR}, one of which its paragraph holds"),
            Field("not_near", ListOf(Text()), f"{_NEAR}, none of which it holds"),
            *condition_fields(classes),
        ),
        _build,
        "rule",
    )
    return file_record("names", rule)


# A line that only says what a name is needs no example: its spellings are made, and
# all of them are tried. What is special about a name has to be shown.
_SPECIAL = ("also", "never", "not_near", "unless", "preceded_by", "followed_by")
# What can't stand beside a surname, and beside a name of its own.
_STRAYS = {True: ("uk", "ru", "also", "canonical", "name"), False: ("given", "alone")}


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> NameRule | None:
    person = "surname" in values
    if "given" in values and not person and not {"name", *_FORMS} & set(values):
        problems.add(node, "a person needs 'surname' beside 'given'", hint=_PERSON)
        return None
    if person and "given" not in values:
        problems.add(node, "a person needs 'given' beside 'surname'", hint=_PERSON)
        return None
    if "name" in values:
        stray = next((form for form in _FORMS if form in values), "")
        if stray:
            key = node.items[stray][0]
            problems.add(key, f"{stray!r} and 'name' can't stand together")
            return None
    for field in _STRAYS[person]:
        if field in values:
            beside = "surname" if person else "a name of its own"
            beside = repr(beside) if person else beside
            key = node.items[field][0]
            problems.add(key, f"{field!r} and {beside} can't stand together")
            return None
    name = None
    if not person:
        name = _build_name(values, node, problems)
        if name is None:
            return None
    special = [field for field in _SPECIAL if field in values]
    if special and "examples" not in values:
        problems.add(
            node,
            f"a rule with {special[0]!r} needs 'examples'",
            hint="examples: in -> out; and 'keep: text' where it must do nothing",
            code="N013",
        )
        return None
    return NameRule(
        **base_of({"examples": (), **values}, node),
        name=name,
        given=values.get("given"),
        surname=values.get("surname"),
        lone=values.get("alone", False),
        nation=values.get("nation", "uk"),
        part=values.get("part", "name"),
        near=tuple(scalar.value for scalar in values.get("near", ())),
        not_near=tuple(scalar.value for scalar in values.get("not_near", ())),
    )


def add(rule: NameRule, builder: Builder, rank: int) -> None:
    """Take the rule in; the names of a stage are compiled together."""
    builder.names.append((rule, rank, builder.languages))


def probes(rule: NameRule) -> Iterator[tuple[str, str]]:
    """Each listed spelling with what it must become, where nothing else is asked."""
    if rule.near:
        return
    if rule.name is not None and rule.part == "name" and rule.name.canonical:
        for spelling in rule.name.also:
            yield spelling, rule.name.canonical
    if rule.given is None or rule.surname is None:
        return
    if not (rule.given.canonical and rule.surname.canonical):
        return
    whole = f"{rule.given.canonical} {rule.surname.canonical}"
    for given in (rule.given.canonical, *rule.given.also):
        yield f"{given} {rule.surname.canonical}", whole
    for surname in rule.surname.also:
        yield f"{rule.given.canonical} {surname}", whole
        if rule.lone:
            yield surname, rule.surname.canonical
