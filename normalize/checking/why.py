"""Why a word of a text was changed, or was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from normalize.checking.scanning import entries, nearest
from normalize.engine.analysis import emit
from normalize.engine.guards import Item
from normalize.engine.matcher import Scene
from normalize.engine.protection import Protector
from normalize.engine.words import Words, make_words
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.result import Result
from normalize.spans import RuleRef

AROUND = 400  # code points in which a veto is looked for


class Protected(NamedTuple):
    """A span that no rule may touch, and the rule that says so."""

    start: int
    end: int
    rule: str
    at: str


def protected(normalizer: Normalizer, text: str) -> list[Protected]:
    """The protected spans of a text with their rules, in order."""
    plan = normalizer.plan
    words = make_words(dict(plan.classes))
    found = []
    for file in plan.protect:
        add = KINDS[file.kind].add
        for rule in file.rules if add is not None else ():
            builder = Builder(words)
            owner = f"{file.id}/{rule.id}"
            builder.rules[1] = RuleRef(owner, file.kind, rule.at, "protect")
            assert add is not None
            add(rule, builder, 1)
            spans = list(Protector(builder.shields).spans(Scene(text)))
            for block in builder.blocks:
                for opened in block.opens.finditer(text):
                    closed = block.closes.search(text, opened.end())
                    end = closed.end() if closed else len(text)
                    spans.append((opened.start(), end))  # type: ignore[arg-type]
            found += [Protected(start, end, owner, rule.at) for start, end in spans]
    return sorted(set(found))


class Reasons(NamedTuple):
    """Why a word at a place (offsets in code points) was changed, or was not."""

    word: str
    start: int
    end: int
    line: int
    column: int
    reasons: tuple[str, ...]


def why(
    library: Library, normalizer: Normalizer, text: str, word: str
) -> Iterator[Reasons]:
    """What became of each place of a word in a text, and why; none: it is not there."""
    result = normalizer.trace(text)
    shields = protected(normalizer, text)
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        said = _at(library, normalizer, result, shields, word, at, end)
        yield Reasons(word, at, end, line, column, tuple(said))
        at = text.find(word, end)


def _at(
    library: Library,
    normalizer: Normalizer,
    result: Result,
    shields: list[Protected],
    word: str,
    start: int,
    end: int,
) -> Iterator[str]:
    changed = [e for e in result.edits if e.start < end and start < e.end]
    for edit in changed:
        by = ", then ".join(f"{r.id} ({r.at}, stage {r.stage})" for r in edit.rules)
        yield f"changed: {edit.before!r} -> {edit.after!r} by {by}"
    covered = [s for s in shields if s.start < end and start < s.end]
    for shield in covered:
        part = result.source[shield.start : shield.end]
        yield f"protected: {shield.rule} ({shield.at}) keeps {part[:60]!r} as it is"
    for note in result.diagnostics:
        if note.start < end and start < note.end:
            yield f"left: {note.code}: {note.message}"
    if changed or covered:
        return
    before, behind = result.source[start - 1 : start], result.source[end : end + 1]
    if before.isalnum() or behind.isalnum():
        yield "it is part of a longer word; rules look for whole words"
    yield from _rules(library, normalizer, result.source, word, start, end)


def _rules(
    library: Library,
    normalizer: Normalizer,
    text: str,
    word: str,
    start: int,
    end: int,
) -> Iterator[str]:
    """What the rules that know the word say about it here."""
    words = make_words(library.classes)
    tried = normalizer.trace(word)
    ids = list(dict.fromkeys(rule.id for e in tried.edits for rule in e.rules))
    rules = {
        f"{file.id}/{rule.id}": (file, rule)
        for stage in normalizer.plan.stages
        for file in stage.files
        for rule in file.rules
    }
    ids += [i for i, (_, r) in rules.items() if word in r.claims() and i not in ids]
    reasons = 0
    for id_ in ids:
        file, rule = rules[id_]
        for reason in _conditions(file, rule, words, text, start, end):
            reasons += 1
            yield f"{id_} ({rule.at}) knows it, but {reason}"
    if ids and not reasons:
        alone = f"alone it becomes {tried.text!r}" if tried.edits else "it is listed"
        yield f"{', '.join(ids)}: {alone}; what stands around it decides otherwise here"
    if ids:
        return
    if any(word == name for _, rule in rules.values() for name, _ in rule.parts()):
        yield "it is the form that is written"
        return
    others = _elsewhere(library, normalizer, word)
    for owner, at in others:
        yield f"{owner} ({at}) knows it, but the profile does not use that file"
    if not others:
        yield "no rule knows it"
    near = nearest(word, entries(normalizer))
    if near is not None and near.spelling != word:
        becomes = f", which becomes {near.output!r}" if near.output else ""
        yield f"the nearest spelling is {near.spelling!r} of {near.rule}{becomes}"


def _elsewhere(
    library: Library, normalizer: Normalizer, word: str
) -> list[tuple[str, str]]:
    used = {file.id for stage in normalizer.plan.stages for file in stage.files}
    found = []
    for id_ in library.ids("rewrite", "names"):
        file = library.rule_file(id_) if id_ not in used else None
        for rule in file.rules if file is not None else ():
            found += [(f"{id_}/{rule.id}", rule.at)] * (word in rule.claims())
    return found


def _conditions(
    file: RuleFile, rule: Rule, words: Words, text: str, start: int, end: int
) -> Iterator[str]:
    """Which contexts of a rule are missing, and which vetoes hold."""
    del file
    low, high = max(0, start - AROUND), end + AROUND
    for item in rule.conditions.unless:
        for found in regex.finditer(_source(words, item), text[low:high]):
            if low + found.start() <= start and end <= low + found.end():
                yield f"'unless' vetoes it in {found[0]!r}"
                break
    wanted = rule.conditions.preceded_by
    if wanted and not any(
        regex.search(f"{_source(words, i)}{_gap(words, i)}$", text[low:start])
        for i in wanted
    ):
        yield "nothing of its 'preceded_by' stands right before it"
    wanted = rule.conditions.followed_by
    if wanted and not any(
        regex.match(f"{_gap(words, i)}{_source(words, i)}", text[end:high])
        for i in wanted
    ):
        yield "nothing of its 'followed_by' stands right behind it"
    near = getattr(rule, "near", ())
    if near:
        yield f"it needs one of {', '.join(near)} in its paragraph ('near')"


def _source(words: Words, item: Item) -> str:
    if isinstance(item, str):
        return f"{words.left}(?i:{words.phrase(item)}){words.right}"
    return f"(?:{emit(item)})"


def _gap(words: Words, item: Item) -> str:
    return f"(?:{words.gap_source})?" if isinstance(item, str) else ""
