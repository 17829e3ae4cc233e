"""Which spellings the names of a stage need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from normalize.engine.readings import EITHER
from normalize.errors import closest
from normalize.kinds.builder import Builder, Job
from normalize.kinds.decisions import DecisionRule
from normalize.kinds.names.claims import Tables
from normalize.kinds.names.model import Name, NameRule
from normalize.kinds.spelling.keeping import KeptSpellings
from normalize.kinds.spelling.making import Pair


def by_file(builder: Builder) -> list[list[NameRule]]:
    """The rules of each file of the stage."""
    found: dict[str, list[NameRule]] = {}
    for rule, rank, _ in builder.names:
        found.setdefault(builder.rules[rank].id.partition("/")[0], []).append(rule)
    return list(found.values())


def forms_of(rules: Iterable[NameRule]) -> Iterator[Pair]:
    """The forms whose spellings the rules of a file need."""
    for rule in rules:
        for name in (rule.name, rule.given, rule.surname):
            if name is not None:
                yield name.uk, name.ru
                if name is rule.name and rule.part == "given":
                    yield from ((name.uk, ""), ("", name.ru))


def seen(name: Name, spellings: KeptSpellings) -> list[str]:
    """The spellings of a name, listed ones first."""
    made = spellings.of(name.uk, name.ru).texts
    refused = {*name.never, *name.also}
    return [*name.also, *(text for text in made if text not in refused)]


def spellings_of(builder: Builder) -> KeptSpellings:
    """The spellings that the names of the stage have, one store for equal habits."""
    habits = tuple(builder.habits)
    return builder.common.once(
        "spellings", habits, lambda: KeptSpellings(habits, builder.keep)
    )


def ahead(builder: Builder) -> Iterator[Job]:
    """The spellings that compiling the names of the stage will ask for."""
    for file in by_file(builder):
        yield from spellings_of(builder).ahead(forms_of(file))


# What looks like the id of a kind of evidence, and not like a word of a text.
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)+")
_MIXED = "let 'near' name kinds only; 'use: evidence' makes a kind of words"
_PAIR = "given name and surname decide together: list words, or leave it out"


def check_kinds(rule: DecisionRule, rank: int, tables: Tables) -> None:
    """Note a kind of evidence that a decision asks for and that is none."""
    for field in ("place", "near", "not_near"):
        said = getattr(rule, field)
        strange = next((kind for kind in said if kind not in tables.kinds), "")
        if strange:
            known = closest(strange, tables.kinds)
            tables.mistakes[rank] = (
                f"{field!r} asks for {strange!r}, which is no kind of evidence",
                f"did you mean {known[0]!r}?" if known else _MIXED,
            )


SLIP = 2  # so many letters at most are too many, or missing


def _is_slip(typed: str, kind: str) -> bool:
    return abs(len(typed) - len(kind)) <= SLIP


def asked_by(
    rule: NameRule, rank: int, tables: Tables
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Note which evidence a rule asks for; the words of `near` and `not_near`.

    What is said and would not be asked is noted as a mistake.
    """
    rest = []
    fields = (
        ("near", rule.near, tables.asked),
        ("not_near", rule.not_near, tables.lacking),
    )
    for field, said, noted in fields:
        kinds = [word for word in said if word in tables.kinds]
        words = tuple(word for word in said if word not in tables.kinds)
        rest.append(words)
        if kinds:
            noted[rank] = EITHER.join(kinds)
        first = kinds[0] if kinds else ""
        typed = next((word for word in words if _ID.fullmatch(word)), "")
        near = closest(typed, tables.kinds) if typed else ()
        meant = [kind for kind in near if _is_slip(typed, kind)]
        if meant:
            tables.mistakes[rank] = (
                f"{field!r} asks for {typed!r}, which is no kind of evidence",
                f"did you mean {meant[0]!r}?",
            )
        elif kinds and words and field == "near":
            message = (
                f"'near' asks for the evidence {first!r} and the word {words[0]!r}"
            )
            tables.mistakes[rank] = message, _MIXED
        elif kinds and (rule.part == "given" or (rule.surname and not rule.lone)):
            what = "a given name" if rule.part == "given" else "a person"
            message = (
                f"{field!r} asks for the evidence {first!r}, which {what} never asks"
            )
            tables.mistakes[rank] = message, _PAIR
    return rest[0], rest[1]
