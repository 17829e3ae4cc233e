"""Cyrillic text in Latin letters by a named system, and back.

>>> from normalize import transliterate
>>> transliterate("Згурський, Юрій", "uk-kmu-2010")
'Zghurskyi, Yurii'
>>> transliterate("Hmelʹnicʹkij", "uk-iso-9-1995", reverse=True)
'Хмельницький'
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from normalize.engine.reverse import composed, in_case
from normalize.errors import not_a_text
from normalize.kinds.lexicon import LexiconFile
from normalize.library import Library
from normalize.romanizers import Romanizer, romanizer_of, systems


class Candidate(NamedTuple):
    """A Cyrillic word that a Latin one may stand for.

    `known` says that it is in the lexicon of the language; `cost` is 0 for the
    likeliest reading of the letters and grows.
    """

    text: str
    known: bool
    cost: int


class Identified(NamedTuple):
    """A system that gives a Latin form, and of what; `exact` by its main table."""

    system: str
    text: str
    exact: bool


def transliterate(
    text: str,
    system: str,
    *,
    reverse: bool = False,
    stress: str = "drop",
    foreign: str = "sister",
    single: str = "auto",
    **options: str,
) -> str:
    """The text in the letters of a system; with `reverse`, back in Cyrillic.

    Args:
        text: any text; what is not Cyrillic stays as it is.
        system: id or alias of a system; `systems()` lists them.
        reverse: from Latin letters to Cyrillic, where the system allows it.
        stress: see `Romanizer`, as for all that follows.
        foreign: what becomes of letters of another alphabet.
        single: the case of a lone capital that gives two letters.
        options: switches of the system.

    Raises:
        UnknownNameError: there is no such system.
        OptionError: no such option or value, or `reverse` of a system that has none.
        InputError: a foreign letter, and `foreign` is 'error'.
    """
    chosen = {"stress": stress, "foreign": foreign, "single": single, **options}
    made = romanizer_of(system, tuple(sorted(chosen.items())))
    return made.reverse(text) if reverse else made(text)


def reverse_candidates(
    word: str, system: str, *, most: int = 10, words: tuple[str, ...] | None = None
) -> tuple[Candidate, ...]:
    """What a Latin word may have been in Cyrillic, the likeliest first.

    Known words come first, in their order: `words`, or those of the lexicons of the
    language; then readings by the letters alone. All of them give the word by the
    system's table.

    Args:
        word: one word in Latin letters.
        system: id or alias of a system; `systems()` lists them.
        most: how many at most; 1 or more.
        words: Cyrillic words to prefer; None: those of the lexicons.

    Raises:
        TypeError: `word` is not a str, or `words` is one.
        ValueError: `most` is less than 1.
        UnknownNameError: there is no such system.
    """
    if not isinstance(word, str):
        raise not_a_text(word)
    if isinstance(words, str):
        raise TypeError(f"expected words, not one word: ({words!r},)")
    if most < 1:
        raise ValueError(f"most must be 1 or more, not {most}")
    made = romanizer_of(system, ())
    plain = composed(word)
    low = plain.lower()
    lexicon = _lexicon(made.system.id) if words is None else _by_form(made, words)
    known = lexicon.get(low, ())
    found = [Candidate(_like(text, plain), True, 0) for text in known]
    seen = {candidate.text.lower() for candidate in found}
    for cost, reading in made.back.ranked(low, most + len(found)):
        text = in_case(reading, plain)
        if text.lower() not in seen:
            found.append(Candidate(text, False, cost))
    return tuple(found[:most])


def identify(
    latin: str, cyrillic: str | None = None, *, language: str | None = None
) -> tuple[Identified, ...]:
    """The systems that give a Latin form: of this Cyrillic one, or of any.

    Without a Cyrillic form, the likeliest one is told for each system that could
    have made the Latin one. Case does not count.
    """
    for text in (latin, "" if cyrillic is None else cyrillic):
        if not isinstance(text, str):
            raise not_a_text(text)
    found = []
    for system in systems(language):
        made = romanizer_of(system.id, ())
        if cyrillic is None:
            readings = [_first_reading(made, word) for word in latin.split()]
            if readings and all(readings):
                found.append(Identified(system.id, " ".join(readings), True))
            continue
        if made(cyrillic).lower() == latin.lower():
            found.append(Identified(system.id, cyrillic, True))
        elif latin.lower() in _all_forms(made, cyrillic):
            found.append(Identified(system.id, cyrillic, False))
    return tuple(found)


def _all_forms(made: Romanizer, cyrillic: str) -> set[str]:
    """All forms of a name, each word in every form of its own."""
    words = [[form.lower() for form in made.forms(word)] for word in cyrillic.split()]
    found = {""}
    for choices in words:
        found = {f"{head} {form}".lstrip() for head in found for form in choices}
        if len(found) > 4096:
            break
    return found


def _first_reading(made: Romanizer, word: str) -> str:
    plain = composed(word)
    reading = next(made.back.readings(plain.lower()), None)
    return "" if reading is None else in_case(reading, plain)


def _like(word: str, latin: str) -> str:
    """A word of the lexicon in the case of the Latin word."""
    if len(latin) > 1 and latin.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if latin[:1].isupper() else word.lower()


@lru_cache(maxsize=8)
def _lexicon(system: str) -> dict[str, tuple[str, ...]]:
    """The words of the language's lexicons by their form in a system."""
    made = romanizer_of(system, ())
    library = Library()
    files = [library.rule_file(id_, "lexicon") for id_ in library.ids("lexicon")]
    library.check()
    words = [
        word
        for file in files
        if isinstance(file, LexiconFile) and made.system.language in file.lang
        for word in file.words
    ]
    return _by_form(made, words)


def _by_form(made: Romanizer, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        form = made(word).lower()
        found[form] = (*found.get(form, ()), word)
    return found
