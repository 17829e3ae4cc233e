"""Files in parts, and what comes of them, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from normalize.errors import InputError
from normalize.files.marks import Marks
from normalize.files.reading import Reader
from normalize.files.saved import Saved
from normalize.files.walk import Found
from normalize.files.work import Form, Outcome, Part, Work

PART = 1 << 18  # code points of a part, or more until the next place for a cut
LONG = 1 << 26  # code points without such a place that are worth a word


@dataclass(eq=False)
class Document:
    """A text on its way through.

    Attributes:
        found: which file.
        form: how texts stand in it; None when it is a text as a whole.
        name: how messages call it.
        marks: the marks in it, when they are looked for.
        failed: it is given up; its other parts are passed over.
        edits: how many were made so far.
        values: how many texts stood in it so far, when it is no text as a whole.
        changed: whether anything changed so far.
        told_long: it had no place for a cut for long.
        cut: where what was read may be cut, as a form has it.
        whole: it is worked on in one part.
        all_or_nothing: nothing of it may come out before all of it is there.
        began: its beginning was told.
        saved: edits to make in it instead of running rules.
    """

    found: Found
    reader: Reader
    form: Form | None
    marks: Marks | None
    failed: bool = False
    edits: int = 0
    values: int = 0
    changed: bool = False
    told_long: bool = False
    cut: Callable[[str], int] = field(default=lambda _: 0)
    whole: bool = False
    all_or_nothing: bool = False
    began: bool = False
    saved: Saved | None = None

    @property
    def name(self) -> str:
        """How messages call it."""
        return self.found.name

    def parts(self) -> Iterator[Part]:
        """The text, cut where nothing looks across.

        Raises:
            InputError: it can't be read to its end.
        """
        held: list[str] = []
        size, look_at = 0, PART
        start, line = 0, 1
        for chunk in self.reader.chunks():
            held.append(chunk)
            size += len(chunk)
            if size < look_at or self.whole:
                continue
            text = "".join(held)
            cut = self._open(text, start).cut(text)
            if cut:
                yield self._part(text[:cut], start, line)
                start, line = start + cut, line + text.count("\n", 0, cut)
            held, size = [text[cut:]], len(text) - cut
            # A look costs as much as the text is long: wait until it has grown.
            look_at = PART if size < PART else size + size // 4
            self.told_long |= size > LONG
        text = "".join(held)
        if text or start == 0:
            self._open(text, start)
            yield self._part(text, start, line)

    def _open(self, text: str, start: int) -> Document:
        """Let the form see how the text begins."""
        if start == 0 and self.form is not None:
            self.form = self.form.opened(self.name, text)
            self.cut = self.form.cut
        return self

    def _part(self, text: str, start: int, line: int) -> Part:
        regions = self.marks.regions(text, line) if self.marks else ()
        return Part(text, start, line, self.form, regions, self.saved)


class Turn(Enum):
    """What happens to a document besides its parts."""

    BEGIN = "begin"
    END = "end"


Happening = tuple[Document | None, Turn | Part | InputError]
Event = tuple[Document | None, Turn | Part | InputError, Outcome | None]


def happenings(documents: Iterable[Document | InputError]) -> Iterator[Happening]:
    """What is read, file after file; an error ends a file, not the run."""
    for document in documents:
        if isinstance(document, InputError):
            yield None, document
            continue
        try:
            yield document, Turn.BEGIN
            for part in document.parts():
                if document.failed:
                    break
                yield document, part
            yield document, Turn.END
        except InputError as error:
            yield document, error
        finally:
            document.reader.close()


def flow(documents: Iterable[Document | InputError], work: Work) -> Iterator[Event]:
    """Everything that happens, in order, each part with its outcome."""
    for document, what in happenings(documents):
        if isinstance(what, Part):
            try:
                yield document, what, work.do(what)
            except InputError as error:
                yield document, error, None
        else:
            yield document, what, None
