"""The fields of a file of quantities, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from normalize.engine.patterns import Classes
from normalize.kinds.base import Conditions, RuleFile
from normalize.kinds.fields import (
    RULE_FIELDS,
    RuleList,
    base_of,
    header_fields,
)
from normalize.kinds.quantities.draft import Draft
from normalize.kinds.quantities.model import QuantityRule, RawRule
from normalize.kinds.switches import OPTION, OPTIONS, make_options
from normalize.source.fields import Field, ListOf, MapOf, Record, TextOr
from normalize.source.nodes import Mapping, Scalar, Sequence
from normalize.source.problems import Problems
from normalize.source.texts import ID, Choice, Text

NAME = Text(r"[a-z][a-z_]*", "a name (lower-case letters and _)")
CODE = Text(r"[a-z][a-z_]*", "a code (lower-case letters and _)")
PART = Text(r"[a-z][a-z_-]*", "a name (lower-case letters, _ and -)")
LANGUAGE = Text(r"[a-z]{2,3}", "a language code")
RANGE = Text(r"[0-9]{1,9}\.\.[0-9]{1,9}", "a range such as 1..31")


def _same(values: dict[str, Any], _node: Mapping, _problems: Problems) -> Any:
    return values


_SHAPE = TextOr(
    Text(called="a pattern"),
    Record(
        (
            Field("pattern", Text(), "a way to write an amount", True),
            Field("remove", Text(), "marks between groups of digits, taken out"),
            Field("decimal", Text(r".", "one character"), "the decimal mark"),
            Field("beside", NAME, "only where this field is there too"),
            Field("without", NAME, "only where this field is not there"),
            Field("when", MapOf(Text(), OPTION), "only when options have these values"),
            Field("not_in", ListOf(LANGUAGE), "not in paragraphs of these languages"),
            Field("leave", CODE, "it can be read in two ways: left under this code"),
        ),
        _same,
        "way to write an amount",
    ),
)

_FIELD = Record(
    (
        Field("number", RANGE, "a number in this range, with as many digits"),
        Field("words", NAME, "one of the words of this lexicon"),
        Field("digits", ListOf(_SHAPE), "an amount, in these ways to write it"),
        Field("outline", Text(), "what all ways to write the amount have in common"),
        Field("pattern", Text(), "whatever fits this pattern"),
        Field("as", NAME, "the part that it fills in values and templates"),
        Field("pivot", Text(), "the option with the first year of the last century"),
    ),
    _same,
    "field",
    one_of=(("number", "words", "digits", "pattern"),),
)

_VALUE = Record(
    (
        Field("of", ListOf(NAME), "the parts that make it", True),
        Field("required", ListOf(NAME), "parts without which it is left"),
        Field("because", Text(), "why it is left without them, as the user reads it"),
        Field(
            "check",
            Choice(("calendar", "order")),
            "calendar: year, month and day exist; order: the first is not the later",
        ),
        Field("invalid", CODE, "the code under which an impossible one is told"),
        Field("template", Text(), "the option that says how it is written"),
        Field("joins", NAME, "the value of which this is two or three"),
        Field(
            "same", MapOf(Text(), NAME), "options: how it is written where all share"
        ),
        Field("weekday", Text(), "a pattern right before it, with a field 'weekday'"),
    ),
    _same,
    "value",
    one_of=(("template", "joins"),),
)


@dataclass(frozen=True)
class _Context:
    """Field type: phrases or `{pattern: ...}`, kept as nodes until they are linked."""

    def read(self, node: Any, problems: Problems) -> Any:
        return self._type().read(node, problems)

    def schema(self) -> dict[str, Any]:
        return self._type().schema()

    @staticmethod
    def _type() -> ListOf:
        pattern = Field("pattern", Text(called="a pattern"), "matched exactly", True)
        record = Record((pattern,), _same, "context")
        return ListOf(TextOr(Text(called="a phrase or {pattern: ...}"), record))


@dataclass(frozen=True)
class _Entries:
    """Field type: values with their forms, or a list of forms that are the values."""

    def read(self, node: Any, problems: Problems) -> Any:
        if isinstance(node, Sequence):
            forms: list[Scalar] = ListOf(Text()).read(node, problems)
            return {form: [form] for form in forms}
        return MapOf(ListOf(Text())).read(node, problems)

    def schema(self) -> dict[str, Any]:
        some = ListOf(Text())
        return {"anyOf": [some.schema(), MapOf(some).schema()]}


_CONTEXTS = (
    Field("preceded_by", _Context(), "one of these must stand right before the match"),
    Field("followed_by", _Context(), "one of these must stand right behind the match"),
)
_UNLESS = Field(
    "unless", _Context(), "a match that lies inside one of these is left alone"
)

_LEAVE = Record(
    (
        Field("code", CODE, "the code under which it is told", True),
        Field("because", Text(), "the reason, as the user reads it", True),
        *_CONTEXTS,
    ),
    _same,
    "entry of 'leave'",
)

_RULE = (
    *RULE_FIELDS,
    Field("patterns", ListOf(Text(called="a pattern")), "what is looked for", True),
    Field("output", Text(), "what it becomes: a template"),
    Field("leave", CODE, "it is left and told under this code"),
    Field("because", Text(), "the reason why it is left, as the user reads it"),
    Field("set", MapOf(Text(blank=True), NAME), "parts made of other parts: templates"),
    Field("without", NAME, "a part that is missing and found by the options"),
    Field("same", ListOf(NAME), "parts that are the same in both of two sums"),
    Field("rising", ListOf(NAME), "parts that are smaller in the first of two sums"),
    Field("if_several", CODE, "left under this code when patterns give two outputs"),
    Field("note", CODE, "told under this code, with 'because', where it changes"),
    *_CONTEXTS,
    _UNLESS,
)


def record(_classes: Classes) -> Record:
    """The fields of a file of quantities."""
    rule = Record(_RULE, _build_rule, "rule", one_of=(("output", "leave"),))
    words = MapOf(_Entries(), NAME)
    fields = (
        *header_fields("quantities"),
        Field("extends", ID, "a file of this kind whose rules are taken over"),
        Field("remove", ListOf(ID), "ids of taken-over rules to leave out"),
        Field("uses", ListOf(ID), "files whose words, fields and options are used"),
        Field("options", OPTIONS, "switches and settings"),
        Field("lexicon", words, "words with what they mean: value, then its forms"),
        Field("exact", ListOf(NAME), "lexicons that are found only as written"),
        Field("words", MapOf(MapOf(Text()), NAME), "words that templates write"),
        Field("fields", MapOf(_FIELD, NAME), "what patterns are made of"),
        Field("parts", MapOf(Text(), PART), "named parts of patterns"),
        Field("values", MapOf(_VALUE, NAME), "fields that make one thing"),
        Field("leave", ListOf(_LEAVE), "what makes any match be left"),
        Field("rules", RuleList(rule), "the rules; an earlier one wins a tie"),
    )
    return Record(fields, _build_file, "quantities file")


def _build_rule(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> QuantityRule | None:
    for name in ("leave", "note"):
        if name in values and "because" not in values:
            problems.add(node, f"{name!r} needs 'because': the reason that is told")
            return None

    def text(name: str) -> str:
        scalar = values.get(name)
        return scalar.value if scalar is not None else ""

    sets = tuple(values.get("set", {}).items())
    contexts = {
        name: tuple(values.get(name, ()))
        for name in ("preceded_by", "followed_by", "unless")
    }
    asked = [("same", scalar) for scalar in values.get("same", ())]
    asked += [("rising", scalar) for scalar in values.get("rising", ())]
    asked += [("without", values["without"])] if "without" in values else []
    base = {**base_of(values, node), "conditions": Conditions()}
    return QuantityRule(
        **base,
        patterns=tuple(scalar.value for scalar in values["patterns"]),
        output=text("output"),
        sets=tuple((key.value, value.value) for key, value in sets),
        leave=text("leave"),
        because=text("because"),
        note=text("note"),
        without=text("without"),
        if_several=text("if_several"),
        same=tuple(scalar.value for scalar in values.get("same", ())),
        rising=tuple(scalar.value for scalar in values.get("rising", ())),
        raw=RawRule(
            tuple(values["patterns"]),
            values.get("output"),
            sets,
            contexts,
            tuple(asked),
        ),
    )


def _build_file(values: dict[str, Any], node: Mapping, problems: Problems) -> RuleFile:
    rules = tuple(values.get("rules", ()))

    def named(name: str) -> dict[str, Any]:
        return {key.value: value for key, value in values.get(name, {}).items()}

    def placed(name: str) -> dict[str, Any]:
        return {key.value: (key, value) for key, value in values.get(name, {}).items()}

    exact: list[Scalar] = values.get("exact", [])
    known = values.get("lexicon", {})
    for scalar in exact:
        if scalar.value not in {key.value for key in known}:
            problems.add(scalar, f"there is no lexicon {scalar.value!r} in this file")
    return RuleFile(
        kind="quantities",
        id=values["id"].value,
        title=values["title"].value,
        path=node.source.path,
        lang=tuple(scalar.value for scalar in values.get("lang", ())),
        extends=values.get("extends"),
        remove=tuple(values.get("remove", ())),
        options=make_options(values.get("options", {})),
        rules=rules,
        uses=tuple(scalar.value for scalar in values.get("uses", ())),
        grammar=Draft(
            uses=tuple(values.get("uses", ())),
            lexicon=named("lexicon"),
            words=named("words"),
            exact=frozenset(scalar.value for scalar in exact),
            fields=placed("fields"),
            parts=named("parts"),
            values=placed("values"),
            leave=tuple(values.get("leave", ())),
        ),
    )
