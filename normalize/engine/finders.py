"""One function for all matchers of an anchor."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.locator import Finder
from normalize.engine.matcher import Found, Matcher, Scene, preference
from normalize.engine.scope import Scoped, by_language
from normalize.engine.sieve import FIRST, Sieve


def finder_of(matchers: tuple[Matcher, ...]) -> Finder:
    """What gives all matches of these matchers at a place, best first."""
    if len(matchers) == 1:
        return matchers[0].find
    if sum(isinstance(matcher, Scoped) for matcher in matchers) > 1:
        return by_language(matchers)

    fitting = Sieve(matchers)

    def find(scene: Scene, start: int) -> Sequence[Found]:
        found: Sequence[Found] = ()
        for one in fitting[scene.text[start - 1 : start + 2] if start else FIRST]:
            more = one.find(scene, start)
            if more:  # mostly of one of them only
                found = sorted([*found, *more], key=preference) if found else more
        return found

    return find
