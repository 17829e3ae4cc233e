"""Marks for the apostrophe inside words, told by the language of the word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Scene

REACH = 64  # code points of a word that are looked at, to either side
# A number and the word behind it; not in a date of numbers, nor behind a code. The
# apostrophe that is a letter ends the word as the others do.
_COUNTED = regex.compile(
    r"(?<![\w.,/-]|[A-Z]{3} )[0-9]+(?:,[0-9]+)?[ \r\n]+"
    r"[^\W\d_\N{MODIFIER LETTER APOSTROPHE}]+"
)


@dataclass(frozen=True, eq=False)
class Telling:
    """How a word tells its language.

    `own` are the letters that tell a word of the language, `other` those that tell one
    of another. Where the word has neither, its paragraph decides by which it has more
    of, then by its language; `against` are those that have such words too. Words
    behind a number tell nothing: dates and sums are written with others. Where
    neither tells, it is `otherwise`. In a paragraph that has a letter of `never` no
    word is of the language.
    """

    own: frozenset[str]
    other: frozenset[str]
    never: frozenset[str]
    language: str
    against: frozenset[str]
    otherwise: bool

    def holds(self, scene: Scene, word: str, offset: int) -> bool:
        """Whether the word, which stands at `offset`, is of the language."""
        mine = not self.own.isdisjoint(word)
        told = mine == self.other.isdisjoint(word)
        if told:
            return mine and not (self._may_stop(scene) and self._is_out(scene, offset))
        balance = self._balance(scene, offset)
        if balance is None:
            return False
        if balance:
            return balance > 0
        language = scene.language(offset)
        if language == self.language or language in self.against:
            return language == self.language
        return self.otherwise

    def _may_stop(self, scene: Scene) -> bool:
        """Whether any paragraph of the text has a letter of `never`; asked once."""
        known: bool | None = scene.memo.get((self, "never"))
        if known is None:
            known = any(letter in scene.text for letter in self.never)
            scene.memo[self, "never"] = known
        return known

    def _is_out(self, scene: Scene, offset: int) -> bool:
        """Whether the paragraph has a letter of `never`."""
        place = scene.paragraph(offset)
        if place is None:
            return True
        start, body = place
        known: dict[int, bool] = scene.memo.setdefault((self, "out"), {})
        if start not in known:
            # Looking for a letter is quicker than counting it, and most are not there.
            known[start] = any(letter in body for letter in self.never)
        return known[start]

    def _balance(self, scene: Scene, offset: int) -> int | None:
        """How many more letters of its own than of others the paragraph has.

        None where the language is out of the question.
        """
        place = scene.paragraph(offset)
        if place is None or self._is_out(scene, offset):
            return None
        start, body = place
        known: dict[int, int] = scene.memo.setdefault(self, {})
        if start not in known:
            known[start] = self._counted(body)
        return known[start]

    def _counted(self, body: str) -> int:
        body = _COUNTED.sub(" ", body)
        own, other = (
            sum(body.count(letter) for letter in letters if letter in body)
            for letters in (self.own, self.other)
        )
        return own - other


@dataclass(frozen=True)
class MarkRule:
    """Behind which letters a mark becomes which apostrophe."""

    after: frozenset[str]
    mark: regex.Pattern[str]
    beginnings: frozenset[str]
    output: str
    telling: Telling | None
    guard: Guard | None
    rank: int


class Apostrophes:
    """Marks between two letters: the first rule whose words these are changes them."""

    def __init__(self, apostrophes: Iterable[str]) -> None:
        """`apostrophes` hold the letters of a word together, as hyphens do."""
        self.anchors: tuple[str, ...] = ()
        self._marks = frozenset(apostrophes)
        self._rules: dict[str, list[MarkRule]] = {}  # by the letter before the mark
        self._bind()

    def _bind(self) -> None:
        marks = regex.escape("".join(sorted(self._marks)))
        self._left = regex.compile(rf"(?r)[\w\p{{M}}\p{{Pd}}{marks}]*")
        self._right = regex.compile(rf"[\w\p{{M}}\p{{Pd}}{marks}]*")

    def add(self, rule: MarkRule) -> None:
        """Put in a rule that comes after those there are.

        A mark that it takes for an apostrophe holds words together too.
        """
        more = {m for m in rule.beginnings - self._marks if not m.isascii()}
        if more:
            self._marks |= more
            self._bind()
        for letter in rule.after:
            self._rules.setdefault(letter, []).append(rule)
        made = {letter + mark for letter in rule.after for mark in rule.beginnings}
        self.anchors = tuple(sorted(made.union(self.anchors)))

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The mark behind the letter at `start`."""
        text = scene.text
        word = ""
        for rule in self._rules.get(text[start], ()):
            match = rule.mark.match(text, start + 1)
            if match is None:
                continue
            begin, end = match.span()
            word = word or self._around(text, begin, end)
            if rule.telling and not rule.telling.holds(scene, word, begin):
                continue
            if rule.guard is not None and not rule.guard.allows(scene, begin, end):
                continue
            same = match[0] == rule.output
            pieces = () if same else ((begin, end, rule.output, rule.rank),)
            return ((end, rule.rank, pieces),)
        return ()

    def _around(self, text: str, begin: int, end: int) -> str:
        """The word around a mark at `begin:end`, without the mark."""
        # Mostly it has letters only, and a space at both sides.
        first = text.rfind(" ", max(0, begin - REACH), begin) + 1
        last = text.find(" ", end, end + REACH)
        if first > 0 < last and (word := text[first:begin] + text[end:last]).isalpha():
            return word
        left = self._left.match(text, max(0, begin - REACH), begin)
        right = self._right.match(text, end, end + REACH)
        return "".join(found[0] for found in (left, right) if found is not None)
