"""Contexts in which a place may be no place: Odessa Street in Chicago, Kiev: Mir, 1974.

There it stays, or changes only where the paragraph proves its country.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from normalize.engine.contexts import Contexts
from normalize.engine.evidence import Evidence
from normalize.engine.matcher import Scene
from normalize.engine.readings import Keeping, Terms

BUT = "not-"  # before the kind of places that are not meant


class Kept:
    """Tells whether what stands around a place keeps it as it is.

    `people` are the ranks of surnames that decide alone: those are no places. A name
    with a context of its own is sure there. `kinds` are those of evidence, with the
    places of each country among them.
    """

    def __init__(
        self,
        keeping: Sequence[Keeping],
        terms: Mapping[int, Terms],
        people: Collection[int],
        contexts: Contexts,
        evidence: Evidence,
        kinds: Mapping[str, Collection[str]],
    ) -> None:
        self._keeping = keeping
        self._ranks = tuple(rank for rank, *_ in keeping)
        # As they are written, by the evidence of their country.
        # Those that are not of a country too.
        self._places = {
            of: (frozenset(kinds[kind]), kind == of)
            for *_, of in keeping
            if (kind := of.removeprefix(BUT)) in kinds
        }
        self._contexts = contexts
        self._evidence = evidence
        self._sure = frozenset(people).union(
            rank for rank, own in terms.items() if own.preceded_by or own.followed_by
        )

    def stands(
        self, scene: Scene, start: int, end: int, name: tuple[str, int], spelling: str
    ) -> bool:
        """Whether the name, as it would be written, by its rule, stays there."""
        output, rank = name
        if rank in self._sure or not self._keeping:
            return False
        likely = self._contexts.likely(scene, start, end, self._ranks)
        if not likely:
            return False
        for context, needs, lacks, of in self._keeping:
            if context not in likely or (of and not self._is_one(output, of)):
                continue
            if self._contexts.allow(scene, start, end, context, "") and not (
                (needs or lacks)
                and self._evidence.proves(
                    scene, start, needs, lacks, spelling, elsewhere=True
                )
            ):
                if scene.notes is not None:
                    message = f"{spelling!r} may be part of another name here"
                    note = "ambiguous_name", start, end, message, context
                    scene.notes.append(note)
                return True
        return False

    def _is_one(self, output: str, of: str) -> bool:
        """Whether a place is one of a country, or none of it."""
        places, inside = self._places.get(of, ((), True))
        return (output in places) is inside
