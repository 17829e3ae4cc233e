"""What a file of quantities says in vain: found when it is linked, and refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from normalize.errors import RulePatternError, RuleReferenceError, suggestion
from normalize.kinds.base import Option
from normalize.kinds.quantities.draft import Draft
from normalize.kinds.quantities.model import Grammar, QuantityRule
from normalize.source.nodes import Scalar
from normalize.source.problems import Problems

# A word that a pattern writes out, whole: not in braces, escapes or sets of characters,
# and not with a mark behind it that repeats its last letter.
_WRITTEN = re.compile(
    r"\\[pP]\{[^}]*\}|\\.|\{[^}]*\}|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|[a-z]*[:)])"
    r"|(?P<word>[^\W\d_]++)(?![?*+{])"
)


def check_words(
    draft: Draft, rules: Collection[Any], grammar: Grammar, problems: Problems
) -> None:
    """Refuse words of lexicons that patterns write out.

    In the text that patterns are matched with they stand as codes, so such a pattern
    would never fit.
    """
    codes = grammar.coding.codes
    for node, is_pattern in (*_of_draft(draft), *_of_rules(rules)):
        for found in _WRITTEN.finditer(node.value):
            word = found["word"]
            if word is None or word not in codes:
                continue
            owner = next(
                name
                for name in grammar.lexicons
                if codes[word] in grammar.coding.codes_in(name)
            )
            kind = "pattern" if is_pattern else "phrase"
            problems.add(
                node,
                f"{word!r} is a word of lexicon {owner!r}, so no {kind} sees it",
                kind=RulePatternError,
                shift=node.shift_of(found.start("word")),
                hint="write a field of that lexicon in braces",
            )


def _of_draft(draft: Draft) -> Iterator[tuple[Scalar, bool]]:
    for node in draft.parts.values():
        yield node, True
    for _, said in draft.fields.values():
        if "pattern" in said:
            yield said["pattern"], True
    for _, said in draft.values.values():
        if "weekday" in said:
            yield said["weekday"], True
    for entry in draft.leave:
        for name in ("preceded_by", "followed_by"):
            yield from map(_of_context, entry.get(name, ()))


def _of_rules(rules: Collection[Any]) -> Iterator[tuple[Scalar, bool]]:
    for rule in rules:
        raw = rule.raw if isinstance(rule, QuantityRule) else None
        if raw is not None:
            for node in raw.patterns:
                yield node, True
            for items in raw.contexts.values():
                yield from map(_of_context, items)


def _of_context(item: Any) -> tuple[Scalar, bool]:
    return (item, False) if isinstance(item, Scalar) else (item["pattern"], True)


def check_shape(
    said: Mapping[str, Any],
    draft: Draft,
    options: Mapping[str, Option],
    problems: Problems,
) -> None:
    """Refuse an option, a value of one or a part that there is not, in an amount."""
    for name, value in said.get("when", {}).items():
        option = options.get(name.value)
        if option is None:
            problems.add(
                name,
                f"unknown option {name.value!r} in 'when'",
                kind=RuleReferenceError,
                hint=suggestion(name.value, options),
            )
        elif value.value not in option.values:
            problems.add(
                value,
                f"option {name.value!r} can't be {value.value!r}",
                kind=RuleReferenceError,
                hint=f"allowed: {', '.join(option.values)}",
            )
    parts = {field["as"].value for _, field in draft.fields.values() if "as" in field}
    for name in ("beside", "without"):
        part = said.get(name)
        if part is not None and part.value not in {*draft.fields, *parts}:
            known = sorted({*draft.fields, *parts})
            hint = suggestion(part.value, known)
            problems.add(part, f"there is no field {part.value!r}", hint=hint)


def check_parts(
    rule: QuantityRule,
    written: Collection[str],
    known: Collection[str],
    grammar: Grammar,
    problems: Problems,
) -> None:
    """Refuse parts that a rule asks for and nothing gives.

    `written` are the values in its output, `known` the parts that it has.
    """
    assert rule.raw is not None
    values = [grammar.values[name] for name in written if name in grammar.values]
    for value in values:
        for part in value.of if value.joins else ():
            if part not in known and rule.raw.output is not None:
                problems.add(
                    rule.raw.output,
                    f"{{{value.name}}} needs a part {part!r}, which rule "
                    f"{rule.id!r} does not set",
                    kind=RulePatternError,
                    hint=f"set: {{{part}: ...}}, what stands between the two",
                )
    singles = [grammar.values[v.joins] if v.joins else v for v in values]
    of = {part for value in singles for part in value.of}
    for field, node in rule.raw.asked:
        if field == "rising" and not {node.value, node.value + "2"} <= set(known):
            message = f"rule {rule.id!r} has no two parts {node.value!r} to compare"
            problems.add(node, message, kind=RulePatternError)
            continue
        if node.value not in (of if field == "without" else {*known, *of}):
            problems.add(
                node,
                f"nothing in rule {rule.id!r} has a part {node.value!r}",
                kind=RulePatternError,
                hint=suggestion(node.value, sorted({*of, *known})),
            )
