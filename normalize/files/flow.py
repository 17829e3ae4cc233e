"""Files in parts through one process or several, results back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from itertools import repeat
from multiprocessing.connection import wait

from normalize.errors import InputError
from normalize.files.marks import Marks
from normalize.files.reading import Reader
from normalize.files.saved import Saved
from normalize.files.walk import Found
from normalize.files.work import Form, Outcome, Part, Work

PART = 1 << 18  # code points of a part, or more until the next place for a cut
LONG = 1 << 26  # code points without such a place that are worth a word
AHEAD = 3  # batches in flight for each process
MOST = 64  # parts of a batch; small files are handed over together


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
Done = Outcome | InputError | None  # None: the process was ended


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


def flow(
    documents: Iterable[Document | InputError], work: Work, jobs: int
) -> Iterator[Event]:
    """Everything that happens, in order, each part with its outcome."""
    if jobs <= 1:
        return _alone(documents, work)
    return _together(documents, work, jobs)


def _alone(documents: Iterable[Document | InputError], work: Work) -> Iterator[Event]:
    for document, what in happenings(documents):
        if isinstance(what, Part):
            try:
                yield document, what, work.do(what)
            except InputError as error:
                yield document, error, None
        else:
            yield document, what, None


def _together(
    documents: Iterable[Document | InputError], work: Work, jobs: int
) -> Iterator[Event]:
    # Where processes can be copied, the compiled rules need not be made again.
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in ways else None)
    pool = ProcessPoolExecutor(jobs, context, _start, (work,))
    pending: deque[tuple[list[Happening], Future[list[Done]]]] = deque()
    try:
        for batch in _batches(happenings(documents)):
            parts = [what for _, what in batch if isinstance(what, Part)]
            pending.append((batch, _submitted(pool, parts)))
            while len(pending) > jobs * AHEAD or (pending and pending[0][1].done()):
                yield from _settle(*pending.popleft())
        while pending:
            yield from _settle(*pending.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, parts: list[Part]) -> Future[list[Done]]:
    try:
        return pool.submit(_do, parts)
    except BrokenProcessPool as broken:  # told where the result is looked at
        failed: Future[list[Done]] = Future()
        failed.set_exception(broken)
        return failed


def _batches(happened: Iterable[Happening]) -> Iterator[list[Happening]]:
    """What happens, so much at a time that handing it over costs little."""
    batch: list[Happening] = []
    size = count = 0
    for happening in happened:
        batch.append(happening)
        if isinstance(happening[1], Part):
            count += 1
            size += len(happening[1].text)
        if size >= PART // 2 or count == MOST or len(batch) == 4 * MOST:
            yield batch
            batch, size, count = [], 0, 0
    if batch:
        yield batch


_ENDED = "a process of the run was ended from outside (is there enough memory?)"


def _settle(batch: list[Happening], future: Future[list[Done]]) -> Iterator[Event]:
    """The events of a batch, when it is done."""
    try:
        done = iter(future.result())
    except BrokenProcessPool:
        done = repeat(None)
    for document, what in batch:
        if not isinstance(what, Part):
            yield document, what, None
            continue
        outcome = next(done)
        if isinstance(outcome, Outcome):
            yield document, what, outcome
        elif outcome is not None:
            yield document, outcome, None
        else:
            name = document.name if document else ""
            yield document, InputError(f"{name}: {_ENDED}", path=name), None


_work: Work | None = None


def _start(work: Work) -> None:
    """In a new process: Ctrl-C is the business of the first one, and so is its end."""
    # A process serves one run.
    global _work  # noqa: PLW0603
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            wait([parent.sentinel])
        os._exit(1)


def _do(parts: list[Part]) -> list[Done]:
    if _work is None:  # pragma: no cover - the initializer has run
        raise RuntimeError("the process was not started")
    done: list[Done] = []
    for part in parts:
        try:
            done.append(_work.do(part))
        except InputError as error:
            done.append(error)
    return done
