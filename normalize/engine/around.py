"""Whether any of some conditions may hold at a place: around most places none does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from normalize.engine.analysis import with_parts
from normalize.engine.guards import Guard, Item, make_guard
from normalize.engine.matcher import PLACE, Scene
from normalize.engine.patterns import Look, Seq, Tree
from normalize.engine.readings import Terms
from normalize.engine.wide import SEEN
from normalize.engine.words import Words


class Around:
    """What stands behind a name by some of the conditions, or before it by others.

    One look at each side, which fits too often rather than not.
    """

    __slots__ = ("_always", "_before", "_behind", "_seen")

    def __init__(self, words: Words, terms: Sequence[Terms]) -> None:
        # Of a user's patterns the time is limited: they are tried where they must be.
        self._always = any(
            one.own is not None or not (one.preceded_by or one.followed_by)
            for one in terms
        )
        behind = [item for one in terms for item in one.followed_by]
        others = (one for one in terms if not one.followed_by)
        before = [item for one in others for item in one.preceded_by]
        first = make_guard(words, followed_by=_asking_less(behind))
        second = make_guard(words, preceded_by=_asking_less(before))
        self._behind: Any = first.after if first is not None else None
        self._before: Any = second.before if second is not None else None
        self._seen = max(_seen(first), _seen(second))

    def may_hold(self, scene: Scene, start: int, end: int) -> bool:
        """Whether one of the conditions may hold at `start:end`."""
        if self._always:
            return True
        if end - start + self._seen > SEEN:
            scene.beyond |= PLACE
        text = scene.text
        return bool(
            (self._behind is not None and self._behind.match(text, end))
            or (self._before is not None and self._before.match(text, start))
        )


def _seen(guard: Guard | None) -> int:
    return 0 if guard is None else guard.seen


def _asking_less(items: Iterable[Item]) -> list[Item]:
    """Phrases and patterns without what must not be there.

    That may lie in another paragraph, which a look at the whole text does not know.
    """
    return [item if isinstance(item, str) else _plainer(item) for item in items]


def _plainer(tree: Tree) -> Tree:
    if isinstance(tree, Look) and tree.negated:
        return Seq(())
    return with_parts(tree, _plainer)
