"""What an example comes to: a text normalized, by one file or profile, or what else."""

from __future__ import annotations

from collections.abc import Callable

from normalize.compiling import compile_plan
from normalize.engine.blocks import outside
from normalize.engine.languages import Detector
from normalize.engine.matcher import Scene
from normalize.kinds.base import Example, Rule, RuleFile
from normalize.kinds.languages import detector
from normalize.kinds.lexicon import LexiconFile
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.options import active
from normalize.plan import Compiled, Plan, StagePlan
from normalize.profile import companions
from normalize.spans import Span
from normalize.transliteration import reverse_candidates

# Gives for the source of an example what it becomes, and the rules that did it.
Run = Callable[[str], tuple[str, tuple[str, ...]]]


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
    beside = [f for f in companions(library, [file]) if f.kind not in without]
    declared = [option for f in (*beside, file) for option in f.options]
    values = {option.name: option.default for option in declared}
    # Of several values that switch a rule on, the first.
    values.update(reversed(rule.when) if rule else ())
    values.update(rule.try_with if rule else ())
    file = active(file, values)
    protect = (file,) if file.kind == "protect" else ()
    beside = [active(f, values) for f in beside]
    stages = () if protect else (StagePlan(file.id, (file, *beside)),)
    classes = tuple(sorted(library.classes.items()))
    own = tuple(sorted(library.own))
    return Plan(file.id, stages, protect, tuple(values.items()), classes, own=own)


def special(library: Library, file: RuleFile) -> Callable[[Rule, Example], Run] | None:
    """What gives the outcome where that is no normalized text, by kind; else None."""
    if file.kind == "protect":
        # The outcome is what the rule covers, so nothing changes twice.
        covered = _covered(compile_plan(alone(library, file)))
        return lambda _rule, _example: covered
    if file.kind == "languages":
        told = _told(detector([file]))
        return lambda _rule, _example: told
    if isinstance(file, LexiconFile):
        read = _read_back(file)
        return lambda _rule, _example: read
    judge = KINDS[file.kind].judge
    if judge is not None:
        return lambda rule, example: _always(judge(rule, example))
    return None


def traced(normalizer: Normalizer) -> Run:
    """The normalized text."""

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


def _always(text: str) -> Run:
    return lambda _: (text, ())
