"""The first full date of a text, from which its partial dates are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalize.engine.matcher import Scene
from normalize.engine.pivot_table import PivotTable
from normalize.engine.pivots import Pivots
from normalize.engine.scan import Scanner
from normalize.kinds.quantities.judge import Judge

# A date that is already written as ISO 8601 has it counts too.
_ISO = re.compile(r"(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])")


class FirstDate:
    """Finds the first full date of a text, once for each text."""

    def __init__(self, pivots: Sequence[Pivots]) -> None:
        self._scanner = Scanner(a for p in pivots for a in p.anchors)
        self._pivots = PivotTable(pivots)

    def __call__(self, scene: Scene) -> date | None:
        """The date; None when the text has none."""
        if self not in scene.memo:
            scene.memo[self] = self._look(scene)
        found = scene.memo[self]
        return found if isinstance(found, date) else None

    def _look(self, scene: Scene) -> date | None:
        dates = [
            (found.start(), day)
            for found in _ISO.finditer(scene.text)
            if (day := _iso(found[0])) is not None
        ][:1]
        for _, start, _ in self._scanner.hits(scene.text):
            for pivots in self._pivots.at(scene.text, start):
                found_at = pivots.find(scene, start)
                if found_at is None or not isinstance(pivots.judge, Judge):
                    continue
                view, match = found_at
                near = scene.text[view.start : view.start + len(view.coded)]
                day = pivots.judge.full_date(near, match)
                if day is not None:
                    dates.append((view.start + match.start(), day))
        return min(dates)[1] if dates else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
