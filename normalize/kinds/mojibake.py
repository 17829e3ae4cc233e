"""Kind `mojibake`: text that was read in the wrong encoding."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import regex

from normalize.engine.analysis import emit
from normalize.engine.letter_pairs import LetterPairs
from normalize.engine.limits import limited
from normalize.engine.misreadings import Reading
from normalize.engine.mojibake import Mojibake
from normalize.engine.patterns import Classes, Tree
from normalize.engine.utf8 import UTF8
from normalize.engine.words import members
from normalize.errors import RulePatternError, RuleReferenceError, suggestion
from normalize.kinds.base import Finding, Kind, Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import Pattern
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Text

_NUMBER = Text(r"[0-9]{1,3}", "a number")
# Encodings of which a byte is a character, and that have ASCII in their lower half.
SINGLE_BYTE = (
    "cp1250", "cp1251", "cp1252", "cp866", "iso8859-1", "iso8859-5", "koi8-r",
    "koi8-u", "mac-cyrillic",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """Characters of which a misread segment must have at least so many."""

    characters: frozenset[str]
    least: int
    ordinary: Tree | None  # what some of them become, and is no evidence


@dataclass(frozen=True, slots=True)
class MojibakeRule(Rule):
    """What the text was, what it was read as, and what tells so."""

    was: str
    read_as: str
    plausible: Tree
    lost: frozenset[str]
    evidence: tuple[Evidence, ...]
    least: int
    share: int
    gain: int
    # From the file: pairs of letters, the most usual first; pairs that occur at all.
    common: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Encoding:
    """Field type: the name of an encoding, read as that name."""

    names: tuple[str, ...]

    def read(self, node: Any, problems: Problems) -> str | None:
        scalar = Text(called="an encoding").read(node, problems)
        if scalar is None:
            return None
        try:
            name = codecs.lookup(scalar.value).name
        except LookupError:
            name = ""
        if name not in self.names:
            message = f"unknown encoding {scalar.value!r}"
            hint = suggestion(scalar.value, self.names)
            problems.add(scalar, message, kind=RuleReferenceError, hint=hint)
            return None
        return name

    def schema(self) -> dict[str, Any]:
        return Text(called="an encoding").schema()


def record(classes: Classes) -> Record:
    """The fields of a mojibake file."""
    pattern = Pattern(classes)
    evidence = Record(
        (
            Field("characters", pattern, "a set: characters that were misread", True),
            Field("least", _NUMBER, "how many of them a segment must have (1)"),
            Field("ordinary", pattern, "those that look like this are no evidence"),
        ),
        _build_evidence,
        "evidence",
    )
    rule = Record(
        (
            *RULE_FIELDS,
            Field("was", _Encoding((UTF8, *SINGLE_BYTE)), "what it was", True),
            Field("read_as", _Encoding(SINGLE_BYTE), "what it was taken for", True),
            Field("plausible", pattern, "what may come of a token", True),
            Field("lost", pattern, "a set: what may stand where a byte was lost"),
            Field("evidence", ListOf(evidence), "for UTF-8: one of these is needed"),
            Field("least", _NUMBER, "other encodings: how many pairs of letters"),
            Field("share", _NUMBER, "percent of them common, once mended"),
            Field("gain", _NUMBER, "percent points more than as they stand"),
        ),
        _build,
        "rule",
    )
    pairs = Text(called="pairs of letters with spaces between")
    base = file_record(
        "mojibake",
        rule,
        extra=(
            Field(
                "common", pairs, "the usual pairs of letters, most usual first", True
            ),
            Field("known", pairs, "pairs of letters that occur in words at all", True),
        ),
    )
    return replace(base, build=partial(_build_file, base))


def _build_evidence(
    values: dict[str, Any], _node: Mapping, problems: Problems
) -> Evidence | None:
    characters = _listed(values, "characters", problems)
    ordinary = values["ordinary"][1] if "ordinary" in values else None
    return Evidence(characters, _number(values, "least", 1), ordinary)


def _listed(values: dict[str, Any], name: str, problems: Problems) -> frozenset[str]:
    """The characters of a field that is a set; a problem when it lists none."""
    if name not in values:
        return frozenset()
    scalar, tree = values[name]
    if not members(tree):
        message = f"{name!r} must be a set that lists its characters"
        problems.add(scalar, message, kind=RulePatternError, hint="[abc]")
    return members(tree)


def _number(values: dict[str, Any], name: str, default: int = 0) -> int:
    return int(values[name].value) if name in values else default


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> MojibakeRule | None:
    wanted = ("evidence",) if values["was"] == UTF8 else ("least", "share", "gain")
    strays = {"evidence", "least", "share", "gain"} - {*wanted}
    for name in (n for n in wanted if n not in values):
        problems.add(node, f"text that was {values['was']} needs {name!r}")
        return None
    for name in sorted(strays & values.keys()):
        key: Scalar = node.items[name][0]
        problems.add(key, f"text that was {values['was']} has no {name!r}")
        return None
    return MojibakeRule(
        **base_of(values, node),
        was=values["was"],
        read_as=values["read_as"],
        plausible=values["plausible"][1],
        lost=_listed(values, "lost", problems),
        evidence=tuple(values.get("evidence", ())),
        least=_number(values, "least"),
        share=_number(values, "share"),
        gain=_number(values, "gain"),
    )


def _build_file(
    base: Record, values: dict[str, Any], node: Mapping, problems: Problems
) -> RuleFile | None:
    """The file, its pairs of letters given to all of its rules."""
    pairs = {}
    for name in ("common", "known"):
        pairs[name] = tuple(dict.fromkeys(values[name].value.split()))
        wrong = [p for p in pairs[name] if len(p) != 2 or p != p.lower()]
        if wrong:
            message = f"{wrong[0]!r} is not a pair of small letters"
            problems.add(values[name], message)
            return None
    file: RuleFile = base.build(values, node, problems)
    rules = tuple(
        replace(rule, common=pairs["common"], known=pairs["known"])
        if isinstance(rule, MojibakeRule)
        else rule
        for rule in file.rules
    )
    return replace(file, rules=rules)


def add(rule: MojibakeRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    matcher = builder.last(Mojibake)
    if matcher is None:
        matcher = Mojibake()
        builder.matchers.append(matcher)
    reading = Reading(
        rule.was,
        rule.read_as,
        limited(regex.compile(emit(rule.plausible)), builder.own, rule.plausible),
        LetterPairs(
            {pair: i for i, pair in enumerate(rule.common)},
            frozenset("".join(rule.common + rule.known)),
        ),
        rank,
        lost=rule.lost,
        least=rule.least,
        share=rule.share,
        gain=rule.gain,
    )
    traces = [(_traces(found, reading), found.least) for found in rule.evidence]
    # Half a character of three bytes is a trace too, of two it is a plain letter.
    traces.append((frozenset(h for h in reading.halves() if len(h) > 1), 1))
    anchors = {trace for found, _ in traces for trace in found}
    patterns = tuple(
        (regex.compile(_any_of(found)), least) for found, least in traces if found
    )
    if rule.was != UTF8:
        anchors |= set(_rare_pairs(rule, reading))
    matcher.add(replace(reading, evidence=patterns), sorted(anchors))


def _any_of(texts: frozenset[str]) -> str:
    return "|".join(map(regex.escape, sorted(texts, key=len, reverse=True)))


def _traces(found: Evidence, reading: Reading) -> frozenset[str]:
    """What the characters of some evidence look like."""
    traces = set()
    ordinary = regex.compile(emit(found.ordinary)) if found.ordinary else None
    for char in found.characters:
        seen = reading.misread(char)
        if seen is None or (ordinary is not None and ordinary.fullmatch(seen)):
            continue
        traces.add(seen)
    return frozenset(traces)


def _rare_pairs(rule: MojibakeRule, reading: Reading) -> Iterator[str]:
    """What common pairs of letters look like, where that is no pair of any word."""
    usual = {*rule.common, *rule.known}
    for pair in rule.common:
        for typed in (pair, pair.title(), pair.upper()):
            seen = reading.misread(typed)
            if seen is None or seen.isascii() or not all(map(_is_telling, seen)):
                continue
            # A capital behind a small letter is in no word.
            if seen.lower() not in usual or (seen[0].islower() and seen[1].isupper()):
                yield seen


def _is_telling(char: str) -> bool:
    """Whether a character is a letter or a symbol, not a mark of ordinary text."""
    return unicodedata.category(char)[0] in "LS"


def lint(file: RuleFile, classes: Classes) -> Iterator[Finding]:
    """Evidence that could not be mended, since it is not plausible."""
    del classes
    for rule in file.rules:
        if not isinstance(rule, MojibakeRule):
            continue
        plausible = regex.compile(emit(rule.plausible))
        characters = {char for found in rule.evidence for char in found.characters}
        wrong = sorted(c for c in characters if not plausible.fullmatch(c))
        if wrong:
            message = f"{wrong[0]!r} is evidence, but not plausible"
            yield Finding("N043", message, rule.at, "add it to 'plausible'")


KIND = Kind("mojibake", "text that was read in the wrong encoding", record, add, lint)
