"""A surname alone, of somebody of whose country something beside it tells.

"Ukrainian minister Klimenko" is Klymenko, whoever else is spelled so.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.contexts import Contexts
from normalize.engine.homes import Homes
from normalize.engine.matcher import Found, Scene
from normalize.engine.mentions import Mentions
from normalize.engine.readings import Index, Terms
from normalize.engine.spelled import Spelled

# A surname as spelled and as written, with rank and country of who has it.
Surname = tuple[str, str, int, str]


class Surnamed:
    """Finds surnames by the rules that say beside what they change."""

    def __init__(
        self,
        index: Index,
        spelled: Spelled,
        contexts: Contexts,
        mentions: Mentions,
        homes: Homes,
    ) -> None:
        # A rule that says what follows needs no other look at it: Tymoshenko Bloc.
        self._rules = [
            (rank, nations, bool(index.terms.get(rank, Terms()).followed_by))
            for rank, nations in index.surnamed
        ]
        self._ranks = tuple(rank for rank, _ in index.surnamed)
        self._spelled = spelled
        self._contexts = contexts
        self._mentions = mentions
        self._homes = homes

    def find(
        self,
        scene: Scene,
        start: int,
        maybe: Sequence[Surname],
        found: list[Found],
    ) -> None:
        """Add the surname at `start`; not where people of two surnames may be meant."""
        text = scene.text
        ends = {self._spelled.end(text, start, spelling) for spelling, *_ in maybe}
        if not any(
            end > start and self._contexts.likely(scene, start, end, self._ranks)
            for end in ends
        ):
            return
        for rank, nations, followed in self._rules:
            outputs = {one[:2] for one in maybe if one[3] in nations}
            if len(outputs) != 1:
                continue
            spelling, written = outputs.pop()
            hit = self._spelled.match(text, start, spelling, written)
            if hit is None or not hit[1]:
                continue
            end, changes = hit
            if (
                self._is_told(scene, start, end, rank, spelling)
                and (followed or not _goes_on(text, end))
                and not self._mentions.hold(text, start, end, written)
            ):
                found.append((end, rank, tuple((*change, rank) for change in changes)))
                return

    def _is_told(
        self, scene: Scene, start: int, end: int, rank: int, spelling: str
    ) -> bool:
        return self._contexts.allow(scene, start, end, rank, "") and self._homes.allow(
            scene, start, end, rank, spelling
        )


def _goes_on(text: str, end: int) -> bool:
    """Whether a name follows right behind: it was a given name, or is of a street."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
