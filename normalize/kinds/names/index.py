"""From the names of a stage to the index that the engine looks them up in."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.known import packed
from normalize.engine.readings import Index, Terms
from normalize.errors import (
    RuleConflictError,
    RuleErrors,
    RuleReferenceError,
)
from normalize.kinds.base import error_at
from normalize.kinds.builder import Builder
from normalize.kinds.decisions import CONDITIONAL, LETTERS
from normalize.kinds.names.anchors import anchors_of
from normalize.kinds.names.asking import (
    by_file,
    check_kinds,
    forms_of,
    spellings_of,
)
from normalize.kinds.names.claims import LISTED, Claim, Tables, deciding
from normalize.kinds.names.decided import (
    alone,
    asking,
    becoming,
    discussing,
    evidence_of,
    frequent,
    keeping,
    namesakes,
    ranks,
    worded,
)
from normalize.kinds.names.firsts import firsts
from normalize.kinds.names.ledger import ledger_of, spelled_out
from normalize.kinds.names.patronymics import middles
from normalize.kinds.names.taking import Taking, take_in
from normalize.kinds.names.writing import Writing


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
    """Put together what the engine asks for; each by the field that explains it."""
    found = firsts(builder.words, tables)
    evidence = evidence_of(tables)
    anchors = anchors_of(
        found.keys,
        found.beginning,
        frozenset(found.alone),
        builder.words.apostrophes,
        frequent(tables, evidence, found.keys),
    )

    def words(use: str) -> list[str]:
        return sorted(tables.words(use))

    return Index(
        spelled=(packed(found.groups),),
        anchors="\0".join(anchors),
        given=tuple(output for _, _, output in tables.given),
        initials=tuple("".join(sorted(letters)) for letters in tables.initials),
        people=tuple(tables.people),
        terms=tables.terms,
        first_names=tables.words("first-names"),
        evidence=evidence,
        telling=_telling(tables),
        lent=tables.words("telling-given"),
        middles=middles,
        alone=alone(builder, tables),
        unlikely=tables.unlikely(),
        bare=ranks(builder, "lone-telling"),
        abroad=ranks(builder, "stranger-abroad"),
        namesakes=namesakes(builder),
        sole=frozenset(rank for rule, rank, _ in builder.names if rule.lone),
        lettered=worded(builder, LETTERS),
        surnamed=worded(builder, "lone-surname"),
        asking=asking(builder),
        endings=becoming(tables, "surname-ending"),
        beginnings=becoming(tables, "surname-beginning"),
        inner=becoming(tables, "surname-inside"),
        sure=words("turned-ending"),
        women=words("womens-given"),
        manly=tuple(words("mens-ending")),
        elsewhere=tables.words("surname-elsewhere"),
        plural=words("plural-before"),
        before=words("mention-before"),
        behind=words("mention-after"),
        joining=words("joined"),
        naming=words("naming"),
        discussing=discussing(tables),
        soft=tuple(sorted(tables.soft)),
        softened=frozenset(
            output
            for number, (_, _, output) in enumerate(tables.given)
            if number in tables.soft_given
        ),
        quotes=words("quotes"),
        singles=words("quotes-of-words"),
        titles=words("before-people"),
        civil=words("always-people"),
        deeds=words("behind-people"),
        whereabouts=words("before-places"),
        lying=becoming(tables, "lies-in"),
        within=words("lies-within"),
        lands=becoming(tables, "lands"),
        settlements=words("settlements"),
        links=words("settlement-links"),
        keeping=keeping(builder),
    )


def _telling(tables: Tables) -> tuple[tuple[str, str, int], ...]:
    """Spellings of given names of one language only, by what they become."""
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
    return tuple((" ".join(found), *told) for told, found in telling.items())
