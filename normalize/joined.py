"""Names of the user's own that joined a plan which was compiled before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from normalize.engine.names import NameTable
from normalize.engine.prescan import Prescan
from normalize.engine.readings import Addition
from normalize.engine.stage import ScanStage
from normalize.spans import RuleRef

if TYPE_CHECKING:
    from normalize.kinds.base import RuleFile
    from normalize.plan import Compiled, Plan


@dataclass(frozen=True, slots=True)
class Beside:
    """Own files, by the name of the stage that they join, and what they bring to it."""

    stage: str
    files: tuple[RuleFile, ...]
    own: tuple[str, ...]  # their ids
    rules: Mapping[int, RuleRef]
    more: Addition

    def plan(self, base: Plan) -> Plan:
        """The plan that they join, with them."""
        return plan_with(base, self.stage, self.files, self.own)

    def compiled(self, base: Compiled) -> Compiled | None:
        """What that plan compiles to, with them; None where it does not fit."""
        found = joinable(base, self.stage)
        if found is None:
            return None
        old, table = found
        rules = {**self.rules, **old.rules}
        new = old.with_matcher(table, table.with_more(self.more), rules)
        stages = tuple(new if stage is old else stage for stage in base.stages)
        return replace(base, stages=stages, prescan=Prescan.of(stages))


def plan_with(
    base: Plan, stage: str, files: tuple[RuleFile, ...], own: tuple[str, ...]
) -> Plan:
    """A plan with own files in a stage, before those that it has."""
    stages = (
        replace(part, files=(*files, *part.files)) if part.name == stage else part
        for part in base.stages
    )
    return replace(base, stages=tuple(stages), own=own)


def joinable(base: Compiled, name: str) -> tuple[ScanStage, NameTable] | None:
    """The stage of a name, and its names, where others can join them."""
    for stage in base.stages:
        if stage.name == name and isinstance(stage, ScanStage):
            tables = [m for m in stage.matchers if isinstance(m, NameTable)]
            # What is a word by itself depends on how names begin.
            if len(tables) == 1 and not stage.scanner.whole:
                return stage, tables[0]
    return None
