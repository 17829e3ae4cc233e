"""What a romanization file may say, and how it is read."""

from __future__ import annotations

import unicodedata
from dataclasses import fields as fields_of
from typing import Any

from normalize.engine.patterns import Classes
from normalize.engine.table import APOSTROPHE, EDGE
from normalize.engine.words import members
from normalize.errors import suggestion
from normalize.kinds.base import Conditions, RuleFile, at_line
from normalize.kinds.examples import EXAMPLES
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.kinds.romanization.model import (
    LETTERS,
    ContextRule,
    LetterTable,
    Provenance,
    RomanizationFile,
    switches,
)
from normalize.source.fields import Field, ListOf, MapOf, Record
from normalize.source.nodes import Mapping, Node, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import ID, Choice, Text

KIND = "romanization"
# The sets of a language that a context may name, `vowels` for class `uk-vowels`.
SETS = ("letters", "vowels", "consonants", "signs")

LETTER = Text(r"[^\W\d_A-Z]{1,4}", "one to four small letters")
SOURCE = Text(
    r"[^\W\d_A-Z]{1,4}|apostrophe", "one to four small letters, or apostrophe"
)
OUTPUT = Text(blank=True, called="what is written ('' for nothing)")
CONTEXT = ListOf(Text(r"[^\W\d_]+", "letters, a set, edge or apostrophe"))


def record(classes: Classes) -> Record:
    """The fields of a romanization file."""
    rule = Record(
        (
            *RULE_FIELDS,
            Field("from", SOURCE, "the letters that the rule is about", True),
            Field("to", OUTPUT, "what they give here", True),
            Field("at", Choice(("start", "end")), "only there in a word"),
            Field(
                "after",
                CONTEXT,
                "one of these stands before: letters, a set (vowels, consonants, "
                "signs), edge for the start of the word, apostrophe",
            ),
            Field("before", CONTEXT, "one of these stands behind"),
            Field("not_after", CONTEXT, "none of these stands before"),
            Field("not_before", CONTEXT, "none of these stands behind"),
            Field(
                "at_least", Text("[2-9]", "a number from 2 to 9"), "letters of a word"
            ),
        ),
        _build_rule,
        "rule",
    )
    extra = (
        Field("authority", Text(), "who made the system", True),
        Field("year", Text(), "when; 'none' for a custom without a date", True),
        Field("status", Text(), "whether it is in force", True),
        Field(
            "confidence",
            Choice(("high", "medium", "low")),
            "high: official examples or two independent sources",
            True,
        ),
        Field("aliases", ListOf(ID), "other names of the same system"),
        Field("letters", MapOf(OUTPUT, LETTER), "each small letter with its output"),
        Field("apostrophe", OUTPUT, "what one inside a word becomes; keep: as typed"),
        Field("case", Choice(("word", "upper")), "the case of the word, or capitals"),
        Field("sisters", ListOf(ID), "systems that letters are borrowed from"),
        Field(
            "reversible",
            Choice(("yes", "except", "no")),
            "whether words can be got back: all, all but collisions, or not",
            True,
        ),
        Field(
            "collisions",
            MapOf(Text(blank=True)),
            "what can't be got back, with what is written alike; ^ and $ are the "
            "edges of a word, {vowels} one of a set",
        ),
        Field(
            "readings",
            MapOf(CONTEXT, LETTER),
            "for the way back: of letters that are written alike, one that is read "
            "behind these letters and sets",
        ),
        Field(
            "alternatives",
            MapOf(ListOf(OUTPUT), LETTER),
            "other outputs that documents show",
        ),
        Field("examples", EXAMPLES, "words of the system, run as tests", True, "N013"),
    )

    def finish(
        file: RuleFile, values: dict[str, Any], node: Mapping, problems: Problems
    ) -> RuleFile:
        return _finish(file, values, node, problems, classes)

    return file_record(KIND, rule, extra=extra, finish=finish, rules_required=False)


def _build_rule(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> ContextRule | None:
    if values["id"].value == LETTERS:
        problems.add(values["id"], f"the id {LETTERS!r} is that of the letter table")
        return None
    source = values["from"].value
    # The sets are named by the language of the file, which is not known here.
    named = {name: frozenset(values.get(name, ())) for name in CONTEXTS}
    return ContextRule(
        **base_of(values, node),
        source=APOSTROPHE if source == "apostrophe" else _small(source),
        output=_composed(values["to"].value),
        place=values.get("at", ""),
        after=named["after"] if "after" in values else None,
        before=named["before"] if "before" in values else None,
        not_after=named["not_after"],
        not_before=named["not_before"],
        at_least=int(values["at_least"].value) if "at_least" in values else 0,
    )


CONTEXTS = ("after", "before", "not_after", "not_before")


def _finish(
    file: RuleFile,
    values: dict[str, Any],
    node: Mapping,
    problems: Problems,
    classes: Classes,
) -> RuleFile:
    langs = [scalar.value for scalar in values.get("lang", ())]
    if len(langs) != 1 or f"{langs[0]}-letters" not in classes:
        known = [n.removesuffix("-letters") for n in classes if n.endswith("-letters")]
        at: Node = values["lang"][0] if langs else node
        hint = f"one of {', '.join(known)}"
        problems.add(at, "a romanization file needs 'lang', one alphabet", hint=hint)
        return file
    named = {name: f"{langs[0]}-{name}" for name in SETS}
    sets = {n: members(classes[c]) for n, c in named.items() if c in classes}
    letters: dict[Scalar, Scalar] = values.get("letters", {})
    table = LetterTable(
        id=LETTERS,
        at=at_line(node.items[LETTERS][0] if LETTERS in node.items else node),
        examples=tuple(values["examples"]),
        when=(),
        try_with=(),
        conditions=Conditions(),
        letters=tuple(
            (_small(k.value), _composed(v.value)) for k, v in letters.items()
        ),
    )
    if "extends" not in values:
        for name in ("letters", "apostrophe", "case"):
            if name not in values:
                problems.add(
                    node, f"missing field {name!r} in a file without 'extends'"
                )
    rules = tuple(_resolved(rule, sets, problems) for rule in file.rules)
    return RomanizationFile(
        **{
            f.name: getattr(file, f.name)
            for f in fields_of(RuleFile)
            if f.name not in ("rules", "options")
        },
        rules=(table, *rules),
        options=(*switches(at_line(node)), *file.options),
        provenance=_provenance(values),
        apostrophe=values["apostrophe"].value if "apostrophe" in values else None,
        case=values.get("case"),
        sisters=tuple(values.get("sisters", ())),
        reversible=values["reversible"],
        collisions=tuple(
            (k.value, v.value) for k, v in values.get("collisions", {}).items()
        ),
        readings=tuple(
            (k.value, frozenset(c for e in v for c in _set(e, sets, problems)))
            for k, v in values.get("readings", {}).items()
        ),
        alternatives=tuple(
            (k.value, tuple(scalar.value for scalar in v))
            for k, v in values.get("alternatives", {}).items()
        ),
    )


def _provenance(values: dict[str, Any]) -> Provenance:
    return Provenance(
        authority=values["authority"].value,
        year=values["year"].value,
        status=values["status"].value,
        confidence=values["confidence"],
        source=values["source"].value if "source" in values else "",
        aliases=tuple(scalar.value for scalar in values.get("aliases", ())),
    )


def _resolved(
    rule: Any, sets: dict[str, frozenset[str]], problems: Problems
) -> ContextRule:
    """The rule with the letters that its sets stand for."""
    from dataclasses import replace

    made = {}
    for name in CONTEXTS:
        entries = getattr(rule, name)
        if entries is not None:
            made[name] = frozenset(
                letter for entry in entries for letter in _set(entry, sets, problems)
            )
    found: ContextRule = replace(rule, **made)
    return found


def _set(
    entry: Scalar, sets: dict[str, frozenset[str]], problems: Problems
) -> frozenset[str]:
    text = entry.value
    if text == "edge":
        return frozenset(EDGE)
    if text == "apostrophe":
        return frozenset(APOSTROPHE)
    if text in sets:
        return sets[text]
    if text.isascii():
        known = [*sets, "edge", "apostrophe"]
        hint = suggestion(text, known)
        problems.add(entry, f"no set of letters is called {text!r}", hint=hint)
    return frozenset(_small(text))


def _small(text: str) -> str:
    return _composed(text).lower()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
