"""What stands around a word that a rule knows, and keeps it from being changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from normalize.engine.guards import source_of
from normalize.engine.vetoes import Item
from normalize.engine.words import Words
from normalize.kinds.base import Rule, RuleFile
from normalize.kinds.decisions import DecisionRule

AROUND = 400  # code points in which a veto is looked for
# Marks that may stand between a name and the words that speak of it.
_MARKS = r"[\s(,\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]{0,3}"
_BESIDE = {
    "first-names": (True, "{!r} right before it makes it somebody else's name"),
    "mention-before": (True, "it is spoken of: {!r} stands right before it"),
    "mention-after": (False, "it is spoken of: {!r} stands right behind it"),
}


def conditions(
    rule: Rule, words: Words, text: str, start: int, end: int
) -> Iterator[str]:
    """Which contexts of a rule are missing around a word, and which vetoes hold."""
    low, high = max(0, start - AROUND), end + AROUND
    for item in rule.conditions.unless:
        for found in regex.finditer(source_of(words, item), text[low:high]):
            if low + found.start() <= start and end <= low + found.end():
                yield f"'unless' vetoes it in {found[0]!r}"
                break
    wanted = rule.conditions.preceded_by
    if wanted and not any(
        regex.search(f"{source_of(words, i)}{_gap(words, i)}$", text[low:start])
        for i in wanted
    ):
        yield "nothing of its 'preceded_by' stands right before it"
    wanted = rule.conditions.followed_by
    if wanted and not any(
        regex.match(f"{_gap(words, i)}{source_of(words, i)}", text[end:high])
        for i in wanted
    ):
        yield "nothing of its 'followed_by' stands right behind it"
    near = getattr(rule, "near", ())
    if near:
        yield f"it needs one of {', '.join(near)} in its paragraph ('near')"
    others = getattr(rule, "not_near", ())
    if others:
        yield f"it needs none of {', '.join(others)} in its paragraph ('not_near')"


def _gap(words: Words, item: Item) -> str:
    return f"(?:{words.gap_source})?" if isinstance(item, str) else ""


def decisions(
    files: Iterable[RuleFile], words: Words, text: str, start: int, end: int
) -> Iterator[str]:
    """What the rules that decide about names say of a word in its place."""
    low, high = max(0, start - AROUND), end + AROUND
    for file in files:
        for rule in file.rules:
            if not isinstance(rule, DecisionRule):
                continue
            by = f"({file.id}/{rule.id} at {rule.at})"
            for phrase in rule.words if rule.use == "frozen" else ():
                for found in regex.finditer(source_of(words, phrase), text[low:high]):
                    if low + found.start() <= start and end <= low + found.end():
                        yield f"{found[0]!r} stays as it is {by}"
            if rule.use in _BESIDE:
                before, message = _BESIDE[rule.use]
                said = _beside(rule, words, text[low:start], text[end:high], before)
                if said:
                    yield f"{message.format(said)} {by}"


def _beside(
    rule: DecisionRule, words: Words, before: str, behind: str, is_before: bool
) -> str:
    """The phrase of a rule that stands right beside a word; '' when none does."""
    beside = (before if is_before else behind).lower()
    for phrase in rule.words:
        if phrase.split()[-1 if is_before else 0].lower() not in beside:
            continue
        source = source_of(words, phrase)
        if is_before:
            found = regex.search(f"(?P<said>{source}){_MARKS}$", before)
        else:
            found = regex.match(f"{_MARKS}(?P<said>{source})", behind)
        if found is not None:
            return str(found["said"])
    return ""
