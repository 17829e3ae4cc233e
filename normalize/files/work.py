"""What is done to one part of a text, in this process or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from normalize.errors import InputError, PatternTimeout
from normalize.files.marks import Region, allowed
from normalize.files.saved import Saved
from normalize.files.values import Splice, Value, in_file
from normalize.normalizer import Normalizer
from normalize.result import Diagnostic
from normalize.spans import Edit, splice


class Part(NamedTuple):
    """A part of a text, cut where no rule looks across.

    Attributes:
        text: as it stands in the file.
        start: its offset in the file, in code points.
        line: the number of its first line, from 1.
        form: how texts stand in it; None when it is a text as a whole.
        regions: where marks switch rules off.
        saved: edits to make instead of running rules.
    """

    text: str
    start: int
    line: int
    form: Form | None = None
    regions: tuple[Region, ...] = ()
    saved: Saved | None = None


class Outcome(NamedTuple):
    """What came of a part; offsets are those of the part.

    Attributes:
        text: the new text of the part.
        edits: what changed, as it is told.
        splices: the same as it was written; None when it is no other.
        notes: what was seen and left.
        hits: the mark of each edit that a mark forbade.
        steps: the edits by stage, when they were asked for and all were made.
        values: how many texts stood in a part that is no text as a whole.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    splices: tuple[Splice, ...] | None = None
    notes: tuple[Diagnostic, ...] = ()
    hits: tuple[int, ...] = ()
    steps: list[dict[str, Any]] | None = None
    values: int = 0


class Made(NamedTuple):
    """A value, its new text, and its edits in its own offsets."""

    value: Value
    text: str
    edits: tuple[Edit, ...]


class Form(Protocol):
    """How texts stand in a file that is no running text as a whole."""

    @property
    def whole(self) -> bool:
        """Whether it must be read to its end before anything is done."""

    @property
    def marks(self) -> bool:
        """Whether it has comments, in which marks may stand."""

    def opened(self, name: str, head: str) -> Form:
        """The same for a file with this name that begins so."""

    def cut(self, held: str) -> int:
        """Up to where the text read so far may be worked on; 0 for nowhere."""

    def values(self, part: Part) -> Sequence[Value]:
        """The texts in a part."""

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """What is written instead of the edits; None for just them."""


@dataclass(frozen=True)
class Work:
    """What is done to every part: the rules, and what has to be told.

    Attributes:
        normalizer: the rules; None when saved edits are made.
        edits: whether anybody wants to know the edits.
        steps: whether anybody wants them by stage.
    """

    normalizer: Normalizer | None
    edits: bool = True
    steps: bool = False

    def do(self, part: Part) -> Outcome:
        """The outcome of a part.

        Raises:
            InputError: what stands there is not in the form, or not what was saved; a
                pattern of the user's own takes too long on it.
        """
        if part.saved is not None:
            return _replayed(part, part.saved)
        if self.normalizer is None:
            raise ValueError("neither rules nor saved edits")
        try:
            if part.form is None:
                return self._do_text(part, self.normalizer)
            return self._do_values(part, part.form, self.normalizer)
        except PatternTimeout as slow:
            at = slow.placed(part.start + slow.offset)
            raise InputError(at.message, offset=at.offset, hint=at.hint) from None

    def _do_text(self, part: Part, normalizer: Normalizer) -> Outcome:
        if not self.edits and not part.regions:
            return Outcome(normalizer(part.text))
        result = normalizer.trace(part.text)
        edits: Sequence[Edit] = result.edits
        text = result.text
        hits: list[int] = []
        if part.regions and edits:
            edits, hits = allowed(part.regions, edits)
            if hits:
                text = splice(part.text, [(e.start, e.end, e.after) for e in edits])
        steps = result.to_dict()["steps"] if self.steps and not hits else None
        return Outcome(text, tuple(edits), None, result.diagnostics, tuple(hits), steps)

    def _do_values(self, part: Part, form: Form, normalizer: Normalizer) -> Outcome:
        told: list[Edit] = []
        splices: list[Splice] = []
        notes: list[Diagnostic] = []
        hits: list[int] = []
        made: list[Made] = []
        for value in form.values(part):
            try:
                result = normalizer.trace(value.text)
            except PatternTimeout as slow:
                raise slow.placed(_raw(value, slow.offset)) from None
            mine, written, left = in_file(value, result.edits)
            if part.regions and mine:
                kept, against = allowed(part.regions, mine)
                if against:
                    hits += against
                    stay = set(kept)
                    pairs = zip(mine, written, strict=True)
                    written = [w for e, w in pairs if e in stay]
                    mine = kept
            told += mine
            splices += written
            notes += [_moved(value, note) for note in result.diagnostics]
            notes += [_split(value, edit) for edit in left]
            made.append(Made(value, result.text, result.edits))
        other = form.finish(part, made)
        splices = splices if other is None else other
        return Outcome(
            splice(part.text, splices),
            tuple(told),
            tuple(splices),
            tuple(notes),
            tuple(hits),
            values=len(made),
        )


def _replayed(part: Part, saved: Saved) -> Outcome:
    """The outcome of making saved edits.

    Raises:
        InputError: they were saved for another text.
    """
    saved.check(part.text)
    pairs = zip(saved.edits, saved.written, strict=True)
    splices = [(edit.start, edit.end, now) for edit, (_, now) in pairs]
    text = splice(part.text, splices)
    return Outcome(text, tuple(saved.edits), tuple(splices))


def _raw(value: Value, at: int) -> int:
    """About where an offset of the value stands in the file."""
    before = [p for p in value.pieces if p.start <= at]
    piece = before[-1] if before else value.pieces[0]
    return min(piece.raw_start + max(0, at - piece.start), piece.raw_end)


def _moved(value: Value, note: Diagnostic) -> Diagnostic:
    start, end = _raw(value, note.start), _raw(value, note.end)
    return note._replace(start=start, end=max(start, end))


def _split(value: Value, edit: Edit) -> Diagnostic:
    said = f"{edit.before!r} stays: markup stands inside it"
    start, end = _raw(value, edit.start), _raw(value, edit.end)
    return Diagnostic("markup_inside", start, max(start, end), said, edit.rules[-1])
