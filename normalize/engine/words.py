"""Where words begin and end, and where paragraphs do.

A word is letters, digits, combining marks and underscores, and an apostrophe
between them; a hyphen ends it, and so does an apostrophe before a clitic (the
possessive s). Which characters are apostrophes and spaces, and which clitics
there are, comes from the shared classes of the rule files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from normalize.engine.analysis import emit
from normalize.engine.patterns import Chars, Classes, Tree

# A blank line, and all blank lines that follow it. Atomic, so that the two
# characters of one line end are never taken for two line ends.
BREAK = re.compile(
    r"(?>\r\n|[\n\r])[^\S\r\n]*(?>\r\n|[\n\r])(?:[^\S\r\n]*(?>\r\n|[\n\r]))*"
)
# The same for texts without carriage returns, several times as fast.
LINE_FEED_BREAK = re.compile(r"\n[^\S\n]*\n(?:[^\S\n]*\n)*")

# How many spaces a gap of a context may have on either side of its line end.
GAP = 200
# A gap, as long as it is no blank line.
_GAP_BEFORE = re.compile(r"[^\S\r\n]*(?:\r?\n[^\S\r\n]*)?\Z")
LONGEST = 23  # code points of a word before a name that are looked at
NEEDED = ("space", "apostrophe", "clitic")
# What may follow a word without being part of it, for sure: checked before the
# slower pattern that knows apostrophes and combining marks.
ENDERS = frozenset(' .,;:!?"()[]{}<>/\\|-\n\r\t') | {""}


@dataclass(frozen=True)
class Words:
    """The word and space facts of one set of classes, ready to be asked.

    `left` and `right` are regular expression sources that hold at the edges of
    a match that does not cut a word; `gap` matches what may stand between two
    words of a phrase: spaces with at most one line end.
    """

    apostrophes: frozenset[str]
    folding: dict[int, str]
    left: str
    right: str
    gap_source: str
    gap: regex.Pattern[str]
    plain: re.Pattern[str]
    _whole: regex.Pattern[str]
    _char: regex.Pattern[str]
    _right: regex.Pattern[str]

    def begins(self, text: str, start: int) -> bool:
        """Whether a word can begin at `start`: no word runs on into it."""
        if start == 0:
            return True
        before = text[start - 1]
        if before == " ":
            return True
        if before in self.apostrophes:
            return start < 2 or not self._char.match(text, start - 2)
        return not self._char.match(text, start - 1)

    def ends(self, text: str, end: int) -> bool:
        """Whether a match can end at `end`: no word of it runs on behind it."""
        if text[end : end + 1] in ENDERS or self._right.match(text, end):
            return True
        if end == 0 or self._char.match(text, end - 1):
            return False
        # Behind a mark anything may follow, but an apostrophe holds letters together.
        return text[end - 1] not in self.apostrophes

    def at(self, text: str, start: int) -> str:
        """The whole word at `start`, every apostrophe in it as the plain one."""
        found = self.plain.match(text, start)
        if found is not None:
            end = found.end()
            if text[end : end + 1] in ENDERS:
                return text[start:end]
        whole = self._whole.match(text, start)
        if whole is None:
            return ""
        word: str = whole.group()
        return word.translate(self.folding)

    def fold(self, word: str) -> str:
        """The key under which a word is looked up: lower case, one apostrophe."""
        return word.translate(self.folding).lower()

    def phrase(self, text: str) -> str:
        """The regular expression source of a phrase: any gap, any apostrophe."""
        apostrophe = f"[{regex.escape(''.join(sorted(self.apostrophes)))}]"
        parts = []
        for word in text.split():
            chars = (
                apostrophe if c in self.apostrophes else regex.escape(c) for c in word
            )
            parts.append("".join(chars))
        return f"{self.gap_source}".join(parts)


def word_before(text: str, end: int) -> str:
    """What stands before `end`, from the last space on; the end of a very long word."""
    low = end - LONGEST if end > LONGEST else 0
    word = text[max(low, text.rfind(" ", low, end) + 1) : end]
    if word.isprintable():
        return word
    # A line end is a space too, and so is one of another width.
    return "" if word[-1].isspace() else word.rsplit(None, 1)[-1]


def word_before_gap(text: str, start: int) -> str:
    """What stands before the gap that ends at `start`; empty where there is none."""
    if start < 2 or not text[start - 1].isspace():
        return ""
    end = start - 1
    # Most often it is one space, or one line end.
    if text[end] not in " \n" or text[end - 1].isspace():
        low = max(0, end - LONGEST)
        gap = _GAP_BEFORE.search(text, low, start)
        end = gap.start() if gap is not None else low
    return word_before(text, end)


def make_words(classes: Classes) -> Words:
    """The word facts that the shared classes define."""
    apostrophes = members(classes["apostrophe"])
    marks = f"[{regex.escape(''.join(sorted(apostrophes)))}]"
    space, clitic = emit(classes["space"]), emit(classes["clitic"])
    # One of the apostrophes is a letter to Unicode.
    word = rf"(?:(?!{marks})\w)"
    runs_on = rf"{marks}(?!(?:{clitic})(?!{word})){word}"
    left = rf"(?:(?!{word})|(?<!{word})(?<!{word}{marks}))"
    right = rf"(?:(?<!{word})|(?!{word})(?!{runs_on}))"
    some, any_ = f"{space}{{1,{GAP}}}", f"{space}{{0,{GAP}}}"
    gap = rf"(?:{some}(?:\r?\n{any_})?|\r?\n{any_})"
    return Words(
        apostrophes=apostrophes,
        folding={ord(mark): "'" for mark in sorted(apostrophes)},
        left=left,
        right=right,
        gap_source=gap,
        gap=regex.compile(rf"{space}*+(?:\r?\n{space}*+)?+"),
        plain=re.compile(rf"[^\W{re.escape(''.join(sorted(apostrophes)))}]+"),
        _whole=regex.compile(rf"{word}+(?:{marks}(?!(?:{clitic})(?!{word})){word}+)*"),
        _char=regex.compile(word),
        _right=regex.compile(rf"(?!{word})(?!{runs_on})"),
    )


def members(tree: Tree) -> frozenset[str]:
    """The characters of a class that lists them; empty when it does not."""
    listed = tree.members if isinstance(tree, Chars) else None
    return listed or frozenset()


def breaks(text: str) -> list[tuple[int, int]]:
    """Start and end of each run of blank lines, with the line ends around it."""
    pattern = BREAK if "\r" in text else LINE_FEED_BREAK
    return [found.span() for found in pattern.finditer(text)]
