"""What no example shows: spellings, patterns, contexts and vetoes of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import regex

from normalize.checking.answers import alone
from normalize.compiling import compile_plan
from normalize.engine.analysis import emit
from normalize.engine.words import Words, make_words
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.names.model import NameRule
from normalize.kinds.quantities.model import QuantityRule
from normalize.library import Library
from normalize.normalizer import Normalizer

FIELDS = ("preceded_by", "followed_by", "unless")


class Coverage(NamedTuple):
    """How much of a rule its examples show."""

    owner: str
    at: str
    shown: int
    parts: int
    missing: tuple[str, ...]  # what no example shows, as its editor would find it


def coverage(library: Library, ids: Iterable[str]) -> Iterator[Coverage]:
    """The coverage of each rule in these files that has parts to be shown.

    Parts are listed spellings, patterns where a rule has several, each entry of
    `preceded_by`, `followed_by` and `unless`, and each word of `near` and `not_near`.
    A spelling is shown by an example that changes and has it; a context by one where it
    stands beside what the rule is about, a veto by one where it lies over that.
    """
    words = make_words(library.classes)
    evidence = _evidence(library)
    for id_ in ids:
        file = library.rule_file(id_)
        library.check()
        for rule in file.rules if file is not None else ():
            parts = list(_parts(rule, words, file.kind, evidence)) if file else []
            if file is not None:
                parts += _patterns(library, file, rule)
            if file is None or not parts:
                continue
            missing = tuple(said for said, shown in parts if not shown)
            shown = len(parts) - len(missing)
            owner = f"{file.id}/{rule.id}"
            yield Coverage(owner, rule.at, shown, len(parts), missing)


def _evidence(library: Library) -> frozenset[str]:
    """What `near` may refer to instead of a word."""
    files = (library.rule_file(id_) for id_ in library.ids("decisions"))
    return frozenset(rule.id for file in files if file for rule in file.rules)


def _parts(
    rule: Rule, words: Words, kind: str, evidence: frozenset[str]
) -> Iterator[tuple[str, bool]]:
    """The spellings and conditions of a rule, each with whether it is shown."""
    texts = [example.source for example in rule.examples]
    changing = [e.source for e in rule.examples if e.mark == ""]
    fold = kind != "rewrite" or getattr(rule, "case", "") == "keep"
    for spelling in rule.claims():
        shown = _search(_phrase(words, spelling), changing, fold=fold)
        yield repr(spelling), shown
    about = _subject(rule, words)
    gap = f"(?:{words.gap_source})?"
    for name, items in zip(FIELDS, rule.conditions, strict=True):
        for number, item in enumerate(items, 1):
            said = repr(item) if isinstance(item, str) else f"pattern {number}"
            source = words.phrase(item) if isinstance(item, str) else emit(item)
            if name == "unless":
                shown = any(_lies_over(source, about, text) for text in texts)
            else:
                between = gap if isinstance(item, str) else ""
                pair = (source, about) if name == "preceded_by" else (about, source)
                whole = f"(?:{pair[0]}){between}(?:{pair[1]})"
                shown = _search(whole if about else source, texts, fold=True)
            yield f"{name} {said}", shown
    for name, wanted in (("near", changing), ("not_near", texts)):
        for word in getattr(rule, name, ()):
            if word not in evidence:
                found = _search(_phrase(words, word), wanted, fold=True)
                yield f"{name} {word!r}", found


def _subject(rule: Rule, words: Words) -> str:
    """What a rule is about as a pattern; '' where it is made, not listed."""
    tree = getattr(rule, "tree", None)
    if tree is not None:
        return emit(tree)
    if isinstance(rule, NameRule):
        return ""  # most of its spellings are made
    return "|".join(_phrase(words, spelling) for spelling in rule.claims())


def _lies_over(veto: str, about: str, text: str) -> bool:
    """Whether a veto stands in a text over what the rule is about."""
    return any(
        not about or regex.search(about, found[0], regex.IGNORECASE)
        for found in regex.finditer(veto, text, regex.IGNORECASE)
    )


def _patterns(
    library: Library, file: RuleFile, rule: Rule
) -> Iterator[tuple[str, bool]]:
    """The patterns of a rule that has several, each with whether an example fits."""
    grammar = rule.grammar if isinstance(rule, QuantityRule) else None
    if grammar is None or not isinstance(rule, QuantityRule) or len(grammar.trees) < 2:
        return
    named = len(rule.patterns) == len(grammar.trees)
    for number, tree in enumerate(grammar.trees):
        said = repr(rule.patterns[number]) if named else str(number + 1)
        one = replace(rule, grammar=replace(grammar, trees=(tree,)))
        plan = alone(library, replace(file, rules=(one,)), one)
        run = Normalizer(plan, compile_plan(plan)).trace
        results = (run(example.source) for example in rule.examples)
        yield f"pattern {said}", any(r.edits or r.diagnostics for r in results)


def _phrase(words: Words, text: str) -> str:
    return f"(?:{words.phrase(text)})"


def _search(source: str, texts: Iterable[str], *, fold: bool) -> bool:
    """Whether a pattern fits somewhere in one of the texts."""
    pattern = regex.compile(source, regex.IGNORECASE if fold else 0)
    return any(pattern.search(text) for text in texts)
