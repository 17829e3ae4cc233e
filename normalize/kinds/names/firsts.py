"""The words under which the names of a stage are found, and what each may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from normalize.engine.readings import Lone, Part, Readings
from normalize.engine.words import Words
from normalize.kinds.names.anchors import SHORT
from normalize.kinds.names.chains import shorten
from normalize.kinds.names.claims import Tables, settle, winners


class Firsts(NamedTuple):
    """The words of an index.

    `groups` are they by their readings, `keys` all of them, `alone` those of them that
    are the whole spelling of one name and nothing else; `beginning` are the names that
    begin with a short one.
    """

    groups: dict[Readings, list[str]]
    keys: list[str]
    alone: list[str]
    beginning: dict[str, list[str]]


def firsts(words: Words, tables: Tables) -> Firsts:
    """The first words of all spellings, settled between those who want them."""
    given = by_word(words, tables.given_parts)
    surnames = by_word(words, tables.surname_parts)
    phrases = {phrase: first_word(words, phrase) for phrase, _ in tables.frozen}
    sole = settle(tables, words, {*given, *surnames, *phrases.values()})
    lone: dict[str, list[Lone]] = {}
    for spelling, claims in tables.lone.items():
        key = first_word(words, spelling)
        own = "" if spelling == key else spelling
        for claim, needs, lacks in winners(spelling, claims, tables):
            reading = (own, claim.output, claim.rank, needs, lacks)
            lone.setdefault(key, []).append(reading)
    for phrase, rank in tables.frozen:
        lone.setdefault(phrases[phrase], []).append((phrase, phrase, rank, "", ""))
    sole = shorten(lone, sole)
    for table in (lone, given, surnames):
        _add_capitals(table)
    groups: dict[Readings, list[str]] = {}
    for (output, rank, needs), found in sole:
        groups.setdefault(((("", output, rank, needs, ""),), (), ()), []).extend(found)
    keys = sorted(lone.keys() | given.keys() | surnames.keys())
    for key in keys:
        readings = (
            tuple(lone.get(key, ())),
            tuple(given.get(key, ())),
            tuple(surnames.get(key, ())),
        )
        groups.setdefault(readings, []).append(key)
    alone = [word for _, found in sole for word in found]
    beginning = _beginning(lone, given, surnames)
    return Firsts(groups, keys + alone, alone, beginning)


def first_word(words: Words, spelling: str) -> str:
    """The word of the index under which a spelling is found."""
    if spelling.isalpha():
        return spelling
    return words.at(spelling.translate(words.folding), 0)


def by_word(words: Words, parts: dict[str, list[int]]) -> dict[str, list[Part]]:
    """Parts of names by the word of the index under which they are found."""
    found: dict[str, list[Part]] = {}
    for spelling, numbers in parts.items():
        key = first_word(words, spelling)
        own = "" if spelling == key else spelling
        found.setdefault(key, []).extend((own, number) for number in numbers)
    return found


def _add_capitals(table: dict[str, list[Any]]) -> None:
    """Put words in whose capitals do not lead back to them: McDonald, Weißrussland."""
    for key in filter(is_odd, list(table)):
        table.setdefault(key.upper(), []).extend(named(key, table[key]))


def is_odd(word: str) -> bool:
    """Whether the capitals of a word do not lead back to it."""
    capitals = word.upper()
    return capitals.capitalize() != word and capitals != word


def named(word: str, readings: Iterable[Any]) -> list[Any]:
    """The readings of a word as they stand under another one."""
    return [(reading[0] or word, *reading[1:]) for reading in readings]


def _beginning(*tables: Mapping[str, Iterable[Any]]) -> dict[str, list[str]]:
    """By short first word the names that begin with it; "": the word itself."""
    found: dict[str, list[str]] = {}
    for table in tables:
        for word, readings in table.items():
            if len(word) <= SHORT:
                found.setdefault(word, []).extend(own for own, *_ in readings)
    return found
