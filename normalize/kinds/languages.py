"""Kind `languages`: what tells one language from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from normalize.engine.languages import Detector, Facts, script_of
from normalize.engine.patterns import Classes
from normalize.kinds.base import Finding, Kind, Rule, RuleFile
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import Text


@dataclass(frozen=True, slots=True)
class LanguageRule(Rule):
    """One language; the id of the rule is its code."""

    letters: str
    words: tuple[str, ...]
    lead: int


def record(classes: Classes) -> Record:
    """The fields of a languages file."""
    del classes
    rule = Record(
        (
            *RULE_FIELDS,
            Field("letters", Text(), "its alphabet, in small letters", True),
            Field(
                "words",
                ListOf(Text(r"[^\W\d_A-Z]+", "a word in small letters")),
                "frequent words, in small letters; a word may stand under several",
                True,
            ),
            Field(
                "lead",
                Text(r"[1-9]", "a number from 1 to 9"),
                "how many words it must be ahead of every other language (default 1)",
            ),
        ),
        _build,
        "language",
    )
    return file_record("languages", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> LanguageRule | None:
    letters: Scalar = values["letters"]
    scripts = {script_of(letter) for letter in letters.value}
    if len(scripts) > 1 or letters.value != letters.value.lower():
        message = "an alphabet is small letters of one script, without spaces"
        problems.add(letters, message)
        return None
    for at, letter in enumerate(letters.value):
        if letters.value.index(letter) < at:
            message = f"the letter {letter!r} is there twice, each stands once"
            hint = "take out the second one, or write the letter that was meant"
            problems.add(letters, message, hint=hint, shift=letters.shift_of(at))
    words = tuple(scalar.value for scalar in values["words"])
    known: set[str] = set()
    for scalar in values["words"]:
        if scalar.value in known:
            message = f"the word {scalar.value!r} is there twice"
            problems.add(scalar, message, hint="take one of them out")
        known.add(scalar.value)
        strange = sorted(set(scalar.value) - set(letters.value))
        if strange:
            message = f"{scalar.value!r} has letters outside the alphabet"
            problems.add(scalar, f"{message}: {' '.join(strange)}")
    lead = int(values["lead"].value) if "lead" in values else 1
    return LanguageRule(
        **base_of(values, node), letters=letters.value, words=words, lead=lead
    )


def detector(files: Iterable[RuleFile]) -> Detector:
    """The detector of all languages of some files; an earlier file wins a code."""
    facts: dict[str, Facts] = {}
    for rule in (rule for file in files for rule in file.rules):
        if isinstance(rule, LanguageRule):
            made = Facts(
                rule.id, frozenset(rule.letters), frozenset(rule.words), rule.lead
            )
            facts.setdefault(rule.id, made)
    return Detector(tuple(facts.values()))


def lint(file: RuleFile, _classes: Classes | None = None) -> Iterator[Finding]:
    """Words that tell nothing, since every language of their script has them."""
    rules = [rule for rule in file.rules if isinstance(rule, LanguageRule)]
    scripts: dict[str, list[LanguageRule]] = {}
    for rule in rules:
        scripts.setdefault(script_of(min(rule.letters)), []).append(rule)
    for found in scripts.values():
        for word in sorted(set.intersection(*(set(rule.words) for rule in found))):
            if len(found) > 1:
                message = f"{word!r} stands under every language of its script"
                yield Finding("N018", message, found[-1].at, "take it out everywhere")


KIND = Kind("languages", "what tells one language from another", record, None, lint)
