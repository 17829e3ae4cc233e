"""From rules about letters of two scripts to matchers."""

from __future__ import annotations

from typing import Any

import regex

from normalize.engine.analysis import beginnings, emit
from normalize.engine.limits import limited
from normalize.engine.lone_letters import LettersBehind, LettersBeside, LoneLetters
from normalize.engine.lookalikes import Decision, MixedWords, Scripts, make_scripts
from normalize.engine.patterns import PatternError, Tree
from normalize.engine.words import members
from normalize.errors import suggestion
from normalize.kinds.builder import Builder
from normalize.kinds.homoglyphs.model import LONE, SCRIPTS, HomoglyphRule


def _scripts(rule: HomoglyphRule) -> Scripts:
    cyrillic = rule.make == "cyrillic"
    pairs = {(b if cyrillic else a): (a if cyrillic else b) for a, b in rule.pairs}
    alike = frozenset(pairs.values())
    names = SCRIPTS if cyrillic else SCRIPTS[::-1]
    letters = rule.letters if cyrillic else rule.letters[::-1]
    return make_scripts(
        (names[0], names[1]),
        (letters[0], letters[1]),
        {**pairs, **dict(rule.also)},
        alike,
    )


def _ready(tree: Tree | None, builder: Builder) -> Any:
    """The compiled pattern, with a time limit where it needs one."""
    if tree is None:
        return None
    return limited(regex.compile(emit(tree)), builder.own, tree)


def add(rule: HomoglyphRule, builder: Builder, rank: int) -> None:
    """Compile one rule into the builder."""
    scripts = _scripts(rule)
    guard = builder.guard(rule.conditions)
    if rule.lone and rule.typed is not None:
        typed = members(rule.typed)
        strange = sorted(typed - scripts.table.keys())
        if strange:
            hint = suggestion(strange[0], scripts.table)
            raise PatternError(f"{strange[0]!r} looks like no other letter", 0, hint)
        if rule.report:
            told = LettersBeside(scripts, typed, guard, rank, rule.report)
            builder.checks.append(told)
        elif rule.lone == LONE[0]:
            builder.matchers.append(LettersBehind(scripts, typed, guard, rank))
        else:
            counted = rule.numbers, rule.counted
            letters = LoneLetters(scripts, typed, guard, rank, counted)
            builder.matchers.append(letters)
        return
    decision = Decision(
        scripts,
        rank,
        guard,
        typed=_ready(rule.typed, builder),
        written=_ready(rule.written, builder),
        places=tuple((_ready(t, builder), letter) for t, letter in rule.places),
        meant=tuple(_ready(tree, builder) for tree in rule.meant),
        known=frozenset(rule.known),
        report=rule.report,
    )
    anchors = beginnings(rule.typed) if rule.typed is not None else None
    last = builder.last(MixedWords)
    if last is not None and last.begins == (anchors or frozenset()):
        last.add(decision)  # both look at the same words
    else:
        builder.matchers.append(MixedWords(decision, anchors or ()))
