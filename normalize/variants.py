"""The Latin spellings under which a Cyrillic name is seen."""

from __future__ import annotations

from typing import NamedTuple

from normalize.errors import InputError
from normalize.kinds.spelling import SpellingRule, Spellings
from normalize.library import Library
from normalize.romanizers import romanizer_of, systems

LANGUAGES = ("uk", "ru")


class Variant(NamedTuple):
    """A spelling of a name, as `variants` ranks it.

    Attributes:
        text: the spelling, without marks that the press leaves out.
        cost: how rarely it is seen, in hundredths: 0 is usual, 300 rare.
        habit: the rule of the press habits that makes it; '' when none does.
        systems: ids of the romanization systems that give it.
    """

    text: str
    cost: int
    habit: str
    systems: tuple[str, ...]


def variants(name: str, *, lang: str = "uk") -> tuple[Variant, ...]:
    """The spellings under which a Cyrillic name is looked for, best first.

    First those that the habits of the press make, by cost; then what romanization
    systems give beyond them.

    Args:
        name: the name in Cyrillic, of one or several words.
        lang: the language of that form, "uk" or "ru".

    Raises:
        InputError: the name has letters that are not Cyrillic, or `lang` is neither.

    >>> [found.text for found in variants("Київ")][:3]
    ['Kyiv', 'Kyyiv', 'Kiiv']
    """
    if lang not in LANGUAGES:
        raise InputError(f"unknown language {lang!r}", hint="known: uk, ru")
    library = Library()
    files = [library.rule_file(id_) for id_ in library.ids("spelling")]
    library.check()
    habits = [
        (file.id, rule)
        for file in files
        if file is not None
        for rule in file.rules
        if isinstance(rule, SpellingRule)
    ]
    made = Spellings(habits).of(*(name if lang == own else "" for own in LANGUAGES))
    if not made:
        raise InputError(
            f"{name!r} is no name in Cyrillic letters ({lang})",
            hint="write it as Київ; say --lang ru for a Russian form",
        )
    given: dict[str, list[str]] = {}
    for system in systems():
        if system.language == lang:
            given.setdefault(romanizer_of(system.id, ())(name), []).append(system.id)
    found = [
        Variant(s.text, s.cost, s.origin, tuple(given.pop(s.text, ()))) for s in made
    ]
    rest = sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
    return (*found, *(Variant(text, made[-1].cost, "", tuple(i)) for text, i in rest))
