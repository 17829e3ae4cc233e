"""What the paragraph of a name says: of its country, and in which language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from normalize.engine.matcher import Scene
from normalize.engine.readings import Foreign

# Words that prove something, and phrases that do.
Proof = tuple[frozenset[str], tuple[str, ...]]
_NOTHING: Proof = (frozenset(), ())
_WORD = re.compile(r"\w+")


class Evidence:
    """Asks paragraphs, and remembers in the scene what they said.

    `words` are, by kind of evidence, the words and phrases that prove it.
    """

    def __init__(
        self, words: Mapping[str, Sequence[str]], foreign: Foreign | None
    ) -> None:
        self._foreign = foreign
        self._proofs: dict[str, Proof] = {}
        for kind, found in words.items():
            single = frozenset(word for word in found if _WORD.fullmatch(word))
            self._proofs[kind] = single, tuple(w for w in found if w not in single)

    def is_foreign(self, scene: Scene, start: int) -> bool:
        """Whether the paragraph is in a language that has its own spellings.

        Only paragraphs with a frequent word of such a language are looked at.
        """
        if self._foreign is None:
            return False
        cues = scene.memo.get((self, "cues"))
        if cues is None:
            cues = [at for _, at, _ in self._foreign.scanner.hits(scene.text)]
            scene.memo[self, "cues"] = cues
        place = scene.paragraph(start) if cues else None
        if place is None:
            return False
        first, body = place
        i = bisect_left(cues, first)
        if i == len(cues) or cues[i] >= first + len(body):
            return False
        told = scene.memo.get((self, "language", first))
        if told is None:
            told = self._foreign.holds(body)
            scene.memo[self, "language", first] = told
        return bool(told)

    def proves(self, scene: Scene, start: int, needs: str, lacks: str) -> bool:
        """Whether the paragraph holds one kind of evidence, and not the other."""
        place = scene.paragraph(start)
        if place is None:
            return False
        return self._holds(scene, place, needs) and not (
            lacks and self._holds(scene, place, lacks)
        )

    def _holds(self, scene: Scene, place: tuple[int, str], kind: str) -> bool:
        key = self, place[0], kind
        told = scene.memo.get(key)
        if told is None:
            start, body = place
            words = scene.memo.get((self, start))
            if words is None:
                words = scene.memo[self, start] = set(_WORD.findall(body))
            single, phrases = self._proofs.get(kind, _NOTHING)
            told = not single.isdisjoint(words) or any(p in body for p in phrases)
            scene.memo[key] = told
        return bool(told)
