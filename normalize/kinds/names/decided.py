"""What the decisions of a stage say of its names, as the engine asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from normalize.engine.mentions import cased
from normalize.engine.readings import EITHER, Asking, Keeping
from normalize.kinds.builder import Builder
from normalize.kinds.decisions import COUNTRIES
from normalize.kinds.names.claims import Tables, may_change

PLACES = "-places"  # ends the kinds of evidence that are the places of a country
DISCUSSING = ("mention-paragraph", "mention-sentence")


def ranks(builder: Builder, use: str) -> tuple[int, ...]:
    """The rules of the decisions with a use."""
    return tuple(rank for rule, rank in builder.decisions if rule.use == use)


def becoming(tables: Tables, use: str) -> list[tuple[str, str]]:
    """The words of the decisions with a use and what they become, longest first."""
    found = {
        word: rule.becomes
        for rule in tables.decisions
        if rule.use == use
        for word in rule.words
    }
    return sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))


def worded(builder: Builder, use: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rules of the decisions with a use, with their words."""
    return tuple(
        (rank, rule.words) for rule, rank in builder.decisions if rule.use == use
    )


def alone(
    builder: Builder, tables: Tables
) -> dict[str, tuple[frozenset[int], tuple[int, ...]]]:
    """By country: its given names, and the rules by which one changes alone."""
    return {
        nation: (tables.usual(nation), _of(builder, "lone-given", nation))
        for nation in sorted(tables.natives)
    }


def namesakes(builder: Builder) -> dict[str, tuple[int, ...]]:
    """By country of somebody known: the rules by which a person is a namesake."""
    return {nation: _of(builder, "namesake", nation) for nation in COUNTRIES}


def _of(builder: Builder, use: str, nation: str) -> tuple[int, ...]:
    return tuple(
        rank
        for rule, rank in builder.decisions
        if rule.use == use and nation in rule.words
    )


def asking(builder: Builder) -> dict[int, Asking]:
    """By rule: the place and the evidence that it asks for, and the one it must not."""
    return {
        rank: (
            EITHER.join(rule.place),
            EITHER.join(rule.near),
            EITHER.join(rule.not_near),
        )
        for rule, rank in builder.decisions
        if rule.use != "kept" and (rule.place or rule.near or rule.not_near)
    }


def keeping(builder: Builder) -> tuple[Keeping, ...]:
    """The contexts in which a place stays."""
    return tuple(
        (rank, EITHER.join(rule.near), EITHER.join(rule.not_near), of)
        for rule, rank in builder.decisions
        if rule.use == "kept"
        for of in ("" if word == "places" else word for word in rule.words)
    )


def discussing(tables: Tables) -> tuple[tuple[str, ...], ...]:
    """Words of a paragraph, and of a sentence, that speaks of spellings."""
    every = map(tables.words, DISCUSSING)
    return tuple(tuple(sorted(cased(words) | words)) for words in every)


def evidence_of(tables: Tables) -> dict[str, tuple[str, ...]]:
    """The words of each kind of evidence, places by their names among them.

    No word that may itself become another name proves anything.
    """
    found: dict[str, set[str]] = {kind: set() for kind in tables.kinds}
    for rule in tables.decisions:
        if rule.use == "evidence":
            found[rule.id].update(rule.words)
    for kind, places in tables.places.items():
        if kind in found:
            found[kind] |= places - tables.words("doubtful")
    changing = {
        spelling
        for spelling, claims in tables.lone.items()
        if may_change(spelling, claims, tables)
    }
    # Volodymyr is a town too.
    given = {output for _, _, output in tables.given}
    sure = changing | tables.words("first-names") | given
    both = found.get("uk-places", set()) & found.get("ru-places", set())
    sure |= both | tables.sole
    return {kind: tuple(sorted(words - sure)) for kind, words in found.items()}


def frequent(
    tables: Tables, evidence: Mapping[str, Iterable[str]], keys: Iterable[str]
) -> set[str]:
    """Words that stand in many texts and are none of the first words of names.

    The places of a country are too many: each has spellings that begin like it.
    """
    kinds = (words for kind, words in evidence.items() if not kind.endswith(PLACES))
    found = {part for words in kinds for phrase in words for part in phrase.split()}
    for use in ("first-names", "surname-elsewhere", "before-people"):
        found |= tables.words(use)
    return found.difference(keys)
