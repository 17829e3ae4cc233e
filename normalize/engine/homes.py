"""Where somebody is from: a place beside a name, told by the evidence that it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from normalize.engine.analysis import group_names
from normalize.engine.contexts import Contexts
from normalize.engine.evidence import Evidence
from normalize.engine.guards import source_of
from normalize.engine.matcher import Scene
from normalize.engine.readings import EITHER, Asking, Terms
from normalize.engine.vetoes import Item
from normalize.engine.words import Words

# The group of a context that holds the place.
PLACE = "place"
_NEVER = regex.compile(r"(?!)")
# What stands before a name, and what behind it.
_Around = tuple[regex.Pattern[str], regex.Pattern[str]]


class Homes:
    """Tells whether the contexts of a rule name a place of the country it asks for.

    "A resident of Kharkiv" and "a resident of Moscow" fit one pattern; which country
    the place is of says the lexicon, not a list in the pattern.
    """

    def __init__(
        self,
        words: Words,
        terms: Mapping[int, Terms],
        asking: Mapping[int, Asking],
        evidence: Evidence,
        contexts: Contexts,
        abroad: Sequence[int],
    ) -> None:
        self._words = words
        self._terms = terms
        self._asking = asking
        self._evidence = evidence
        self._contexts = contexts
        self._abroad = abroad  # rules one of which must hold
        self._made: dict[int, _Around] = {}

    def asks_place(self, rank: int) -> bool:
        """Whether a rule asks for a place beside the name."""
        return rank in self._asking and bool(self._asking[rank][0])

    def is_abroad(self, scene: Scene, start: int, end: int) -> bool:
        """Whether something beside somebody unknown says that they live abroad."""
        return any(
            self._contexts.allow(scene, start, end, rank, "")
            and self.allow(scene, start, end, rank)
            for rank in self._contexts.likely(scene, start, end, self._abroad)
        )

    def is_place(self, word: str) -> bool:
        """Whether a word is a place, or another word that tells of a country."""
        return self._evidence.knows(word)

    def allow(
        self, scene: Scene, start: int, end: int, rank: int, name: str = ""
    ) -> bool:
        """Whether the place and the evidence that a rule asks for are there.

        `name` is what is in question, so that it proves nothing itself.
        """
        kinds, near, lacks = self._asking.get(rank, ("", "", ""))
        asks = near or lacks
        if asks and not self._evidence.proves(scene, start, near, lacks, name):
            return False
        return not kinds or any(
            self._evidence.tells(scene, start, place, kind)
            for place in self._places(scene.text, start, end, rank)
            for kind in kinds.split(EITHER)
        )

    def _places(self, text: str, start: int, end: int, rank: int) -> Sequence[str]:
        around = self._made.get(rank)
        if around is None:
            around = self._made[rank] = self._make(self._terms[rank])
        before, behind = around
        hits = before.match(text, start), behind.match(text, end)
        return [hit[PLACE] for hit in hits if hit is not None and hit[PLACE]]

    def _make(self, terms: Terms) -> _Around:
        before, behind = (
            "|".join(source_of(self._words, item) for item in items if _has_place(item))
            for items in (terms.preceded_by, terms.followed_by)
        )
        return (
            regex.compile(f"(?<={before})") if before else _NEVER,
            regex.compile(behind) if behind else _NEVER,
        )


def _has_place(item: Item) -> bool:
    return not isinstance(item, str) and PLACE in group_names(item)
