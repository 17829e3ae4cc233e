"""Who wants which spelling, and who gets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from normalize.engine.readings import EITHER, Person, Terms
from normalize.engine.words import Words
from normalize.kinds.decisions import DecisionRule

# Of two names that claim one spelling the cheaper one has it, if it is that much
# cheaper; otherwise nobody has it.
CLEARLY = 60
# A listed spelling is surer than any made one.
LISTED = -100
OTHER = {"uk": "ru", "ru": "uk"}
TELLS = "uk"  # whose given names tell, and whose written forms of several words stay


@dataclass
class Claim:
    """Who wants a spelling for itself, how surely, and of which country it is."""

    cost: int
    output: str
    rank: int
    nation: str


@dataclass
class Tables:
    """What is filled while the rules are gone through."""

    # What each name wants for itself: output, rank, country; spellings with costs.
    claims: list[tuple[str, int, str, list[tuple[str, int]]]] = field(
        default_factory=list
    )
    # Of that: spellings that several want, or that are something else; and all others.
    lone: dict[str, list[Claim]] = field(default_factory=dict)
    sole: set[str] = field(default_factory=set)
    given: dict[tuple[str, str, str], int] = field(default_factory=dict)
    given_parts: dict[str, list[int]] = field(default_factory=dict)
    surname_parts: dict[str, list[int]] = field(default_factory=dict)
    # The given names of each country by number, with their Cyrillic forms.
    natives: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)
    # By country and spelling: what it costs as which of them.
    native_costs: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)
    # Forms of given names with patronymics: Ukrainian, Russian.
    fathers: dict[tuple[str, str], None] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    initials: list[set[str]] = field(default_factory=list)
    written: set[str] = field(default_factory=set)  # what no rule may change
    # Surnames that don't decide alone: no made spelling of another name.
    surnames: set[str] = field(default_factory=set)
    terms: dict[int, Terms] = field(default_factory=dict)
    telling: dict[str, tuple[str, int]] = field(default_factory=dict)
    decisions: tuple[DecisionRule, ...] = ()
    kinds: set[str] = field(default_factory=set)  # of evidence
    soft: set[str] = field(default_factory=set)  # written forms of a soft ending
    soft_given: set[int] = field(default_factory=set)  # and given names of one
    frozen: list[tuple[str, int]] = field(default_factory=list)
    # Written forms of places, by country.
    places: dict[str, set[str]] = field(default_factory=dict)
    # Which evidence a rule asks for, and which it must not have: kinds with a `|`
    # between them.
    asked: dict[int, str] = field(default_factory=dict)
    lacking: dict[int, str] = field(default_factory=dict)
    # What is wrong with the conditions of a rule, by rank: message and hint.
    mistakes: dict[int, tuple[str, str]] = field(default_factory=dict)
    uses: dict[str, frozenset[str]] = field(default_factory=dict)
    # By country and written form: the rule, for names that change by themselves.
    owners: dict[tuple[str, str], int] = field(default_factory=dict)
    # A claim, and the rule that writes what it wants to change.
    refused: list[tuple[str, Claim, int]] = field(default_factory=list)

    def usual(self, nation: str) -> frozenset[int]:
        """The given names of a country, of those with one counterpart its own only.

        Mykola is the counterpart of Nikolai; Mykolai has that form too.
        """
        mine = self.natives.get(nation, {})
        pairs = {
            pair
            for n, found in self.natives.items()
            if n != nation
            for pair in found.values()
        }
        theirs = 1 if nation == "uk" else 0
        linked = {pair[theirs] for pair in pairs}
        return frozenset(
            number
            for number, pair in mine.items()
            if pair in pairs or pair[theirs] not in linked
        )

    def unlikely(self) -> dict[str, frozenset[int]]:
        """By spelling: given names that it is hardly, beside another of the country.

        Irina is Iryna, though Irena may be spelled so. Simon, of many nations, is none
        of them: it tells of no country who somebody is.
        """
        found: dict[str, frozenset[int]] = {}
        for (_, spelling), costs in self.native_costs.items():
            limit = min(costs.values()) + CLEARLY
            dear = frozenset(n for n, cost in costs.items() if cost >= limit)
            if dear:
                found[spelling] = found.get(spelling, frozenset()) | dear
        for spelling in self.words("foreign-given"):
            found[spelling] = frozenset(self.given_parts.get(spelling, ()))
        return found

    def words(self, use: str) -> frozenset[str]:
        """All words of the decisions with this use."""
        if use not in self.uses:
            found = (rule.words for rule in self.decisions if rule.use == use)
            self.uses[use] = frozenset(word for words in found for word in words)
        return self.uses[use]


def deciding(decisions: Sequence[tuple[DecisionRule, int]]) -> Tables:
    """Tables with what these rules, given with their ranks, decide."""
    tables = Tables(decisions=tuple(rule for rule, _ in decisions))
    tables.frozen = [
        (word, rank)
        for rule, rank in decisions
        if rule.use == "frozen"
        for word in rule.words
    ]
    tables.kinds.update(r.id for r in tables.decisions if r.use == "evidence")
    return tables


def settle(
    tables: Tables, words: Words, known: set[str]
) -> list[tuple[tuple[str, int, str], list[str]]]:
    """Give the spellings that are in no doubt to whom they belong.

    Those are most: single words that one name wants, and that are nothing else.
    `known` are words that have other readings. Returned are output, rank and needed
    evidence with such spellings; all others go to `tables.lone`, to be judged.
    """
    doubtful = {
        *known,
        *tables.written,
        *tables.surnames,
        *tables.words("never"),
        *tables.words("doubtful"),
    }
    wanted: set[str] = set()
    for _, _, _, spellings in tables.claims:
        mine = {text for text, _ in spellings}
        doubtful |= wanted & mine
        wanted |= mine
        for text in mine:
            if not text.isalpha():
                doubtful.add(words.at(text.translate(words.folding), 0))
    sole = []
    for output, rank, nation, spellings in tables.claims:
        found = []
        for text, cost in spellings:
            plain = text.isalpha() and text == text.upper().capitalize()
            if text in doubtful or not plain or rank in tables.lacking:
                claim = Claim(cost, output, rank, nation)
                tables.lone.setdefault(text, []).append(claim)
            else:
                found.append(text)
        if found:
            sole.append(((output, rank, tables.asked.get(rank, "")), found))
            tables.sole.update(found)
    return sole


def _are_apart(tables: Tables, rank: int, owner: int) -> bool:
    """Whether conditions tell a name from the owner of its spelling.

    A veto alone does not: it only says where the name is something else.
    """
    return rank in tables.terms and any(
        one in tables.asked
        or one in tables.lacking
        or (
            (terms := tables.terms.get(one)) is not None
            and (terms.preceded_by or terms.followed_by or terms.near or terms.not_near)
        )
        for one in (rank, owner)
    )


def _is_written(tables: Tables, claim: Claim, spelling: str) -> bool:
    """Whether a spelling is a written form that what stands beside does not tell apart.

    Kharkivska Oblast is one thing, the station Kharkivska another one.
    """
    if spelling not in tables.written:
        return False
    owner = tables.owners.get((claim.nation, spelling), claim.rank)
    return owner == claim.rank or not all(
        _has_context(tables, rank) for rank in (owner, claim.rank)
    )


def _has_context(tables: Tables, rank: int) -> bool:
    """Whether a rule says what stands right beside its name."""
    terms = tables.terms.get(rank)
    return terms is not None and bool(terms.preceded_by or terms.followed_by)


def may_change(spelling: str, claims: Iterable[Claim], tables: Tables) -> bool:
    """Whether a spelling may become something else than itself."""
    never = spelling in tables.words("never")
    return any(
        claim.output != spelling and (claim.cost == LISTED or not never)
        for claim in claims
    )


def _staying(
    claim: Claim, claims: Iterable[Claim], tables: Tables
) -> Iterator[tuple[Claim, str, str]]:
    """Where a spelling that is the written form stays, if that has to be said.

    A name of several parts keeps its parts from being taken for others; one with a soft
    sign loses the apostrophe: Ryazan'.
    """
    if claim.output in tables.soft:
        yield claim, "", ""
    elif not claim.output.replace("'", "").isalpha():
        wanted = any(other.nation != claim.nation for other in claims)
        if claim.nation == TELLS or not wanted:
            yield claim, "", ""
        else:
            # But where places of the other country, and no others, are named.
            yield claim, "", f"{OTHER[claim.nation]}-places"
            yield claim, f"{claim.nation}-places", ""


def winners(
    spelling: str, claims: list[Claim], tables: Tables
) -> Iterator[tuple[Claim, str, str]]:
    """Whose a spelling is, and what the paragraph must hold for it, and must not.

    Nobody's where two names of one country want it alike, or another name of the
    country is written so. Where names of two countries want it, or it is the written
    form of one of the other, places of the country decide; where it is a word of
    doubtful standing, anything of the country.
    """
    listed = [claim for claim in claims if claim.cost == LISTED]
    never = spelling in tables.words("never")
    if never or spelling in tables.surnames:
        # Whoever lists it has it, and nobody else; a surname also a name that what
        # stands beside makes sure: Malynovskyi District.
        claims = [
            claim
            for claim in claims
            if claim in listed or (not never and _has_context(tables, claim.rank))
        ]
    doubtful = not listed and spelling in tables.words("doubtful")
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.cost, claim.rank)):
        owner = tables.owners.get((claim.nation, spelling), claim.rank)
        others = claim.output != spelling and owner != claim.rank
        if others and not _are_apart(tables, claim.rank, owner):
            tables.refused.append((spelling, claim, owner))
            continue
        if claim.output == spelling:
            staying = list(_staying(claim, claims, tables))
            yield from staying
            if (claim, "", "") in staying:
                return
            continue
        first = best.setdefault(claim.nation, claim)
        if first.output == claim.output:
            if first.rank != claim.rank and first.rank in tables.terms:
                # One rule may say where the name is sure, another one ask for proof.
                asked = tables.asked.get(claim.rank, "")
                wanted = spelling in tables.words("doubtful") and claim.cost != LISTED
                yield claim, asked or (claim.nation if wanted else ""), ""
            continue
        # Conditions of their own may tell them apart.
        if {claim.rank, first.rank} <= tables.terms.keys():
            lacks = tables.lacking.get(claim.rank, "")
            yield claim, tables.asked.get(claim.rank, ""), lacks
        elif LISTED < claim.cost < first.cost + CLEARLY:
            del best[claim.nation]
            break
    several = len(best) > 1
    for nation, claim in best.items():
        written = _is_written(tables, claim, spelling)
        asked = tables.asked.get(claim.rank, "")
        lacks = tables.lacking.get(claim.rank, "")
        terms = tables.terms.get(claim.rank)
        near = terms is not None and bool(terms.near)
        sure = claim.cost == LISTED and not written
        if (several or written) and not near and not sure:
            places = f"{nation}-places"
            # What a rule asks for by itself may be narrower than that.
            needs = places if asked in {"", nation} else asked
            lacks = EITHER.join(filter(None, (lacks, f"{OTHER[nation]}-places")))
            yield claim, needs, lacks
        else:
            yield claim, asked or (nation if doubtful and not near else ""), lacks
