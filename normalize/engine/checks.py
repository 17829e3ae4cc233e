"""What changes nothing and only tells: it is looked for when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from normalize.engine.finders import finder_of
from normalize.engine.locator import tried
from normalize.engine.matcher import Matcher, Scene
from normalize.engine.narrow import Facts
from normalize.engine.scan import Scanner

_NONE = frozenset[str]()


class Checks:
    """The checks of a stage; what they see is noted in the scene.

    `in_ascii` tells whether they may see something in a text of ASCII only.
    """

    def __init__(self, checks: Sequence[Matcher]) -> None:
        self._scanner = Scanner(a for check in checks for a in check.anchors)
        self._owners = self._scanner.dispatch(checks)
        # Characters one of which is in every text where they do; empty: any text may.
        needs: list[frozenset[str]] = [getattr(c, "needs", _NONE) for c in checks]
        self._needed = _NONE.union(*needs) if all(needs) else _NONE
        plain = not self._needed or any(map(str.isascii, self._needed))
        self.in_ascii = plain and self._scanner.has_ascii
        self._ask()

    def _ask(self) -> None:
        made = {mine: finder_of(mine) for mine in set(self._owners)}
        self._finders = [made[mine] for mine in self._owners]

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_finders": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._ask()

    def look(self, scene: Scene, facts: Facts | None) -> None:
        """Note what is seen in the text of a scene; `facts` are its, where known."""
        odd = facts.odd if facts is not None else None
        if not self._finders or not self._may_see(scene.text, odd):
            return
        for number, start, _ in self._scanner.hits(scene.text, odd):
            tried(self._finders[number], scene, start)

    def _may_see(self, text: str, odd: frozenset[str] | None) -> bool:
        """Whether the text has one of the characters that are needed."""
        if not self._needed:
            return True
        if odd is None:
            return any(char in text for char in self._needed)
        return any(char in (text if char.isascii() else odd) for char in self._needed)
