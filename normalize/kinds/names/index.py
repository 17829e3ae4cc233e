"""From the names of a stage to the index that the engine looks them up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from normalize.engine.known import packed
from normalize.engine.mentions import cased
from normalize.engine.readings import EITHER, Index, Lone, Part, Readings, Terms
from normalize.engine.words import Words
from normalize.errors import (
    RuleConflictError,
    RuleErrors,
    RuleReferenceError,
)
from normalize.kinds.base import error_at
from normalize.kinds.builder import Builder
from normalize.kinds.decisions import CONDITIONAL, COUNTRIES, LETTERS
from normalize.kinds.names.anchors import SHORT, anchors_of
from normalize.kinds.names.asking import (
    by_file,
    check_kinds,
    forms_of,
    spellings_of,
)
from normalize.kinds.names.chains import shorten
from normalize.kinds.names.claims import (
    LISTED,
    Claim,
    Tables,
    deciding,
    may_change,
    settle,
    winners,
)
from normalize.kinds.names.ledger import ledger_of, spelled_out
from normalize.kinds.names.patronymics import middles
from normalize.kinds.names.taking import Taking, take_in
from normalize.kinds.names.writing import Writing

PLACES = "-places"  # ends the kinds of evidence that are the places of a country


def make_index(builder: Builder) -> Index:
    """The index of all names of a stage."""
    spellings = spellings_of(builder)
    for file in by_file(builder):
        spellings.learn(forms_of(file))
    writing = Writing(builder.styles)
    writing.learn(rule for rule, _, _ in builder.names)
    tables = deciding(builder.decisions)
    take_in(
        Taking(builder.names, builder.rules, builder.owned), spellings, writing, tables
    )
    for decision, rank in builder.decisions:
        if decision.use in CONDITIONAL:
            before, after, unless = decision.conditions
            own = builder.owned.get(rank)
            absent = decision.absent
            tables.terms[rank] = Terms(before, after, unless, not_near=absent, own=own)
            check_kinds(decision, rank, tables)
    made = middles(tables, spellings, writing)
    index = _index(builder, tables, made)
    _report(builder, tables)
    if builder.open:
        builder.ledger = ledger_of(builder, writing, tables)
    return index


def _report(builder: Builder, tables: Tables) -> None:
    """Tell of names whose written form another one wants, and of strange conditions.

    Raises:
        RuleErrors: what is wrong is said in a rule, and can be mended there.
    """
    spelled = spelled_out(builder.names)
    pairs: dict[tuple[int, int], tuple[str, Claim, int]] = {}
    for refused in tables.refused:
        _, claim, owner = refused
        # Of two rules the user's own comes first: it is the one to be mended.
        pair = min(claim.rank, owner), max(claim.rank, owner)
        if pair not in pairs or owner == pair[0]:
            pairs[pair] = refused
    errors = [
        error_at(builder.rules[rank].at, message, RuleReferenceError, hint=hint)
        for rank, (message, hint) in tables.mistakes.items()
    ]
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


def _index(
    builder: Builder, tables: Tables, middles: Sequence[tuple[str, str, str]]
) -> Index:
    words = builder.words
    given = by_word(words, tables.given_parts)
    surnames = by_word(words, tables.surname_parts)
    phrases = {phrase: first_word(words, phrase) for phrase, _ in tables.frozen}
    sole = settle(tables, words, {*given, *surnames, *phrases.values()})
    lone: dict[str, list[Lone]] = {}
    evidence = _evidence(tables)
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
    keys += alone
    telling: dict[tuple[str, int], list[str]] = {}
    written = {output for output, _ in tables.telling.values()}
    native = {number for found in tables.natives.values() for number in found}
    alike = {o for n, (_, _, o) in enumerate(tables.given) if n in native} - written
    for spelling, (output, rank) in sorted(tables.telling.items()):
        # Mariia is a name of its own, and no spelling of Marʼia.
        if spelling in alike and spelling != output:
            continue
        # Darija is Dariia, and Dariia stays, though it could be Daria too.
        told = spelling if spelling in written else output, rank
        if spelling in tables.given_parts and spelling.isalpha():
            telling.setdefault(told, []).append(spelling)
    return Index(
        spelled=(packed(groups),),
        anchors="\0".join(
            anchors_of(
                keys,
                _beginning(lone, given, surnames),
                frozenset(alone),
                words.apostrophes,
                _frequent(tables, evidence, keys),
            )
        ),
        given=tuple(output for _, _, output in tables.given),
        initials=tuple("".join(sorted(letters)) for letters in tables.initials),
        people=tuple(tables.people),
        terms=tables.terms,
        first_names=tables.words("first-names"),
        evidence=evidence,
        telling=tuple((" ".join(found), *told) for told, found in telling.items()),
        lent=tables.words("telling-given"),
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
        unlikely=tables.unlikely(),
        bare=_ranks(builder, "lone-telling"),
        abroad=_ranks(builder, "stranger-abroad"),
        namesakes={
            nation: tuple(
                rank
                for rule, rank in builder.decisions
                if rule.use == "namesake" and nation in rule.words
            )
            for nation in COUNTRIES
        },
        sole=frozenset(rank for rule, rank, _ in builder.names if rule.lone),
        lettered=tuple(
            (rank, rule.words)
            for rule, rank in builder.decisions
            if rule.use == LETTERS
        ),
        surnamed=tuple(
            (rank, rule.words)
            for rule, rank in builder.decisions
            if rule.use == "lone-surname"
        ),
        asking={
            rank: (
                EITHER.join(rule.place),
                EITHER.join(rule.near),
                EITHER.join(rule.not_near),
            )
            for rule, rank in builder.decisions
            if rule.use != "kept" and (rule.place or rule.near or rule.not_near)
        },
        endings=_becoming(tables, "surname-ending"),
        beginnings=_becoming(tables, "surname-beginning"),
        inner=_becoming(tables, "surname-inside"),
        sure=sorted(tables.words("turned-ending")),
        women=sorted(tables.words("womens-given")),
        manly=tuple(sorted(tables.words("mens-ending"))),
        elsewhere=tables.words("surname-elsewhere"),
        plural=sorted(tables.words("plural-before")),
        before=sorted(tables.words("mention-before")),
        behind=sorted(tables.words("mention-after")),
        joining=sorted(tables.words("joined")),
        naming=sorted(tables.words("naming")),
        discussing=tuple(
            tuple(sorted(cased(tables.words(use)) | tables.words(use)))
            for use in ("mention-paragraph", "mention-sentence")
        ),
        soft=tuple(sorted(tables.soft)),
        softened=frozenset(
            output
            for number, (_, _, output) in enumerate(tables.given)
            if number in tables.soft_given
        ),
        quotes=sorted(tables.words("quotes")),
        singles=sorted(tables.words("quotes-of-words")),
        titles=sorted(tables.words("before-people")),
        civil=sorted(tables.words("always-people")),
        deeds=sorted(tables.words("behind-people")),
        whereabouts=sorted(tables.words("before-places")),
        lying=_becoming(tables, "lies-in"),
        within=sorted(tables.words("lies-within")),
        lands=_becoming(tables, "lands"),
        settlements=sorted(tables.words("settlements")),
        links=sorted(tables.words("settlement-links")),
        keeping=tuple(
            (rank, EITHER.join(rule.near), EITHER.join(rule.not_near), of)
            for rule, rank in builder.decisions
            if rule.use == "kept"
            for of in ("" if word == "places" else word for word in rule.words)
        ),
    )


def _ranks(builder: Builder, use: str) -> tuple[int, ...]:
    """The rules of the decisions with a use."""
    return tuple(rank for rule, rank in builder.decisions if rule.use == use)


def _becoming(tables: Tables, use: str) -> list[tuple[str, str]]:
    """The words of the decisions with a use and what they become, longest first."""
    found = {
        word: rule.becomes
        for rule in tables.decisions
        if rule.use == use
        for word in rule.words
    }
    return sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))


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
        if may_change(spelling, claims, tables)
    }
    # Volodymyr is a town too.
    given = {output for _, _, output in tables.given}
    sure = changing | tables.words("first-names") | given
    both = found.get("uk-places", set()) & found.get("ru-places", set())
    sure |= both | tables.sole
    return {kind: tuple(sorted(words - sure)) for kind, words in found.items()}


def _beginning(*tables: Mapping[str, Iterable[Any]]) -> dict[str, list[str]]:
    """By short first word the names that begin with it; "": the word itself."""
    found: dict[str, list[str]] = {}
    for table in tables:
        for word, readings in table.items():
            if len(word) <= SHORT:
                found.setdefault(word, []).extend(own for own, *_ in readings)
    return found


def _frequent(
    tables: Tables, evidence: Mapping[str, Iterable[str]], keys: Iterable[str]
) -> set[str]:
    """Words that stand in many texts and are none of the first words of names.

    The places of a country are too many: each has spellings that begin like it.
    """
    kinds = (words for kind, words in evidence.items() if not kind.endswith(PLACES))
    found = {part for words in kinds for phrase in words for part in phrase.split()}
    for use in ("first-names", "surname-elsewhere", "before-people"):
        found |= tables.words(use)
    return found.difference(keys)


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
