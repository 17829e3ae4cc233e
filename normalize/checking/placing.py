"""Whose spelling a text is: of a name of its own, of a given name or of a surname."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from normalize.checking.answers import alone
from normalize.compiling import compile_plan
from normalize.errors import NormalizeError
from normalize.kinds.base import Conditions, Rule, RuleFile
from normalize.kinds.names.model import Name, NameRule
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.spellings import speller

# A lone word belongs to the part that it is spelled like, at least so much.
ALIKE = 0.6
WHOLE = "give the whole name: --variant 'Given-name Surname'"


def made(library: Library, name: Name) -> list[str]:
    """The spellings of a name by the habits of the press, the cheapest first."""
    found = speller(library).of(name.uk, name.ru)
    return [one.text for one in found if one.text not in name.never]


def changed(
    library: Library, file: RuleFile, rule: NameRule, texts: list[str]
) -> frozenset[str]:
    """Those of these spellings that a name changes by itself, or is written as.

    What its rule asks of the text around it, and the other rules, play no part.
    """
    bare = replace(rule, conditions=Conditions(), near=(), not_near=())
    plan = alone(library, replace(file, rules=(bare,)), bare, without=("decisions",))
    run = Normalizer(plan, compile_plan(plan))
    after = [(text, run(text)) for text in texts]
    written = {now for text, now in after if now != text}
    return frozenset(text for text, now in after if now != text or text in written)


def parts_of(library: Library, rule: NameRule, text: str) -> Iterator[tuple[str, str]]:
    """Which parts of a person have a new spelling in a text, each with it.

    A text of one word is a spelling of the part that it is more like; of a whole
    name, each half is one unless it is known.

    Raises:
        NormalizeError: it is like neither, or all of it is known.
    """
    known = {
        part: [name.canonical, *name.also, *made(library, name)]
        for part, name in (("given", rule.given), ("surname", rule.surname))
        if name is not None
    }
    words = text.split()
    if len(words) == 1:
        part = _like(known, text)
        if part is None:
            raise NormalizeError(
                f"{rule.at}: {text!r} is spelled like neither the given name nor the "
                "surname",
                hint=WHOLE,
            )
        halves = {part: text}
    else:
        given = rule.given
        first = len((given.uk or given.canonical).split()) if given else 1
        halves = {"given": " ".join(words[:first]), "surname": " ".join(words[first:])}
    fresh = [(part, half) for part, half in halves.items() if half not in known[part]]
    if not fresh:
        raise NormalizeError(
            f"{rule.at}: {text!r} is found already",
            hint="'normalize explain TEXT --why WORD' tells why it stays in a text",
        )
    yield from fresh


def sentence(library: Library, rule: Rule, variant: str) -> str:
    """A text in which a spelling of a rule can be seen to change: a whole name."""
    if not isinstance(rule, NameRule) or rule.surname is None or " " in variant:
        return variant
    ((part, _),) = parts_of(library, rule, variant)
    halves = []
    for name, mine in ((rule.given, "given"), (rule.surname, "surname")):
        if name is not None:
            usual = name.canonical or made(library, name)[0]
            halves.append(variant if mine == part else usual)
    return " ".join(halves)


def _like(known: dict[str, list[str]], word: str) -> str | None:
    """The part that a word is spelled like, if it is clearly like one of them."""
    matcher = SequenceMatcher(b=word.casefold(), autojunk=False)
    likeness = {}
    for part, spellings in known.items():
        likeness[part] = 0.0
        for spelling in spellings:
            matcher.set_seq1(spelling.casefold())
            likeness[part] = max(likeness[part], matcher.ratio())
    best = max(likeness, key=lambda part: likeness[part])
    other = min(likeness.values())
    return best if likeness[best] >= ALIKE and likeness[best] > other else None
