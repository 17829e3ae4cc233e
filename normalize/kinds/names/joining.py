"""Names of the user's own put beside those that a stage was compiled of before.

The result is that of compiling all of them at once, but only what the own names touch
is looked at: their spellings, and who else wants those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from normalize.engine.known import packed
from normalize.engine.readings import Addition, Index, Lone, Part, Readings
from normalize.engine.words import Words
from normalize.kinds.builder import Keep
from normalize.kinds.names.anchors import anchors_of
from normalize.kinds.names.asking import forms_of
from normalize.kinds.names.chains import both, second_of, undone
from normalize.kinds.names.claims import (
    LISTED,
    Claim,
    Tables,
    deciding,
    may_change,
    winners,
)
from normalize.kinds.names.firsts import by_word, first_word, is_odd, named
from normalize.kinds.names.ledger import Ledger, spelled_out
from normalize.kinds.names.taking import Taking, take_in
from normalize.kinds.names.writing import Writing
from normalize.kinds.spelling.keeping import KeptSpellings

_NONE: Readings = ((), (), ())
Named = TypeVar("Named", Lone, Part)


@dataclass(frozen=True, slots=True)
class Base:
    """The names of a stage as they were compiled."""

    words: Words
    index: Index
    readings: Mapping[str, Readings]
    ledger: Ledger


def join(base: Base, taking: Taking, keep: Keep | None) -> Addition | None:
    """What the names add to those of the stage.

    None where that would not do: a given name may change how others are written, and
    what is wrong with a name is told by whoever compiles all of them.
    """
    if any(rule.part == "given" for rule, _, _ in taking.names):
        return None
    own = _taken(base, taking, keep)
    if own.mistakes:
        return None
    claims = _claims(base, own)
    judging = _judging(base, own)
    fresh = _judged(base, claims, judging)
    spelled = base.ledger.spelled | spelled_out(taking.names)
    if any(o in spelled or c.cost == LISTED for _, c, o in judging.refused):
        return None
    lone = _chained(base, fresh)
    given = by_word(base.words, own.given_parts)
    surnames = by_word(base.words, own.surname_parts)
    changed = {*lone, *given, *surnames}
    made = {
        word: _with(
            base.readings.get(word, _NONE), lone.get(word), given, surnames, word
        )
        for word in sorted(changed)
    }
    _add_capitals(base, made)
    groups: dict[Readings, list[str]] = {}
    for word, readings in made.items():
        if any(readings) and readings != base.readings.get(word, _NONE):
            groups.setdefault(readings, []).append(word)
    there = {
        word: [own for part in readings for own, *_ in part]
        for word, readings in made.items()
        if any(readings)
    }
    return Addition(
        spelled=packed(groups),
        anchors="\0".join(
            anchors_of(there, there, frozenset(), base.words.apostrophes)
        ),
        given=tuple(output for _, _, output in own.given),
        initials=tuple("".join(sorted(letters)) for letters in own.initials),
        people=tuple(own.people),
        terms=own.terms,
        evidence=_evidence(base, own, claims),
        telling=tuple(
            (spelling, *told)
            for spelling, told in base.ledger.untold
            if spelling in own.given_parts
        ),
        gone=tuple(sorted(made.keys() - there.keys())),
        soft=tuple(sorted(own.soft)),
    )


def _taken(base: Base, taking: Taking, keep: Keep | None) -> Tables:
    """What the own names want; given names and people are counted on."""
    ledger, index = base.ledger, base.index
    spellings = KeptSpellings(ledger.habits, keep)
    spellings.learn(forms_of(rule for rule, _, _ in taking.names))
    writing = Writing(ledger.styles, ledger.known)
    own = deciding(ledger.decisions)
    own.people = list(index.people)
    own.initials = [set(letters) for letters in index.initials]
    forms = zip(ledger.given, index.given, strict=True)
    own.given = {(*pair, output): n for n, (pair, output) in enumerate(forms)}
    take_in(taking, spellings, writing, own)
    return own


def _claims(base: Base, own: Tables) -> dict[str, list[Claim]]:
    """All claims on the spellings that the own names have to do with."""
    found: dict[str, list[Claim]] = {}
    for output, rank, nation, spellings in own.claims:
        for text, cost in spellings:
            claim = Claim(cost, output, rank, nation)
            found.setdefault(text, []).append(claim)
    theirs = base.ledger.claims_on({*found, *own.written, *own.surnames})
    for text, claims in theirs.items():
        found.setdefault(text, []).extend(claims)
    return found


def _judging(base: Base, own: Tables) -> Tables:
    """What is asked of all names to tell whose a spelling is."""
    ledger = base.ledger
    tables = deciding(ledger.decisions)
    tables.written = {*ledger.written.split("\n"), *own.written}
    tables.surnames = {*ledger.surnames.split("\n"), *own.surnames}
    tables.terms = {**base.index.terms, **own.terms}
    tables.asked = {**ledger.asked, **own.asked}
    tables.lacking = {**ledger.lacking, **own.lacking}
    tables.soft = {*base.index.soft, *own.soft}
    tables.owners = {**ledger.owners, **own.owners}  # own names come first
    return tables


def _judged(
    base: Base, claims: Mapping[str, list[Claim]], judging: Tables
) -> dict[str, list[Lone]]:
    """The readings of the words under which the claimed spellings are found."""
    fresh: dict[str, list[Lone]] = {}
    judged: dict[str, set[str]] = {}
    for text, mine in claims.items():
        word = first_word(base.words, text)
        own = "" if text == word else text
        judged.setdefault(word, set()).add(own)
        found = fresh.setdefault(word, [])
        for claim, needs, lacks in winners(text, mine, judging):
            found.append((own, claim.output, claim.rank, needs, lacks))
    frozen = {rank for _, rank in judging.frozen}
    for word, found in fresh.items():
        if word in base.readings:
            found += [
                reading
                for reading in undone(base.readings[word][0])
                if reading[0] not in judged[word] or reading[2] in frozen
            ]
    return fresh


def _chained(base: Base, fresh: Mapping[str, list[Lone]]) -> dict[str, list[Lone]]:
    """The readings with those that written forms have on evidence, see `chains`."""

    def before(word: str) -> list[Lone]:
        known = fresh.get(word)
        return undone(base.readings.get(word, _NONE)[0]) if known is None else known

    other = {
        word
        for word, readings in fresh.items()
        if second_of(word, readings)
        != second_of(word, undone(base.readings.get(word, _NONE)[0]))
    }
    theirs = base.ledger.becoming(other) if other else set()
    more = {first_word(base.words, text) for text in theirs} & base.readings.keys()
    found = {word: before(word) for word in (*fresh, *more)}
    outputs = {reading[1] for readings in found.values() for reading in readings}
    second = {
        output: then
        for output in outputs
        if (then := second_of(output, before(output))) is not None
    }
    return {
        word: [two for one in readings for two in both(word, one, second)]
        for word, readings in found.items()
    }


def _with(
    before: Readings,
    lone: list[Lone] | None,
    given: Mapping[str, list[Part]],
    surnames: Mapping[str, list[Part]],
    word: str,
) -> Readings:
    """The readings of a word with those that are new."""
    return (
        before[0] if lone is None else tuple(lone),
        _joined(given.get(word, ()), before[1]),
        _joined(surnames.get(word, ()), before[2]),
    )


def _joined(mine: Iterable[Part], theirs: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys((*mine, *theirs)))


def _add_capitals(base: Base, made: dict[str, Readings]) -> None:
    """Put in words whose capitals do not lead back to them, see `index`."""
    for word in filter(is_odd, list(made)):
        capitals = word.upper()
        lone, given, surnames = made.get(capitals) or base.readings.get(capitals, _NONE)
        made[capitals] = (
            (*_without(base, lone, word), *named(word, made[word][0])),
            (*_without(base, given, word), *named(word, made[word][1])),
            (*_without(base, surnames, word), *named(word, made[word][2])),
        )


def _without(base: Base, readings: Iterable[Named], word: str) -> list[Named]:
    """The readings without those that stand there for the sake of a word."""
    return [r for r in readings if not r[0] or first_word(base.words, r[0]) != word]


def _evidence(
    base: Base, own: Tables, claims: Mapping[str, list[Claim]]
) -> dict[str, tuple[str, ...]]:
    """The words of each kind of evidence, the own places among them.

    No word that may itself become another name proves anything.
    """
    doubtful = own.words("doubtful")
    places = {kind: found - doubtful for kind, found in own.places.items()}
    known = {
        kind: {*(base.ledger.places.get(kind, "").split("\n"))} - doubtful
        | {
            w
            for r in own.decisions
            if r.use == "evidence" and r.id == kind
            for w in r.words
        }
        | places.get(kind, set())
        for kind in ("uk-places", "ru-places")
    }
    sure = known["uk-places"] & known["ru-places"]
    sure |= {text for text, mine in claims.items() if may_change(text, mine, own)}
    sure |= own.words("first-names") | {output for _, _, output in own.given}
    return {
        kind: tuple(sorted({*words, *places.get(kind, ())} - sure))
        for kind, words in base.index.evidence.items()
    }
