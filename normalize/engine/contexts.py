"""The conditions of names rules, compiled for each spelling when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import regex

from normalize.engine.around import Around
from normalize.engine.guards import Guard, around_spelling, make_guard, with_phrases
from normalize.engine.matcher import Scene
from normalize.engine.readings import Terms
from normalize.engine.scan import Scanner
from normalize.engine.words import Words


class AnyOf:
    """Phrases one of which is looked for in a paragraph, or in a part of one."""

    __slots__ = ("_literals", "_made", "_phrases", "_words")

    def __init__(self, words: Words, phrases: Sequence[str]) -> None:
        # The longest part of each without gaps and apostrophes, which have many forms:
        # most paragraphs hold none of them, and that is quickly told.
        part = re.compile(rf"[^\s{re.escape(''.join(sorted(words.apostrophes)))}]+")
        self._words = words
        self._phrases: dict[str, list[str]] = {}
        for phrase in phrases:
            longest = max(part.findall(phrase), key=len, default="")
            self._phrases.setdefault(longest, []).append(phrase)
        self._literals = Scanner((), self._phrases.keys() - {""})
        self._made: dict[str, regex.Pattern[str]] = {}  # compiled when they are needed

    def stand_in(self, scene: Scene, place: tuple[int, str]) -> bool:
        """Whether one stands there; looked for once, however many names ask."""
        start, body = place
        key = self, start
        told: bool | None = scene.memo.get(key)
        if told is None:
            told = scene.memo[key] = self._are_in(body)
        return told

    def _are_in(self, body: str) -> bool:
        there = {body[start:end] for _, start, end in self._literals.hits(body)}
        if "" in self._phrases:
            there.add("")
        return any(self._pattern(part).search(body) for part in there)

    def _pattern(self, part: str) -> regex.Pattern[str]:
        """What finds the phrases with this part: all at once would take very long."""
        made = self._made.get(part)
        if made is None:
            words = self._words
            sources = "|".join(f"(?:{words.phrase(p)})" for p in self._phrases[part])
            made = regex.compile(f"{words.left}(?:{sources}){words.right}")
            self._made[part] = made
        return made


@dataclass(frozen=True, slots=True)
class _Context:
    """The compiled conditions of a rule, for one spelling."""

    guard: Guard | None
    near: AnyOf | None
    not_near: AnyOf | None

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        if self.guard is not None and not self.guard.allows(scene, start, end):
            return False
        if self.near is None and self.not_near is None:
            return True
        place = scene.paragraph(start)
        return (
            place is not None
            and (self.near is None or self.near.stand_in(scene, place))
            and (self.not_near is None or not self.not_near.stand_in(scene, place))
        )


def guarded(
    words: Words,
    terms: Mapping[int, Terms],
    keep: Callable[[Any, Callable[[], Any]], Any] | None = None,
) -> dict[int, Terms]:
    """The conditions with what they compile to: one guard for all that are the same.

    `keep` gives what it has of the same conditions, or makes it. Phrases around a
    spelling are left to `Contexts`, since they differ for each.
    """
    made: dict[Any, Guard | None] = {}
    found: dict[int, Terms] = {}
    for rank, one in terms.items():
        patterns = tuple(item for item in one.unless if not isinstance(item, str))
        key = one.preceded_by, one.followed_by, patterns, one.languages, one.own
        if key not in made:
            *around, languages, own = key
            make = partial(make_guard, words, *around, languages=languages, own=own)
            # Of the user's own rules it tells where they stand, which changes often.
            if keep is None or own is not None or not any(key):
                made[key] = make()
            else:
                made[key] = keep(key, make)
        found[rank] = replace(one, guard=made[key])
    return found


class Contexts:
    """Tells whether a name may be what its rule says, there where it stands."""

    def __init__(self, words: Words, terms: Mapping[int, Terms]) -> None:
        self._words = words
        self._terms = terms
        self._any: dict[tuple[str, ...], AnyOf] = {}
        self._made: dict[tuple[int, str], _Context] = {}
        self._arounds: dict[tuple[int, ...], Around] = {}

    def allow(
        self, scene: Scene, start: int, end: int, rank: int, spelling: str
    ) -> bool:
        """Whether the conditions of the rule with this rank hold at `start:end`."""
        terms = self._terms.get(rank)
        if terms is None:
            return True
        key = rank, spelling
        context = self._made.get(key)
        if context is None:
            context = self._made[key] = self._make(terms, spelling)
        return context.allows(scene, start, end)

    def likely(
        self, scene: Scene, start: int, end: int, ranks: Sequence[int]
    ) -> Sequence[int]:
        """Those of some rules whose conditions may hold at `start:end`: mostly none."""
        key = tuple(ranks)
        around = self._arounds.get(key)
        if around is None:
            around = self._arounds[key] = Around(key, self._terms)
        return around.likely(scene, start, end)

    def _make(self, terms: Terms, spelling: str) -> _Context:
        words, guard = self._words, terms.guard
        phrases = [item for item in terms.unless if isinstance(item, str)]
        if spelling:
            guard = around_spelling(guard, words, phrases, spelling)
        elif phrases:
            guard = with_phrases(guard, words, phrases, terms.own)
        return _Context(
            guard,
            self._any_of(terms.near),
            self._any_of(terms.not_near),
        )

    def _any_of(self, phrases: tuple[str, ...]) -> AnyOf | None:
        if phrases and phrases not in self._any:
            self._any[phrases] = AnyOf(self._words, phrases)
        return self._any.get(phrases)
