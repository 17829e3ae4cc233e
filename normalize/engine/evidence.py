"""What the paragraph of a name says: of its country, and in which language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from normalize.engine.matcher import Scene
from normalize.engine.readings import Foreign, Readings
from normalize.engine.scan import Scanner

# Words that prove something, and what finds the phrases that do.
Proof = tuple[frozenset[str], Scanner]
_NOTHING: Proof = (frozenset(), Scanner(()))
_WORD = re.compile(r"\w+")


# Instead of the evidence of a reading: it holds where the one before it does not.
UNLESS = "!"


class Evidence:
    """Asks paragraphs, and remembers in the scene what they said.

    `words` are, by kind of evidence, the words and phrases that prove it. A spelling
    that becomes one of them proves the same: a second run must see what the first saw.
    """

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        foreign: Foreign | None,
        readings: Mapping[str, Readings],
        apostrophes: frozenset[str],
    ) -> None:
        marks = f"[{re.escape(''.join(sorted(apostrophes)))}]"
        self._mark = re.compile(marks)
        self._marked = re.compile(rf"\w+(?:{marks}\w+)+")
        self._foreign = foreign
        self._asked = self, "foreign"  # by start of the paragraph, in the scene
        self._readings = readings
        self._becoming = {kind: frozenset(found) for kind, found in words.items()}
        self._proofs: dict[str, Proof] = {}
        for kind, found in words.items():
            single = frozenset(word for word in found if _WORD.fullmatch(word))
            phrases = (word for word in found if word not in single)
            self._proofs[kind] = single, Scanner((), phrases)

    def is_foreign(self, scene: Scene, start: int) -> bool:
        """Whether the paragraph is in a language that has its own spellings.

        Only paragraphs with a frequent word of such a language are looked at.
        """
        place = scene.paragraph(start) if self._foreign is not None else None
        if self._foreign is None or place is None:
            return False
        at, body = place
        asked = scene.memo.get(self._asked)
        if asked is None:
            asked = scene.memo[self._asked] = {}
        told: bool | None = asked.get(at)
        if told is None:
            maybe = bool(self._foreign.scanner.hits(body))
            told = asked[at] = maybe and self._foreign.holds(body)
        return told

    def proves(
        self, scene: Scene, start: int, needs: str, lacks: str, name: str
    ) -> bool:
        """Whether the paragraph holds one kind of evidence, and not the other.

        What becomes a proof is none where it is only part of the `name` in question.
        """
        place = scene.paragraph(start)
        if place is None:
            return False
        key = self, place[0], name
        own = scene.memo.get(key)  # counted once, however often the name stands there
        if own is None:
            own = scene.memo[key] = frozenset(
                word
                for word in _WORD.findall(name)
                if place[1].count(word) <= name.count(word)
            )
        return self._holds(scene, place, needs, own=own) and not (
            lacks and self._holds(scene, place, lacks, own=own)
        )

    def _holds(
        self,
        scene: Scene,
        place: tuple[int, str],
        kind: str,
        own: frozenset[str],
        asked: tuple[str, ...] = (),
    ) -> bool:
        """Whether a paragraph has this evidence; `asked` are kinds that wait for it."""
        key = self, place[0], kind, own, asked
        told = scene.memo.get(key)
        if told is None:
            start, body = place
            words = scene.memo.get((self, start))
            if words is None:
                words = scene.memo[self, start] = self._words_of(body)
            single, phrases = self._proofs.get(kind, _NOTHING)
            told = (
                not single.isdisjoint(words)
                or bool(phrases.hits(body))
                # What waits for this kind itself is asked for its words only.
                or (
                    kind not in asked
                    and self._becomes(scene, place, words - own, kind, own, asked)
                )
            )
            scene.memo[key] = told
        return bool(told)

    def _words_of(self, body: str) -> set[str]:
        """The words of a paragraph, those in capitals in usual letters too.

        Of words with apostrophes both the parts and the whole, with one kind of mark.
        """
        words = set(_WORD.findall(body))
        for mark in self._mark.finditer(body):
            first, last = mark.span()
            if body[first - 1 : first].isspace() or not body[last : last + 1].isalnum():
                continue
            stop = body.find(" ", last)
            around = body[body.rfind(" ", 0, first) + 1 : stop if stop > 0 else None]
            words.update(self._mark.sub("'", w) for w in self._marked.findall(around))
        words |= {word.capitalize() for word in words if word.isupper()}
        return words

    def _becomes(
        self,
        scene: Scene,
        place: tuple[int, str],
        words: set[str],
        kind: str,
        own: frozenset[str],
        asked: tuple[str, ...],
    ) -> bool:
        """Whether a word of the paragraph becomes what proves this kind."""
        proofs = self._becoming.get(kind, frozenset())
        asked = (*asked, kind)
        for word in words & self._readings.keys():
            last = "", ""
            for spelling, output, _, *needed in self._readings[word][0]:
                other = needed[0] == UNLESS
                needs, lacks = last if other else needed
                last = needs, lacks
                if output not in proofs or needs in asked:
                    continue
                if spelling and spelling not in place[1]:
                    continue
                if not needs:
                    return True
                held = self._holds(scene, place, needs, own, asked) and not (
                    lacks and self._holds(scene, place, lacks, own, asked)
                )
                if held != other:
                    return True
        return False
