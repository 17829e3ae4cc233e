"""From the names of a stage to the index that the engine looks them up in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from normalize.engine.readings import Index, Lone, Part, Readings, Terms
from normalize.engine.words import Words
from normalize.errors import RuleConflictError, RuleErrors
from normalize.kinds.base import error_at
from normalize.kinds.builder import Builder
from normalize.kinds.names.anchors import anchors_of
from normalize.kinds.names.asking import by_file, forms_of, seen, spellings_of
from normalize.kinds.names.chains import shorten
from normalize.kinds.names.claims import LISTED, Claim, Tables, settle, winners
from normalize.kinds.names.model import Name, NameRule
from normalize.kinds.names.patronymics import middles
from normalize.kinds.names.writing import Writing
from normalize.kinds.spelling.keeping import KeptSpellings

# A made spelling that decides alone has at least so many letters, and costs at most
# so much more than the cheapest of its press; one that a second word confirms may be
# shorter and dearer.
LONE_LETTERS = 5
PAIR_LETTERS = 3
LONE_LIMIT = 130
SOFT = "'"  # a soft sign as spellings are made


def make_index(builder: Builder) -> Index:
    """The index of all names of a stage."""
    spellings = spellings_of(builder)
    for file in by_file(builder):
        spellings.learn(forms_of(file))
    writing = Writing(builder.styles)
    writing.learn(rule for rule, _, _ in builder.names)
    tables = Tables(decisions=tuple(rule for rule, _ in builder.decisions))
    tables.frozen = [
        (word, rank)
        for rule, rank in builder.decisions
        if rule.use == "frozen"
        for word in rule.words
    ]
    tables.kinds.update(r.id for r in tables.decisions if r.use == "evidence")
    for plain, rank, scope in builder.names:
        rule = writing.overridden(plain, builder.rules[rank].id)
        asked = [word for word in rule.near if word in tables.kinds]
        if asked:
            tables.asked[rank] = asked[0]
        terms = Terms(
            preceded_by=rule.conditions.preceded_by,
            followed_by=rule.conditions.followed_by,
            unless=rule.conditions.unless,
            near=tuple(word for word in rule.near if word not in tables.kinds),
            not_near=rule.not_near,
            languages=scope,
            own=builder.owned.get(rank),
        )
        if terms:
            tables.terms[rank] = terms
        if rule.surname is not None:
            _add_person(rule, rank, spellings, writing, tables)
        elif rule.part == "given" and rule.name is not None:
            output = writing.written(rule.name, rule.nation, given=True)
            number = _add_given(rule.name, output, spellings, tables)
            forms = rule.name.uk, rule.name.ru
            tables.natives.setdefault(rule.nation, {})[number] = forms
            tables.fathers.setdefault(forms)
            _tell(rule.name, rule.nation, (output, rank), spellings, tables)
        elif rule.name is not None:
            output = writing.written(rule.name, rule.nation)
            tables.written.add(output)
            if not rule.near:
                tables.places.setdefault(f"{rule.nation}-places", set()).add(output)
            tables.owners.setdefault((rule.nation, output), rank)
            _claim(rule.name, output, rank, rule.nation, spellings, tables)
    for decision, rank in builder.decisions:
        if decision.use == "lone-given":
            before, after, unless = decision.conditions
            own = builder.owned.get(rank)
            tables.terms[rank] = Terms(before, after, unless, own=own)
    made = middles(tables, spellings, writing)
    index = _index(builder, tables, made)
    _report(builder, tables)
    return index


def _report(builder: Builder, tables: Tables) -> None:
    """Tell of names whose written form another one wants for itself.

    Raises:
        RuleErrors: the form is spelled out in a rule, which can be mended there.
    """
    spelled = {rank for rule, rank, _ in builder.names if _spells_out(rule)}
    pairs: dict[tuple[int, int], tuple[str, Claim, int]] = {}
    for refused in tables.refused:
        _, claim, owner = refused
        # Of two rules the user's own comes first: it is the one to be mended.
        pair = min(claim.rank, owner), max(claim.rank, owner)
        if pair not in pairs or owner == pair[0]:
            pairs[pair] = refused
    errors = []
    for (first, _), (spelling, claim, owner) in pairs.items():
        at = builder.rules[first].at
        other, own = builder.rules[claim.rank], builder.rules[owner]
        if first == owner:
            message = (
                f"the written form {spelling!r} of {own.id} is a spelling of "
                f"{other.id} too, which becomes {claim.output!r} ({other.at})"
            )
            hint = f"never: [{spelling}] in {other.id}, or conditions in one of them"
        else:
            message = (
                f"the spelling {spelling!r} of {other.id} is the written form of "
                f"{own.id} ({own.at})"
            )
            hint = f"never: [{spelling}], or conditions in one of them"
        if owner in spelled or claim.cost == LISTED:
            errors.append(error_at(at, message, RuleConflictError, hint=hint))
        else:
            builder.doubts.append((at, message, hint))
    if errors:
        raise RuleErrors(errors)


def _spells_out(rule: NameRule) -> bool:
    return rule.name is not None and bool(rule.name.canonical)


def _claim(
    name: Name,
    output: str,
    rank: int,
    nation: str,
    spellings: KeptSpellings,
    tables: Tables,
) -> None:
    """Claim the spellings that are sure enough to change alone."""
    listed = [(text, LISTED) for text in name.also]
    refused = {*name.never, *name.also}
    # At its end a soft sign can't be told from a quotation mark or a possessive.
    made = [
        (text, cost)
        for text, cost, strain in spellings.of(name.uk, name.ru).parts()
        if strain <= LONE_LIMIT
        and text not in refused
        and text[-1] != SOFT
        and (len(text) if text.isalpha() else sum(map(str.isalpha, text)))
        >= LONE_LETTERS
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
    """Note the spellings of a given name that no name of the other language has."""
    if nation != "uk" or name.uk == name.ru:
        return
    theirs, ours = spellings.of("", name.ru), spellings.of(name.uk, "")
    other = {text: cost for text, cost, _ in theirs.parts()}
    for text, cost, _ in ours.parts():
        if cost + TELLING <= other.get(text, DEAR):
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
        if len(spelling) >= PAIR_LETTERS:
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
    first = writing.written(rule.given, rule.nation, given=True)
    number = _add_given(rule.given, first, spellings, tables)
    output = writing.written(rule.surname, rule.nation)
    (tables.written if rule.lone else tables.surnames).add(output)
    person = len(tables.people)
    tables.people.append((number, output, rank, rule.nation))
    for spelling in (output, *seen(rule.surname, spellings)):
        if len(spelling) >= PAIR_LETTERS:
            _add(tables.surname_parts, spelling, person)
    if rule.lone:
        _claim(rule.surname, output, rank, rule.nation, spellings, tables)


def _add(table: dict[str, list[int]], spelling: str, number: int) -> None:
    numbers = table.setdefault(spelling, [])
    if number not in numbers:
        numbers.append(number)


def _index(
    builder: Builder, tables: Tables, middles: Sequence[tuple[str, str, str]]
) -> Index:
    words = builder.words
    given = _by_word(builder, tables.given_parts)
    surnames = _by_word(builder, tables.surname_parts)
    phrases = {phrase: _first(words, phrase) for phrase, _ in tables.frozen}
    sole = settle(tables, words, {*given, *surnames, *phrases.values()})
    lone: dict[str, list[Lone]] = {}
    evidence = _evidence(tables)
    for spelling, claims in tables.lone.items():
        key = _first(words, spelling)
        own = "" if spelling == key else spelling
        for claim, needs, lacks in winners(spelling, claims, tables):
            reading = (own, claim.output, claim.rank, needs, lacks)
            lone.setdefault(key, []).append(reading)
    for phrase, rank in tables.frozen:
        lone.setdefault(phrases[phrase], []).append((phrase, phrase, rank, "", ""))
    sole = shorten(lone, sole)
    for table in (lone, given, surnames):
        _add_capitals(table)
    keys = sorted(lone.keys() | given.keys() | surnames.keys())
    groups: dict[Readings, list[str]] = {}
    for (output, rank, needs), found in sole:
        groups.setdefault(((("", output, rank, needs, ""),), (), ()), []).extend(found)
    for key in keys:
        readings = (
            tuple(lone.get(key, ())),
            tuple(given.get(key, ())),
            tuple(surnames.get(key, ())),
        )
        groups.setdefault(readings, []).append(key)
    alone = [word for _, found in sole for word in found]
    others = frozenset([*given, *surnames, *alone])
    keys += alone
    endings = {
        ending: rule.becomes
        for rule in tables.decisions
        if rule.use == "surname-ending"
        for ending in rule.words
    }
    telling: dict[tuple[str, int], list[str]] = {}
    for spelling, told in sorted(tables.telling.items()):
        if spelling in tables.given_parts and spelling.isalpha():
            telling.setdefault(told, []).append(spelling)
    return Index(
        groups=tuple((" ".join(keys), readings) for readings, keys in groups.items()),
        anchors="\0".join(anchors_of(keys, lone, others, words.apostrophes)),
        given=tuple(output for _, _, output in tables.given),
        initials=tuple("".join(sorted(letters)) for letters in tables.initials),
        people=tuple(tables.people),
        terms=tables.terms,
        first_names=tables.words("first-names"),
        evidence=evidence,
        telling=tuple((" ".join(found), *told) for told, found in telling.items()),
        middles=middles,
        alone={
            nation: (
                tables.usual(nation),
                tuple(
                    rank
                    for rule, rank in builder.decisions
                    if rule.use == "lone-given" and nation in rule.words
                ),
            )
            for nation in sorted(tables.natives)
        },
        endings=sorted(endings.items(), key=lambda item: (-len(item[0]), item[0])),
        before=sorted(tables.words("mention-before")),
        behind=sorted(tables.words("mention-after")),
        joining=sorted(tables.words("joined")),
        quotes=sorted(tables.words("quotes")),
        singles=sorted(tables.words("quotes-of-words")),
        titles=sorted(tables.words("before-people")),
        deeds=sorted(tables.words("behind-people")),
        whereabouts=sorted(tables.words("before-places")),
    )


def _add_capitals(table: dict[str, list[Any]]) -> None:
    """Put words in whose capitals do not lead back to them: McDonald, Weißrussland."""
    for key in list(table):
        capitals = key.upper()
        if capitals.capitalize() != key and capitals != key:
            named = [(reading[0] or key, *reading[1:]) for reading in table[key]]
            table.setdefault(capitals, []).extend(named)


def _evidence(tables: Tables) -> dict[str, tuple[str, ...]]:
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
        if any(claim.output != spelling for claim in claims)
    }
    sure = changing | tables.words("first-names")
    both = found.get("uk-places", set()) & found.get("ru-places", set())
    sure |= both | tables.sole
    return {kind: tuple(sorted(words - sure)) for kind, words in found.items()}


def _first(words: Words, spelling: str) -> str:
    """The word of the index under which a spelling is found."""
    if spelling.isalpha():
        return spelling
    return words.at(spelling.translate(words.folding), 0)


def _by_word(builder: Builder, parts: dict[str, list[int]]) -> dict[str, list[Part]]:
    words = builder.words
    found: dict[str, list[Part]] = {}
    for spelling, numbers in parts.items():
        key = _first(words, spelling)
        own = "" if spelling == key else spelling
        found.setdefault(key, []).extend((own, number) for number in numbers)
    return found
