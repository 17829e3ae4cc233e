"""Kind `lexicon`: words of a language, for reading what has several readings."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from normalize.engine.patterns import Classes
from normalize.kinds.base import Kind, Rule, RuleFile
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import ID, Text


@dataclass(frozen=True, slots=True)
class LexiconRule(Rule):
    """Words of one sort, the likelier ones first."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LexiconFile(RuleFile):
    """A lexicon; its examples are spelled in `system`."""

    system: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words, the likelier ones first."""
        return tuple(
            dict.fromkeys(
                word
                for rule in self.rules
                if isinstance(rule, LexiconRule)
                for word in rule.words
            )
        )


def record(classes: Classes) -> Record:
    """The fields of a lexicon."""
    del classes
    rule = Record(
        (
            *RULE_FIELDS,
            Field(
                "words",
                ListOf(Text(r"[^\W\d_]+(?:[^\w\s][^\W\d_]+)*", "a word")),
                "the words, spelled as in a sentence",
                True,
            ),
        ),
        _build,
        "rule",
    )
    system = Field("system", ID, "the romanization that the examples are in", True)
    return file_record("lexicon", rule, extra=(system,), finish=_finish)


def _build(values: dict[str, Any], node: Mapping, _problems: Problems) -> LexiconRule:
    words = tuple(scalar.value for scalar in values["words"])
    return LexiconRule(**base_of(values, node), words=words)


def _finish(
    file: RuleFile, values: dict[str, Any], _node: Mapping, _problems: Problems
) -> RuleFile:
    taken = {f.name: getattr(file, f.name) for f in fields(RuleFile)}
    return LexiconFile(**taken, system=values["system"].value)


KIND = Kind(
    "lexicon", "words, for reading what has several readings", record, by_name=True
)
