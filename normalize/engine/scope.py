"""Matchers that act in paragraphs of some languages only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from normalize.engine.matcher import Found, Matcher, Scene, preference


class Scoped:
    """A matcher that finds nothing in paragraphs of other languages.

    The language is asked for before anything else is tried, and remembered for
    the paragraph.
    """

    def __init__(self, matcher: Matcher, languages: frozenset[str]) -> None:
        self.anchors: tuple[str, ...] = tuple(matcher.anchors)
        self.matcher = matcher
        self.languages = languages

    @property
    def tells_beyond(self) -> bool:
        """Whether the scene is told what is looked at beside what is near."""
        return getattr(self.matcher, "tells_beyond", False)

    @property
    def reads_words(self) -> bool:
        """Whether whole words are looked at, however long they are."""
        return getattr(self.matcher, "reads_words", False)

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The matches of the matcher, where the language is one of these."""
        if scene.language(start) not in self.languages:
            return ()
        return self.matcher.find(scene, start)


Finder = Callable[[Scene, int], Sequence[Found]]


def by_language(matchers: Sequence[Matcher]) -> Finder:
    """One function for all matchers of an anchor, which asks for the language once."""
    known: dict[str, list[Finder]] = {}

    def find(scene: Scene, start: int) -> Sequence[Found]:
        language = scene.language(start)
        finders = known.get(language)
        if finders is None:
            finders = known[language] = [
                one.matcher.find if isinstance(one, Scoped) else one.find
                for one in matchers
                if not isinstance(one, Scoped) or language in one.languages
            ]
        if len(finders) == 1:
            return finders[0](scene, start)
        found = [match for one in finders for match in one(scene, start)]
        if len(found) > 1:
            found.sort(key=preference)
        return found

    return find
