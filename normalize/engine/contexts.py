"""The conditions of names rules, compiled for each spelling when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from normalize.engine.guards import Guard, make_guard
from normalize.engine.matcher import Scene
from normalize.engine.readings import Terms
from normalize.engine.words import Words


@dataclass(frozen=True, slots=True)
class _Context:
    """The compiled conditions of a rule, for one spelling."""

    guard: Guard | None
    near: regex.Pattern[str] | None
    not_near: regex.Pattern[str] | None

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        if self.guard is not None and not self.guard.allows(scene, start, end):
            return False
        if self.near is None and self.not_near is None:
            return True
        place = scene.paragraph(start)
        return (
            place is not None
            and (self.near is None or _holds(scene, place, self.near))
            and (self.not_near is None or not _holds(scene, place, self.not_near))
        )


def _holds(scene: Scene, place: tuple[int, str], pattern: regex.Pattern[str]) -> bool:
    """Whether a paragraph holds one of the words; asked once, however many names."""
    key = pattern, place[0]
    told: bool | None = scene.memo.get(key)
    if told is None:
        told = scene.memo[key] = pattern.search(place[1]) is not None
    return told


class Contexts:
    """Tells whether a name may be what its rule says, there where it stands."""

    def __init__(self, words: Words, terms: Mapping[int, Terms]) -> None:
        self._words = words
        self._terms = terms
        self._made: dict[tuple[int, str], _Context] = {}

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

    def _make(self, terms: Terms, spelling: str) -> _Context:
        guard = make_guard(
            self._words,
            terms.preceded_by,
            terms.followed_by,
            terms.unless,
            spelling=spelling or None,
            languages=terms.languages,
            own=terms.own,
        )
        near, not_near = (
            _any_of(self._words, phrases) for phrases in (terms.near, terms.not_near)
        )
        return _Context(guard, near, not_near)


def _any_of(words: Words, phrases: Sequence[str]) -> regex.Pattern[str] | None:
    if not phrases:
        return None
    sources = "|".join(f"(?:{words.phrase(phrase)})" for phrase in phrases)
    return regex.compile(f"{words.left}(?:{sources}){words.right}")
