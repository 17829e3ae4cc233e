"""Paragraphs and sentences that speak of spellings: "Kiev, a spelling, ... Kyiv"."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.contexts import AnyOf
from normalize.engine.matcher import Scene
from normalize.engine.words import Words

LONG = 1000  # code points of a paragraph: in shorter ones a name is found at once
# Where a stretch of text begins, and the text.
Place = tuple[int, str]
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
        if place is None or not self._has(scene, place, output):
            return False
        if self._wide.stand_in(scene, place):
            return True
        sentence = self._sentence(scene, place, start)
        return self._has(scene, sentence, output) and self._close.stand_in(
            scene, sentence
        )

    def _has(self, scene: Scene, place: Place, output: str) -> bool:
        """Whether a name stands there; of what is long it is asked once."""
        start, body = place
        if len(body) < LONG:
            return output in body
        key = self, start, len(body), output
        told: bool | None = scene.memo.get(key)
        if told is None:
            told = scene.memo[key] = output in body
        return told

    def _sentence(self, scene: Scene, place: Place, at: int) -> Place:
        """Start and text of the sentence at a place in a paragraph."""
        last: Place | None = scene.memo.get(self)
        if last is not None and last[0] <= at < last[0] + len(last[1]):
            return last
        first, body = place
        low = body.rfind(_STOP, 0, at - first) + 1
        high = body.find(_STOP, at - first)
        sentence = body[low : high if high >= 0 else len(body)]
        scene.memo[self] = found = first + low, sentence
        return found
