"""What no example shows: spellings, contexts and vetoes of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from normalize.engine.analysis import emit
from normalize.engine.guards import Item
from normalize.engine.words import Words, make_words
from normalize.kinds.base import Rule, RuleFile
from normalize.library import Library

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

    Parts are listed spellings, and each entry of `preceded_by`, `followed_by` and
    `unless`. A spelling or entry is shown when it stands in the text of an example.
    """
    words = make_words(library.classes)
    for id_ in ids:
        file = library.rule_file(id_)
        library.check()
        for rule in file.rules if file is not None else ():
            found = _of_rule(file, rule, words) if file is not None else None
            if found is not None:
                yield found


def _of_rule(file: RuleFile, rule: Rule, words: Words) -> Coverage | None:
    texts = [example.source for example in rule.examples]
    fold = file.kind != "rewrite" or getattr(rule, "case", "") == "keep"
    parts = [
        (repr(spelling), _stands(words, spelling, texts, fold=fold))
        for spelling in rule.claims()
    ]
    for name, items in zip(FIELDS, rule.conditions, strict=True):
        for number, item in enumerate(items, 1):
            said = repr(item) if isinstance(item, str) else f"pattern {number}"
            shown = _stands(words, item, texts, fold=True)
            parts.append((f"{name} {said}", shown))
    missing = tuple(said for said, shown in parts if not shown)
    count = len(parts)
    owner = f"{file.id}/{rule.id}"
    if not count:
        return None
    return Coverage(owner, rule.at, count - len(missing), count, missing)


def _stands(words: Words, item: Item, texts: list[str], *, fold: bool) -> bool:
    """Whether a spelling, phrase or pattern stands in one of the texts."""
    flags = regex.IGNORECASE if fold else 0
    source = words.phrase(item) if isinstance(item, str) else emit(item)
    pattern = regex.compile(source, flags)
    return any(pattern.search(text) for text in texts)
