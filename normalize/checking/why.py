"""Why a word of a text was changed, or was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from normalize.checking.around import conditions, decisions
from normalize.checking.scanning import entries, nearest
from normalize.engine.matcher import Scene
from normalize.engine.protection import Protector
from normalize.engine.words import make_words
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.builder import Builder
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.result import Result
from normalize.spans import RuleRef

UNKNOWN = "no rule knows it"


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


def left(
    library: Library, normalizer: Normalizer, result: Result
) -> dict[str, list[tuple[str, str]]]:
    """By stage the words that a rule of it knows and left, each with the reason."""
    known = _Known(library, normalizer)
    found: dict[str, dict[tuple[str, str], None]] = {}
    taken = [(edit.start, edit.end) for edit in result.edits]
    taken += [(span.start, span.end) for span in protected(normalizer, result.source)]
    for match in known.words.plain.finditer(result.source):
        start = match.start()
        for word in (match[0], *known.phrases_at(result.source, start)):
            end = start + len(word)
            if any(first < end and start < last for first, last in taken):
                continue
            for id_, reason in known.reasons(result.source, word, start, end):
                found.setdefault(known.stages[id_], {})[word, reason] = None
    return {stage: list(lines) for stage, lines in found.items()}


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
    noted = [n for n in result.diagnostics if n.start < end and start < n.end]
    yield from (f"left: {note.code}: {note.message}" for note in noted)
    if changed or covered:
        return
    before, behind = result.source[start - 1 : start], result.source[end : end + 1]
    if before.isalnum() or behind.isalnum():
        yield "it is part of a longer word; rules look for whole words"
    said = list(_rules(library, normalizer, result.source, word, start, end))
    # What a diagnostic tells of is known to a rule, whatever the word alone is.
    yield from (line for line in said if not noted or line != UNKNOWN)


class _Known:
    """What the rules of a profile know of a word, and what keeps them from it."""

    def __init__(self, library: Library, normalizer: Normalizer) -> None:
        self.words = make_words(library.classes)
        self.rules: dict[str, Rule] = {}
        self.stages: dict[str, str] = {}  # by rule
        self._normalizer = normalizer
        self._files: list[RuleFile] = []
        self._claims: dict[str, list[str]] = {}
        for stage in normalizer.plan.stages:
            self._files += stage.files
            for file in stage.files:
                for rule in file.rules:
                    id_ = f"{file.id}/{rule.id}"
                    self.rules[id_] = rule
                    self.stages[id_] = stage.name
                    for spelling in rule.claims():
                        self._claims.setdefault(spelling, []).append(id_)
        self._phrases: dict[str, list[str]] = {}  # by their first letter
        for spelling in self._claims:
            if " " in spelling.strip():
                self._phrases.setdefault(spelling[0], []).append(spelling)

    def phrases_at(self, text: str, start: int) -> list[str]:
        """The spellings of several words that begin at a place of a text."""
        first = text[start : start + 1]
        return [s for s in self._phrases.get(first, ()) if text.startswith(s, start)]

    def reasons(
        self, text: str, word: str, start: int, end: int
    ) -> Iterator[tuple[str, str]]:
        """The rules that know a word, each with why it does nothing there."""
        tried = self._normalizer.trace(word)
        ids = [
            rule.id for e in tried.edits for rule in e.rules if rule.id in self.rules
        ]
        ids = list(dict.fromkeys([*ids, *self._claims.get(word, ())]))
        reasons = 0
        for id_ in ids:
            rule = self.rules[id_]
            for reason in conditions(rule, self.words, text, start, end):
                reasons += 1
                yield id_, f"{id_} ({rule.at}) knows it, but {reason}"
        if not ids:
            return
        for reason in decisions(self._files, self.words, text, start, end):
            reasons += 1
            yield ids[0], f"{', '.join(ids)}: {reason}"
        if not reasons:
            alone = (
                f"alone it becomes {tried.text!r}" if tried.edits else "it is listed"
            )
            decided = "what stands around it decides otherwise here"
            yield ids[0], f"{', '.join(ids)}: {alone}; {decided}"


def _rules(
    library: Library,
    normalizer: Normalizer,
    text: str,
    word: str,
    start: int,
    end: int,
) -> Iterator[str]:
    """What the rules that know the word say about it here."""
    known = _Known(library, normalizer)
    said = [reason for _, reason in known.reasons(text, word, start, end)]
    if said:
        yield from said
        return
    rules = known.rules.values()
    if any(word == name for rule in rules for name, _ in rule.parts()):
        yield "it is the form that is written"
        return
    others = _elsewhere(library, normalizer, word)
    for owner, at in others:
        yield f"{owner} ({at}) knows it, but the profile does not use that file"
    if not others:
        yield UNKNOWN
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
