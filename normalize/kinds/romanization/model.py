"""What a romanization file says, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from normalize.engine.table import EDGE
from normalize.kinds.base import Option, Rule, RuleFile
from normalize.source.nodes import Scalar

# Every file of the kind has these switches; what they do is in the engine.
SWITCHES = (
    ("stress", ("drop", "keep"), "stress marks on vowels"),
    (
        "foreign",
        ("sister", "keep", "drop", "error"),
        "letters of another alphabet: borrow from the sister table, or else",
    ),
    ("single", ("auto", "title", "caps"), "a lone capital that gives two letters"),
)
LETTERS = "letters"  # the id of the rule that is the letter table


@dataclass(frozen=True, slots=True)
class LetterTable(Rule):
    """The table of a file: small letters with what they give."""

    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ContextRule(Rule):
    """What letters give in a context; None in a set is no condition.

    Sets hold single letters, the apostrophe, and `^` for the edge of the word.
    """

    source: str
    output: str
    place: str
    after: frozenset[str] | None
    before: frozenset[str] | None
    not_after: frozenset[str]
    not_before: frozenset[str]
    at_least: int

    def where(self) -> str:
        """Where the rule holds, in words."""
        said = [f"at the {self.place} of a word"] if self.place else []
        for name in ("after", "before", "not_after", "not_before"):
            letters = getattr(self, name)
            if letters:
                edge = "the end" if name.endswith("before") else "the start"
                shown = "".join(sorted(letters - {EDGE}))
                parts = [shown] if shown else []
                parts += [edge] if EDGE in letters else []
                said.append(f"{name.replace('_', ' ')} {' or '.join(parts)}")
        if self.at_least:
            said.append(f"in words of {self.at_least} letters or more")
        said += [f"with {option}={value}" for option, value in self.when]
        return ", ".join(said) or "everywhere"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a system comes from and how sure we are of it."""

    authority: str
    year: str
    status: str
    confidence: str
    source: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RomanizationFile(RuleFile):
    """A system. What is None or empty here comes from the file that it extends.

    Attributes:
        apostrophe: what one inside a word becomes; 'keep' as typed.
        case: 'word' for the case of the word, 'upper' for capitals always.
        sisters: the systems from which letters of other alphabets are borrowed.
        reversible: 'yes', 'except' for all but the collisions, or 'no'.
        collisions: spellings with the ones that are romanized alike; the first of
            a pair can't be got back.
        readings: for the way back, letters with those behind which they are read.
        alternatives: other outputs that are seen in documents.
        borrowed: the letters of the sisters, in their order.
        borrowed_rules: their context rules.
    """

    provenance: Provenance | None = None
    apostrophe: str | None = None
    case: str | None = None
    sisters: tuple[Scalar, ...] = ()
    reversible: str = "no"
    collisions: tuple[tuple[str, str], ...] = ()
    readings: tuple[tuple[str, frozenset[str]], ...] = ()
    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()
    borrowed: tuple[tuple[tuple[str, str], ...], ...] = ()
    borrowed_rules: tuple[ContextRule, ...] = ()

    @property
    def language(self) -> str:
        """The code of the language that it writes."""
        return self.lang[0] if self.lang else ""

    @property
    def letters(self) -> dict[str, str]:
        """The letter table."""
        tables = [rule for rule in self.rules if isinstance(rule, LetterTable)]
        return dict(tables[0].letters) if tables else {}

    @property
    def turns(self) -> list[ContextRule]:
        """The context rules, in order."""
        return [rule for rule in self.rules if isinstance(rule, ContextRule)]

    def borrows(self) -> tuple[Scalar, ...]:
        """The files that letters are borrowed from."""
        return self.sisters

    def handed_on(self) -> tuple[Rule, ...]:
        """The rules without their examples: those hold for this table only."""
        return tuple(replace(rule, examples=()) for rule in self.rules)

    def inherit(self, parent: RuleFile) -> RomanizationFile:
        """The file with the letters and policies that it leaves to its parent."""
        if not isinstance(parent, RomanizationFile):
            return self
        letters = tuple((parent.letters | self.letters).items())
        return replace(
            self,
            rules=tuple(
                replace(rule, letters=letters)
                if isinstance(rule, LetterTable)
                else rule
                for rule in self.rules
            ),
            apostrophe=parent.apostrophe
            if self.apostrophe is None
            else self.apostrophe,
            case=self.case or parent.case,
            sisters=self.sisters or parent.sisters,
            readings=self.readings or parent.readings,
        )

    def borrow(self, others: tuple[RuleFile, ...]) -> RomanizationFile:
        """The file with the letters of its sisters to fall back on."""
        sisters = [other for other in others if isinstance(other, RomanizationFile)]
        return replace(
            self,
            borrowed=tuple(tuple(sister.letters.items()) for sister in sisters),
            borrowed_rules=tuple(
                rule for sister in sisters for rule in sister.turns if not rule.when
            ),
        )


def switches(at: str) -> tuple[Option, ...]:
    """The options that every file of the kind has."""
    return tuple(
        Option(name, values, values[0], title, at) for name, values, title in SWITCHES
    )
