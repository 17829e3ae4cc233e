"""What a file of quantities holds, checked and with its references resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from normalize.engine.patterns import Seq, Tree
from normalize.engine.vetoes import Item
from normalize.errors import OptionError
from normalize.kinds.base import Conditions, Rule
from normalize.kinds.quantities.words import Coding, Lexicon
from normalize.kinds.templates import Table, Template, WritingError, read_template

if TYPE_CHECKING:
    from normalize.source.nodes import Scalar

NOTHING = Seq(())  # instead of a pattern that nobody needs any more
DOCUMENT = "document"  # the reference date is the first full date of the text


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write an amount, and how its digits are read.

    `remove` are marks between groups; `decimal` is the decimal mark. `beside` names
    a part that must be there too, `without` one that must not, `when` options that
    must be so, `not_in` languages of paragraphs where it is not meant. With `leave` it
    can be read in two ways and is left under that code.
    """

    tree: Tree
    remove: str = ""
    decimal: str = ""
    beside: str = ""
    without: str = ""
    leave: str = ""
    when: tuple[tuple[str, str], ...] = ()
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of patterns: a number, words of a lexicon, an amount, or a pattern.

    `stands_for` is the part that it fills in values and templates; `pivot` the
    option that says from which two-digit year on the last century is meant.
    """

    name: str
    tree: Tree
    stands_for: str
    low: int | None = None
    high: int | None = None
    lexicon: str = ""
    shapes: tuple[Shape, ...] = ()
    pivot: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """Parts that make one thing, such as a date: how it is checked and written.

    With `joins` it is two or three of another value; `same` are the options with the
    way it is written where they share a part and those before it.
    """

    name: str
    of: tuple[str, ...]
    check: str = ""
    invalid: str = ""
    required: tuple[str, ...] = ()
    because: str = ""
    option: str = ""  # the option that holds the template
    template: Template = ()
    weekday: Tree | None = None
    joins: str = ""
    same: tuple[tuple[str, str], ...] = ()

    def templates(self, values: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
        """The options with its templates, and the parts that each may name."""
        if not self.joins:
            return {self.option: self.of}
        one = values[self.joins].of
        names = (*one, *(name + "2" for name in one), *self.of)
        return {option: names for _, option in self.same}


@dataclass(frozen=True, slots=True)
class Leave:
    """What makes any match of the file be left, told under a code."""

    code: str
    message: str
    preceded_by: tuple[Item, ...]
    followed_by: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the rules of a file share."""

    lexicons: Mapping[str, Lexicon]
    coding: Coding
    tables: Mapping[str, Table]
    fields: Mapping[str, FieldSpec]
    values: Mapping[str, Value]
    leave: tuple[Leave, ...]
    gap: Tree
    spaces: frozenset[str]
    classes: Mapping[str, Tree]


@dataclass(frozen=True, slots=True)
class Linked:
    """A rule with its patterns parsed."""

    shared: Grammar
    trees: tuple[Tree, ...]
    output: Template
    sets: tuple[tuple[str, Template], ...]


@dataclass(frozen=True, slots=True)
class QuantityRule(Rule):
    """Patterns that become one output, or are left and told.

    `grammar` is None until the file is linked; `digest` stands for all that it
    holds. `settings` are the options as they are for this plan.
    """

    patterns: tuple[str, ...] = ()
    output: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    leave: str = ""
    because: str = ""
    note: str = ""
    without: str = ""
    if_several: str = ""
    same: tuple[str, ...] = ()
    rising: tuple[str, ...] = ()
    digest: str = ""
    options: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    raw: RawRule | None = field(default=None, compare=False)
    grammar: Linked | None = field(default=None, compare=False)

    def chosen(self, values: Mapping[str, str]) -> QuantityRule:
        """The rule with the values of the options that its file declares."""
        mine = tuple((name, values[name]) for name in self.options)
        if self.grammar is not None:
            _check_templates(self.grammar.shared, dict(mine))
        return replace(self, settings=mine, raw=None)

    def read(self) -> QuantityRule:
        """The rule without what only finding its matches needs."""
        nothing = Conditions()
        return replace(self, grammar=None, patterns=(), conditions=nothing, examples=())

    def whole_text(self) -> bool:
        """Whether its dates are counted from the first date of the text."""
        return bool(self.without) and ("reference_date", DOCUMENT) in self.settings


def _check_templates(grammar: Grammar, settings: Mapping[str, str]) -> None:
    """Refuse a template that names a table which the file does not have."""
    for value in grammar.values.values():
        for option, names in value.templates(grammar.values).items():
            try:
                read_template(settings[option], names, grammar.tables)
            except WritingError as error:
                raise OptionError(
                    f"option {option!r} can't be {settings[option]!r}: {error.message}",
                    hint=error.hint,
                ) from None


@dataclass(frozen=True, slots=True)
class RawRule:
    """The nodes of a rule, kept until the file is linked, so errors have a place."""

    patterns: tuple[Scalar, ...]
    output: Scalar | None
    sets: tuple[tuple[Scalar, Scalar], ...]
    contexts: Mapping[str, tuple[Any, ...]]
    asked: tuple[tuple[str, Scalar], ...] = ()  # parts, and by what field
