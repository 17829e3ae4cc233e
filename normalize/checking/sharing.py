"""Compiled stages that plans share: what is equal in several profiles is made once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, TypeVar

from normalize import cache
from normalize.checking.spreading import spread
from normalize.compiling import compile_plan, jobs_of, teller
from normalize.engine.prescan import Prescan
from normalize.engine.protection import Protector
from normalize.kinds.base import RuleFile
from normalize.kinds.builder import Common, Job
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import Compiled, Plan, StagePlan
from normalize.profile import resolve

LONG = 0.02  # seconds; what takes less is made again
SEVERAL = 2
FEW = 4  # jobs that are done in less time than processes take to start


Made = TypeVar("Made")


class Stages:
    """The stages of plans that are made of files of one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: dict[bytes, Compiled] = {}
        self.common = Common()
        self._apart: dict[str, Any] = {}  # parts that are kept by themselves
        self._digests: dict[str, str] = {}
        self._plans: dict[str, Plan] = {}

    def plan(self, id_: str) -> Plan:
        """The plan of a profile without options."""
        if id_ not in self._plans:
            self._plans[id_] = resolve(self.library, id_, {})
        return self._plans[id_]

    def ahead(self, plans: Iterable[Plan], workers: int) -> None:
        """Make what several stages of these plans need, with so many processes.

        It is kept on disk, from where all of them read it.
        """
        if workers < SEVERAL or cache.folder() is None:
            return
        missing: dict[bytes, Callable[[], Any]] = {}
        seen: set[str] = set()
        for plan in plans:
            for stage in plan.stages:
                part = _part(plan, (stage,))
                if not cache.holds(self._key(self.about(part))):
                    with self.library.drawing():
                        missing.update(jobs_of(_new(part, seen), self.common))
        jobs = [
            job for job in missing.items() if not cache.holds(cache.part_key(job[0]))
        ]
        if len(jobs) > FEW:
            list(spread(_do, jobs, workers, key=id))

    def ready(self, plan: Plan) -> Normalizer:
        """The normalizer of a plan, of stages that are there already where any are.

        What takes long to compile is kept for the next run.
        """
        tell = teller(plan)
        shields = self._compiled(_part(plan))
        protector = shields.protector
        parts = [self._compiled(_part(plan, (s,)), protector) for s in plan.stages]
        stages = tuple(stage.told(tell) for part in parts for stage in part.stages)
        whole_text = any(part.whole_text for part in parts)
        ahead = Prescan.of(stages)
        compiled = Compiled(
            shields.blocks, shields.protector, stages, ahead, whole_text
        )
        return Normalizer(plan, compiled)

    def _compiled(self, part: Plan, protector: Protector | None = None) -> Compiled:
        about = self.about(part)
        if about not in self._made:
            self._made[about] = self._kept(about, part, protector)
        return self._made[about]

    def _kept(self, about: bytes, part: Plan, protector: Protector | None) -> Compiled:
        key = self._key(about)
        kept: Compiled | None = cache.read(key, self._part)
        if kept is not None:
            return kept
        start = perf_counter()
        common = _Common(self, part)
        with self.library.drawing():
            compiled = compile_plan(part, protector=protector, common=common)
        if perf_counter() - start > LONG:
            names = {id(value): name for name, value in self._apart.items()}
            cache.write(key, compiled, names)
        return compiled

    def _key(self, about: bytes) -> str:
        return cache.rules_key(b"part " + about)

    def _part(self, key: str) -> Any:
        """A part of a stage that is kept by itself.

        Raises:
            LookupError: it is no more, so the stage is to be made anew.
        """
        if key not in self._apart:
            found = cache.read(key)
            if found is None:
                raise LookupError(key)
            self._apart[key] = found
        return self._apart[key]

    def apart(self, name: str, plan: Plan, make: Callable[[], Made]) -> Made:
        """What `make` makes of a plan, or what was kept of it under this name."""
        key = cache.rules_key(
            name.encode() + b" " + self.about(_part(plan, plan.stages))
        )
        try:
            made: Made = self._part(key)
        except LookupError:
            made = self._apart[key] = make()
            cache.write(key, made)
        return made

    def about(self, plan: Plan) -> bytes:
        """All that a plan is made of: which rules, and the files they come from."""
        library = self.library
        files = [file for stage in plan.stages for file in stage.files]
        files += [*plan.protect, *plan.languages]
        chosen = [(file.id, [rule.id for rule in file.rules]) for file in files]
        stages = [(stage.name, [f.id for f in stage.files]) for stage in plan.stages]
        ids = {file.id for file in files} | set(library.ids("classes"))
        waiting = list(files)
        while waiting:
            file = waiting.pop()
            for id_ in (*file.parents, *file.uses, *(n.value for n in file.borrows())):
                if id_ not in ids:
                    ids.add(id_)
                    other = library.rule_file(id_)
                    waiting += [other] if other is not None else []
        texts = [(id_, self._digest_of(id_)) for id_ in sorted(ids)]
        said = plan.profile, plan.options, plan.lang, plan.own, stages, chosen, texts
        return repr(said).encode("utf-8", "backslashreplace")

    def _digest_of(self, id_: str) -> str:
        if id_ not in self._digests:
            text = f"{self.library.path_of(id_)}\n{self.library.text_of(id_)}"
            data = text.encode("utf-8", "backslashreplace")
            self._digests[id_] = hashlib.sha256(data).hexdigest()
        return self._digests[id_]


class _Common(Common):
    """What the stages of a library have in common, as asked for by one of them."""

    def __init__(self, stages: Stages, plan: Plan) -> None:
        self._stages = stages
        self._plan = plan

    def once(self, name: Hashable, about: Any, make: Callable[[], Made]) -> Made:
        """What `make` gives, or gave to another stage."""
        return self._stages.common.once(name, about, make)

    def apart(
        self, name: str, files: Sequence[RuleFile], make: Callable[[], Made]
    ) -> Made:
        """What `make` makes of these files alone, kept by itself."""
        stage = StagePlan("", tuple(files))
        plan = replace(self._plan, stages=(stage,), protect=())
        return self._stages.apart(name, plan, make)


def _new(part: Plan, seen: set[str]) -> Plan:
    """The part with those files only that are not seen yet, and what goes with them."""
    stages = []
    for stage in part.stages:
        beside = {kind for file in stage.files for kind in KINDS[file.kind].companions}
        new = [f for f in stage.files if f.id not in seen or f.kind in beside]
        seen.update(file.id for file in new)
        stages.append(replace(stage, files=tuple(new)))
    return replace(part, stages=tuple(stages))


def _do(job: Job) -> None:
    cache.kept(*job)


def _part(plan: Plan, stages: tuple[StagePlan, ...] = ()) -> Plan:
    """A plan of some of its stages, without what makes no difference to them.

    The language of paragraphs is told to a stage once it is made; to compile it that
    matters only where some of its files act in some languages alone.
    """
    files = [file for stage in stages for file in stage.files]
    scoped = any(file.lang for file in files)
    files += plan.protect
    declared = {option.name for file in files for option in file.options}
    ids = {file.id for file in files}
    return replace(
        plan,
        profile="",
        stages=stages,
        options=tuple(option for option in plan.options if option[0] in declared),
        lang=(),
        languages=plan.languages if scoped else (),
        own=tuple(id_ for id_ in plan.own if id_ in ids),
    )


def ready(library: Library, plan: Plan) -> Normalizer:
    """The normalizer of a single plan made of files of the library."""
    return Stages(library).ready(plan)
