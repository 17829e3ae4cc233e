"""Which spellings the names of a stage need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from normalize.kinds.builder import Builder, Job
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
