"""Literal variants: one dictionary look-up at a candidate.

Variants that begin with a word character and keep word boundaries stand in one
table under their first word; all others (marks, ligatures, spaces) are compared
in place, longest first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from normalize.engine.analysis import ANCHOR_LENGTH
from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Piece, Scene
from normalize.engine.words import Words
from normalize.spans import RuleRef


class Case(Enum):
    """Which cases of a variant are found, and so what the output looks like.

    EXACT: as written. TITLE: as written or ALL CAPS (names). KEEP: lower, Title
    or ALL CAPS, and the output in the same.
    """

    EXACT = "exact"
    TITLE = "title"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling and what it becomes, both as the words between gaps."""

    chunks: tuple[str, ...]
    output: str

    @property
    def first(self) -> str:
        return self.chunks[0]


def make_form(spelling: str, output: str) -> Form:
    """A form of a spelling; its runs of spaces are gaps."""
    return Form(tuple(spelling.split()), output)


@dataclass(frozen=True, slots=True)
class Entry:
    """A variant in the table: its form, what must follow it, its rule.

    `rest` are further parts, each a set of forms by folded first word, for a
    given name that decides together with a surname.
    """

    form: Form
    rest: tuple[dict[str, tuple[Form, ...]], ...]
    case: Case
    guard: Guard | None
    rank: int
    rule: RuleRef


Recase = Callable[[str], str]


class WordTable:
    """All word variants of a stage, under their folded first words."""

    def __init__(self, words: Words, entries: Sequence[Entry]) -> None:
        self._words = words
        table: dict[str, list[Entry]] = {}
        anchors: set[str] = set()
        for entry in entries:
            first = words.at(entry.form.first, 0)
            table.setdefault(words.fold(first), []).append(entry)
            anchors.update(_anchors(first, entry.case, words.apostrophes))
        self._table = {key: tuple(found) for key, found in table.items()}
        self.anchors: tuple[str, ...] = tuple(sorted(anchors))

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All variants at `start`, best first."""
        text, words = scene.text, self._words
        if not words.begins(text, start):
            return ()
        entries = self._table.get(words.fold(words.at(text, start)))
        if entries is None:
            return ()
        found = []
        for entry in entries:
            hit = self._match(text, start, entry)
            if hit is None:
                continue
            end, pieces = hit
            if entry.guard is None or entry.guard.allows(scene, start, end):
                found.append(Found(end, entry.rank, pieces, entry.rule))
        if len(found) > 1:
            found.sort(key=_preference)
        return found

    def _match(
        self, text: str, start: int, entry: Entry
    ) -> tuple[int, tuple[Piece, ...]] | None:
        """The end and the pieces of an entry at `start`, or None."""
        pieces: list[Piece] = []
        end = self._match_form(text, start, entry.form, entry.case, pieces)
        for part in entry.rest:
            if end is None:
                return None
            end = self._match_part(text, end, part, entry.case, pieces)
        if end is None or not self._words.ends(text, end):
            return None
        return end, tuple(pieces)

    def _match_part(
        self,
        text: str,
        end: int,
        part: dict[str, tuple[Form, ...]],
        case: Case,
        pieces: list[Piece],
    ) -> int | None:
        gap = self._words.gap.match(text, end)
        start = gap.end() if gap else end
        if start == end or start == len(text):
            return None
        forms = part.get(self._words.fold(self._words.at(text, start)))
        best: tuple[int, list[Piece]] | None = None
        for form in forms or ():
            mine: list[Piece] = []
            stop = self._match_form(text, start, form, case, mine)
            if stop is not None and (best is None or stop > best[0]):
                best = stop, mine
        if best is None:
            return None
        pieces += best[1]
        return best[0]

    def _match_form(
        self, text: str, start: int, form: Form, case: Case, pieces: list[Piece]
    ) -> int | None:
        """The end of a form at `start`; adds the pieces that it changes."""
        places: list[tuple[int, int]] = []
        recase: Recase = _as_is
        end = start
        for number, chunk in enumerate(form.chunks):
            if number:
                gap = self._words.gap.match(text, end)
                if gap is None or gap.end() == end:
                    return None
                end = gap.end()
            stop = end + len(chunk)
            style = self._style(text, end, stop, chunk, case)
            if style is None:
                return None
            if not number:
                recase = style
            places.append((end, stop))
            end = stop
        outputs = form.output.split(" ")
        if len(outputs) != len(places):
            outputs, places = [form.output], [(start, end)]
        # Words are replaced one by one, so that the gaps stay as they are.
        for (first, last), output in zip(places, outputs, strict=True):
            after = recase(output)
            if text[first:last] != after:
                pieces.append((first, last, after))
        return end

    def _style(
        self, text: str, start: int, stop: int, chunk: str, case: Case
    ) -> Recase | None:
        seen = text[start:stop]
        if not seen.isascii():
            seen = seen.translate(self._words.folding)
        if seen == chunk:
            exact = case is not Case.KEEP
            return _as_is if exact or chunk == chunk.lower() else _recaser(chunk)
        if case is Case.EXACT:
            return None
        if seen == chunk.upper():
            lone = case is Case.KEEP and sum(map(str.isupper, seen)) == 1
            return _title if lone and not caps_around(text, start, stop) else str.upper
        if case is Case.KEEP:
            if seen == chunk.lower():
                return _as_is
            if seen == _title(chunk.lower()):
                return _title
        return None


class MarkTable:
    """Variants that are not words: compared in place, longest first."""

    def __init__(self, words: Words, entries: Sequence[Entry], boundary: bool) -> None:
        self._words = words
        self._boundary = boundary
        by_anchor: dict[str, list[Entry]] = {}
        for entry in entries:
            text = " ".join(entry.form.chunks)
            by_anchor.setdefault(text[:1], []).append(entry)
        self._table = {
            char: tuple(sorted(found, key=lambda e: (-len(_whole(e)), e.rank)))
            for char, found in by_anchor.items()
        }
        self.anchors: tuple[str, ...] = tuple(
            sorted({_whole(entry)[:ANCHOR_LENGTH] for entry in entries})
        )

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All variants at `start`, best first."""
        text = scene.text
        found = []
        for entry in self._table.get(text[start], ()):
            variant = _whole(entry)
            if not text.startswith(variant, start):
                continue
            end = start + len(variant)
            if self._boundary and not self._bounded(text, start, end):
                continue
            # Blank lines belong to no paragraph and are never touched.
            if variant.isspace() and scene.paragraph(start) is None:
                continue
            if entry.guard is None or entry.guard.allows(scene, start, end):
                piece = (start, end, entry.form.output)
                changed = variant != entry.form.output
                found.append(Found(end, entry.rank, (piece,) * changed, entry.rule))
        return found

    def _bounded(self, text: str, start: int, end: int) -> bool:
        words = self._words
        first, last = text[start], text[end - 1]
        if words.at(first, 0) and not words.begins(text, start):
            return False
        return not words.at(last, 0) or words.ends(text, end)


def caps_around(text: str, start: int, end: int) -> bool:
    """Whether the words beside `start:end` in its line are ALL CAPS.

    Decides how a lone capital letter is to be read; with no neighbours it is
    the capital of a title.
    """
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    before = text[max(line, start - 80) : start].split()[-1:]
    after = text[end : min(end + 80, len(text) if stop < 0 else stop)].split()[:1]
    near = [word for word in before + after if sum(map(str.isalpha, word)) > 1]
    return bool(near) and all(word.isupper() for word in near)


def _whole(entry: Entry) -> str:
    return entry.form.chunks[0]


def _preference(found: Found) -> tuple[int, int]:
    return -found.end, found.rank


def _as_is(text: str) -> str:
    return text


def _title(text: str) -> str:
    return text[:1].title() + text[1:]


def _recaser(chunk: str) -> Recase:
    """How the output of a KEEP rule is cased where the text has its very form."""
    if chunk == chunk.upper() and len(chunk) > 1:
        return str.upper
    return _title if chunk[:1].isupper() else _as_is


def _anchors(word: str, case: Case, apostrophes: frozenset[str]) -> set[str]:
    """The beginnings under which a first word is scanned for."""
    stem = word
    for mark in apostrophes:
        stem = stem.partition(mark)[0]
    stem = stem[:ANCHOR_LENGTH]
    if case is Case.EXACT:
        return {stem}
    if case is Case.TITLE:
        return {stem, stem.upper()[:ANCHOR_LENGTH]}
    return {stem, stem.lower(), stem.upper()[:ANCHOR_LENGTH], _title(stem.lower())}
