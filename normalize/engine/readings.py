"""What names compile to: readings of words, conditions, evidence; plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from normalize.engine.guards import Guard
from normalize.engine.known import Known, Packed, table
from normalize.engine.vetoes import Item
from normalize.spans import RuleRef

# Spelling ("": the word itself), what it becomes, rank of the rule; which evidence the
# paragraph must hold, and which it must not ("": none).
Lone = tuple[str, str, int, str, str]
# Instead of the evidence of a reading: it holds where the one before it does not.
UNLESS = "!"
# Between kinds of evidence one of which is enough.
EITHER = "|"
# Spelling ("": the word itself), number of the given name or of the person.
Part = tuple[str, int]
# All readings of a first word.
Readings = tuple[tuple[Lone, ...], tuple[Part, ...], tuple[Part, ...]]
# Of a rule: the kinds of evidence one of which a place in its contexts must be, and
# those one of which the paragraph must hold, and those it must not ("": none).
Asking = tuple[str, str, str]
# Number of the given name, surname as it is written, rank of the rule, country;
# whether a given name that tells of the other country may stand before it.
Person = tuple[int, str, int, str, bool]
# Rank of the decision whose context keeps a place; the evidence with which it changes
# all the same, and the one with which it does not ("": none); of which country the
# place is ("": any).
Keeping = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class Terms:
    """The conditions of one names rule.

    `near` are words one of which must stand in the paragraph, `not_near` words none
    of which may.
    """

    preceded_by: tuple[Item, ...] = ()
    followed_by: tuple[Item, ...] = ()
    unless: tuple[Item, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    own: RuleRef | None = None  # the user's own rule, whose patterns get a time limit
    # What these come to, without the phrases of `unless` (`contexts.guarded`).
    guard: Guard | None = field(default=None, compare=False, repr=False)

    def __bool__(self) -> bool:
        made = {"own", "guard"}
        return any(getattr(self, n) for n in self.__slots__ if n not in made)


@dataclass(frozen=True, slots=True)
class Index:
    """What the names of a stage compile to: plain data, the same in every process.

    `spelled` are the first words of all spellings, as they are written in a sentence,
    with their readings; of several tables the last one holds.
    `anchors` are the beginnings of all words, in a string too, with NUL between.
    `given` are the given names as they are written, `initials` their first letters.
    `first_names` are words that, before a name, make it somebody else's, beside the
    given names.
    """

    spelled: tuple[Packed, ...]
    anchors: str
    given: Sequence[str]
    initials: Sequence[str]
    people: Sequence[Person]
    terms: Mapping[int, Terms]
    first_names: frozenset[str]
    # By id: the words that are evidence.
    evidence: Mapping[str, Sequence[str]]
    # Spellings of a given name of one language only: how it is written, the rank.
    telling: Sequence[tuple[str, str, int]]
    # Those of them that known people of the other country may be given too.
    lent: frozenset[str]
    # Spellings of patronymics: as they are written for somebody of Ukraine, of Russia
    # ("": as they are).
    middles: Sequence[tuple[str, str, str]]
    # By country: its given names by number, and the rules one of which must hold
    # where one changes alone.
    alone: Mapping[str, tuple[frozenset[int], Sequence[int]]]
    # By spelling: given names that it is hardly, beside another of the same country.
    unlikely: Mapping[str, frozenset[int]]
    # Rules one of which must hold where a given name of one language changes alone;
    # where an unknown surname is of somebody abroad; where it has letters of others.
    bare: Sequence[int]
    abroad: Sequence[int]
    # By country of somebody known: rules by which a person is a namesake.
    namesakes: Mapping[str, Sequence[int]]
    # Rules of people whose surname is nobody else's: they have no namesakes.
    sole: frozenset[int]
    lettered: Sequence[tuple[int, Sequence[str]]]
    # Rules by which a surname changes alone, with the countries whose people it is of.
    surnamed: Sequence[tuple[int, Sequence[str]]]
    # By rank of such rules: the place and the evidence that they ask for.
    asking: Mapping[int, Asking]
    # Endings of surnames, longest first, with what they become.
    endings: Sequence[tuple[str, str]]
    # How unknown surnames begin, and letters inside them, in the same way.
    beginnings: Sequence[tuple[str, str]]
    inner: Sequence[tuple[str, str]]
    # Endings of unknown surnames that tell them without a given name before them.
    sure: Sequence[str]
    # Given names of women as they are written, and how surnames of men end.
    women: Sequence[str]
    manly: tuple[str, ...]
    # Words, and surnames of other nations: an initial beside them tells nothing.
    elsewhere: frozenset[str]
    # Words before the plural of a surname: the Zelenskys.
    plural: Sequence[str]
    before: Sequence[str]
    behind: Sequence[str]
    joining: Sequence[str]
    # Words right before the written form of a name that is told in another spelling.
    naming: Sequence[str]
    # Words of a paragraph, and of a sentence, that speaks of spellings.
    discussing: Sequence[Sequence[str]]
    # Written forms of names with a soft sign at the end, which may be an apostrophe.
    soft: Sequence[str]
    # Written forms of such given names: Vasyl'.
    softened: frozenset[str]
    # Opening and closing marks around titles, nicknames and spellings; around
    # spellings only.
    quotes: Sequence[str]
    singles: Sequence[str]
    # Words right before and right behind a surname that may be a place too, and those
    # right before a place.
    titles: Sequence[str]
    # Words before a surname that is any place, one that needs no evidence too.
    civil: Sequence[str]
    deeds: Sequence[str]
    whereabouts: Sequence[str]
    # Words behind a place and a comma, with the evidence of the country they are in.
    lying: Sequence[tuple[str, str]]
    # What may stand between the two instead of a comma: in.
    within: Sequence[str]
    # Words of a country, with its evidence, before what a settlement is called, and
    # what joins that to a place: the Russian border city of Seversk.
    lands: Sequence[tuple[str, str]]
    settlements: Sequence[str]
    links: Sequence[str]
    # Contexts in which a place stays.
    keeping: Sequence[Keeping]
    # Words in `spelled` that have no readings any more.
    gone: Sequence[str] = ()

    def readings(self) -> Known[Readings]:
        """The readings of each first word of a spelling."""
        return Known(self.spelled, self.gone, read=_readings)

    def with_more(self, more: Addition) -> Index:
        """The index with what names that joined it add."""
        return replace(
            self,
            spelled=(*self.spelled, more.spelled),
            anchors="\0".join(filter(None, (self.anchors, more.anchors))),
            given=more.given,
            initials=more.initials,
            people=more.people,
            terms={**self.terms, **more.terms},
            evidence=more.evidence,
            telling=(*self.telling, *more.telling),
            gone=(*self.gone, *more.gone),
            soft=(*self.soft, *more.soft),
        )

    def patronymics(self) -> dict[str, dict[str, str]]:
        """What the spellings of patronymics become, by country."""
        return table([(words, {"uk": uk, "ru": ru}) for words, uk, ru in self.middles])

    def told(self) -> dict[str, tuple[str, int]]:
        """What the spellings of given names of one language become."""
        return table([(words, (output, rank)) for words, output, rank in self.telling])


def _readings(lists: Sequence[Any]) -> Readings:
    """The readings of a word, of the lists that they are kept as."""
    lone, given, surnames = lists
    return (
        tuple(map(tuple, lone)),
        tuple(map(tuple, given)),
        tuple(map(tuple, surnames)),
    )


@dataclass(frozen=True, slots=True)
class Addition:
    """What names that join an index bring.

    Words in `spelled` have these readings now, those in `gone` none any more. They,
    `anchors`, `terms` and `telling` are added to those of the index, all others are
    put in their place.
    """

    spelled: Packed
    anchors: str
    given: Sequence[str]
    initials: Sequence[str]
    people: Sequence[Person]
    terms: Mapping[int, Terms]
    evidence: Mapping[str, Sequence[str]]
    telling: Sequence[tuple[str, str, int]]
    gone: Sequence[str]
    soft: Sequence[str]
