"""Lints: what is valid and still wrong, found by running the rules on themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from normalize.kinds.base import Finding, Rule, RuleFile
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import Plan, StagePlan
from normalize.profile import resolve

# Code, what it means. Codes never change; a code taken back is not used again.
CODES = {
    "N003": "a spelling is claimed by two files of one stage",
    "N004": "a spelling never gets the output of its rule: another rule eats it",
    "N008": "the output of a rule is changed again",
    "N012": "a spelling is not in Unicode form NFC, so typed text does not match it",
    "N013": "marks that a rule writes are read back as something else",
    "N014": "a frequent word stands under every language of its script",
    "N015": "an own rule file is used by no profile",
    "N016": "a surname changes alone that the person of that surname does not list",
    "N030": "a letter of the alphabet has no output in a romanization",
    "N031": "an output of a romanization has a Cyrillic letter in it",
    "N032": "a rule of a romanization can't fire",
    "N033": "a romanization says that it is reversible and is not",
    "N034": "an output of a romanization has no capital form",
    "N035": "words that a romanization says are written alike are not",
    "N036": "a rule of a romanization is shown by no example",
    "N037": "an example of a romanization fails",
    "N040": "a word that is said to be mixed has letters of one script only",
    "N041": "a character that must not come of any marks never would",
    "N042": "an apostrophe that is written is not one that is looked for",
    "N043": "a trace of misread text could not be mended",
}


def lint(library: Library) -> list[Finding]:
    """All findings in the files of a library, ordered by place.

    Raises:
        RuleErrors: a file can't be read.
    """
    found: dict[Finding, None] = {}
    used: set[str] = set()
    for id_ in sorted(library.ids("profile")):
        plan = resolve(library, id_, {})
        used |= {file.id for stage in plan.stages for file in stage.files}
        used |= {file.id for file in (*plan.protect, *plan.languages)}
        for stage in plan.stages:
            found.update(dict.fromkeys(_stage_findings(plan, stage)))
    files = [library.rule_file(id_) for id_ in sorted(used)]
    used |= {name for file in files if file is not None for name in file.uses}
    for id_ in library.ids():
        if library.kind(id_) not in ("profile", "classes"):
            file = library.rule_file(id_)
            library.check()
            if file is not None:
                found.update(dict.fromkeys(_file_findings(library, file, id_ in used)))
    return sorted(found, key=lambda f: (f.at.rpartition(":")[0], _line(f.at), f.code))


def lint_own(library: Library) -> list[Finding]:
    """What is wrong with each of the user's own files, taken by itself.

    Raises:
        RuleErrors: a file can't be read.
    """
    found: dict[Finding, None] = {}
    for id_ in library.own:
        file = library.rule_file(id_)
        library.check()
        if file is not None:
            found.update(dict.fromkeys(_file_findings(library, file, used=True)))
    return list(found)


def _line(at: str) -> int:
    return int(at.rpartition(":")[2])


def _file_findings(library: Library, file: RuleFile, used: bool) -> Iterator[Finding]:
    if not used and not KINDS[file.kind].by_name:
        message = f"no profile uses {file.id!r}"
        hint = "name it in a stage of a profile"
        yield Finding("N015", message, f"{file.path}:1", hint)
    for rule in file.rules:
        for spelling in rule.claims():
            if spelling != unicodedata.normalize("NFC", spelling):
                message = f"the spelling {spelling!r} is not in Unicode form NFC"
                yield Finding("N012", message, rule.at, "type it again")
    own = KINDS[file.kind].lint
    if own is not None:
        yield from own(file, library.classes)


def _stage_findings(plan: Plan, stage: StagePlan) -> Iterator[Finding]:
    """Run a stage, nothing protected, on what its own rules claim."""
    normalizer = Normalizer(replace(plan, stages=(stage,), protect=()))
    yield from _part_findings(stage)
    owners: dict[str, tuple[RuleFile, Rule]] = {}
    for file in stage.files:
        probes = KINDS[file.kind].probes
        for rule in file.rules:
            for spelling in () if any(rule.conditions) else rule.claims():
                first_file, first = owners.setdefault(spelling, (file, rule))
                if first_file is not file:
                    message = (
                        f"the spelling {spelling!r} is claimed by "
                        f"{first_file.id}/{first.id} too ({first.at})"
                    )
                    hint = "take it out of one of them; the earlier file wins"
                    yield Finding("N003", message, rule.at, hint)
            for source, expected in probes(rule) if probes else ():
                yield from _probe(normalizer, file, rule, source, expected)


def _part_findings(stage: StagePlan) -> Iterator[Finding]:
    """Spellings that change alone into a name whose person lists fewer.

    The second run would find the person, so the first must find him too.
    """
    rules = [(f"{f.id}/{r.id}", r) for f in stage.files for r in f.rules]
    alone: dict[str, set[str]] = {}
    for _, rule in rules:
        for spelling, output in rule.alone():
            alone.setdefault(output, set()).add(spelling)
    for owner, rule in rules:
        for canonical, listed in rule.parts():
            missing = sorted(alone.get(canonical, set()) - set(listed))
            if missing:
                message = (
                    f"{', '.join(map(repr, missing))} alone become {canonical!r}, but "
                    f"{owner} does not list them for it"
                )
                hint = "add them to 'also' of that part of the name"
                yield Finding("N016", message, rule.at, hint)


def _probe(
    normalizer: Normalizer, file: RuleFile, rule: Rule, source: str, expected: str
) -> Iterator[Finding]:
    result = normalizer.trace(source)
    own = f"{file.id}/{rule.id}"
    if result.text != expected and not any(rule.conditions):
        eaters = {r.id for e in result.edits for r in e.rules} - {own}
        by = f" by {', '.join(sorted(eaters))}" if eaters else ""
        message = (
            f"{source!r} should become {expected!r} but becomes {result.text!r}{by}"
        )
        yield Finding("N004", message, rule.at, "take the spelling out of one of them")
    again = normalizer.trace(expected)
    if again.text != expected:
        by = ", ".join(dict.fromkeys(r.id for e in again.edits for r in e.rules))
        message = (
            f"the output {expected!r} is changed once more, to {again.text!r} by {by}"
        )
        yield Finding("N008", message, rule.at, "no output may be a spelling of a rule")
