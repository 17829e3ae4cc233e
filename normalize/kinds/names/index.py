"""From the names of a stage to the index that the engine looks them up in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from normalize.engine.forms import stems_of
from normalize.engine.names import STEM, Index, Lone, NameTable, Part, Person, Terms
from normalize.kinds.builder import Builder
from normalize.kinds.decisions import DecisionRule
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
    """Who wants a spelling for itself, how surely, and of which country it is."""

    cost: int
    output: str
    rank: int
    nation: str


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
    telling: dict[str, tuple[str, int]] = field(default_factory=dict)
    decisions: tuple[DecisionRule, ...] = ()

    def words(self, use: str) -> frozenset[str]:
        """All words of the decisions with this use."""
        found = (rule.words for rule in self.decisions if rule.use == use)
        return frozenset(word for words in found for word in words)


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
    tables = _Tables(decisions=tuple(builder.decisions))
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
            _tell(rule.name, rule.nation, rank, spellings, tables)
        else:
            output = written(rule.name, rule.nation, spellings)
            tables.written.add(output)
            _claim(rule.name, output, rank, rule.nation, spellings, tables)
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
    name: Name,
    output: str,
    rank: int,
    nation: str,
    spellings: Spellings,
    tables: _Tables,
) -> None:
    for spelling, cost in seen(name, spellings):
        long_enough = sum(map(str.isalpha, spelling)) >= LONE_LETTERS
        if cost == LISTED or (long_enough and cost <= LONE_LIMIT):
            claim = _Claim(cost, output, rank, nation)
            tables.lone.setdefault(spelling, []).append(claim)


# A spelling tells the language of a given name when that language makes it this much
# more cheaply than the other.
TELLING = 80


def _tell(
    name: Name, nation: str, rank: int, spellings: Spellings, tables: _Tables
) -> None:
    """Note the spellings of a given name that no name of the other language has."""
    if nation != "uk" or name.uk == name.ru:
        return
    output = written(name, nation, spellings)
    other = {made.text: made.cost for made in spellings.of("", name.ru)}
    for made in spellings.of(name.uk, ""):
        if made.cost + TELLING <= other.get(made.text, LONE_LIMIT):
            tables.telling.setdefault(made.text, (output, rank))


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
        _claim(rule.surname, output, rank, rule.nation, spellings, tables)


def _add(table: dict[str, list[int]], spelling: str, number: int) -> None:
    numbers = table.setdefault(spelling, [])
    if number not in numbers:
        numbers.append(number)


def _index(builder: Builder, tables: _Tables) -> Index:
    words = builder.words
    lone: dict[str, list[Lone]] = {}
    evidence = _evidence(tables)
    for spelling, claims in tables.lone.items():
        for claim, needs, lacks in _winners(spelling, claims, tables):
            key = words.at(spelling.translate(words.folding), 0)
            reading = (spelling, claim.output, claim.rank, needs, lacks)
            lone.setdefault(key, []).append(reading)
    given = _by_word(builder, tables.given_parts)
    surnames = _by_word(builder, tables.surname_parts)
    keys = sorted(lone.keys() | given.keys() | surnames.keys())
    endings = {
        ending: rule.becomes
        for rule in tables.decisions
        if rule.use == "surname-ending"
        for ending in rule.words
    }
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
        terms=_resolved(tables, evidence),
        first_names=frozenset(tables.given_parts) | tables.words("first-names"),
        evidence=evidence,
        telling={
            spelling: told
            for spelling, told in tables.telling.items()
            if spelling in tables.given_parts
        },
        endings=sorted(endings.items(), key=lambda item: (-len(item[0]), item[0])),
        before=sorted(tables.words("mention-before")),
        behind=sorted(tables.words("mention-after")),
        joining=sorted(tables.words("joined")),
        foreign=frozenset(),
    )


def _evidence(tables: _Tables) -> dict[str, tuple[str, ...]]:
    """The words of each kind of evidence; no spelling in doubt proves itself."""
    doubtful = tables.words("doubtful")
    return {
        rule.id: tuple(word for word in rule.words if word not in doubtful)
        for rule in tables.decisions
        if rule.use == "evidence"
    }


def _resolved(
    tables: _Tables, evidence: dict[str, tuple[str, ...]]
) -> dict[int, Terms]:
    """The terms with the kinds of evidence that they name spelled out."""

    def spelled(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(w for word in words for w in evidence.get(word, (word,)))

    return {
        rank: replace(terms, near=spelled(terms.near), not_near=spelled(terms.not_near))
        for rank, terms in tables.terms.items()
    }


def _winners(
    spelling: str, claims: list[_Claim], tables: _Tables
) -> Iterator[tuple[_Claim, str, str]]:
    """Whose a spelling is, and what the paragraph must hold for it, and must not.

    Nobody's where two names of one country want it alike. Where names of two
    countries do, or it is the written form of another name, places of the country
    decide; where it is a word of doubtful standing, anything of the country.
    """
    listed = [claim for claim in claims if claim.cost == LISTED]
    if not listed and spelling in tables.words("never"):
        return
    doubtful = not listed and spelling in tables.words("doubtful")
    best: dict[str, _Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.cost, claim.rank)):
        if claim.output == spelling:
            continue
        first = best.setdefault(claim.nation, claim)
        if first.output != claim.output and claim.cost - first.cost < CLEARLY:
            asking = claim.rank in tables.terms and first.rank in tables.terms
            if not asking:
                del best[claim.nation]
                break
            yield claim, "", ""
    contested = len(best) > 1 or spelling in tables.written
    for nation, claim in best.items():
        terms = tables.terms.get(claim.rank)
        asked = terms is not None and bool(terms.near)
        if contested and not asked:
            if claim.cost == LISTED and spelling not in tables.written:
                yield claim, "", ""
            else:
                yield claim, f"{nation}-places", f"{OTHER[nation]}-places"
        else:
            yield claim, nation if doubtful and not asked else "", ""


OTHER = {"uk": "ru", "ru": "uk"}


def _by_word(builder: Builder, parts: dict[str, list[int]]) -> dict[str, list[Part]]:
    words = builder.words
    found: dict[str, list[Part]] = {}
    for spelling, numbers in parts.items():
        key = words.at(spelling.translate(words.folding), 0)
        found.setdefault(key, []).extend((spelling, number) for number in numbers)
    return found
