"""Matchers that act in paragraphs of some languages only."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.matcher import Found, Matcher, Scene


class Scoped:
    """A matcher that finds nothing in paragraphs of other languages.

    The language is asked for before anything else is tried, and remembered for
    the paragraph.
    """

    def __init__(self, matcher: Matcher, languages: frozenset[str]) -> None:
        self.anchors: tuple[str, ...] = tuple(matcher.anchors)
        self._matcher = matcher
        self._languages = languages

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The matches of the matcher, where the language is one of these."""
        if scene.language(start) not in self._languages:
            return ()
        return self._matcher.find(scene, start)
