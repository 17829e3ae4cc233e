"""Kind `style`: how a house writes names, over the one lexicon of all houses.

A style names the romanization systems in which names are written and the names that
are not written in them. The option `style` chooses one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from normalize.engine.patterns import Classes
from normalize.engine.table import Table
from normalize.kinds.base import (
    Conditions,
    Finder,
    Kind,
    Option,
    Rule,
    RuleFile,
    at_line,
)
from normalize.kinds.builder import Builder
from normalize.kinds.examples import EXAMPLES
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.kinds.spelling.model import system_of
from normalize.source.fields import Field, MapOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems
from normalize.source.texts import ID, Text

# The option that chooses a style, the style when nobody does, and the id of the rule
# that is made of the systems of a file.
OPTION = "style"
USUAL = "official"
SYSTEMS = "systems"
LANGUAGES = ("uk", "ru")
PARTS = ("name", "given", "surname")

# By language.
Named = tuple[tuple[str, Scalar], ...]
Tables = tuple[tuple[str, Table], ...]


@dataclass(frozen=True, slots=True)
class Systems(Rule):
    """The systems of a style: for all names, for given names, and of its parent.

    What the lexicon writes as the parent's systems do is no spelling of its own.
    """

    named: tuple[Named, Named, Named] = ((), (), ())
    tables: tuple[Tables, Tables, Tables] = ((), (), ())


@dataclass(frozen=True, slots=True)
class Override(Rule):
    """A name that the house writes in its own way; '' for a part that it does not.

    `target` is file id/rule id of the name in the lexicon.
    """

    target: str
    name: str
    given: str
    surname: str

    def refers(self) -> tuple[str, ...]:
        return (self.target,)

    def refuses(self, other: Rule) -> str:
        """Whether the name has the parts that are written in another way."""
        for part in PARTS:
            if getattr(self, part) and getattr(other, part, None) is None:
                return f"{self.target!r} has no {part!r}"
        return ""


@dataclass(frozen=True, slots=True)
class StyleFile(RuleFile):
    """A style: its systems are its first rule, its overrides the others."""

    def inherit(self, parent: RuleFile) -> StyleFile:
        """The style with the systems that it leaves to its parent."""
        own, theirs = _systems(self), _systems(parent)
        if own is None or theirs is None:
            return self
        first, given, _ = own.named
        theirs_first, theirs_given, base = theirs.named
        named = (
            _over(first, theirs_first),
            _over(given, theirs_given),
            base or theirs_first,
        )
        rules = [replace(own, named=named) if r is own else r for r in self.rules]
        return replace(self, rules=tuple(rules))


def _systems(file: RuleFile) -> Systems | None:
    return next((rule for rule in file.rules if isinstance(rule, Systems)), None)


def _over(own: Named, theirs: Named) -> Named:
    return tuple((dict(theirs) | dict(own)).items())


def record(classes: Classes) -> Record:
    """The fields of a style."""
    del classes
    form = Text(r"[^\W\d_][^\d_]*", "a name in Latin letters")
    rule = Record(
        (
            *RULE_FIELDS,
            Field(
                "of",
                Text(r"[a-z0-9.-]+/[a-z0-9.-]+", "file id/rule id"),
                "the name in the lexicon: file id/rule id",
                True,
            ),
            Field("name", form, "how the place or organization is written"),
            Field("given", form, "how the given name of the person is written"),
            Field("surname", form, "how the surname is written"),
        ),
        _build,
        "rule",
    )
    language = Text("|".join(LANGUAGES), f"a language: {', '.join(LANGUAGES)}")
    systems = MapOf(ID, language)
    extra = (
        Field("systems", systems, "ids of the romanization systems, by language"),
        Field("given", systems, "those for given names, where they are others"),
        Field("examples", EXAMPLES, "what the systems do, run as tests"),
    )
    return file_record("style", rule, extra=extra, finish=_finish, rules_required=False)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> Override | None:
    if not any(part in values for part in PARTS):
        problems.add(node, "an override needs 'name', 'given' or 'surname'")
        return None
    name, given, surname = (
        values[part].value if part in values else "" for part in PARTS
    )
    return Override(
        **base_of(values, node),
        target=values["of"].value,
        name=name,
        given=given,
        surname=surname,
    )


def _finish(
    file: RuleFile, values: dict[str, Any], node: Mapping, problems: Problems
) -> RuleFile:
    first = _named(values, SYSTEMS)
    missing = [lang for lang in LANGUAGES if lang not in dict(first)]
    if missing and "extends" not in values:
        problems.add(
            node,
            f"a style without 'extends' needs 'systems' for {' and '.join(missing)}",
            hint="systems: {uk: uk-kmu-2010, ru: ru-press}",
        )
    systems = Systems(
        id=SYSTEMS,
        at=at_line(node),
        examples=tuple(values.get("examples", ())),
        when=(),
        try_with=(),
        conditions=Conditions(),
        named=(first, _named(values, "given"), ()),
    )
    option = Option(
        OPTION,
        (file.id.rpartition(".")[2],),
        USUAL,
        "how a house writes names",
        at_line(node),
        shared=True,
    )
    known = {f.name: getattr(file, f.name) for f in fields(RuleFile)}
    known |= {"rules": (systems, *file.rules), "options": (*file.options, option)}
    return StyleFile(**known)


def _named(values: dict[str, Any], field: str) -> Named:
    return tuple((lang.value, name) for lang, name in values.get(field, {}).items())


def link(
    file: RuleFile, find: Finder, classes: Classes, problems: Problems
) -> RuleFile:
    """The style with its systems, its rules bound to the option."""
    chosen = ((OPTION, file.id.rpartition(".")[2]),)
    rules: list[Rule] = []
    for rule in file.rules:
        bound = replace(rule, when=(*rule.when, *chosen), try_with=chosen)
        if isinstance(bound, Systems):
            found: dict[str, Table | None] = {}
            tables = []
            for named in bound.named:
                for lang, name in named:
                    if name.value not in found:
                        found[name.value] = system_of(
                            find(name), name, lang, classes, problems
                        )
                made = ((lang, found[name.value]) for lang, name in named)
                tables.append(tuple((lang, t) for lang, t in made if t is not None))
            first, given, base = tables
            bound = replace(
                bound, named=((), (), ()), tables=(first, given, base or first)
            )
        rules.append(bound)
    return replace(file, rules=tuple(rules))


def add(rule: Systems | Override, builder: Builder, rank: int) -> None:
    """Hand the rule to the names of the stage."""
    del rank
    builder.styles.append(rule)


KIND = Kind(
    "style",
    "how a house writes names",
    record,
    add,
    link=link,
    refers_to=("romanization",),
    in_profiles=True,
)
