"""The Latin spellings under which a Cyrillic name is seen."""

from __future__ import annotations

from typing import NamedTuple

from normalize.errors import InputError, not_a_text
from normalize.kinds.spelling import SpellingRule, Spellings
from normalize.kinds.spelling.press import plain
from normalize.kinds.styles import PARTS
from normalize.library import Library
from normalize.romanizers import romanizer_of, systems

LANGUAGES = ("uk", "ru")
_APOSTROPHES = dict.fromkeys(
    map(ord, "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"), "'"
)


class Variant(NamedTuple):
    """A spelling of a name, as `variants` ranks it.

    Attributes:
        text: the spelling, without marks that the press leaves out.
        cost: how rarely it is seen, in hundredths: 0 is usual, 300 rare.
        habit: the rule that makes it or lists it; '' when none does.
        systems: ids of the romanization systems that give it, signs and marks aside.
    """

    text: str
    cost: int
    habit: str
    systems: tuple[str, ...]


def speller(library: Library) -> Spellings:
    """The habits of the press in a library, ready to spell names by.

    Files that can't be read are left out; `library.check` tells them.
    """
    files = [library.rule_file(id_) for id_ in library.ids("spelling")]
    return Spellings(
        (file.id, rule)
        for file in files
        if file is not None
        for rule in file.rules
        if isinstance(rule, SpellingRule)
    )


def variants(name: str, *, lang: str = "uk") -> tuple[Variant, ...]:
    """The spellings under which a Cyrillic name is looked for, best first.

    First those that the habits of the press and the systems make, and those that a
    rule of the shipped names lists, by cost; then forms of systems that nobody would
    look for in a text.

    Args:
        name: the name in Cyrillic, of one or several words.
        lang: the language of that form, "uk" or "ru".

    Raises:
        TypeError: the name is not a str.
        InputError: the name has no letters, or some that are not Cyrillic; or `lang`
            is neither.

    >>> [found.text for found in variants("Київ")][:3]
    ['Kyiv', 'Kyyiv', 'Kiiv']
    """
    if not isinstance(name, str):
        raise not_a_text(name)
    if lang not in LANGUAGES:
        raise InputError(f"unknown language {lang!r}", hint="known: uk, ru")
    library = Library()
    habits = speller(library)
    library.check()
    made = habits.of(*(name if lang == own else "" for own in LANGUAGES))
    if not made or not any(map(str.isalpha, name)):
        raise InputError(
            f"{name!r} is no name in Cyrillic letters ({lang})",
            hint="write it as Київ; say --lang ru for a Russian form",
        )
    listed, refused = _listed(library, name, lang)
    found = {s.text: (s.cost, s.origin) for s in made if s.text not in refused}
    for text, rule_id in listed.items():
        found.setdefault(text, (0, rule_id))
    given: dict[str, list[str]] = {}
    for system in systems():
        if system.language == lang:
            exact = romanizer_of(system.id, ())(name)
            text = exact if exact in found else plain(exact)
            given.setdefault(text if text in found else exact, []).append(system.id)
    rows = [
        Variant(text, cost, origin, tuple(given.pop(text, ())))
        for text, (cost, origin) in sorted(found.items(), key=lambda item: item[1][0])
    ]
    rest = sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
    return (*rows, *(Variant(text, made[-1].cost, "", tuple(i)) for text, i in rest))


def _listed(
    library: Library, name: str, lang: str
) -> tuple[dict[str, str], frozenset[str]]:
    """What the lexicon lists for a name, by the rule that does, and what it refuses."""
    wanted = _folded(name)
    found: dict[str, str] = {}
    refused: set[str] = set()
    for id_ in library.ids("names"):
        if wanted not in _folded(library.text_of(id_)):
            continue
        file = library.rule_file(id_)
        for rule in file.rules if file is not None else ():
            for part in PARTS:
                entry = getattr(rule, part)
                if entry is None or _folded(getattr(entry, lang)) != wanted:
                    continue
                refused.update(entry.never)
                for text in (entry.canonical, *entry.also):
                    if text:
                        found.setdefault(text, f"{id_}/{rule.id}")
    library.check()
    return found, frozenset(refused)


def _folded(text: str) -> str:
    return text.translate(_APOSTROPHES)
