"""A profile resolved, and what it compiles to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalize.engine.blocks import Blocks
    from normalize.engine.patterns import Tree
    from normalize.engine.protection import Protector
    from normalize.engine.stage import Stage
    from normalize.kinds.base import RuleFile


@dataclass(frozen=True, slots=True)
class StagePlan:
    """A stage: its name and its rule files, inactive rules taken out."""

    name: str
    files: tuple[RuleFile, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A profile resolved: plain frozen data, all that compiling needs."""

    profile: str
    stages: tuple[StagePlan, ...]
    protect: tuple[RuleFile, ...]
    options: tuple[tuple[str, str], ...]
    classes: tuple[tuple[str, Tree], ...]
    lang: tuple[str, ...] = ()
    # What tells the language of a paragraph; empty: all of them are in `lang`.
    languages: tuple[RuleFile, ...] = ()
    # The ids of the user's own files, whose patterns are not trusted to be fast.
    own: tuple[str, ...] = ()
    # Rules, by their full ids, that match as ever and change nothing.
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """What runs: blocks are cut out first, then the stages run in order."""

    blocks: Blocks
    protector: Protector
    stages: tuple[Stage, ...]
    whole_text: bool = False  # whether a result depends on the text as a whole

    def run(self, text: str) -> str:
        """A text without blocks, after all stages."""
        for stage in self.stages:
            text = stage.run(text)
        return text
