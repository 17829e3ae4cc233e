"""Stretches of a text with the words that patterns know as codes of one character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import regex

from normalize.engine.matcher import Scene

# How far from its pivot a match is looked for: at first, and when that is not enough.
NEAR = 72
FAR = 512
# So many pieces of text are remembered, none longer than this.
MOST = 16_384
LONGEST = 40
FILLER = "\ue0ff"
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['`´‘’][\p{L}\p{M}]+)*")
# The letters of a word; apostrophes among them are told apart later.
LETTERS = re.compile(r"[^\W\d_]+")
# After so many stretches that overlap the last one, a block of the text is coded at
# once, and its pieces serve those that follow.
OVERLAPPING = 4
BLOCK = 2048


class View:
    """A stretch of a text from `start` on with its known words as codes.

    `gaps` says whether there are several spaces side by side in it.
    """

    __slots__ = ("coded", "gaps", "start")

    def __init__(self, start: int, coded: str, *, gaps: bool) -> None:
        self.start = start
        self.coded = coded
        self.gaps = gaps


class _Codes(dict[str, str]):
    """Pieces of text between spaces, and what they become; most come again.

    A piece may have spaces of other kinds in it, the pattern `odd`.
    """

    def __init__(self, words: Mapping[str, str], odd: re.Pattern[str]) -> None:
        super().__init__()
        self._words = words
        self._odd = odd

    def __missing__(self, piece: str) -> str:
        made = self._words.get(piece)
        if made is None:
            if piece.isalpha():
                made = piece
            elif self._odd.search(piece) is not None:
                parts = self._odd.sub(" ", piece).split(" ")
                made = " ".join([self[part] for part in parts])
            else:
                plain = LETTERS.search(piece) is None
                made = piece if plain else _WORD.sub(self._one, piece)
        if len(piece) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[piece] = made
        return made

    def _one(self, found: regex.Match[str]) -> str:
        word: str = found[0]
        return self._words.get(word, word)


class _Last:
    """The last stretch of a text, and the block that it is in, if that was coded."""

    __slots__ = ("begin", "coded", "end", "overlapping", "plain", "view")

    def __init__(self) -> None:
        self.view = View(0, "", gaps=False)
        self.end = -1
        self.overlapping = 0
        self.begin = 0
        self.plain = self.coded = ""


class Coder:
    """Replaces known words by codes of the same length, and spaces by plain ones."""

    def __init__(self, codes: Mapping[str, str], spaces: Iterable[str]) -> None:
        odd = "".join(sorted(set(spaces) - {" "}))
        self._odd = re.compile(f"[{re.escape(odd)}]" if odd else r"(?!)")
        self._odd_ascii = "".join(filter(str.isascii, odd))
        # A code, then fillers for the rest of the word.
        self._words = {w: code + FILLER * (len(w) - 1) for w, code in codes.items()}
        self._codes = _Codes(self._words, self._odd)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_codes": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._codes = _Codes(self._words, self._odd)

    def view(self, scene: Scene, start: int, end: int) -> View:
        """The stretch of the text with its words coded.

        What stands at one place is mostly asked for by several, one after the other.
        """
        if end - start > 2 * NEAR:
            return self._far(scene, start, end)
        last: _Last | None = scene.memo.get(self)
        if last is None:
            last = scene.memo[self] = _Last()
        elif last.end == end and last.view.start == start:
            return last.view
        else:
            last.overlapping += 1
            if not last.view.start <= start < last.end:
                last.overlapping = 0
        made = None
        if last.overlapping > OVERLAPPING:
            made = self._from_block(scene.text, start, end, last)
        last.end, last.view = end, made or self._view(scene.text, start, end)
        return last.view

    def _far(self, scene: Scene, start: int, end: int) -> View:
        """The same, of a stretch that hardly anybody asks for."""
        last: tuple[int, View] | None = scene.memo.get((self, FAR))
        if last is not None and last[0] == end and last[1].start == start:
            return last[1]
        made = self._view(scene.text, start, end)
        scene.memo[self, FAR] = end, made
        return made

    def _view(self, text: str, start: int, end: int) -> View:
        near = text[start:end]
        return View(start, self.code(near), gaps="  " in near)

    def _from_block(self, text: str, start: int, end: int, last: _Last) -> View | None:
        """The same, of what is known of a block; None where no space is in it."""
        at = start - last.begin
        if at < 0 or end > last.begin + len(last.plain):
            block = text[start : start + BLOCK]
            last.begin, last.plain, at = start, self.plain(block), 0
            last.coded = self.code(block)
        stop = at + min(end, len(text)) - start
        # Pieces at its ends may be cut, and are others then.
        low, high = last.plain.find(" ", at, stop), last.plain.rfind(" ", at, stop)
        if low < 0:
            return None
        codes = self._codes
        first, rest = codes[last.plain[at:low]], codes[last.plain[high + 1 : stop]]
        coded = f"{first}{last.coded[low : high + 1]}{rest}"
        return View(start, coded, gaps=text.find("  ", start, end) >= 0)

    def code(self, text: str) -> str:
        """The text with its words coded, and spaces of all kinds as plain ones."""
        return " ".join(map(self._codes.__getitem__, text.split(" ")))

    def plain(self, text: str) -> str:
        """The text with spaces of all kinds as plain ones."""
        if text.isascii():  # which most are, and few of the spaces
            for space in self._odd_ascii:
                text = text.replace(space, " ")
            return text
        return self._odd.sub(" ", text)
