"""How examples are dealt to processes: what goes together, what is begun first."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from normalize.checking.profiles import Profiles
from normalize.kinds.registry import KINDS

# The examples of a file alone or of a profile (True), or of files in a profile.
Task = tuple[bool, str]
# All that compiles the same names: one process does it.
TOGETHER = ""
# How many rules of names one of these takes as long to compile as, more or less.
EFFORT = {"quantities": 100}


def dealt_in(
    profiles: Profiles,
) -> tuple[Callable[[Task], Hashable], Callable[[Task], int]]:
    """What tells which tasks share what they compile, and how long one takes."""
    library = profiles.library

    def place(task: Task) -> str:
        id_ = task[1]
        kind = KINDS[library.kind(id_)]
        if kind.in_profiles:
            file = library.rule_file(id_)
            rules = file.rules if file is not None else ()
            return id_ if any(rule.try_with for rule in rules) else TOGETHER
        if kind.name != "profile":
            return id_
        kinds = {library.kind(file) for file in profiles.files_of(id_)}
        return TOGETHER if any(KINDS[kind].finish for kind in kinds) else id_

    def weight(task: Task) -> int:
        id_ = task[1]
        kind = KINDS[library.kind(id_)]
        ids = {id_}
        if kind.name == "profile":
            ids = profiles.files_of(id_)
        elif kind.in_profiles:
            ids = {
                file for p in profiles.using(id_)[:1] for file in profiles.files_of(p)
            }
        total = 0
        for file_id in ids:
            kind = KINDS[library.kind(file_id)]
            file = library.rule_file(file_id) if kind.add else None
            total += len(file.rules) * EFFORT.get(kind.name, 1) if file else 0
        return total

    return place, weight
