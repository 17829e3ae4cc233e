"""Every form in which a system's documents may show a word."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

from normalize.engine.patterns import Classes
from normalize.engine.romanizer import Romanization
from normalize.kinds.base import Rule
from normalize.kinds.romanization.compile import table_of
from normalize.kinds.romanization.model import (
    ContextRule,
    LetterTable,
    RomanizationFile,
)

# At most so many ways to choose among alternatives are tried for a word.
MOST = 64


def romanizer(file: RomanizationFile, classes: Classes) -> Romanization:
    """The word function of a file: `romanizer(file, classes).word(word)`."""
    return Romanization(table_of(file, classes, {}))


def forms(file: RomanizationFile, classes: Classes, word: str) -> tuple[str, ...]:
    """The form by the table, then those by its alternatives, each once.

    An alternative is taken for all places of its letters in the word.
    """
    low = word.lower()
    choices = [
        [(letters, output) for output in (None, *outputs)]
        for letters, outputs in file.alternatives
        if letters in low
    ]
    found: dict[str, None] = {}
    for chosen in islice(product(*choices), MOST):
        made = file
        for letters, output in chosen:
            if output is not None:
                made = _with(made, letters, output)
        found[romanizer(made, classes).word(word)] = None
    return tuple(found)


def _with(file: RomanizationFile, letters: str, output: str) -> RomanizationFile:
    """The file with another output for some letters."""
    rules: list[Rule] = []
    for rule in file.rules:
        if isinstance(rule, LetterTable) and len(letters) == 1:
            table = tuple((k, output if k == letters else v) for k, v in rule.letters)
            rules.append(replace(rule, letters=table))
        else:
            rules.append(rule)
    if len(letters) > 1:
        rules.insert(0, _wide(file, letters, output))
    return replace(file, rules=tuple(rules))


def _wide(file: RomanizationFile, letters: str, output: str) -> ContextRule:
    """A rule for several letters at the end of a word, where such endings stand."""
    table = file.rules[0]
    return ContextRule(
        id=f"alternative-{len(file.rules)}",
        at=table.at,
        examples=(),
        when=(),
        try_with=(),
        conditions=table.conditions,
        source=letters,
        output=output,
        place="end",
        after=None,
        before=None,
        not_after=frozenset(),
        not_before=frozenset(),
        at_least=0,
    )
