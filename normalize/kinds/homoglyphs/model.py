"""The fields of a homoglyphs file, and its rules."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import regex

from normalize.engine.analysis import beginnings, width
from normalize.engine.anchors import no_anchor
from normalize.engine.patterns import Classes, PatternError, Tree
from normalize.engine.words import members
from normalize.errors import RulePatternError, RuleReferenceError
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.conditions import Pattern, add_pattern_problem, condition_fields
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, MapOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Choice, Text

# Unicode script names in lower case, as `make` says them.
SCRIPTS = ("cyrillic", "latin")
Pairs = tuple[tuple[str, str], ...]
# Where the word stands that a letter alone belongs to.
LONE = ("behind", "before", "beside")
# More numbers than that are more anchors than the rest of the stage.
MOST_NUMBERS = 200


@dataclass(frozen=True, slots=True)
class HomoglyphRule(Rule):
    """Which words get their letters from `make`; `report` only tells of them."""

    make: str
    report: str
    also: Pairs
    typed: Tree | None
    written: Tree | None
    lone: str  # one of LONE; empty: the rule is about words
    numbers: tuple[str, ...]
    counted: tuple[str, ...]
    places: tuple[tuple[Tree, str], ...]
    meant: tuple[Tree, ...]
    known: tuple[str, ...]
    # From the file: look-alikes as (Cyrillic, Latin), the letters of either script.
    pairs: Pairs = ()
    letters: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@dataclass(frozen=True)
class _Character:
    """Field type: a character by its Unicode name, or as it is; read as (node, char).

    Look-alikes can't be told apart in an editor, names can.
    """

    def read(self, node: Any, problems: Problems) -> tuple[Scalar, str] | None:
        scalar = Text(called="a Unicode name").read(node, problems)
        if scalar is None:
            return None
        if len(scalar.value) == 1:
            return scalar, scalar.value
        try:
            return scalar, unicodedata.lookup(scalar.value)
        except KeyError:
            message = f"no character has the Unicode name {scalar.value!r}"
            problems.add(scalar, message, kind=RuleReferenceError)
            return None

    def schema(self) -> dict[str, Any]:
        return Text(called="a Unicode name").schema()


_PAIRS = MapOf(_Character())
_NUMBERS = Text(r"[0-9]{1,4}\.\.[0-9]{1,4}", "a range such as 1..31")


def _place(classes: Classes) -> Record:
    """Field type: a place in the word, and the letter to write there."""

    def build(
        values: dict[str, Any], _node: Mapping, problems: Problems
    ) -> tuple[Tree, str] | None:
        scalar, tree = values["pattern"]
        if width(tree) != (1, 1):
            message = (
                "the pattern of a place is one letter; others go into (?<= ) or (?= )"
            )
            problems.add(scalar, message, kind=RulePatternError)
            return None
        return tree, values["write"][1]

    fields = (
        Field("pattern", Pattern(classes), "the letter, with what is around it", True),
        Field("write", _Character(), "the letter that is meant", True),
    )
    return Record(fields, build, "place")


def record(classes: Classes) -> Record:
    """The fields of a homoglyphs file."""
    rule = Record(
        (
            *RULE_FIELDS,
            Field("make", Choice(SCRIPTS), "the script that the word is written in"),
            Field("report", Text(), "a code: the word is left and a diagnostic made"),
            Field("also", _PAIRS, "more look-alikes that this rule takes for typos"),
            Field("typed", Pattern(classes), "the word as it stands, any script"),
            Field("written", Pattern(classes), "what it must be, once written so"),
            Field(
                "lone", Choice(LONE), "a letter alone, and where a word is beside it"
            ),
            Field("numbers", _NUMBERS, "numbers that may stand behind the letter"),
            Field("counted", ListOf(Text()), "words that follow such a number"),
            Field(
                "places",
                ListOf(_place(classes)),
                "where a look-alike stands for another letter than in `pairs`",
            ),
            Field(
                "meant",
                ListOf(Pattern(classes)),
                "words that hold one of these are mixed on purpose",
            ),
            Field("known", ListOf(Text()), "words that are mixed on purpose"),
            *condition_fields(classes),
        ),
        _build,
        "rule",
        one_of=(("make", "report"),),
    )
    base = file_record(
        "homoglyphs",
        rule,
        extra=(
            Field("pairs", _PAIRS, "letters that look alike, by Unicode name", True),
            *(
                Field(name, Pattern(classes), f"the letters of {name} words", True)
                for name in SCRIPTS
            ),
        ),
    )
    return replace(base, build=partial(_build_file, base))


def _build_file(
    base: Record, values: dict[str, Any], node: Mapping, problems: Problems
) -> RuleFile | None:
    """The file, its look-alikes and letters given to all of its rules."""
    letters = []
    for name in SCRIPTS:
        scalar, tree = values[name]
        letters.append(members(tree))
        if not letters[-1]:
            message = f"{name!r} must be a set that lists its letters"
            problems.add(scalar, message, kind=RulePatternError, hint="[a-z]")
            return None
    pairs = []
    for key, (scalar, right) in values["pairs"].items():
        left = _Character().read(key, problems)
        if left is None:
            return None
        pair = sorted((left[1], right), key=is_latin)
        if [is_latin(c) for c in pair] != [False, True]:
            message = f"{key.value!r} and {scalar.value!r} are of one script"
            problems.add(scalar, message)
            return None
        pairs.append((pair[0], pair[1]))
    file: RuleFile = base.build(values, node, problems)
    rules = []
    for rule in file.rules:
        if isinstance(rule, HomoglyphRule):
            rule = replace(  # noqa: PLW2901
                rule, pairs=tuple(pairs), letters=(letters[0], letters[1])
            )
        rules.append(rule)
    return replace(file, rules=tuple(rules))


def is_latin(char: str) -> bool:
    """Whether it is a letter of the Latin script."""
    return bool(regex.match(r"\p{Latin}", char))


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> HomoglyphRule | None:
    also = []
    for key, (_, right) in values.get("also", {}).items():
        left = _Character().read(key, problems)
        if left is not None:
            also.append((left[1], right))
    typed = values.get("typed")
    lone = values.get("lone", "")
    counted = tuple(scalar.value for scalar in values.get("counted", ()))
    if typed is not None:
        scalar, tree = typed
        try:
            if beginnings(tree) is None:
                raise no_anchor()
            if lone and not members(tree):
                message = "a lone letter is one of a set: [ai]"
                raise PatternError(message, 0)
        except PatternError as error:
            add_pattern_problem(problems, scalar, error)
            return None
    elif lone:
        problems.add(node, "'lone' needs 'typed', the letters that it is about")
        return None
    if (lone == LONE[2]) != bool(lone and "report" in values):
        message = f"'lone: {lone}' and 'report' don't go together"
        hint = "'report' goes with 'lone: beside', 'make' with 'behind' and 'before'"
        problems.add(node, message, hint=hint)
        return None
    numbers = _numbers(values, node, problems)
    if (numbers or counted) and not (numbers and counted and lone == LONE[1]):
        message = "'numbers' and 'counted' go together, with 'lone: before'"
        problems.add(node, message)
        return None
    return HomoglyphRule(
        **base_of(values, node),
        make=values.get("make") or SCRIPTS[not _is_typed_in_latin(typed)],
        report=values["report"].value if "report" in values else "",
        also=tuple(also),
        typed=typed[1] if typed else None,
        written=values["written"][1] if "written" in values else None,
        lone=lone,
        numbers=numbers,
        counted=counted,
        places=tuple(values.get("places", ())),
        meant=tuple(tree for _, tree in values.get("meant", ())),
        known=tuple(scalar.value for scalar in values.get("known", ())),
    )


def _is_typed_in_latin(typed: Any) -> bool:
    """Whether all letters that a rule is about are Latin; none are, as it were."""
    return typed is None or all(map(is_latin, members(typed[1])))


def _numbers(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> tuple[str, ...]:
    """The numbers of the range, as they are typed."""
    if "numbers" not in values:
        return ()
    first, last = map(int, values["numbers"].value.split(".."))
    if not first <= last < first + MOST_NUMBERS:
        message = f"'numbers' rise, and are {MOST_NUMBERS} at most"
        problems.add(node, message)
    return tuple(map(str, range(first, min(last, first + MOST_NUMBERS) + 1)))
