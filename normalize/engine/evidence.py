"""What the paragraph of a name says: of its country, and in which language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from normalize.engine.company import NOBODY, Company
from normalize.engine.firstwords import begun
from normalize.engine.matcher import Scene
from normalize.engine.readings import EITHER, UNLESS, Foreign, Lone, Readings, Terms
from normalize.engine.scan import Scanner

# Words that prove something, and what finds the phrases that do.
Proof = tuple[frozenset[str], Scanner]
# Of a paragraph: its words when all are written that ask for nothing; its text before
# and then.
_Read = tuple[set[str], str]
# What a word becomes ("": nothing); longer names, and what those become.
_Plain = tuple[str, tuple[tuple[str, str], ...]]
# A part of a text, and whether names in it are still to be written.
_Part = tuple[str, bool]
MOST = 4096  # so many words at least are remembered
_NOTHING: Proof = (frozenset(), Scanner(()))
_WORD = re.compile(r"\w+")
# What begins a word that is no name: signs of handles and hashtags, marks of letters.
_STUCK = "#@\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
_MARKED = re.compile(r"\w+(?:'\w+)+")


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
        self._readings = readings
        self._terms = terms
        self._plainly: dict[str, _Plain] = {}
        self._whole: dict[str, re.Pattern[str]] = {}
        self._becoming: dict[tuple[str, str], bool] = {}  # by kind and written form
        self._named: dict[str, tuple[tuple[str, str], ...]] = {}  # by name
        self._proofs: dict[str, Proof] = {}
        inner: set[str] = set()
        for kind, own in words.items():
            # A place of a country is a word of it.
            found = {*own, *words.get(f"{kind}-places", ())}
            single = frozenset(word for word in found if _WORD.fullmatch(word))
            phrases = sorted(word for word in found if word not in single)
            # In capitals the same words prove the same.
            loud = map(str.upper, phrases)
            self._proofs[kind] = single, Scanner((), {*phrases, *loud})
            inner.update(part for phrase in phrases for part in _WORD.findall(phrase))
        self._inner = frozenset(inner)
        self._quiet: set[str] = set()  # some words that are not in capitals

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
                for part, after in self._parts(name)
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
        words, written = self._written(" ".join(name.split()))
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

    def _read(self, scene: Scene, place: tuple[int, str]) -> _Read:
        start, body = place
        read: _Read | None = scene.memo.get((self, start))
        if read is None:
            for mark in self._marks:
                body = body.replace(mark, "'")
            flat = " ".join(body.split())
            words, written = self._written(flat)
            # In capitals the same words prove the same.
            words |= {word.capitalize() for word in self._loud(words)}
            if written != flat:
                flat = f"{flat}\n{written}"
            read = scene.memo[self, start] = words, flat
        return read

    def _written(self, text: str) -> _Read:
        """The words and the text with every name written that asks for nothing.

        A second run must see what the first one sees.
        """
        words = _words(text)
        known = [(word, word) for word in words & self._readings.keys()]
        # Known words only: what is remembered of them must not grow with the texts.
        loud = [(w.capitalize(), w) for w in self._loud(words) if len(w) > 1]
        known += [pair for pair in loud if pair[0] in self._readings]
        single: dict[str, str] = {}
        longer: list[tuple[str, str]] = []
        for key, word in known:
            caps = word != key
            output, names = self._plain(key)
            if output:
                single[word] = output.upper() if caps else output
            longer += [(a.upper(), b.upper()) for a, b in names] if caps else names
        if not single and not longer:
            return words, text
        parts = _cut([(text, True)], [pair for pair in longer if pair[0] in text])
        # Only what may be part of something longer, or is: most words are none.
        inner = {
            word: after
            for word, after in single.items()
            if after in self._inner
            or " " in after
            or any(after in name for name, _ in longer)
        }
        if inner:
            parts = [(self._singly(p, inner) if o else p, o) for p, o in parts]
            outputs = set(inner.values())
            again = [p for p in longer if any(after in p[0] for after in outputs)]
            parts = _cut(parts, again)
        if parts == [(text, True)]:
            return words.difference(single).union(single.values()), text
        words = set()
        for part, open_ in parts:
            some = _words(part)
            words |= some.difference(single) if open_ else some
            words |= {single[w] for w in single.keys() & some} if open_ else set()
        return words, "".join(part for part, _ in parts)

    def _loud(self, words: set[str]) -> list[str]:
        """The words in capitals; those that are not come again and again."""
        asked = words - self._quiet
        loud = [word for word in asked if word.isupper()]
        if len(self._quiet) < MOST:
            self._quiet.update(asked.difference(loud))
        return loud

    def _parts(self, name: str) -> Sequence[tuple[str, str]]:
        """The words of a name, and itself, each with what it is written as."""
        known = self._named.get(name)
        if known is None:
            words = [(part, self._plain(part)[0] or part) for part in _words(name)]
            known = self._named[name] = (*words, (name, self._written(name)[1]))
        return known

    def _singly(self, text: str, single: Mapping[str, str]) -> str:
        for name in sorted(single):
            if name in text:
                whole = self._whole.get(name)
                if whole is None:
                    whole = self._whole[name] = _whole(name)
                text = whole.sub(single[name], text)
        return text

    def _plain(self, word: str) -> _Plain:
        """What a word becomes that asks for nothing, and the longer names it begins.

        What the word is no name in is among those, as it is.
        """
        told = self._plainly.get(word)
        if told is None:
            single = ""
            longer: list[tuple[str, str]] = []
            for spelling, output, rank, needs, lacks in self._of(word):
                if needs or lacks:
                    continue
                unless = self._terms[rank].unless if rank in self._terms else ()
                longer += [(p, p) for p in unless if isinstance(p, str)]
                if spelling:
                    longer.append((spelling, output))
                elif output != word:
                    single = output
            told = self._plainly[word] = single, tuple(longer)
        return told

    def _of(self, word: str) -> list[Lone]:
        """The readings of a first word, by what it becomes among them."""
        known = self._readings.get(word)
        return [*known[0], *begun(word, self._readings)] if known is not None else []

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
        for word in (words - own) & self._readings.keys():
            last = "", ""
            for spelling, output, _, *needed in self._of(word):
                other = needed[0] == UNLESS
                needs, lacks = last if other else needed
                last = needs, lacks
                if not (needs or lacks) or not self._is_proof(kind, output):
                    continue
                flat = self._read(scene, place)[1]
                if not any(form in flat for form in (spelling, spelling.upper())):
                    continue
                theirs = frozenset(after for _, after in self._parts(spelling or word))
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
            parts = _WORD.findall(output)
            told = not single.isdisjoint(parts) or bool(phrases.hits(output))
            self._becoming[key] = told
        return told


def _kinds(either: str) -> Sequence[str]:
    """The kinds of evidence one of which is meant."""
    return either.split(EITHER) if EITHER in either else (either,)


def _words(text: str) -> set[str]:
    """The words of a text, also the parts of those with apostrophes."""
    words = set(_WORD.findall(text))
    at = text.find("'")
    while at >= 0:
        stop = text.find(" ", at)
        stop = stop if stop > 0 else len(text)
        for word in _MARKED.findall(text[text.rfind(" ", 0, at) + 1 : stop]):
            words |= {word, word.rpartition("'")[0]}
        at = text.find("'", stop)
    return words


def _whole(name: str) -> re.Pattern[str]:
    """A name at whose edges no word runs on, and which is not part of a hashtag."""
    return re.compile(
        rf"(?<![\w{_STUCK}])(?<!\w'){re.escape(name)}(?!\w)(?!'(?![sS]\b)\w)"
    )


def _cut(parts: list[_Part], pairs: Iterable[tuple[str, str]]) -> list[_Part]:
    """The parts of a text with longer names written, each a part that is closed."""
    for before, after in sorted(pairs, key=lambda pair: (-len(pair[0]), pair)):
        if any(before in part for part, _ in parts):
            whole = _whole(before)
            cut: list[_Part] = []
            for part, open_ in parts:
                first, *others = whole.split(part) if open_ else (part,)
                cut.append((first, open_))
                for other in others:
                    cut += ((after, False), (other, True))
            parts = cut
    return parts
