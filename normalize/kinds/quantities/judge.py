"""What becomes of a match: changed, left and told, or no match after all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import regex

from normalize.engine.analysis import emit
from normalize.engine.coder import View
from normalize.engine.limits import limited, timed
from normalize.engine.matcher import PLACE, Found, Scene
from normalize.engine.pivots import Match
from normalize.kinds.quantities.contexts import Context, Reasons
from normalize.kinds.quantities.model import Grammar, QuantityRule
from normalize.kinds.quantities.readings import Left, NoMatch, Reader, Tell
from normalize.spans import RuleRef

MEMO = 4096  # readings remembered, each under the text of its match

WEEKDAY = "weekday"  # the field whose value is 1 for Monday to 7 for Sunday

# The dot of an abbreviation is one with these.
DOTS = frozenset(".\N{HORIZONTAL ELLIPSIS}")

# The output, or None with a code and a reason.
Reading = tuple[str | None, str, str]
NOTHING: Reading = (None, "", "")  # no match after all


@dataclass
class Piece:
    """One pattern of a rule, ready to judge its matches."""

    rule: QuantityRule
    rank: int
    reader: Reader
    groups: tuple[str, ...]
    source: str
    guard: Context
    own: RuleRef | None = None  # the user's own rule, when its pattern needs a limit


def _least(pieces: Mapping[str, Piece]) -> int:
    return min(piece.rank for piece in pieces.values())


class Judge:
    """Judges the matches of all patterns with one pivot."""

    def __init__(
        self,
        grammar: Grammar,
        pieces: Mapping[str, Piece],
        leave: Reasons,
        own: RuleRef | None = None,
    ) -> None:
        self._pieces = pieces
        self.marks: Sequence[str] = tuple(pieces)
        self.least = _least(pieces)
        # Tells the first full date of a text; set when all rules of a stage are there.
        self.first_date: Callable[[Scene], date | None] | None = None
        self._leave = leave
        self._memo: dict[tuple[str | None, str], Reading] = {}
        self._alone: dict[str, Any] = {}
        self._stops = Stops(grammar.classes)
        self._weekdays = [
            (
                limited(
                    regex.compile(f"(?r)(?:{emit(value.weekday)})"), own, value.weekday
                ),
                WEEKDAY,
            )
            for value in grammar.values.values()
            if value.weekday is not None
        ]

    def for_rules(self, readers: Sequence[tuple[Reader, int]]) -> Judge:
        """The same judge for rules as their options want them, each with its rank.

        The ranks of this one say which of them a piece belongs to.
        """
        made = copy(self)
        pieces = {}
        for mark, piece in self._pieces.items():
            reader, rank = readers[piece.rank]
            pieces[mark] = replace(piece, rule=reader.rule, rank=rank, reader=reader)
        made._pieces = pieces  # noqa: SLF001 - its own
        made.least = _least(pieces)
        made._memo = {}  # noqa: SLF001
        return made

    def __call__(self, scene: Scene, view: View, match: Match) -> Found | None:
        """The match as the stage wants it."""
        # A mark is an empty group; those of other patterns are not set.
        mark = match.mark
        found = self._judged(scene, view, match, mark)
        if found is None and len(self._pieces) > 1:
            return self._second_best(scene, view, match, mark)
        return found

    def _judged(
        self, scene: Scene, view: View, match: Match, mark: str
    ) -> Found | None:
        piece = self._pieces[mark]
        first, last = match.span()
        if not piece.guard.allows(view.coded, first, last):
            return None
        start, end = view.start + first, view.start + last
        text = scene.text
        reading = self._reading(scene, view, piece, match, mark)
        if reading is NOTHING:
            return None
        after, code, reason = reading
        left = self._leave.at(view.coded, first, last)
        if left is not None:
            after, code, reason = None, left.code, left.message
        if after is None:
            if scene.notes is not None:
                scene.notes.append((code, start, end, reason, piece.rank))
            return end, piece.rank, ()
        if text[end - 1] == "." and (
            # Without the dot what follows on it would become a part of the output.
            text[end : end + 1].isalpha() or self._stops.ends(scene, start, end)
        ):
            end -= 1
        if after[-1:] == "." and text[end : end + 1] in DOTS:
            after = after[:-1]
        if scene.notes is not None:
            self._remark(scene, view, piece, match, end)
        if after == text[start:end] or after + "." == text[start:end]:
            # A dot alone is no change: what stood there in other words kept its own.
            return end, piece.rank, ()
        return end, piece.rank, ((start, end, after, piece.rank),)

    def _reading(
        self,
        scene: Scene,
        view: View,
        piece: Piece,
        match: Match,
        mark: str,
    ) -> Reading:
        """What a match comes to by itself, remembered under its text."""
        text = scene.text
        if piece.rule.whole_text():
            scene.beyond |= PLACE
            day = self.first_date(scene) if self.first_date else None
            return self._read(piece, text, view, match, day)
        start, end = match.span()
        key = (mark, text[view.start + start : view.start + end])
        reading = self._memo.get(key)
        if reading is None:
            asked = False

            def tell() -> str:
                nonlocal asked
                asked = True
                return scene.language(view.start + start)

            reading = self._read(piece, text, view, match, tell=tell)
            # What hangs on the language of the paragraph may differ in the next one.
            if not asked:
                if len(self._memo) >= MEMO:
                    self._memo.clear()
                self._memo[key] = reading
        return reading

    def full_date(self, text: str, match: Match) -> date | None:
        """The first date of a match, if it has all its parts and exists."""
        piece = self._pieces[match.mark]
        try:
            return piece.reader.full_date(_groups(piece, text, match))
        except (Left, NoMatch, ValueError):
            return None

    def _read(
        self,
        piece: Piece,
        text: str,
        view: View,
        match: Match,
        first: date | None = None,
        tell: Tell = str,
    ) -> Reading:
        """What a match in a view of the text comes to."""
        reference = first
        said = dict(piece.rule.settings).get("reference_date", "")
        if piece.rule.without and said[:1].isdigit():
            reference = date.fromisoformat(said)
        near = text[view.start : view.start + len(view.coded)]
        if piece.rule.if_several:
            start, end = match.span()
            return self._agreed(piece, near[start:end], view.coded[start:end])
        try:
            groups = _groups(piece, near, match)
            return piece.reader.read(groups, reference, tell), "", ""
        except NoMatch:
            return NOTHING
        except Left as left:
            return None, left.code, left.message

    def _agreed(self, piece: Piece, text: str, coded: str) -> Reading:
        """The one output that all patterns of a rule that fit give."""
        outputs: set[str] = set()
        problem = ("", "")
        for mark, other in self._pieces.items():
            if other.rule is not piece.rule:
                continue
            match = self._pattern(mark).fullmatch(coded)
            if match is None:
                continue
            try:
                groups = _groups(other, text, Match(match, 0, mark))
                outputs.add(other.reader.read(groups))
            except NoMatch:
                continue
            except Left as left:
                problem = (left.code, left.message)
        if len(outputs) == 1:
            return outputs.pop(), "", ""
        if outputs:
            either = " or ".join(sorted(outputs))
            return None, piece.rule.if_several, f"it may be {either}"
        return None, *problem

    def _pattern(self, mark: str) -> Any:
        made = self._alone.get(mark)
        if made is None:
            piece = self._pieces[mark]
            own = [(piece.own, "")] if piece.own is not None else []
            made = self._alone[mark] = timed(piece.source, own)
        return made

    def _second_best(
        self, scene: Scene, view: View, match: Match, rejected: str
    ) -> Found | None:
        """The longest match of another pattern at the same place that may stand."""
        others = []
        for mark in self._pieces:
            if mark != rejected:
                found = self._pattern(mark).match(view.coded, match.start())
                if found is not None:
                    others.append((-found.end(), mark, Match(found, 0, mark)))
        for _, mark, found in sorted(others, key=lambda other: other[0]):
            judged = self._judged(scene, view, found, mark)
            if judged is not None:
                return judged
        return None

    def _remark(
        self, scene: Scene, view: View, piece: Piece, match: Match, end: int
    ) -> None:
        """Note what is to be told of a match that changes."""
        notes = scene.notes
        assert notes is not None
        start = view.start + match.start()
        if piece.rule.note:
            notes.append((piece.rule.note, start, end, piece.rule.because, piece.rank))
        for pattern, weekday in self._weekdays:
            found = pattern.match(view.coded, 0, match.start())
            if found is None:
                continue
            text = scene.text[view.start : end]
            first, last = found.span(weekday)
            said = text[first:last]
            wrong = piece.reader.weekday_is_not(said, _groups(piece, text, match))
            if wrong:
                place = (view.start + first, view.start + last)
                notes.append(("weekday_mismatch", *place, wrong, piece.rank))


def _groups(piece: Piece, text: str, match: Match) -> dict[str, str | None]:
    """The texts of the groups of a match; its own text is coded."""
    groups: dict[str, str | None] = {}
    for name in piece.groups:
        start, end = match.span(name)
        groups[name] = text[start:end] if start >= 0 else None
    return groups


class Stops:
    """Tells the dot of an abbreviation from the one that also ends a sentence."""

    def __init__(self, classes: Mapping[str, Any]) -> None:
        opener, closer = emit(classes["opener"]), emit(classes["closer"])
        stop = emit(classes["full-stop"])
        self._begins = regex.compile(rf"\s*{opener}*\p{{Lu}}|\s*\Z")
        dash = emit(classes["dash"])
        self._lead = regex.compile(rf"(?r)(?:\s|{opener}|{dash})*")
        self._dashed = regex.compile(rf"{dash}[^\n]*\Z")
        self._stopped = regex.compile(rf"(?r){stop}{closer}*")

    def ends(self, scene: Scene, start: int, end: int) -> bool:
        """Whether the dot before `end` also ends the sentence.

        It does before a capital letter and at the end of a paragraph, unless the
        match itself opens the sentence.
        """
        place = scene.paragraph(start)
        if place is None:
            return False
        offset, body = place
        if self._begins.match(body, end - offset) is None:
            return False
        lead = self._lead.match(body, 0, start - offset)
        before = lead.start() if lead is not None else start - offset
        if before == 0:
            return False
        # Behind a dash the sentence goes on, though an abbreviation ends before it;
        # what a line begins with is an item of a list.
        space = body[before : start - offset]
        if "\n" not in space and self._dashed.search(space):
            return True
        return self._stopped.match(body, 0, before) is None
