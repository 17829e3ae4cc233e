"""A text with every name written that asks for nothing: what a second run would see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from normalize.engine.firstwords import begun
from normalize.engine.known import Known
from normalize.engine.readings import Lone, Readings, Terms
from normalize.engine.wholes import Longer, Wholes, holding, standing

# The words of a text when names are written, and its text then.
Text = tuple[set[str], str]
# What a word becomes ("": nothing), and longer names.
_Plain = tuple[str, tuple[Longer, ...]]
MOST = 4096  # so many words at least are remembered, and so many short names
PIECES, LONGEST = 8192, 40  # so many pieces of text, of so many code points at most
WORD = re.compile(r"\w+")
_MARKED = re.compile(r"\w+(?:'\w+)+")


class Written:
    """Writes the names of short texts and paragraphs.

    `inner` are words that phrases of evidence hold: written words may be part of those.
    """

    def __init__(
        self,
        readings: Mapping[str, Readings],
        terms: Mapping[int, Terms],
        inner: frozenset[str],
    ) -> None:
        self._readings = readings
        # Without a step of Python for each word.
        asked = readings.asked if isinstance(readings, Known) else None
        self.knows = readings.get if asked is None else asked.__getitem__
        self._terms = terms
        self._inner = inner
        self._plainly: dict[str, _Plain] = {}
        self._wholes = Wholes()
        self._named: dict[str, tuple[tuple[str, str], ...]] = {}  # by name
        self._short: dict[str, Text] = {}  # what short texts came to
        self._quiet: set[str] = set()  # some words that are not in capitals
        self._pieces = _Pieces()

    def shortly(self, name: str) -> Text:
        """The same as `of`, of what is asked for again and again."""
        told = self._short.get(name)
        if told is None:
            if len(self._short) >= MOST:
                self._short.clear()
            told = self._short[name] = self.of(" ".join(name.split()))
        return told

    def of(self, text: str) -> Text:
        """The words and the text with every name written that asks for nothing.

        A second run must see what the first one sees.
        """
        words = self._words(text)
        known = [(word, word) for word in filter(self.knows, words)]
        # Known words only: what is remembered of them must not grow with the texts.
        loud = [(w.capitalize(), w) for w in self.loud(words) if len(w) > 1]
        known += [pair for pair in loud if self.knows(pair[0])]
        single: dict[str, str] = {}
        longer: dict[Longer, None] = {}  # in order, each once
        for key, word in known:
            caps = word != key
            output, names = self._plain(key)
            if output:
                single[word] = output.upper() if caps else output
            longer.update(dict.fromkeys(map(_in_capitals, names) if caps else names))
        if not single and not longer:
            return words, text
        # Most are told by a set, without going through the text.
        maybe = [name for name in longer if name[2] in words or not name[2]]
        there = standing({name for name, *_ in maybe}, text)
        found = [name for name in maybe if name[0] in there]
        parts = self._wholes.cut([(text, True)], found)
        # Only what may be part of something longer, or is: most words are none.
        outputs = set(single.values())
        inside = standing(outputs, "\n".join([name for name, *_ in longer]))
        inside |= outputs & self._inner
        inner = {
            word: after
            for word, after in single.items()
            if after in inside or " " in after
        }
        if inner:
            parts = [(self._wholes.written(p, inner) if o else p, o) for p, o in parts]
            parts = self._wholes.cut(parts, holding(longer, set(inner.values())))
        if parts == [(text, True)]:
            return words.difference(single).union(single.values()), text
        words = set()
        for part, open_ in parts:
            some = self._words(part)
            words |= some.difference(single) if open_ else some
            words |= {single[w] for w in single.keys() & some} if open_ else set()
        return words, "".join(part for part, _ in parts)

    def loud(self, words: set[str]) -> list[str]:
        """The words in capitals; those that are not come again and again."""
        asked = words - self._quiet
        loud = [word for word in asked if word.isupper()]
        if len(self._quiet) < MOST:
            self._quiet.update(asked.difference(loud))
        return loud

    def parts(self, name: str) -> Sequence[tuple[str, str]]:
        """The words of a name, and itself, each with what it is written as."""
        known = self._named.get(name)
        if known is None:
            words = [(part, self._plain(part)[0] or part) for part in self._words(name)]
            known = self._named[name] = (*words, (name, self.of(name)[1]))
        return known

    def _words(self, text: str) -> set[str]:
        """The words of a text, also the parts of those with apostrophes."""
        pieces = map(self._pieces.__getitem__, set(text.split(" ")))
        return set(chain.from_iterable(pieces))

    def _plain(self, word: str) -> _Plain:
        """What a word becomes that asks for nothing, and the longer names it begins.

        What the word is no name in is among those, as it is.
        """
        told = self._plainly.get(word)
        if told is None:
            single = ""
            longer: list[tuple[str, str]] = []
            for spelling, output, rank, needs, lacks in self.readings_of(word):
                if needs or lacks:
                    continue
                unless = self._terms[rank].unless if rank in self._terms else ()
                longer += [(p, p) for p in unless if isinstance(p, str)]
                if spelling:
                    longer.append((spelling, output))
                elif output != word:
                    single = output
            names = tuple([(a, b, ["", *WORD.findall(a)][-1]) for a, b in longer])
            told = self._plainly[word] = single, names
        return told

    def readings_of(self, word: str) -> list[Lone]:
        """The readings of a first word, by what it becomes among them."""
        known = self._readings.get(word)
        return [*known[0], *begun(word, self._readings)] if known is not None else []


def _in_capitals(name: Longer) -> Longer:
    before, after, last = name
    return before.upper(), after.upper(), last.upper()


class _Pieces(dict[str, tuple[str, ...]]):
    """By what stands between two spaces, its words, also parts with apostrophes."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        words = set(WORD.findall(piece))
        for word in _MARKED.findall(piece) if "'" in piece else ():
            words |= {word, word.rpartition("'")[0]}
        found = tuple(sorted(words))
        if len(piece) <= LONGEST:
            if len(self) >= PIECES:
                self.clear()
            self[piece] = found
        return found
