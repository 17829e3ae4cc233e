"""From a profile's name to its plan: files, options, stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalize.errors import (
    RuleConflictError,
    RuleReferenceError,
    suggestion,
)
from normalize.kinds.base import RuleFile, error_at
from normalize.kinds.profile import ProfileFile
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.options import active, check_options, declared_by, values_of
from normalize.plan import Plan, StagePlan
from normalize.references import check_references
from normalize.source.nodes import Scalar

REWRITING = tuple(k for k, kind in KINDS.items() if kind.add and k != "protect")
# Kinds that have a stage of their own, which no other kind may share.
STAGED = tuple(kind.name for kind in KINDS.values() if kind.stage is not None)
# Where a rule file of the user's own goes that no profile names.
OWN_STAGE = "words"


def resolve(library: Library, id_: str, options: Mapping[str, str]) -> Plan:
    """The plan of a profile with the user's own files and options put in.

    Raises:
        UnknownNameError: no such profile.
        RuleErrors: a rule file has problems; all of them are told.
        OptionError: no file of the profile has such an option, or such a value.
    """
    chain = chain_of(library, id_)
    stages: dict[str, list[RuleFile]] = {}
    protect: list[RuleFile] = []
    for profile in chain:
        _take_in(library, profile, stages, protect)
        _remove(library, profile, stages, protect)
    _add_own(library, stages, protect)
    for found in (*stages.values(), protect):
        # A file that extends another stands in for it.
        replaced = {parent for file in found for parent in file.parents}
        found[:] = [file for file in found if file.id not in replaced]
        _check_alone(library, found)
    for name, found in stages.items():
        stages[name] = [*found, *companions(library, found)]
    files = [*protect, *(file for found in stages.values() for file in found)]
    values = values_of(library, chain, files, options)
    languages: list[RuleFile | None] = []
    if any(profile.detects for profile in chain):
        ids = sorted(library.ids("languages"), key=lambda i: i not in library.own)
        languages = [library.rule_file(i) for i in ids]
    chosen = {
        name: tuple(active(file, values) for file in found)
        for name, found in stages.items()
    }
    for name, found in stages.items():
        for file, acting in zip(found, chosen[name], strict=True):
            # Of the user's own also what nobody chose: it was written to be right.
            check_references(library, file if file.id in library.own else acting)
    library.check()
    return Plan(
        profile=id_,
        stages=tuple(StagePlan(name, found) for name, found in chosen.items()),
        protect=tuple(active(file, values) for file in protect),
        options=tuple(sorted(values.items())),
        classes=tuple(sorted(library.classes.items())),
        lang=next((p.lang for p in reversed(chain) if p.lang), ()),
        languages=tuple(file for file in languages if file is not None),
        own=_untrusted(library, [*protect, *(f for fs in stages.values() for f in fs)]),
    )


def _untrusted(library: Library, files: Sequence[RuleFile]) -> tuple[str, ...]:
    """The ids of the files whose patterns get a time limit: the user's own.

    Where a class is the user's own it may be in any pattern.
    """
    ids = set(library.own)
    if any(library.kind(id_) == "classes" for id_ in ids):
        ids.update(file.id for file in files)
    return tuple(sorted(ids))


def companions(library: Library, files: Sequence[RuleFile]) -> list[RuleFile]:
    """The files that go with those of a stage without being named there."""
    kinds = {name for file in files for name in KINDS[file.kind].companions}
    named = {file.id for file in files}
    ids = [i for i in library.ids(*sorted(kinds)) if i not in named] if kinds else []
    made = [library.rule_file(i) for i in ids]
    return [file for file in made if file is not None]


def chain_of(library: Library, id_: str) -> list[ProfileFile]:
    """The profile and those it extends, the most general first."""
    chain: list[ProfileFile] = []
    profile = library.profile(id_)
    while profile is not None:
        chain.insert(0, profile)
        parent = profile.extends
        if parent is None:
            break
        if parent.value in [p.id for p in chain]:
            message = f"profiles extend each other: {parent.value!r} comes round again"
            library.problems.add(parent, message, kind=RuleReferenceError)
            break
        if parent.value not in library.ids("profile"):
            message = f"no profile has the id {parent.value!r}"
            hint = suggestion(parent.value, library.ids("profile"))
            library.problems.add(parent, message, kind=RuleReferenceError, hint=hint)
            break
        profile = library.profile(parent.value)
    if library.problems.errors:  # what else is wrong is told in the same run
        _check_parts(library, [p for p in chain if p.id in library.own])
    library.check()
    return chain


def _check_parts(library: Library, profiles: list[ProfileFile]) -> None:
    """Tell what is wrong with profiles whatever the missing parts of them are."""
    stages: dict[str, list[RuleFile]] = {}
    protect: list[RuleFile] = []
    for profile in profiles:
        _take_in(library, profile, stages, protect)
        for scalar in profile.remove:
            file_id, _, rule_id = scalar.value.partition("/")
            known = library.ids(*REWRITING, *STAGED, "protect")
            if file_id in library.ids():
                file = library.rule_file(file_id)
                rules = [r.id for r in file.rules] if file is not None else []
                if file is None or not rule_id or rule_id in rules:
                    continue  # only the missing part knows whether it is there
                known = [f"{file_id}/{id_}" for id_ in rules]
            _no_such_part(library, scalar, known)
    files = [*protect, *(file for found in stages.values() for file in found)]
    files += companions(library, files)
    check_options(library, profiles, declared_by(library, files))


def _take_in(
    library: Library,
    profile: ProfileFile,
    stages: dict[str, list[RuleFile]],
    protect: list[RuleFile],
) -> None:
    for name in profile.protect:
        file = library.rule_file(name, "protect")
        if file is not None and file not in protect:
            protect.append(file)
    for stage in profile.stages:
        found = stages.setdefault(stage.id.value, [])
        mine: list[RuleFile] = []
        for name in stage.rules:
            file = library.rule_file(name, *REWRITING, *STAGED)
            if file is not None and file not in found:
                mine.append(file)
        # What a profile adds goes before what it takes over, so that it wins a tie.
        found[:0] = mine


def _check_alone(library: Library, files: list[RuleFile]) -> None:
    """Refuse a stage in which a kind that has a stage of its own is not alone."""
    staged = [file for file in files if file.kind in STAGED]
    others = [file for file in files if file not in staged]
    if staged and others:
        message = f"{others[0].id!r} ({others[0].kind}) can't share a stage with "
        message += f"{staged[0].id!r} ({staged[0].kind})"
        hint = "give the profile another stage for it"
        place = f"{others[0].path}:1"
        error = error_at(place, message, RuleConflictError, hint=hint)
        library.problems.errors.append(error)


def _add_own(
    library: Library, stages: dict[str, list[RuleFile]], protect: list[RuleFile]
) -> None:
    """Put in the user's own files that the profile does not name itself.

    They go before the shipped ones, so that they win a tie.
    """
    named = {file.id for file in protect}
    named |= {file.id for found in stages.values() for file in found}
    own = [i for i in library.own if i not in named and library.kind(i) != "profile"]
    rewriting = [i for i in own if library.kind(i) in REWRITING]
    if rewriting:
        stage = stages.setdefault(OWN_STAGE, [])
        made = [library.rule_file(i) for i in rewriting]
        stage[:0] = [file for file in made if file is not None]
    for id_ in own:
        file = library.rule_file(id_) if library.kind(id_) == "protect" else None
        if file is not None:
            protect.append(file)


def _remove(
    library: Library,
    profile: ProfileFile,
    stages: dict[str, list[RuleFile]],
    protect: list[RuleFile],
) -> None:
    for scalar in profile.remove:
        file_id, _, rule_id = scalar.value.partition("/")
        hit = False
        for found in (*stages.values(), protect):
            for i, file in enumerate(found):
                if file.id != file_id:
                    continue
                kept = tuple(r for r in file.rules if rule_id and r.id != rule_id)
                hit |= len(kept) < len(file.rules)
                found[i] = replace(file, rules=kept)
        loaded = {f.id for found in (*stages.values(), protect) for f in found}
        broken = library.problems.errors and file_id not in loaded
        if broken and file_id in library.ids():
            continue  # the file has problems of its own, which are told
        if not hit:
            known = [f.id for found in (*stages.values(), protect) for f in found]
            known += [
                f"{f.id}/{r.id}"
                for found in (*stages.values(), protect)
                for f in found
                for r in f.rules
                if f.id == file_id
            ]
            _no_such_part(library, scalar, known)


def _no_such_part(library: Library, scalar: Scalar, known: Sequence[str]) -> None:
    library.problems.add(
        scalar,
        f"there is no {scalar.value!r} to leave out",
        kind=RuleReferenceError,
        hint=suggestion(scalar.value, known),
    )
