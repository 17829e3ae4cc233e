"""From a plan to what runs: the compiled stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from normalize import cache
from normalize.engine.blocks import Blocks
from normalize.engine.chosen import ChosenStage
from normalize.engine.languages import Always
from normalize.engine.patterns import Classes, PatternError
from normalize.engine.prescan import Prescan
from normalize.engine.protection import Protector
from normalize.engine.stage import Stage
from normalize.engine.words import Words, make_words
from normalize.errors import RuleErrors, RulePatternError
from normalize.kinds.base import RuleFile, StageParts, error_at
from normalize.kinds.builder import Builder, Common, Job
from normalize.kinds.languages import detector
from normalize.kinds.registry import KINDS
from normalize.plan import Compiled, Opening, Plan
from normalize.spans import RuleRef

# The rank of the last rule that is compiled together with those of other files, and
# that of the last rule of a stage: between them are more than a stage has rules.
MIDDLE_RANK = 1 << 27
LAST_RANK = 1 << 28


@cache.collector_at_rest()
def compile_plan(
    plan: Plan,
    doubts: list[tuple[str, str, str]] | None = None,
    *,
    protector: Protector | None = None,
    common: Common | None = None,
    openings: dict[str, Opening] | None = None,
) -> Compiled:
    """The compiled form of a plan.

    `doubts` takes what was noticed that is no error: where, what, how to mend it.
    A `protector` that is given stands for what `plan.protect` comes to; `common` is
    what plans of the same library have in common. `openings` takes, by stage, what
    names of the user's own need that join it later.

    Raises:
        RuleErrors: a pattern of a rule does not compile.
    """
    classes: Classes = dict(plan.classes)
    common = Common() if common is None else common
    words = _words(plan, common)
    tell = teller(plan)
    blocks = Blocks(())
    if protector is None:
        shields = _build(Builder(words), "protect", plan.protect, own=plan.own)
        protector, blocks = Protector(shields.shields), Blocks(shields.blocks)
    stages: list[Stage] = []
    for part in plan.stages:
        parts = StageParts(
            part.name, part.files, dict(plan.options), classes, protector, tell
        )
        own = _own_stage(parts)
        if own is None:
            builder = Builder(words, tell, cache.kept, common)
            builder.open = openings is not None
            scoped = bool(plan.languages)
            _build(builder, part.name, part.files, scoped=scoped, own=plan.own)
            own = builder.stage(part.name, protector)
            if doubts is not None:
                doubts += builder.doubts
            if openings is not None and builder.ledger is not None:
                openings[part.name] = Opening(
                    plan.options, min(builder.rules), scoped, builder.ledger
                )
        stages.append(ChosenStage(own, plan.left_out) if plan.left_out else own)
    rules = (rule for part in plan.stages for file in part.files for rule in file.rules)
    whole_text = any(rule.whole_text() for rule in rules)
    return Compiled(blocks, protector, tuple(stages), Prescan.of(stages), whole_text)


def _own_stage(parts: StageParts) -> Stage | None:
    """The stage of a kind that has one of its own; None of all others."""
    for file in parts.files:
        own = KINDS[file.kind].stage
        if own is not None:
            return own(parts)
    return None


def teller(plan: Plan) -> Callable[[str], str] | None:
    """What tells the language of a paragraph of the plan; None when nobody can."""
    if plan.languages:
        return detector(plan.languages)
    return Always(plan.lang[0]) if len(plan.lang) == 1 else None


def _build(
    builder: Builder,
    stage: str,
    files: tuple[RuleFile, ...],
    *,
    scoped: bool = False,
    own: tuple[str, ...] = (),
) -> Builder:
    _add(builder, stage, files, scoped, own)
    _finish(builder, scoped)
    return builder


def _add(
    builder: Builder,
    stage: str,
    files: tuple[RuleFile, ...],
    scoped: bool,
    own: tuple[str, ...],
) -> None:
    """Put in the rules of all files."""
    errors = []
    builder.files = files
    for file, first in zip(files, _first_ranks(files), strict=True):
        add = KINDS[file.kind].add
        builder.scope(file.lang if scoped else ())
        for rank, rule in enumerate(file.rules, first):
            ref = RuleRef(f"{file.id}/{rule.id}", file.kind, rule.at, stage)
            builder.rules[rank] = ref
            builder.own = ref if file.id in own else None
            if builder.own is not None:
                builder.owned[rank] = ref
            try:
                if add is not None:
                    add(rule, builder, rank)
            except PatternError as error:
                wrong = error_at(rule.at, error.message, RulePatternError)
                wrong.code = error.code or wrong.code
                errors.append(wrong)
    if errors:
        raise RuleErrors(errors)
    builder.scope()


def _finish(builder: Builder, scoped: bool) -> None:
    """Compile what is compiled when all rules of a stage are in."""
    files = builder.files
    for kind in {file.kind: None for file in files}:
        finish = KINDS[kind].finish
        if finish is not None:
            kinds = {kind, *KINDS[kind].companions}
            builder.together = [
                (file, first, file.lang if scoped else ())
                for file, first in zip(files, _first_ranks(files), strict=True)
                if file.kind in kinds
            ]
            finish(builder)


def jobs_of(plan: Plan, common: Common) -> Iterator[Job]:
    """What compiling a plan will ask to be kept, so that it can be made before.

    Raises:
        RuleErrors: a pattern of a rule does not compile.
    """
    words = _words(plan, common)
    for part in plan.stages:
        if any(KINDS[file.kind].stage is not None for file in part.files):
            continue
        builder = Builder(words, keep=cache.kept, common=common)
        _add(builder, part.name, part.files, bool(plan.languages), plan.own)
        for kind in {file.kind: None for file in part.files}:
            ahead = KINDS[kind].ahead
            if ahead is not None:
                yield from ahead(builder)
        for pool in builder.pools.values():
            yield from pool.ahead(words)


def _words(plan: Plan, common: Common) -> Words:
    return common.once("words", plan.classes, lambda: make_words(dict(plan.classes)))


def _first_ranks(files: Sequence[RuleFile]) -> list[int]:
    """The rank of the first rule of each file; they rise from file to file.

    Rules that are compiled together, and what goes with them at the end of a stage,
    have the same ranks whatever else stands before, between or behind them.
    """
    together = [i for i, file in enumerate(files) if KINDS[file.kind].finish]
    begun = together[-1] + 1 if together else 0
    beside = {kind for file in files for kind in KINDS[file.kind].companions}
    ended = len(files)
    while ended > begun and files[ended - 1].kind in beside:
        ended -= 1
    sizes = [len(file.rules) for file in files]
    rank = MIDDLE_RANK - sum(sizes[:begun])
    ranks = []
    for i, size in enumerate(sizes):
        if i == ended:
            rank = LAST_RANK - sum(sizes[ended:])
        ranks.append(rank)
        rank += size
    return ranks
