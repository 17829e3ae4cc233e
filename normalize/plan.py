"""A profile resolved, and what it compiles to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalize.engine.narrow import LONG, Facts
from normalize.errors import PatternTimeout
from normalize.spans import source_offset, splice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from normalize.engine.blocks import Blocks
    from normalize.engine.patterns import Tree
    from normalize.engine.prescan import Prescan
    from normalize.engine.protection import Protector
    from normalize.engine.stage import Stage, StageEdit
    from normalize.kinds.base import RuleFile
    from normalize.kinds.names.ledger import Ledger

    # Is told of a stage that changed something: the text before, its edits if it has
    # any, the text then.
    Look = Callable[[str, Sequence[StageEdit] | None, str], None]


def _unseen(*_: object) -> None:
    """Nobody looks at what a stage made."""


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

    def rules(self) -> Iterator[tuple[str, str]]:
        """The full id and the kind of every rule that may change something."""
        for stage in self.stages:
            for file in stage.files:
                for rule in file.rules:
                    yield f"{file.id}/{rule.id}", file.kind


@dataclass(frozen=True, slots=True)
class Opening:
    """What it takes to put names of the user's own into a stage once it is compiled.

    `first` is the rank of its first rule; `scoped` says whether files act in languages
    of their own.
    """

    options: tuple[tuple[str, str], ...]
    first: int
    scoped: bool
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Compiled:
    """What runs: blocks are cut out first, then the stages run in order."""

    blocks: Blocks
    protector: Protector
    stages: tuple[Stage, ...]
    prescan: Prescan  # tells which of the first stages have nothing to do
    whole_text: bool = False  # whether a result depends on the text as a whole

    def run(self, text: str, look: Look = _unseen) -> str:
        """A text without blocks, after all stages; `look` is told of what each made.

        Raises:
            PatternTimeout: a pattern of the user's own takes too long.
        """
        now, plain = text, text.isascii()
        # Of a short text there is nothing to be known that would be worth its time.
        facts = None if plain and len(text) < LONG else Facts(text)
        covered, there = self.prescan.size, -1
        # The first ones leave all ASCII as it is.
        first = covered if plain else 0
        for number, stage in enumerate(self.stages[first:], first):
            if plain and stage.leaves_ascii:
                continue
            scanned = not plain and number < covered
            try:
                if not stage.by_anchors:
                    made = stage.run(now)
                    if made is not now:
                        look(now, None, made)
                        now, plain, facts = made, made.isascii(), Facts(made)
                    continue
                if scanned:
                    facts = facts or Facts(now)
                    if there < 0:
                        there = self.prescan.present(facts)
                    if not there >> number & 1:
                        continue
                edits = stage.find(now, None, facts)
            except PatternTimeout as slow:
                raise self._in_source(slow, stage, text) from None
            if edits:
                before, now = now, splice(now, edits)
                plain = now.isascii()
                look(before, edits, now)
                if facts is not None:
                    facts = facts.spliced(now, edits)
                    if scanned:
                        there |= self.prescan.written(facts, edits)
        return now

    def _in_source(
        self, slow: PatternTimeout, failed: Stage, text: str
    ) -> PatternTimeout:
        """The error with its offset in the text from which all stages started."""
        done = []
        for stage in self.stages:
            if stage is failed:
                break
            done.append(stage.find(text))
            text = splice(text, done[-1])
        return slow.placed(source_offset(slow.offset, done))
