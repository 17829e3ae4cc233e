"""What the paragraph of a name says: of its country, and in which language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalize.engine.company import NOBODY, Company
from normalize.engine.foreign import Foreign
from normalize.engine.matcher import Scene
from normalize.engine.readings import EITHER, UNLESS, Readings, Terms
from normalize.engine.scan import Scanner
from normalize.engine.written import WORD, Text, Written

# Words that prove something, and what finds the phrases that do.
Proof = tuple[frozenset[str], Scanner]
_NOTHING: Proof = (frozenset(), Scanner(()))


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
        terms: Mapping[int, Terms],
        apostrophes: frozenset[str],
        company: Company = NOBODY,
    ) -> None:
        self._company = company
        self._marks = tuple(sorted(apostrophes - {"'"}))
        self._foreign = foreign
        self._asked = self, "foreign"  # by start of the paragraph, in the scene
        self._becoming: dict[tuple[str, str], bool] = {}  # by kind and written form
        self._proofs: dict[str, Proof] = {}
        inner: set[str] = set()
        for kind, own in words.items():
            # A place of a country is a word of it.
            found = {*own, *words.get(f"{kind}-places", ())}
            single = frozenset(word for word in found if WORD.fullmatch(word))
            phrases = sorted(word for word in found if word not in single)
            # In capitals the same words prove the same.
            loud = map(str.upper, phrases)
            self._proofs[kind] = single, Scanner((), {*phrases, *loud})
            inner.update(part for phrase in phrases for part in WORD.findall(phrase))
        self._written = Written(readings, terms, frozenset(inner))

    def is_foreign(self, scene: Scene, start: int) -> bool:
        """Whether the paragraph is in a language that has its own spellings."""
        foreign = self._foreign
        if foreign is None or foreign.is_far(scene, start):
            return False
        place = scene.paragraph(start)
        if place is None:
            return False
        at, body = place
        asked = scene.memo.get(self._asked)
        if asked is None:
            asked = scene.memo[self._asked] = {}
        told: bool | None = asked.get(at)
        if told is None:
            told = asked[at] = foreign.holds(body)
        return told

    def proves(
        self,
        scene: Scene,
        start: int,
        needs: str,
        lacks: str,
        name: str,
        *,
        elsewhere: bool = False,
    ) -> bool:
        """Whether the paragraph holds the evidence that is asked for, and no other.

        A word that is only part of the `name` in question is none; with `elsewhere` the
        name is none wherever it stands.
        """
        place = scene.paragraph(start)
        if place is None:
            return False
        key = self, place[0], name, elsewhere
        own = scene.memo.get(key)  # counted once, however often the name stands there
        if own is None:
            flat = self._read(scene, place)[1].partition("\n")[0]
            own = scene.memo[key] = frozenset(
                after
                for part, after in self._written.parts(name)
                if elsewhere or flat.count(part) <= name.count(part)
            )
        return self._decides(scene, place, needs, lacks, own)

    def knows(self, word: str) -> bool:
        """Whether a word, or a name of several, proves something, as a place does."""
        proofs = self._proofs.values()
        if " " in word:
            return any(phrases.hits(word) for _, phrases in proofs)
        return any(word in single for single, _ in proofs)

    def tells(self, scene: Scene, start: int, name: str, kind: str) -> bool:
        """Whether a name in the paragraph of `start` is evidence of this kind itself.

        One that becomes such a name is, too: a second run must see what the first saw.
        """
        place = scene.paragraph(start)
        if place is None:
            return False
        words, written = self._written.shortly(name)
        single, phrases = self._proofs.get(kind, _NOTHING)
        if not single.isdisjoint(words) or phrases.hits(written):
            return True
        return self._becomes(scene, place, kind, frozenset(), (), words)

    def _decides(
        self,
        scene: Scene,
        place: tuple[int, str],
        needs: str,
        lacks: str,
        own: frozenset[str],
        asked: tuple[str, ...] = (),
    ) -> bool:
        """Whether one of the kinds is there that are needed, and none that is not."""
        return (
            not needs
            or any(self._holds(scene, place, k, own, asked) for k in _kinds(needs))
        ) and not (
            lacks
            and any(self._holds(scene, place, k, own, asked) for k in _kinds(lacks))
        )

    def _holds(
        self,
        scene: Scene,
        place: tuple[int, str],
        kind: str,
        own: frozenset[str],
        asked: tuple[str, ...],
    ) -> bool:
        """Whether a paragraph has this evidence; `asked` are kinds that wait for it."""
        key = self, place[0], kind, own, asked
        told = scene.memo.get(key)
        if told is None:
            # What waits for this kind itself is asked for its words only.
            told = self._shows(scene, place, kind, own) or (
                kind not in asked and self._becomes(scene, place, kind, own, asked)
            )
            scene.memo[key] = told
        return bool(told)

    def _shows(
        self, scene: Scene, place: tuple[int, str], kind: str, own: frozenset[str]
    ) -> bool:
        """Whether a paragraph has a proof of this kind that asks for nothing."""
        key = self, place[0], kind
        told: tuple[frozenset[str], frozenset[str]] | None = scene.memo.get(key)
        if told is None:
            words, flat = self._read(scene, place)
            single, phrases = self._proofs.get(kind, _NOTHING)
            found = frozenset(flat[start:end] for _, start, end in phrases.hits(flat))
            told = scene.memo[key] = single & words, found
        return (
            not told[0] <= own
            or any(not any(phrase in name for name in own) for phrase in told[1])
            or (kind in self._company.nations and self._knows(scene, place, kind, own))
        )

    def _knows(
        self, scene: Scene, place: tuple[int, str], nation: str, own: frozenset[str]
    ) -> bool:
        """Whether a paragraph names known people of this country."""
        key = self, place[0], "people"
        told: frozenset[tuple[str, str]] | None = scene.memo.get(key)
        if told is None:
            text = " ".join(place[1].split())
            told = scene.memo[key] = self._company.of(text)
        return any(its == nation and surname not in own for its, surname in told)

    def _read(self, scene: Scene, place: tuple[int, str]) -> Text:
        start, body = place
        read: Text | None = scene.memo.get((self, start))
        if read is None:
            for mark in self._marks:
                body = body.replace(mark, "'")
            flat = " ".join(body.split())
            words, written = self._written.of(flat)
            # In capitals the same words prove the same.
            words |= {word.capitalize() for word in self._written.loud(words)}
            if written != flat:
                flat = f"{flat}\n{written}"
            read = scene.memo[self, start] = words, flat
        return read

    def _becomes(
        self,
        scene: Scene,
        place: tuple[int, str],
        kind: str,
        own: frozenset[str],
        asked: tuple[str, ...],
        among: set[str] | None = None,
    ) -> bool:
        """Whether a word of the paragraph, or `among` them, becomes such a proof."""
        # The paragraph is read only where it must be.
        words = self._read(scene, place)[0] if among is None else among
        asked = (*asked, kind)
        for word in filter(self._written.knows, words - own):
            last = "", ""
            for spelling, output, _, *needed in self._written.readings_of(word):
                other = needed[0] == UNLESS
                needs, lacks = last if other else needed
                last = needs, lacks
                if not (needs or lacks) or not self._is_proof(kind, output):
                    continue
                flat = self._read(scene, place)[1]
                if not any(form in flat for form in (spelling, spelling.upper())):
                    continue
                theirs = frozenset(
                    after for _, after in self._written.parts(spelling or word)
                )
                held = self._decides(scene, place, needs, lacks, theirs, asked)
                if held != other:
                    return True
        return False

    def _is_proof(self, kind: str, output: str) -> bool:
        """Whether a written form proves this kind, or holds something that does."""
        key = kind, output
        told = self._becoming.get(key)
        if told is None:
            single, phrases = self._proofs.get(kind, _NOTHING)
            parts = WORD.findall(output)
            told = not single.isdisjoint(parts) or bool(phrases.hits(output))
            self._becoming[key] = told
        return told


def _kinds(either: str) -> Sequence[str]:
    """The kinds of evidence one of which is meant."""
    return either.split(EITHER) if EITHER in either else (either,)
