"""Examples as tests: each rule file alone, and again in each profile that uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from normalize.checking.answers import Run, alone, special, traced
from normalize.checking.dealing import dealt_in
from normalize.checking.profiles import Profile, Profiles
from normalize.checking.spreading import spread
from normalize.kinds.base import Example, Rule, RuleFile
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import Plan
from normalize.profile import resolve

GOOD = ("pass", "todo")
LONG = 50  # rules without examples


class Outcome(NamedTuple):
    """What became of one example.

    `word` is pass; missing (should have changed, did not); noisy (should have
    stayed, changed); wrong (changed to something else); unstable (changes once
    more when run again); todo (a known gap, still open); todo-fixed (it works
    now: take the mark off).
    """

    word: str
    owner: str
    example: Example
    got: str
    rules: tuple[str, ...]
    again: str = ""  # what comes of `got` when it is unstable
    profile: str = ""  # the profile in which the example of a rule was run; '': alone
    wanted: str = ""  # what was wanted there


def check_readable(library: Library, ids: list[str]) -> None:
    """Read all these files.

    Raises:
        RuleErrors: some can't be read, so their examples can't run.
    """
    for id_ in ids:
        if library.kind(id_) not in ("profile", "classes"):
            library.rule_file(id_)
    library.check()


def run_examples(
    library: Library,
    ids: list[str] | None = None,
    *,
    profiles: Profiles | None = None,
    alone: bool = False,
    brief: bool = False,
    workers: int = 0,
) -> Iterator[Outcome]:
    """The outcomes of all examples of these files (all when none are named).

    With `alone` those of a rule file are not run in the profiles that use it; with
    `brief` only rules that have examples take part in those of their file; with
    `workers` so many processes share the work.

    Raises:
        RuleErrors: a file can't be read, so its examples can't run.
    """
    chosen = library.ids() if ids is None else ids
    check_readable(library, chosen)
    profiles = profiles or Profiles(library)
    tasks = [(True, id_) for id_ in chosen]
    if not alone:
        shared = [id_ for id_ in chosen if _is_shared(library, id_)]
        used = (id_ for file in shared for id_ in profiles.using(file))
        tasks += [(False, id_) for id_ in dict.fromkeys(used)]

    def run(task: tuple[bool, str]) -> list[Outcome]:
        by_itself, id_ = task
        if by_itself:
            return list(run_file(library, id_, profiles, brief=brief))
        return list(run_in_profile(profiles.get(id_), chosen))

    wanted = [id_ for _, id_ in tasks if library.kind(id_) == "profile"]
    stages = profiles.stages
    stages.ahead([stages.plan(id_) for id_ in dict.fromkeys(wanted)], workers)
    for outcomes in spread(run, tasks, workers, *dealt_in(profiles)):
        yield from outcomes


def _is_shared(library: Library, id_: str) -> bool:
    """Whether the examples of a file can be run in profiles too."""
    kind = KINDS[library.kind(id_)]
    return bool(kind.add or kind.stage) and not (
        kind.judge or kind.in_profiles or kind.name in ("protect", "languages")
    )


def is_long(library: Library, id_: str) -> bool:
    """Whether a file has many rules without examples, so that a brief run is soon."""
    file = library.rule_file(id_) if library.kind(id_) == "names" else None
    rules = file.rules if file is not None else ()
    return sum(not rule.examples for rule in rules) > LONG


def run_file(
    library: Library, id_: str, profiles: Profiles, *, brief: bool = False
) -> Iterator[Outcome]:
    """The outcomes of the examples of one file or profile; see `run_examples`."""
    kind = library.kind(id_)
    if kind == "profile":
        profile = library.profile(id_)
        library.check()
        run = traced(profiles.get(id_).normalizer)
        for example in profile.examples if profile is not None else ():
            yield _judge(id_, example, run)
    elif kind != "classes":
        file = library.rule_file(id_)
        library.check()
        if file is not None and brief and is_long(library, id_):
            shown = tuple(rule for rule in file.rules if rule.examples)
            file = replace(file, rules=shown)
        if file is not None:
            yield from _run_alone(library, file, profiles)


def _run_alone(
    library: Library, file: RuleFile, profiles: Profiles
) -> Iterator[Outcome]:
    run = special(library, file)
    if run is not None:
        for rule, example in _examples(file):
            yield _judge(f"{file.id}/{rule.id}", example, run(rule, example), False)
        return
    if KINDS[file.kind].in_profiles:
        yield from _run_in_first(file, profiles)
        return
    normalizers: dict[object, Normalizer] = {}
    for rule, example in _examples(file):
        key = (rule.when, rule.try_with)
        if key not in normalizers:
            plan = alone(library, file, rule)
            normalizers[key] = profiles.stages.ready(plan)
        yield _judge(f"{file.id}/{rule.id}", example, traced(normalizers[key]))


def _run_in_first(file: RuleFile, profiles: Profiles) -> Iterator[Outcome]:
    """The examples of a file in the first profile that it takes part in."""
    used = profiles.using(file.id) if any(rule.examples for rule in file.rules) else []
    for target in _targets(file):
        used = [id_ for id_ in used if id_ in profiles.using(target)]
    if not used:
        return
    runs: dict[object, Run] = {}

    def outcome(rule: Rule, example: Example, *, whole: bool) -> Outcome:
        key = (rule.try_with, whole)
        if key not in runs:
            plan = resolve(profiles.library, used[0], dict(rule.try_with))
            made = plan if whole else _narrowed(plan, file)
            runs[key] = traced(profiles.stages.ready(made))
        return _judge(f"{file.id}/{rule.id}", example, runs[key])

    for rule, example in _examples(file):
        found = outcome(rule, example, whole=False)
        if found.word != "pass" and _targets(file):
            # Names of files that no rule refers to may stand in the example too.
            found = outcome(rule, example, whole=True)
        yield found


def run_in_profile(profile: Profile, ids: list[str]) -> Iterator[Outcome]:
    """The examples of these files in a profile.

    Other rules take part there, so source and outcome must come to the same, and
    where a text is to be kept the rule itself must not be what changes it.
    """
    for file in profile.files:
        if file.id not in ids or not _is_shared(profile.library, file.id):
            continue
        for rule, example in _examples(file):
            if example.mark == "todo" or not profile.judges(file, rule, example.source):
                continue
            owner = f"{file.id}/{rule.id}"
            outcome = _in_profile(owner, example, profile.normalizer)
            if outcome.word != "pass" and _other_language(profile, file, rule, example):
                continue
            yield outcome._replace(profile=profile.id)


def _in_profile(owner: str, example: Example, normalizer: Normalizer) -> Outcome:
    wanted = example.expected
    got = normalizer(example.source)
    if example.mark != "keep":
        wanted = normalizer(wanted)
    if got == wanted:
        return Outcome("pass", owner, example, got, (), wanted=wanted)
    rules = traced(normalizer)(example.source)[1]
    if example.mark == "keep":
        word = "noisy" if owner in rules else "pass"
    else:
        word = "wrong" if rules else "missing"
    return Outcome(word, owner, example, got, rules, wanted=wanted)


def _other_language(
    profile: Profile, file: RuleFile, rule: Rule, example: Example
) -> bool:
    """Whether the file alone, told the language of the profile, fails as well."""
    plan = profile.plan
    if not (plan.lang or plan.languages):
        return False
    own = alone(profile.library, file, rule)
    told = replace(own, lang=plan.lang, languages=plan.languages)
    return profile.stages.ready(told)(example.source) != example.expected


def _narrowed(plan: Plan, file: RuleFile) -> Plan:
    """The plan with those names only that a file refers to, if it refers to any."""
    wanted = _targets(file)
    if not wanted:
        return plan
    stages = []
    for stage in plan.stages:
        kept = [f for f in stage.files if f.kind != "names" or f.id in wanted]
        stages.append(replace(stage, files=tuple(kept)))
    return replace(plan, stages=tuple(stages))


def _targets(file: RuleFile) -> set[str]:
    """The files that a file refers to."""
    return {t.partition("/")[0] for rule in file.rules for t in rule.refers()}


def _examples(file: RuleFile) -> Iterator[tuple[Rule, Example]]:
    for rule in file.rules:
        for example in rule.examples:
            yield rule, example


def _judge(owner: str, example: Example, run: Run, again: bool = True) -> Outcome:
    got, rules = run(example.source)
    word = "pass"
    if got != example.expected:
        word = "missing" if got == example.source else "wrong"
        word = "noisy" if example.mark == "keep" else word
    elif again and got != example.source and (twice := run(got)[0]) != got:
        wanted = example.expected
        return Outcome("unstable", owner, example, got, rules, twice, wanted=wanted)
    if example.mark == "todo":
        word = "todo-fixed" if word == "pass" else "todo"
    return Outcome(word, owner, example, got, rules, wanted=example.expected)
