"""Contexts in which a place may be no place: Odessa Street in Chicago, Kiev: Mir, 1974.

There it stays, or changes only where the paragraph proves its country.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from normalize.engine.contexts import Contexts
from normalize.engine.evidence import Evidence
from normalize.engine.matcher import Scene
from normalize.engine.readings import Keeping, Terms


class Kept:
    """Tells whether what stands around a place keeps it as it is.

    `people` are the ranks of surnames that decide alone: those are no places. A name
    with a context of its own is sure there.
    """

    def __init__(
        self,
        keeping: Sequence[Keeping],
        terms: Mapping[int, Terms],
        people: Collection[int],
        contexts: Contexts,
        evidence: Evidence,
    ) -> None:
        self._keeping = keeping
        self._contexts = contexts
        self._evidence = evidence
        self._sure = frozenset(people).union(
            rank for rank, own in terms.items() if own.preceded_by or own.followed_by
        )

    def stands(
        self, scene: Scene, start: int, end: int, rank: int, spelling: str
    ) -> bool:
        """Whether the name of this rule stays at `start:end`."""
        if rank in self._sure:
            return False
        for context, needs, lacks in self._keeping:
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
