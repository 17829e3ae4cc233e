"""What the rules of names want: spellings, people, places, put into tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from normalize.engine.readings import Terms
from normalize.kinds.names.asking import asked_by, seen
from normalize.kinds.names.claims import LISTED, TELLS, Tables
from normalize.kinds.names.model import Name, NameRule
from normalize.kinds.names.writing import Writing
from normalize.kinds.spelling.keeping import KeptSpellings
from normalize.spans import RuleRef

# A made spelling that decides alone has at least so many letters, and costs at most
# so much more than the cheapest of its press; one that a second word confirms may be
# shorter and dearer.
LONE_LETTERS = 5
PAIR_LETTERS = 3
LONE_LIMIT = 130
SOFT = "'"  # a soft sign as spellings are made
_CYRILLIC = regex.compile(r"\p{Cyrillic}")


class Taking(NamedTuple):
    """Rules with their ranks and languages; all rules, and the user's own, by rank."""

    names: Sequence[tuple[NameRule, int, frozenset[str]]]
    rules: Mapping[int, RuleRef]
    owned: Mapping[int, RuleRef]


def take_in(
    taking: Taking, spellings: KeptSpellings, writing: Writing, tables: Tables
) -> None:
    """Put what the rules want into the tables."""
    for plain, rank, scope in taking.names:
        rule = writing.overridden(plain, taking.rules[rank].id)
        near, not_near = asked_by(rule, rank, tables)
        terms = Terms(
            preceded_by=rule.conditions.preceded_by,
            followed_by=rule.conditions.followed_by,
            unless=rule.conditions.unless,
            near=near,
            not_near=not_near,
            languages=scope,
            own=taking.owned.get(rank),
        )
        if terms:
            tables.terms[rank] = terms
        if rule.surname is not None:
            _add_person(rule, rank, spellings, writing, tables)
        elif rule.part == "given" and rule.name is not None:
            output = _written(rule, rule.name, rank, writing, tables, given=True)
            number = _add_given(rule.name, output, spellings, tables)
            forms = rule.name.uk, rule.name.ru
            tables.natives.setdefault(rule.nation, {})[number] = forms
            tables.fathers.setdefault(forms)
            for text, cost, _ in spellings.of(*forms).parts():
                costs = tables.native_costs.setdefault((rule.nation, text), {})
                costs[number] = min(cost, costs.get(number, cost))
            _tell(rule.name, rule.nation, (output, rank), spellings, tables)
        elif rule.name is not None:
            output = _written(rule, rule.name, rank, writing, tables)
            tables.written.add(output)
            if not rule.near and rank not in tables.lacking:
                tables.places.setdefault(f"{rule.nation}-places", set()).add(output)
            tables.owners.setdefault((rule.nation, output), rank)
            _claim(rule.name, output, rank, rule.nation, spellings, tables)


def _written(
    rule: NameRule,
    name: Name,
    rank: int,
    writing: Writing,
    tables: Tables,
    *,
    given: bool = False,
) -> str:
    """The written form of a name; noted as a mistake where Cyrillic is left in it."""
    output = writing.written(name, rule.nation, given=given)
    if not output.isascii() and _CYRILLIC.search(output):
        form = name.uk if rule.nation == "uk" else name.ru
        tables.mistakes[rank] = (
            f"{form!r} would be written {output!r}: its language has other letters",
            "give both forms, the Ukrainian one first, with ' / ' between them",
        )
    return output


def _claim(
    name: Name,
    output: str,
    rank: int,
    nation: str,
    spellings: KeptSpellings,
    tables: Tables,
) -> None:
    """Claim the spellings that are sure enough to change alone."""
    if any(text[-1] == SOFT for text, _, _ in spellings.of(name.uk, name.ru).parts()):
        tables.soft.add(output)
    listed = [(text, LISTED) for text in name.also]
    refused = {*name.never, *name.also}
    # At its end a soft sign can't be told from a quotation mark or a possessive.
    made = [
        (text, cost)
        for text, cost, strain in spellings.of(name.uk, name.ru).parts()
        if strain <= LONE_LIMIT
        and text not in refused
        and text[-1] != SOFT
        and (
            (len(text) if text.isalpha() else sum(map(str.isalpha, text)))
            >= LONE_LETTERS
            or (text == output and output in tables.soft)  # Perm'
        )
    ]
    tables.claims.append((output, rank, nation, listed + made))


# A spelling tells the language of a given name when that language makes it this much
# more cheaply than the other.
TELLING = 80
DEAR = 260  # what a spelling costs that the other language does not make


def _tell(
    name: Name,
    nation: str,
    told: tuple[str, int],
    spellings: KeptSpellings,
    tables: Tables,
) -> None:
    """Note the spellings of a given name that no name of another language has."""
    if nation != TELLS:
        return
    theirs, ours = spellings.of("", name.ru), spellings.of(name.uk, "")
    other = {text: cost for text, cost, _ in theirs.parts()}
    shared, certain = tables.words("shared-given"), tables.words("telling-given")
    for text, cost, _ in ours.parts():
        dearer = cost + TELLING <= other.get(text, DEAR)
        if text in certain or (dearer and text not in shared):
            tables.telling.setdefault(text, told)


def _add_given(
    name: Name, output: str, spellings: KeptSpellings, tables: Tables
) -> int:
    """The number of a given name; the same name has one number only."""
    key = name.uk, name.ru, output
    number = tables.given.setdefault(key, len(tables.given))
    if number == len(tables.initials):
        tables.initials.append(set())
    tables.written.add(output)
    for spelling in (output, *seen(name, spellings)):
        if spelling[-1] == SOFT:
            tables.soft_given.add(number)
        elif len(spelling) >= PAIR_LETTERS:
            tables.initials[number].add(spelling[0])
            _add(tables.given_parts, spelling, number)
    return number


def _add_person(
    rule: NameRule,
    rank: int,
    spellings: KeptSpellings,
    writing: Writing,
    tables: Tables,
) -> None:
    if rule.given is None or rule.surname is None:
        return
    first = _written(rule, rule.given, rank, writing, tables, given=True)
    number = _add_given(rule.given, first, spellings, tables)
    output = _written(rule, rule.surname, rank, writing, tables)
    (tables.written if rule.lone else tables.surnames).add(output)
    person = len(tables.people)
    # Volodymyr Putin is Vladimir, as his rule lists; Serhii Ivanov is somebody else.
    either = rule.nation == TELLS or rule.lone or bool(rule.given.also)
    tables.people.append((number, output, rank, rule.nation, either))
    for spelling in (output, *seen(rule.surname, spellings)):
        if len(spelling) >= PAIR_LETTERS and spelling[-1] != SOFT:
            _add(tables.surname_parts, spelling, person)
    if rule.lone:
        if rule.nation == TELLS:
            # Whoever is known by the surname alone is a word of the country.
            tables.places.setdefault(rule.nation, set()).add(output)
        _claim(rule.surname, output, rank, rule.nation, spellings, tables)


def _add(table: dict[str, list[int]], spelling: str, number: int) -> None:
    numbers = table.setdefault(spelling, [])
    if number not in numbers:
        numbers.append(number)
