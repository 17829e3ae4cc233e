"""Paragraphs and sentences that speak of spellings: "Kiev, a spelling, ... Kyiv"."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.contexts import AnyOf
from normalize.engine.matcher import Scene
from normalize.engine.words import Words

_STOP = ". "  # good enough: behind an abbreviation less of a sentence is looked at


class Discussed:
    """Tells whether several spellings of one name are spoken of around a place.

    There the written form of the name stands too, and a word that says so: one of
    `paragraph` anywhere in the paragraph, one of `sentence` in the same sentence.
    """

    def __init__(self, words: Words, discussing: Sequence[Sequence[str]]) -> None:
        self._wide, self._close = (AnyOf(words, phrases) for phrases in discussing)

    def hold(self, scene: Scene, start: int, output: str) -> bool:
        """Whether the name at `start`, which `output` is not, is only spoken of."""
        place = scene.paragraph(start)
        # Nearly always one spelling is used, and this is the end of it.
        if place is None or output not in place[1]:
            return False
        if self._wide.stand_in(scene, place):
            return True
        first, body = place
        low = body.rfind(_STOP, 0, start - first) + 1
        high = body.find(_STOP, start - first)
        sentence = body[low : high if high >= 0 else len(body)]
        return output in sentence and self._close.stand_in(
            scene, (first + low, sentence)
        )
