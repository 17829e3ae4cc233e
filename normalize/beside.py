"""Own files of names beside the files of a profile that was resolved before."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from normalize import cache
from normalize.joined import Beside, joinable, plan_with
from normalize.kinds.base import RuleFile
from normalize.kinds.names.joining import Base, join
from normalize.kinds.names.kind import KIND as NAMES
from normalize.kinds.names.model import NameRule
from normalize.kinds.names.taking import Taking
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.options import active
from normalize.plan import Compiled, Opening, Plan
from normalize.profile import OWN_STAGE, STAGED
from normalize.references import check_references
from normalize.spans import RuleRef


def resolve_beside(library: Library, base: Plan) -> Plan | None:
    """The plan of a profile with own files of names beside those that it has.

    `base` is the plan without them. None when they could change more of it.

    Raises:
        RuleErrors: an own file has problems; all of them are told.
    """
    stage = next((stage for stage in base.stages if stage.name == OWN_STAGE), None)
    if stage is None:
        library.check()
        return None
    kinds = {file.kind for file in stage.files}
    files = _own(library, kinds, dict(base.options))
    if files is None:
        return None
    return plan_with(base, OWN_STAGE, files, tuple(sorted(library.own)))


def may_join(library: Library) -> bool:
    """Whether the own files are such that they can join what is compiled."""
    kinds = {library.kind(id_) for id_ in library.own}
    sound = not library.problems.errors and not library.replaces
    return sound and kinds == {NAMES.name} and cache.folder() is not None


def compile_beside(library: Library, packed: bytes) -> tuple[Beside, Compiled] | None:
    """Own files of names put into what a profile was compiled to before.

    `packed` is its plan without them. None when they could change more of it, or
    when it is not kept.

    Raises:
        RuleErrors: an own file has problems; all of them are told.
    """
    opening: Opening | None = cache.read(cache.opening_key(packed))
    if opening is None:
        return None
    files = _own(library, {NAMES.name}, dict(opening.options))
    base: Compiled | None = cache.read(cache.rules_key(packed)) if files else None
    found = joinable(base, OWN_STAGE) if base is not None else None
    if files is None or base is None or found is None:
        return None
    taking = _taking(files, opening)
    table = found[1]
    there = Base(table.words, table.index, table.readings, opening.ledger)
    more = join(there, taking, cache.kept)
    if more is None:
        return None
    own = tuple(sorted(library.own))
    beside = Beside(OWN_STAGE, files, own, taking.rules, more)
    compiled = beside.compiled(base)
    return None if compiled is None else (beside, compiled)


def _own(
    library: Library, kinds: Collection[str], values: Mapping[str, str]
) -> tuple[RuleFile, ...] | None:
    """The own files, if they are of these kinds and change nothing else."""
    library.check()
    if library.replaces or not library.own:
        return None
    made = [library.rule_file(id_) for id_ in library.own]
    own = [file for file in made if file is not None]
    library.check()
    if any(f.kind not in kinds or f.options or f.parents or f.borrows() for f in own):
        return None
    if any(KINDS[file.kind].link or file.kind in STAGED for file in own):
        return None
    for file in own:
        check_references(library, file)
    library.check()
    return tuple(active(file, values) for file in own)


def _taking(files: tuple[RuleFile, ...], opening: Opening) -> Taking:
    """The rules of the files, with the ranks that they have before all others."""
    rank = opening.first - sum(len(file.rules) for file in files)
    found: list[tuple[NameRule, int, frozenset[str]]] = []
    rules: dict[int, RuleRef] = {}
    for file in files:
        scope = frozenset(file.lang if opening.scoped else ())
        for rule in file.rules:
            assert isinstance(rule, NameRule)
            place = f"{file.id}/{rule.id}"
            rules[rank] = RuleRef(place, file.kind, rule.at, OWN_STAGE)
            found.append((rule, rank, scope))
            rank += 1
    return Taking(found, rules, rules)
