"""Lints: what is valid and still wrong, found by running the rules on themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from normalize.cache import collector_at_rest
from normalize.checking.collisions import NAMES, collisions
from normalize.checking.coverage import coverage
from normalize.checking.ruling import (
    rule_findings,
    unused_classes,
    unused_lexicons,
    word_findings,
)
from normalize.checking.sharing import Stages, ready
from normalize.checking.spreading import spread
from normalize.compiling import compile_plan
from normalize.errors import RuleErrors
from normalize.kinds.base import Finding, Rule, RuleFile
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import Plan, StagePlan
from normalize.profile import resolve
from normalize.references import check_references

# Kinds of rules on which what names come to does not hang.
BESIDE_NAMES = frozenset({"rewrite", "quantities"})


@collector_at_rest()
def lint(library: Library, *, workers: int = 0) -> list[Finding]:
    """All findings in the files of a library, ordered by place.

    With `workers` so many processes share the work. Shipped files have none; with files
    of the user's own they are looked at for what both do together.

    Raises:
        RuleErrors: a file can't be read.
    """
    found: dict[Finding, None] = {}
    used: set[str] = set()
    about = Stages(library).about
    stages: dict[bytes, tuple[Plan, StagePlan]] = {}
    for id_ in sorted(library.ids("profile")):
        plan = resolve(library, id_, {})
        used |= {file.id for stage in plan.stages for file in stage.files}
        used |= {file.id for file in (*plan.protect, *plan.languages)}
        for stage in plan.stages:
            part = replace(plan, stages=(stage,), protect=(), profile="")
            stages.setdefault(about(part), (part, stage))

    def run(task: tuple[Plan, StagePlan]) -> list[Finding]:
        return list(_stage_findings(library, *task))

    tasks = sorted(stages.values(), key=lambda task: -len(task[1].files))
    if library.own:
        tasks = _with_own(library, tasks)
    for findings in spread(run, tasks, workers, key=lambda task: id(task[0])):
        found.update(dict.fromkeys(findings))
    files = [library.rule_file(id_) for id_ in sorted(used)]
    used |= {name for file in files if file is not None for name in file.uses}
    used |= {name for file in files if file is not None for name in file.parents}
    kinds = {library.kind(id_) for id_ in library.own}
    alone = library.own if kinds and "classes" not in kinds else library.ids()
    for id_ in library.ids():
        if library.kind(id_) not in ("profile", "classes"):
            file = library.rule_file(id_)
            if file is not None:
                check_references(library, file)
            library.check()
            if file is not None and id_ in alone:
                found.update(dict.fromkeys(_file_findings(library, file, id_ in used)))
    found.update(dict.fromkeys(unused_classes(library)))
    found.update(dict.fromkeys(unused_lexicons(library)))
    found.update(dict.fromkeys(_not_shown(library)))
    return sorted(found, key=lambda f: (f.at.rpartition(":")[0], _line(f.at), f.code))


def _with_own(
    library: Library, tasks: list[tuple[Plan, StagePlan]]
) -> list[tuple[Plan, StagePlan]]:
    """The stages that the user's own files are in, the fullest of those they share.

    A file that no profile names is in the stages of all of them.
    """
    found: dict[tuple[str, ...], tuple[Plan, StagePlan]] = {}
    for plan, stage in tasks:
        own = tuple(file.id for file in stage.files if file.id in library.own)
        if own:
            found.setdefault(own, (plan, stage))
    return list(found.values())


def lint_own(library: Library) -> list[Finding]:
    """What is wrong with each of the user's own files, taken by itself.

    Raises:
        RuleErrors: a file can't be read.
    """
    found: dict[Finding, None] = {}
    for id_ in library.own:
        file = library.rule_file(id_)
        if file is not None:
            check_references(library, file)
        library.check()
        if file is not None:
            found.update(dict.fromkeys(_file_findings(library, file, used=True)))
    found.update(dict.fromkeys(unused_lexicons(library)))
    found.update(dict.fromkeys(_own_collisions(library)))
    found.update(dict.fromkeys(_not_shown(library)))
    return list(found)


def readable(library: Library, refused: RuleErrors) -> Library | None:
    """The library without those of the user's own files that are refused.

    None when nothing is left to look at.
    """
    bad = {error.at.path for error in refused.errors}
    paths = [library.path_of(id_) for id_ in library.own]
    good = [path for path in paths if path not in bad]
    if not good:
        return None
    made = Library(good)
    for id_ in made.own:
        if made.kind(id_) not in ("profile", "classes"):
            made.rule_file(id_)
    return None if made.problems.errors else made


def _not_shown(library: Library) -> Iterator[Finding]:
    """Rules of the user's own of which examples don't show everything: notes only."""
    hint = "add an example with it: examples: in -> out; for 'unless', keep: text"
    ids = [i for i in library.own if library.kind(i) not in ("profile", "classes")]
    bare: set[str] = set()
    for id_ in ids:
        file = library.rule_file(id_)
        for rule in file.rules if file is not None else ():
            # A plain line of names needs no example, and there may be thousands.
            plain = file is None or file.kind == NAMES or file.path not in rule.at
            if not rule.examples and not plain:
                bare.add(rule.at)
                message = f"no example shows the rule {rule.id!r}"
                yield Finding("N013", message, rule.at, hint, note=True)
    for found in coverage(library, ids):
        if found.missing and found.at not in bare:
            message = f"no example shows {', '.join(found.missing)}"
            yield Finding("N013", message, found.at, hint, note=True)


def _own_collisions(library: Library) -> Iterator[Finding]:
    """What the user's own names run into beside the shipped ones."""
    own = {i for i in library.own if library.kind(i) == NAMES}
    paths = {library.about(id_)[1] for id_ in own}
    for id_ in sorted(library.ids("profile"), key=_extends(library)) if own else ():
        plan = resolve(library, id_, {})
        for stage in plan.stages:
            files = {file.id for file in stage.files if file.kind == NAMES}
            if own <= files and files - own:
                for finding in _stage_findings(library, plan, stage):
                    if finding.at.rpartition(":")[0] in paths:
                        yield finding
                return


def _extends(library: Library) -> Callable[[str], tuple[bool, str]]:
    """The order in which profiles are tried: those that stand by themselves first."""

    def order(id_: str) -> tuple[bool, str]:
        profile = library.profile(id_)
        return profile is None or profile.extends is not None, id_

    return order


def _line(at: str) -> int:
    return int(at.rpartition(":")[2])


def _file_findings(library: Library, file: RuleFile, used: bool) -> Iterator[Finding]:
    if not used and not KINDS[file.kind].by_name:
        message = f"no profile uses {file.id!r}"
        hint = "name it in a stage of a profile"
        yield Finding("N015", message, f"{file.path}:1", hint)
    yield from word_findings(library, file.id)
    for rule in file.rules:
        for spelling in rule.claims():
            if spelling != unicodedata.normalize("NFC", spelling):
                message = f"the spelling {spelling!r} is not in Unicode form NFC"
                yield Finding("N012", message, rule.at, "type it again")
        yield from rule_findings(rule)
    own = KINDS[file.kind].lint
    if own is not None:
        yield from own(file, library.classes)


def _stage_findings(
    library: Library, plan: Plan, stage: StagePlan
) -> Iterator[Finding]:
    """Run a stage, nothing protected, on what its own rules claim."""
    own = {library.kind(id_) for id_ in library.own}
    beside = bool(own) and own <= BESIDE_NAMES
    if not beside and any(file.kind == NAMES for file in stage.files):
        bare = replace(plan, stages=(stage,), protect=())
        doubts: list[tuple[str, str, str]] = []
        with library.drawing():
            normalizer = Normalizer(bare, compile_plan(bare, doubts))
        for at, message, hint in doubts:
            yield Finding("N051", message, at, hint)
        yield from collisions(library, stage, normalizer)
    else:
        normalizer = ready(library, plan)
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
    # Where nothing is spelled out the form is made, and so are its spellings.
    alone.pop("", None)
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
    own = f"{file.id}/{rule.id}"
    if normalizer(source) != expected and not any(rule.conditions):
        result = normalizer.trace(source)
        eaters = {r.id for e in result.edits for r in e.rules} - {own}
        by = f" by {', '.join(sorted(eaters))}" if eaters else ""
        message = (
            f"{source!r} should become {expected!r} but becomes {result.text!r}{by}"
        )
        yield Finding("N004", message, rule.at, "take the spelling out of one of them")
    if normalizer(expected) != expected:
        again = normalizer.trace(expected)
        by = ", ".join(dict.fromkeys(r.id for e in again.edits for r in e.rules))
        message = (
            f"the output {expected!r} is changed once more, to {again.text!r} by {by}"
        )
        yield Finding("N008", message, rule.at, "no output may be a spelling of a rule")
