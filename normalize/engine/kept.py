"""Contexts in which a place may be no place: Odessa Street in Chicago, Kiev: Mir, 1974.

There it stays, or changes only where the paragraph proves its country.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from normalize.engine.analysis import with_parts
from normalize.engine.contexts import Contexts
from normalize.engine.evidence import Evidence
from normalize.engine.guards import Guard, Item, make_guard
from normalize.engine.matcher import PLACE, Scene
from normalize.engine.patterns import Look, Seq, Tree
from normalize.engine.readings import Keeping, Terms
from normalize.engine.wide import SEEN
from normalize.engine.words import Words

BUT = "not-"  # before the kind of places that are not meant


class Kept:
    """Tells whether what stands around a place keeps it as it is.

    `people` are the ranks of surnames that decide alone: those are no places. A name
    with a context of its own is sure there. `kinds` are those of evidence, with the
    places of each country among them.
    """

    def __init__(
        self,
        words: Words,
        keeping: Sequence[Keeping],
        terms: Mapping[int, Terms],
        people: Collection[int],
        contexts: Contexts,
        evidence: Evidence,
        kinds: Mapping[str, Collection[str]],
    ) -> None:
        self._words = words
        self._keeping = keeping
        self._terms = [terms[rank] for rank, *_ in keeping]
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
        if rank in self._sure or not self._may_stand(scene, start, end):
            return False
        for context, needs, lacks, of in self._keeping:
            if of and not self._is_one(output, of):
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

    def _may_stand(self, scene: Scene, start: int, end: int) -> bool:
        """Whether any of the contexts may be there: around most names is none."""
        behind, before = self._asked
        if behind is None and before is None:  # not known
            return bool(self._keeping)
        text = scene.text
        for guard in (behind, before):
            if guard is not None and end - start + guard.seen > SEEN:
                scene.beyond |= PLACE
        return bool(
            behind is not None
            and behind.after is not None
            and behind.after.match(text, end)
        ) or bool(
            before is not None
            and before.before is not None
            and before.before.match(text, start)
        )

    @cached_property
    def _asked(self) -> tuple[Guard | None, Guard | None]:
        """What stands behind a name in one of the contexts, or before it in others.

        One pattern each, which fits too often rather than not; None: not known.
        """
        terms = self._terms
        if any(one.own or not (one.preceded_by or one.followed_by) for one in terms):
            return None, None
        behind = [item for one in terms for item in one.followed_by]
        others = (one for one in terms if not one.followed_by)
        before = [item for one in others for item in one.preceded_by]
        return (
            make_guard(self._words, followed_by=_asking_less(behind)),
            make_guard(self._words, preceded_by=_asking_less(before)),
        )


def _asking_less(items: Iterable[Item]) -> list[Item]:
    """Phrases and patterns without what must not be there.

    That may lie in another paragraph, which a look at the whole text does not know.
    """
    return [item if isinstance(item, str) else _plainer(item) for item in items]


def _plainer(tree: Tree) -> Tree:
    if isinstance(tree, Look) and tree.negated:
        return Seq(())
    return with_parts(tree, _plainer)
