"""Examples as tests: each rule file alone, each profile as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from normalize.engine.blocks import outside
from normalize.engine.languages import Detector
from normalize.engine.matcher import Scene
from normalize.kinds.base import Example, Rule, RuleFile
from normalize.kinds.languages import detector
from normalize.kinds.lexicon import LexiconFile
from normalize.kinds.profile import ProfileFile
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import Compiled, Plan, StagePlan
from normalize.profile import (
    active,
    companions,
    compile_plan,
    resolve,
)
from normalize.spans import Span
from normalize.transliteration import reverse_candidates

GOOD = ("pass", "todo")


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


def run_examples(library: Library, ids: list[str] | None = None) -> Iterator[Outcome]:
    """The outcomes of all examples of these files (all when none are named).

    Raises:
        RuleErrors: a file can't be read, so its examples can't run.
    """
    chosen = library.ids() if ids is None else ids
    for id_ in chosen:
        if library.kind(id_) not in ("profile", "classes"):
            library.rule_file(id_)
    library.check()
    for id_ in chosen:
        kind = library.kind(id_)
        if kind == "profile":
            profile = library.profile(id_)
            library.check()
            if profile is not None:
                yield from _run_profile(library, profile)
        elif kind != "classes":
            file = library.rule_file(id_)
            library.check()
            if file is not None:
                yield from _run_file(library, file)


def _run_profile(library: Library, profile: ProfileFile) -> Iterator[Outcome]:
    normalizer = Normalizer(resolve(library, profile.id, {}))
    for example in profile.examples:
        yield _judge(profile.id, example, _traced(normalizer))


def _run_file(library: Library, file: RuleFile) -> Iterator[Outcome]:
    if file.kind == "protect":
        compiled = compile_plan(alone(library, file))
        for rule, example in _examples(file):
            # The outcome is what the rule covers, so nothing changes twice.
            yield _judge(f"{file.id}/{rule.id}", example, _covered(compiled), False)
        return
    if file.kind == "languages":
        tell = detector([file])
        for rule, example in _examples(file):
            yield _judge(f"{file.id}/{rule.id}", example, _told(tell), False)
        return
    if isinstance(file, LexiconFile):
        for rule, example in _examples(file):
            yield _judge(f"{file.id}/{rule.id}", example, _read_back(file), False)
        return
    kind = KINDS[file.kind]
    if kind.judge is not None:
        for rule, example in _examples(file):
            got = kind.judge(rule, example)
            yield _judge(f"{file.id}/{rule.id}", example, _always(got), False)
        return
    if kind.in_profiles:
        yield from _run_in_profiles(library, file)
        return
    normalizers: dict[object, Normalizer] = {}
    for rule, example in _examples(file):
        key = (rule.when, rule.try_with)
        if key not in normalizers:
            normalizers[key] = Normalizer(alone(library, file, rule))
        run = _traced(normalizers[key])
        yield _judge(f"{file.id}/{rule.id}", example, run)


def _run_in_profiles(library: Library, file: RuleFile) -> Iterator[Outcome]:
    """The examples of a file in the first profile that it takes part in."""
    if not any(rule.examples for rule in file.rules):
        return
    for id_ in library.ids("profile"):
        plan = resolve(library, id_, {})
        if any(file.id == f.id for stage in plan.stages for f in stage.files):
            run = _traced(Normalizer(plan))
            for rule, example in _examples(file):
                yield _judge(f"{file.id}/{rule.id}", example, run)
            return


def _always(text: str) -> Run:
    return lambda _: (text, ())


def _examples(file: RuleFile) -> Iterator[tuple[Rule, Example]]:
    for rule in file.rules:
        for example in rule.examples:
            yield rule, example


def alone(
    library: Library,
    file: RuleFile,
    rule: Rule | None = None,
    *,
    without: tuple[str, ...] = (),
) -> Plan:
    """A plan of one file; its options as they must be for `rule` to be active.

    The files that go with it come too, but for those of the kinds `without`.
    """
    values = {option.name: option.default for option in file.options}
    # Of several values that switch a rule on, the first.
    values.update(reversed(rule.when) if rule else ())
    values.update(rule.try_with if rule else ())
    file = active(file, values)
    protect = (file,) if file.kind == "protect" else ()
    beside = [f for f in companions(library, [file]) if f.kind not in without]
    stages = () if protect else (StagePlan(file.id, (file, *beside)),)
    classes = tuple(sorted(library.classes.items()))
    return Plan(file.id, stages, protect, tuple(values.items()), classes)


Run = Callable[[str], tuple[str, tuple[str, ...]]]


def _traced(normalizer: Normalizer) -> Run:
    def run(text: str) -> tuple[str, tuple[str, ...]]:
        result = normalizer.trace(text)
        rules = dict.fromkeys(rule.id for edit in result.edits for rule in edit.rules)
        return result.text, tuple(rules)

    return run


def _read_back(file: LexiconFile) -> Run:
    """The likeliest reading of a Latin word, by the words of a lexicon."""

    def run(text: str) -> tuple[str, tuple[str, ...]]:
        found = reverse_candidates(text, file.system, most=1, words=file.words)
        return (found[0].text if found else text), ()

    return run


def _covered(compiled: Compiled) -> Run:
    """What is protected in a text, parts set off by ' | '; the text itself if none."""

    def run(text: str) -> tuple[str, tuple[str, ...]]:
        blocks = compiled.blocks.spans(text)
        spans = [span for span, _ in blocks]
        for start, end in outside(blocks, text):
            inside = compiled.protector.spans(Scene(text[start:end]))
            spans += [Span(start + a, start + b) for a, b in inside]
        parts = [text[span.start : span.end] for span in sorted(spans)]
        return " | ".join(parts) if parts else text, ()

    return run


def _told(tell: Detector) -> Run:
    """The language of a text; the text itself when it is told none."""
    return lambda text: (tell(text) or text, ())


def _judge(owner: str, example: Example, run: Run, again: bool = True) -> Outcome:
    got, rules = run(example.source)
    word = "pass"
    if got != example.expected:
        word = "missing" if got == example.source else "wrong"
        word = "noisy" if example.mark == "keep" else word
    elif again and (twice := run(got)[0]) != got:
        return Outcome("unstable", owner, example, got, rules, twice)
    if example.mark == "todo":
        word = "todo-fixed" if word == "pass" else "todo"
    return Outcome(word, owner, example, got, rules)
