"""Lexicons: the words of one field, as codes, as a pattern and as a look-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from normalize.engine.coder import FILLER
from normalize.engine.patterns import Alt, Chars, Look, Repeat, Seq, Tree, one
from normalize.engine.words import Words

ANCHOR = 6  # code points of a word that are scanned for
FIRST_CODE = 0xE100  # private use: what stands for a word in a coded text
_PART = regex.compile(r"[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*|.", regex.DOTALL)
_FILLERS = Repeat(one(FILLER), 0, None, "+")
_NO_DOT = Look(one("."), behind=False, negated=True)

# Lexicon, number of the shape of a form in it, place of a word in the form.
Role = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Values, each with the forms under which a text has it.

    Forms are found as written, with a capital first letter, in capitals and in small
    letters; with `exact` only as written.
    """

    entries: tuple[tuple[str, tuple[str, ...]], ...]
    exact: bool = False

    def forms(self) -> list[str]:
        """All forms."""
        return [form for _, forms in self.entries for form in forms]


def parts_of(form: str) -> list[str]:
    """The words of a form and the marks between them."""
    found: list[str] = _PART.findall(form)
    return found


def _shape(form: str, letters: frozenset[str]) -> tuple[str, ...]:
    """A form with its words left out, but for these letters between words."""
    parts = parts_of(form)
    inner = _between(parts)
    return tuple(
        "" if part[0].isalpha() and not (part in letters and place in inner) else part
        for place, part in enumerate(parts)
    )


def _between(parts: list[str]) -> list[int]:
    """The places of the words that stand between words."""
    return [place for place, part in enumerate(parts) if part[0].isalpha()][1:-1]


def _lone_letters(lexicons: Iterable[Lexicon]) -> frozenset[str]:
    """Small letters that only ever stand between words: conjunctions.

    They get no code, for as a code they would be no letters to the patterns that write
    them out: "between 5 and 10", where "and" is one letter and in a currency's name.
    """
    inner: set[str] = set()
    other: set[str] = set()
    for lexicon in lexicons:
        for parts in map(parts_of, lexicon.forms()):
            between = _between(parts)
            for place, part in enumerate(parts):
                if len(part) == 1 and part.isalpha():
                    (inner if place in between else other).add(part)
    other |= {letter.lower() for letter in other}
    return frozenset(letter for letter in inner - other if letter.islower())


class Coding:
    """The codes of all words of some lexicons, and the patterns of the lexicons.

    Words that play the same parts in the same lexicons share a code. `codes` is by the
    word as a text has it, in all the cases and with all the apostrophes in which it is
    known.
    """

    def __init__(
        self, lexicons: Mapping[str, Lexicon], gap: Tree, apostrophes: frozenset[str]
    ) -> None:
        self._gap = gap
        letters = _lone_letters(lexicons.values())
        self._shapes: dict[str, list[tuple[str, ...]]] = {}
        roles: dict[str, set[Role]] = {}
        for name, lexicon in lexicons.items():
            shapes = self._shapes[name] = list(
                dict.fromkeys(_shape(form, letters) for form in lexicon.forms())
            )
            for form in lexicon.forms():
                shape = _shape(form, letters)
                number = shapes.index(shape)
                parts = parts_of(form)
                between = _between(parts)
                for place, part in enumerate(parts):
                    if not shape[place]:
                        # A lone letter in a name is no article: "(A account)".
                        lone = len(part) == 1 and place in between
                        exact = lexicon.exact or lone
                        for seen in _seen_as(part, exact, apostrophes):
                            roles.setdefault(seen, set()).add((name, number, place))
        numbers: dict[frozenset[Role], str] = {}
        self.codes: dict[str, str] = {}
        self._by_role: dict[Role, set[str]] = {}
        for word in sorted(roles):
            mine = frozenset(roles[word])
            code = numbers.setdefault(mine, chr(FIRST_CODE + len(numbers)))
            self.codes[word] = code
            for role in sorted(mine):
                self._by_role.setdefault(role, set()).add(code)

    def codes_of(self, name: str) -> frozenset[str]:
        """The codes one of which stands in every form of a lexicon; else empty."""
        if not all("" in shape for shape in self._shapes[name]):
            return frozenset()
        return self.codes_in(name)

    def codes_in(self, name: str) -> frozenset[str]:
        """The codes of all words of a lexicon."""
        found = (codes for role, codes in self._by_role.items() if role[0] == name)
        return frozenset[str]().union(*found)

    def tree(self, name: str) -> Tree:
        """A pattern for any form of a lexicon, in a coded text.

        It may also fit words of several forms mixed; the look-up tells.
        """
        options = [
            Seq(tuple(self._items(name, number, shape)))
            for number, shape in enumerate(self._shapes[name])
        ]
        # The longer one first.
        options.sort(key=lambda option: -len(option.items))
        return options[0] if len(options) == 1 else Alt(tuple(options))

    def before(self, name: str) -> Tree | None:
        """What may stand in a form before the word that it is looked for by."""
        codes = {
            code
            for number, shape in enumerate(self._shapes[name])
            for place, part in enumerate(shape[:-1])
            if not part
            for code in self._by_role[name, number, place]
        }
        if not codes:
            return None
        other = Chars(r"\w\s", True)
        letters = {
            part
            for shape in self._shapes[name]
            for part in shape[:-1]
            if part.isalpha()
        }
        inner = Chars("".join(sorted(letters)), False, frozenset(letters))
        either = (self._gap, other, inner) if letters else (self._gap, other)
        between = Repeat(Alt(either), 0, len(either))
        return Repeat(Seq((_coded(codes), between)), 0, 5)

    def _items(self, name: str, number: int, shape: tuple[str, ...]) -> Iterator[Tree]:
        for place, part in enumerate(shape):
            if not part:
                yield _coded(self._by_role[name, number, place])
            else:
                yield self._gap if part == " " else one(part)
        if shape[-1] == ".":
            yield _NO_DOT


def _coded(codes: set[str]) -> Tree:
    inner = "".join(sorted(codes))
    return Seq((Chars(inner, False, frozenset(codes)), _FILLERS))


def _seen_as(word: str, exact: bool, apostrophes: frozenset[str]) -> set[str]:
    """The word as texts have it."""
    cases = {word}
    if not exact:
        cases |= {word.lower(), word.upper(), word[:1].title() + word[1:]}
    if "'" in word:
        cases = {case.replace("'", mark) for case in cases for mark in apostrophes}
    return cases


class LookUp:
    """From a form in a text to its value; None when there is no such form."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        self._exact = lexicon.exact
        self._values = {
            self._key(form): value for value, forms in lexicon.entries for form in forms
        }

    def __call__(self, text: str) -> str | None:
        return self._values.get(self._key(text))

    def _key(self, text: str) -> str:
        folded = " ".join(text.translate(self._words.folding).split())
        return folded if self._exact else folded.lower()


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a lexicon is looked for by, and the whole words that these begin."""

    literals: frozenset[str]
    words: frozenset[str]


def anchors_of(lexicon: Lexicon, apostrophes: frozenset[str]) -> Anchors:
    """What a lexicon is looked for by: beginnings of words, in the cases of texts.

    A form of several words is looked for by the longest, a form without letters by
    its first mark. Small letters are looked for only where they are listed.
    """
    literals: set[str] = set()
    whole: set[str] = set()
    for form in lexicon.forms():
        words = [part for part in parts_of(form) if part[0].isalpha()]
        marks = [part for part in parts_of(form) if not part[0].isalpha()]
        signs = [mark for mark in marks if mark not in " .-'"]
        best = signs[0] if signs else max(words or marks, key=len)
        if not form[0].isalpha() or (len(best) == 1 and len(form) > 1):
            best = form  # a lone letter is everywhere
        stem = best[:ANCHOR]
        cases = {stem}
        if not lexicon.exact:
            cases |= {stem[:1].title() + stem[1:], stem.upper()}
        if "'" in stem:
            cases = {case.replace("'", mark) for case in cases for mark in apostrophes}
        literals |= cases
        # Only the letters before an apostrophe: it may be any of several marks.
        word = next((part for part in parts_of(best) if part[0].isalpha()), best)
        whole |= {w.split("'")[0] for w in _seen_as(word, lexicon.exact, apostrophes)}
        if "'" in best:
            whole |= {best[: best.index("'")], best[: best.index("'")].upper()}
    return Anchors(frozenset(literals), frozenset(whole))
