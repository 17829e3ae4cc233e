"""Readings of a first word: those of the word alone, and those of longer names.

Under "New" stand all names that begin with it; which of them a text can hold is told
by its second word, so that the others cost nothing. The words of a longer name are also
known in spellings that would become them one by one: a second run must find nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from normalize.engine.readings import UNLESS, Lone, Readings
from normalize.engine.words import LONGEST, Words

# So many second words are remembered for each.
MOST = 512


class FirstWord:
    """The readings of one first word, sorted by what follows it."""

    __slots__ = (
        "_alone", "_between", "_known", "_longer", "_next", "_spellings", "_told",
        "_word", "_words",
    )  # fmt: skip

    def __init__(
        self,
        words: Words,
        word: str,
        readings: Iterable[Lone],
        known: Mapping[str, Readings],
    ) -> None:
        self._words = words
        self._word = word
        self._known = known
        self._told: dict[str, Sequence[Lone]] = {}  # by second word
        self._alone: list[Lone] = []
        self._longer: dict[str, list[Lone]] = {}
        self._between: set[str] = set()  # what stands behind the word in longer names
        # By a mark or space behind the word, what may follow; "": anything.
        self._next: dict[str, set[str]] = {}
        self._spellings = _spellings(word, known)
        for reading in (*readings, *begun(word, known)):
            rest = reading[0].translate(words.folding)[len(word) :]
            second = rest.lstrip(" -.,'&/")
            if not rest:
                self._alone.append(reading)
                continue
            self._between.add(rest[0])
            self._follow(rest)
            key = words.at(second, 0).lower() if second else ""
            self._longer.setdefault(key, []).append(reading)

    def _follow(self, rest: str) -> None:
        """Take note of the first characters of what stands behind the word."""
        behind, then = rest[0], rest[1:2]
        if behind.isspace():
            behind, then = " ", rest.lstrip()[:1]
        if then.isspace():
            then = ""
        self._next.setdefault(behind, set()).update((then, then.upper()[:1]))

    def fitting(self, text: str, end: int) -> Iterable[Lone]:
        """The readings that may stand where the first word ends at `end`."""
        if not self._longer:
            return self._alone
        longer = self._longer_at(text, end)
        return [*self._alone, *longer] if longer else self._alone

    def _longer_at(self, text: str, end: int) -> Sequence[Lone]:
        behind = text[end : end + 1]
        if behind in {" ", "-"} and text[end + 1 : end + 2].isalnum():
            if behind not in self._between:
                return ()
            return self._with(self._words.at(text, end + 1))
        if behind.isspace():
            gap = self._words.gap.match(text, end)
            at = gap.end() if gap is not None else end
            if at >= len(text) or text[at].isspace():
                return ()  # a blank line, or nothing more
            if text[at].isalnum():
                return self._with(self._words.at(text, at))
            behind = " "
        elif behind not in self._between:
            return ()
        else:
            at = end + 1
        may = self._next.get(behind, ())
        if (
            text[at : at + 1].translate(self._words.folding) not in may
            and "" not in may
        ):
            return ()
        # Spaces and marks of other kinds: all are tried, which is rare.
        return [reading for found in self._longer.values() for reading in found]

    def _with(self, second: str) -> Sequence[Lone]:
        """The longer names with this second word, or with what it becomes."""
        told = self._told.get(second)
        return told if told is not None else self._found(second)

    def _found(self, second: str) -> Sequence[Lone]:
        """The same, looked for and remembered."""
        found = self._longer.get(second.lower(), ())
        word = second if second in self._known else second.capitalize()
        more: list[Lone] = []
        for output, *asked in _becoming(word, self._known):
            for reading in self._longer.get(output.lower(), ()):
                spelling = reading[0]
                at = spelling.find(output, len(self._word))
                if at < 0:
                    continue
                own = f"{spelling[:at]}{word}{spelling[at + len(output) :]}"
                if own not in self._spellings:  # it asks for what it asks for itself
                    more.append(_as(own, reading, asked))
        told = [*found, *more] if more else found
        if len(second) <= LONGEST:
            if len(self._told) >= MOST:
                self._told.clear()
            self._told[second] = told
        return told


def begun(word: str, known: Mapping[str, Readings]) -> Iterator[Lone]:
    """The longer names that begin with what the word becomes, begun by the word.

    What is known in that spelling too is not, unless it asks for more there than what
    its first word becomes: a second run would find that.
    """
    spellings = _spellings(word, known)
    for output, *asked in _becoming(word, known):
        for reading in known[output][0] if output in known else ():
            own = word + reading[0][len(output) :]
            if not reading[0].startswith(output):
                continue
            made = _as(own, reading, asked)
            if own not in spellings or _asks_less(made, known[word]):
                yield made


def _asks_less(made: Lone, known: Readings) -> bool:
    """Whether the same name asks for something that a reading does not ask for."""
    own, output, _, needs, lacks = made
    same = [r for r in known[0] if r[:2] == (own, output)]
    return UNLESS not in {needs, *(r[3] for r in same)} and all(
        (r[3] and r[3] != needs) or (r[4] and r[4] != lacks) for r in same
    )


def _spellings(word: str, known: Mapping[str, Readings]) -> frozenset[str]:
    """The spellings of longer names that begin with a word, as they are known."""
    readings = known[word][0] if word in known else ()
    return frozenset(reading[0] for reading in readings)


def _becoming(
    word: str, known: Mapping[str, Readings]
) -> Iterator[tuple[str, str, str]]:
    """What a word by itself may become, and what it asks for."""
    for spelling, output, _, needs, lacks in known[word][0] if word in known else ():
        if not spelling and output != word and needs != UNLESS:
            yield output, needs, lacks


def _as(spelling: str, reading: Lone, asked: Sequence[str]) -> Lone:
    """A reading of another spelling, which asks for as much as its words do."""
    _, output, rank, needs, lacks = reading
    return spelling, output, rank, needs or asked[0], lacks or asked[1]
