"""What a change of rules changes on texts, grouped by rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from normalize.normalizer import Normalizer
from normalize.result import Result
from normalize.spans import Edit

AROUND = 30  # code points shown on either side


@dataclass
class Change:
    """What one rule does in one version and not in the other."""

    rule: str
    sign: str  # '-': only the old rules do it, '+': only the new ones
    count: int = 0
    # Before, after, what stands around, name of the text and line.
    shown: list[tuple[str, str, str, str]] = field(default_factory=list)


def compare(
    old: Normalizer, new: Normalizer, texts: Iterable[tuple[str, str]], most: int = 3
) -> tuple[list[Change], int, int]:
    """The changes by rule, most frequent first; how many texts differ, of how many.

    `texts` are names and texts; `most` is how many places are shown of each rule.
    """
    found: dict[tuple[str, str], Change] = {}
    differ = total = 0
    for name, text in texts:
        total += 1
        if old(text) == new(text):
            continue
        differ += 1
        before, after = old.trace(text), new.trace(text)
        gone = _keys(before) - _keys(after)
        come = _keys(after) - _keys(before)
        for sign, result, keys in (("-", before, gone), ("+", after, come)):
            for edit in result.edits:
                if (edit.start, edit.end, edit.after) in keys:
                    _note(found, sign, edit, result, name, most)
    changes = sorted(found.values(), key=lambda c: (-c.count, c.rule, c.sign))
    return changes, differ, total


def _keys(result: Result) -> set[tuple[int, int, str]]:
    return {(edit.start, edit.end, edit.after) for edit in result.edits}


def _note(
    found: dict[tuple[str, str], Change],
    sign: str,
    edit: Edit,
    result: Result,
    name: str,
    most: int,
) -> None:
    rule = edit.rules[-1].id
    change = found.setdefault((rule, sign), Change(rule, sign))
    change.count += 1
    if len(change.shown) < most:
        text = result.source
        line = text.count("\n", 0, edit.start) + 1
        low, high = max(0, edit.start - AROUND), edit.end + AROUND
        around = text[low : edit.start], text[edit.end : high]
        context = f"{around[0]}[{edit.before}]{around[1]}"
        change.shown.append((edit.before, edit.after, context, f"{name}:{line}"))


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """The changes as lines of a report."""
    for change in changes:
        yield f"{change.sign} {change.rule}: {change.count}"
        for before, after, context, place in change.shown:
            said = " ".join(context.split())
            yield f"    {place}: {before!r} -> {after!r}   in: {said}"
