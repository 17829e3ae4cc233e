"""From the names of a stage to the index that the engine looks them up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from normalize.engine.forms import stems_of
from normalize.engine.names import STEM, Index, Lone, NameTable, Part, Person, Terms
from normalize.kinds.builder import Builder
from normalize.kinds.names.model import Name, NameRule
from normalize.kinds.names.spellings import Spellings

# A made spelling that decides alone has at least so many letters, and costs at most
# so much; one that a second word confirms may be shorter and dearer.
LONE_LETTERS = 5
PAIR_LETTERS = 3
LONE_LIMIT = 260
PAIR_LIMIT = 400
# Of two names that claim one spelling the cheaper one has it, if it is that much
# cheaper; otherwise nobody has it.
CLEARLY = 60
# A listed spelling is surer than any made one.
LISTED = -100


@dataclass
class _Claim:
    """Who wants a spelling for itself, and how surely."""

    cost: int
    output: str
    rank: int


@dataclass
class _Tables:
    """What is filled while the rules are gone through."""

    lone: dict[str, list[_Claim]] = field(default_factory=dict)
    given: dict[tuple[str, str, str], int] = field(default_factory=dict)
    given_parts: dict[str, list[int]] = field(default_factory=dict)
    surname_parts: dict[str, list[int]] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    initials: list[set[str]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)  # what no rule may change
    terms: dict[int, Terms] = field(default_factory=dict)


def finish(builder: Builder) -> None:
    """Compile all names of the stage into one matcher."""
    if not builder.names:
        return
    index = make_index(builder)
    anchors = {
        stem
        for key in index.readings
        for cased in (key, key.upper())
        for stem in stems_of(cased[:STEM], builder.words.apostrophes)
    }
    builder.matchers.append(NameTable(builder.words, index, tuple(sorted(anchors))))


def make_index(builder: Builder) -> Index:
    """The index of all names of a stage."""
    spellings = Spellings(builder.habits)
    tables = _Tables()
    for rule, rank, languages in builder.names:
        terms = Terms(
            preceded_by=rule.conditions.preceded_by,
            followed_by=rule.conditions.followed_by,
            unless=rule.conditions.unless,
            near=rule.near,
            not_near=rule.not_near,
            languages=languages,
        )
        if terms:
            tables.terms[rank] = terms
        if rule.surname is not None:
            _add_person(rule, rank, spellings, tables)
        elif rule.part == "given":
            _add_given(rule.name, rule.nation, spellings, tables)
        else:
            output = written(rule.name, rule.nation, spellings)
            tables.written.add(output)
            _claim(rule.name, output, rank, spellings, tables)
    return _index(builder, tables)


def written(name: Name, nation: str, spellings: Spellings) -> str:
    """The Latin form that is written for a name."""
    if name.canonical:
        return name.canonical
    form = name.uk if nation == "uk" else name.ru
    return spellings.romanized(form or name.uk or name.ru, nation)


def seen(name: Name, spellings: Spellings) -> Iterator[tuple[str, int]]:
    """The spellings of a name with their costs, listed ones first."""
    for spelling in name.also:
        yield spelling, LISTED
    for made in spellings.of(name.uk, name.ru):
        if made.text not in name.never and made.text not in name.also:
            yield made.text, made.cost


def _claim(
    name: Name, output: str, rank: int, spellings: Spellings, tables: _Tables
) -> None:
    for spelling, cost in seen(name, spellings):
        long_enough = sum(map(str.isalpha, spelling)) >= LONE_LETTERS
        if cost == LISTED or (long_enough and cost <= LONE_LIMIT):
            claim = _Claim(cost, output, rank)
            tables.lone.setdefault(spelling, []).append(claim)


def _add_given(name: Name, nation: str, spellings: Spellings, tables: _Tables) -> int:
    """The number of a given name; the same name has one number only."""
    output = written(name, nation, spellings)
    key = name.uk, name.ru, output
    number = tables.given.setdefault(key, len(tables.given))
    if number == len(tables.initials):
        tables.initials.append(set())
    tables.written.add(output)
    for spelling in (output, *(s for s, c in seen(name, spellings) if c <= PAIR_LIMIT)):
        if len(spelling) >= PAIR_LETTERS:
            tables.initials[number].add(spelling[0])
            _add(tables.given_parts, spelling, number)
    return number


def _add_person(
    rule: NameRule, rank: int, spellings: Spellings, tables: _Tables
) -> None:
    if rule.given is None or rule.surname is None:
        return
    number = _add_given(rule.given, rule.nation, spellings, tables)
    output = written(rule.surname, rule.nation, spellings)
    tables.written.add(output)
    person = len(tables.people)
    tables.people.append((number, output, rank))
    for spelling in (output, *(s for s, _ in seen(rule.surname, spellings))):
        if len(spelling) >= PAIR_LETTERS:
            _add(tables.surname_parts, spelling, person)
    if rule.lone:
        _claim(rule.surname, output, rank, spellings, tables)


def _add(table: dict[str, list[int]], spelling: str, number: int) -> None:
    numbers = table.setdefault(spelling, [])
    if number not in numbers:
        numbers.append(number)


def _index(builder: Builder, tables: _Tables) -> Index:
    words = builder.words
    lone: dict[str, list[Lone]] = {}
    for spelling, claims in tables.lone.items():
        for claim in _winners(spelling, claims, tables):
            key = words.at(spelling.translate(words.folding), 0)
            lone.setdefault(key, []).append((spelling, claim.output, claim.rank))
    given = _by_word(builder, tables.given_parts)
    surnames = _by_word(builder, tables.surname_parts)
    keys = sorted(lone.keys() | given.keys() | surnames.keys())
    return Index(
        readings={
            key: (
                tuple(lone.get(key, ())),
                tuple(given.get(key, ())),
                tuple(surnames.get(key, ())),
            )
            for key in keys
        },
        given=tuple(output for _, _, output in tables.given),
        initials=tuple("".join(sorted(letters)) for letters in tables.initials),
        people=tuple(tables.people),
        terms=tables.terms,
        first_names=frozenset(tables.given_parts),
    )


def _winners(spelling: str, claims: list[_Claim], tables: _Tables) -> Iterable[_Claim]:
    """Whose a spelling is; nobody's when two names want it alike."""
    if spelling in tables.written:
        return [claim for claim in claims if _conditional(claim, spelling, tables)]
    outputs = {claim.output for claim in claims}
    if len(outputs) == 1:
        return claims[:1]
    asking = [claim for claim in claims if claim.rank in tables.terms]
    claims = sorted(claims, key=lambda claim: (claim.cost, claim.rank))
    first, second = claims[:2]
    if second.cost - first.cost >= CLEARLY:
        return [first]
    return asking


def _conditional(claim: _Claim, spelling: str, tables: _Tables) -> bool:
    """Whether a claim on a written form holds: only where words near it say so."""
    terms = tables.terms.get(claim.rank)
    return claim.output != spelling and terms is not None and bool(terms.near)


def _by_word(builder: Builder, parts: dict[str, list[int]]) -> dict[str, list[Part]]:
    words = builder.words
    found: dict[str, list[Part]] = {}
    for spelling, numbers in parts.items():
        key = words.at(spelling.translate(words.folding), 0)
        found.setdefault(key, []).extend((spelling, number) for number in numbers)
    return found
