"""What is valid in a romanization file and still wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import regex

from normalize.engine.patterns import Classes
from normalize.engine.romanizer import Romanization
from normalize.engine.table import APOSTROPHE, EDGE, Table
from normalize.engine.words import members
from normalize.kinds.base import Finding, Rule, RuleFile
from normalize.kinds.romanization.compile import KEEP, table_of
from normalize.kinds.romanization.model import (
    ContextRule,
    LetterTable,
    RomanizationFile,
)
from normalize.kinds.romanization.reversing import lost, shown

FEWEST = 5  # examples a file
# Sequences of so many letters are tried; a longer look takes a second a system, and
# the tests take it.
SIZE = 2
_CYRILLIC = regex.compile(r"\p{Cyrillic}")


def lint(file: RuleFile, classes: Classes) -> Iterator[Finding]:
    """All findings in a file, what it takes over included."""
    if isinstance(file, RomanizationFile):
        yield from _alphabet(file, classes)
        yield from _outputs(file)
        yield from _rules(file, classes)
        yield from _examples(file, classes)
        yield from _reversal(file, classes)


def _alphabet(file: RomanizationFile, classes: Classes) -> Iterator[Finding]:
    letters = members(classes[f"{file.language}-letters"])
    missing = sorted(letters - file.letters.keys())
    if missing:
        message = f"no output for {', '.join(missing)}"
        hint = "add them to 'letters'; '' drops a letter"
        yield Finding("N030", message, _place(file), hint)


def _outputs(file: RomanizationFile) -> Iterator[Finding]:
    texts = [(letter, text, _place(file)) for letter, text in file.letters.items()]
    texts += [(turn.source, turn.output, turn.at) for turn in file.turns]
    if file.apostrophe not in (None, KEEP):
        texts.append(("the apostrophe", file.apostrophe or "", _place(file)))
    for letters, outputs in file.alternatives:
        texts += [(letters, text, _place(file)) for text in outputs]
    for letters, text, at in texts:
        found = _CYRILLIC.search(text)
        if found is not None:
            name = unicodedata.name(found.group(), "a letter")
            message = f"{letters} is written {text!r}, which has {name}"
            yield Finding("N031", message, at, "type the Latin letter")
        wrong = [c for c in text if not _has_a_capital(c)]
        if wrong:
            message = f"{letters} is written {text!r}, and {wrong[0]!r} has no capital"
            hint = "outputs are small letters that have capitals, and marks"
            yield Finding("N034", message, at, hint)


def _has_a_capital(char: str) -> bool:
    """Whether it is a mark, or a small letter that comes back from its capital."""
    if not (char.islower() or char.isupper()):
        return True
    capital = char.upper()
    back = unicodedata.normalize("NFC", capital.lower())
    return capital != char == back


def _rules(file: RomanizationFile, classes: Classes) -> Iterator[Finding]:
    known = file.letters.keys() | members(classes[f"{file.language}-letters"])
    known |= {APOSTROPHE}
    for number, turn in enumerate(file.turns):
        strange = sorted(set(turn.source) - known)
        if strange:
            message = f"rule {turn.id!r} can't fire: {strange[0]!r} is no letter of it"
            yield Finding("N032", message, turn.at, "is it a letter of another script?")
            continue
        if turn.place == "start" and turn.after is not None and EDGE not in turn.after:
            message = f"rule {turn.id!r} can't fire: nothing stands before a word"
            yield Finding("N032", message, turn.at, "take out 'at' or 'after'")
        for earlier in file.turns[:number]:
            if _covers(earlier, turn):
                message = f"rule {turn.id!r} can't fire: {earlier.id!r} always wins"
                hint = f"put it before {earlier.id!r} ({earlier.at})"
                yield Finding("N032", message, turn.at, hint)
                break


def _covers(first: ContextRule, later: ContextRule) -> bool:
    """Whether the first of two rules fits wherever the later one does."""
    if first.when and first.when != later.when:
        return False
    if not later.source.startswith(first.source):
        return False
    left = _within(first.after, later.after) and first.not_after <= later.not_after
    if first.place == "start" != later.place or first.at_least > later.at_least:
        return False
    if len(later.source) > len(first.source):
        behind = later.source[len(first.source)]
        right = first.place != "end" and behind not in first.not_before
        return left and right and (first.before is None or behind in first.before)
    right = _within(first.before, later.before) and first.not_before <= later.not_before
    return left and right and not (first.place == "end" != later.place)


def _within(wide: frozenset[str] | None, narrow: frozenset[str] | None) -> bool:
    return wide is None or (narrow is not None and narrow <= wide)


def _examples(file: RomanizationFile, classes: Classes) -> Iterator[Finding]:
    """Examples that fail, rules without one that shows them, too few of them."""
    shown_ids: set[str] = set()
    every = [(rule, example) for rule in file.rules for example in rule.examples]
    for rule, example in every:
        table, ids = _table_for(file, classes, rule)
        system = Romanization(table)
        got = []
        last = 0
        for start, end, parts in system.found(example.source, 0, len(example.source)):
            got += [example.source[last:start], *(part[2] for part in parts)]
            shown_ids |= {ids[part[3]] for part in parts if part[3]}
            last = end
        text = "".join([*got, example.source[last:]])
        if text != example.expected and example.mark != "todo":
            message = f"{example.source!r} gives {text!r}, not {example.expected!r}"
            hint = "apply the table by hand to see which is wrong"
            yield Finding("N037", message, example.at, hint)
    for rule in file.rules:
        if rule.id not in shown_ids:
            message = f"no example shows rule {rule.id!r} of {file.id!r}"
            yield Finding("N036", message, rule.at, "add a word to 'examples'")
    if len(every) < FEWEST:
        message = f"{len(every)} examples; a system needs {FEWEST}"
        yield Finding("N036", message, _place(file), "add words to 'examples'")


def _table_for(
    file: RomanizationFile, classes: Classes, rule: Rule
) -> tuple[Table, dict[int, str]]:
    """The table with the options at which a rule is active, and its rules by rank."""
    values = {option.name: option.default for option in file.options}
    values.update(rule.when)
    rules = tuple(
        r for r in file.rules if all(values.get(name) == v for name, v in r.when)
    )
    made = replace(file, rules=rules)
    return table_of(made, classes, values), {i + 1: r.id for i, r in enumerate(rules)}


def _reversal(file: RomanizationFile, classes: Classes) -> Iterator[Finding]:
    at = f"{file.path}:1"
    table, _ = _table_for(file, classes, file.rules[0])
    forward = Romanization(table)
    for pair in file.collisions:
        first, second = (shown(text, file.language, classes) for text in pair)
        if not any(
            forward.word(f"{a}{first}{a}") == forward.word(f"{a}{second}{a}")
            for a in ("", "а")
        ):
            message = f"{first!r} and {second!r} are not written alike"
            yield Finding("N035", message, at, "take the pair out of 'collisions'")
    if file.reversible == "no":
        if not file.collisions and file.language != "mul":
            message = "not reversible, and no pair shows why"
            yield Finding("N035", message, at, "add two words to 'collisions'")
        return
    turns = {turn.id for turn in file.turns if turn.when}
    plain = replace(file, rules=tuple(r for r in file.rules if r.id not in turns))
    for word, latin, again in islice(lost(plain, classes, SIZE), 3):
        message = f"{word!r} is written {latin!r}, which comes back as {again!r}"
        hint = "say 'reversible: no' or list the pair in 'collisions'"
        yield Finding("N033", message, at, hint)


def _place(file: RomanizationFile) -> str:
    tables = [rule.at for rule in file.rules if isinstance(rule, LetterTable)]
    return tables[0] if tables else f"{file.path}:1"
