"""Own files of names beside the files of a profile that was resolved before."""

from __future__ import annotations

from dataclasses import replace

from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.plan import Plan
from normalize.profile import OWN_STAGE, STAGED, active
from normalize.references import check_references


def resolve_beside(library: Library, base: Plan) -> Plan | None:
    """The plan of a profile with own files of names beside those that it has.

    `base` is the plan without them. None when they could change more of it.

    Raises:
        RuleErrors: an own file has problems; all of them are told.
    """
    library.check()
    stage = next((stage for stage in base.stages if stage.name == OWN_STAGE), None)
    if stage is None or library.replaces or not library.own:
        return None
    kinds = {file.kind for file in stage.files}
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
    values = dict(base.options)
    files = (*(active(file, values) for file in own), *stage.files)
    stages = (replace(s, files=files) if s is stage else s for s in base.stages)
    return replace(base, stages=tuple(stages), own=tuple(sorted(library.own)))
