"""From romanization files to the tables that run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from normalize.engine.patterns import Classes
from normalize.engine.romanizer import Romanization
from normalize.engine.romanstage import RomanizationStage
from normalize.engine.table import Table, Turn, output
from normalize.engine.words import members
from normalize.errors import RuleConflictError, RuleErrors
from normalize.kinds.base import StageParts, error_at
from normalize.kinds.romanization.model import LETTERS, ContextRule, RomanizationFile
from normalize.spans import RuleRef

KEEP = "keep"


def table_of(
    file: RomanizationFile,
    classes: Classes,
    options: Mapping[str, str],
    rank: int = 1,
) -> Table:
    """The table of a file; its rules have the ranks from `rank` on.

    The rules must be the active ones. Letters of the sisters are in it when
    `foreign` is 'sister'.
    """
    upper = file.case == "upper"
    ranks = {rule.id: rank + i for i, rule in enumerate(file.rules)}
    first = ranks.get(LETTERS, rank)
    letters = {k: output(v, first, upper=upper) for k, v in file.letters.items()}
    turns: dict[str, list[Turn]] = {}
    _add_turns(turns, file.turns, ranks, upper)
    foreign = options.get("foreign", "sister")
    if foreign == "sister":
        own = frozenset(letters) | frozenset(turns)
        for table in file.borrowed:
            for letter, text in table:
                letters.setdefault(letter, output(text, first, upper=upper))
        borrowed = [r for r in file.borrowed_rules if r.source[0] not in own]
        _add_turns(
            turns, borrowed, dict.fromkeys((r.id for r in borrowed), first), upper
        )
    keeps = file.apostrophe in (None, KEEP)
    return Table(
        id=file.id,
        letters=letters,
        turns={letter: tuple(found) for letter, found in turns.items()},
        apostrophe=None if keeps else output(file.apostrophe or "", first, upper=upper),
        apostrophes=members(classes["letter-apostrophe"]),
        signs=_union(classes, "-signs"),
        vowels=_union(classes, "-vowels"),
        hard=_union(classes, "-consonants"),
        stresses=members(classes["stress"]),
        stress=options.get("stress", "drop"),
        foreign=foreign,
        single=options.get("single", "auto"),
    )


def _union(classes: Classes, ending: str) -> frozenset[str]:
    """The letters of all languages that are of one sort."""
    sets = [members(tree) for name, tree in classes.items() if name.endswith(ending)]
    return frozenset[str]().union(*sets)


def _add_turns(
    turns: dict[str, list[Turn]],
    rules: Iterable[ContextRule],
    ranks: Mapping[str, int],
    upper: bool,
) -> None:
    for rule in rules:
        turn = Turn(
            rule.source,
            output(rule.output, ranks[rule.id], upper=upper),
            start=rule.place == "start",
            end=rule.place == "end",
            after=rule.after,
            before=rule.before,
            not_after=rule.not_after,
            not_before=rule.not_before,
            at_least=rule.at_least,
        )
        turns.setdefault(rule.source[0], []).append(turn)


def stage(parts: StageParts) -> RomanizationStage:
    """The stage of one file, or of one a language.

    Raises:
        RuleErrors: two files are for the same language.
    """
    files = [file for file in parts.files if isinstance(file, RomanizationFile)]
    rules: dict[int, RuleRef] = {}
    systems: dict[str, Romanization] = {}
    seen: dict[str, RomanizationFile] = {}
    for file in files:
        first = seen.setdefault(file.language, file)
        if first is not file:
            message = f"{file.id!r} and {first.id!r} are both for {file.language!r}"
            hint = "leave one out: remove: [its id]"
            place = f"{file.path}:1"
            error = error_at(place, message, RuleConflictError, hint=hint)
            raise RuleErrors([error])
        rank = len(rules) + 1
        for rule in file.rules:
            name = f"{file.id}/{rule.id}"
            rules[len(rules) + 1] = RuleRef(name, file.kind, rule.at, parts.name)
        table = table_of(file, parts.classes, parts.options, rank)
        systems[file.language] = Romanization(table)
    return RomanizationStage(parts.name, systems, parts.protector, rules, parts.tell)
