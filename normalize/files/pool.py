"""Parts of files through several processes, results back in order.

Each process has a pipe of its own: one that is killed while it writes a result ends
its own pipe, and nobody waits for the rest of it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Any

from normalize.errors import InputError
from normalize.files.flow import PART, Document, Event, Happening, happenings
from normalize.files.work import Outcome, Part, Work

AHEAD = 3  # batches in flight for each process
MOST = 64  # parts of a batch; small files are handed over together
SECONDS = 5.0  # an idle process ends at once; one that does not is ended

Done = Outcome | Exception | None  # None: the process was ended


class _Worker:
    """A process that works on batches of parts, first come, first served."""

    def __init__(self, context: Any, work: Work) -> None:
        pipe, its = context.Pipe()
        self._pipe: Connection = pipe
        self._process = context.Process(target=_serve, args=(its, work), daemon=True)
        self._process.start()
        its.close()  # so that its end is seen here
        self.waiting = 0  # batches whose results were not taken yet
        self.lost = False  # ended from outside

    def give(self, parts: list[Part]) -> None:
        """Hand over a batch; the process reads it whatever else it does."""
        self.waiting += 1
        try:
            self._pipe.send(parts)
        except OSError:  # told where the results are taken
            self.lost = True

    def take(self, count: int) -> list[Done]:
        """The results of the oldest batch of so many parts."""
        self.waiting -= 1
        try:
            done: list[Done] = self._pipe.recv()
        except (EOFError, OSError):
            self.lost = True
            return [None] * count
        return done

    def end(self) -> None:
        """End the process: at once when something of it was given up."""
        if self.waiting:
            self._process.terminate()
        else:
            with suppress(OSError):
                self._pipe.send(None)
        self._pipe.close()
        self._process.join(SECONDS)
        if self._process.is_alive():  # pragma: no cover - it was stopped, say
            self._process.kill()


def flow_together(
    documents: Iterable[Document | InputError], work: Work, jobs: int
) -> Iterator[Event]:
    """As `flow`, the parts worked on by so many processes."""
    # Where processes can be copied, the compiled rules need not be made again.
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in ways else None)
    workers = [_Worker(context, work) for _ in range(jobs)]
    pending: deque[tuple[list[Happening], _Worker]] = deque()
    try:
        for batch in _batches(happenings(documents)):
            free = min(workers, key=lambda worker: (worker.lost, worker.waiting))
            free.give(_parts(batch))
            pending.append((batch, free))
            while len(pending) >= jobs * AHEAD:
                yield from _settle(*pending.popleft())
        while pending:
            yield from _settle(*pending.popleft())
    finally:
        for worker in workers:
            worker.end()


def _parts(batch: list[Happening]) -> list[Part]:
    return [what for _, what in batch if isinstance(what, Part)]


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


def _settle(batch: list[Happening], worker: _Worker) -> Iterator[Event]:
    """The events of the oldest batch of a process, when it is done."""
    done = iter(worker.take(len(_parts(batch))))
    for document, what in batch:
        if not isinstance(what, Part):
            yield document, what, None
            continue
        outcome = next(done)
        if isinstance(outcome, Outcome):
            yield document, what, outcome
        elif isinstance(outcome, InputError):
            yield document, outcome, None
        elif outcome is not None:
            raise outcome
        else:
            name = document.name if document else ""
            yield document, InputError(f"{name}: {_ENDED}", path=name), None


def _serve(pipe: Connection, work: Work) -> None:
    """In a new process: Ctrl-C is the business of the first one, and so is its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What comes is read at once: whoever gives must not wait for whoever works.
    given: SimpleQueue[list[Part] | None] = SimpleQueue()
    threading.Thread(target=_read, args=(pipe, given), daemon=True).start()
    while (parts := given.get()) is not None:
        done = [_done(part, work) for part in parts]
        try:
            pipe.send(done)
        except OSError:
            return


def _read(pipe: Connection, given: SimpleQueue[list[Part] | None]) -> None:
    with suppress(EOFError, OSError):
        while (parts := pipe.recv()) is not None:
            given.put(parts)
    given.put(None)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            wait([parent.sentinel])
        os._exit(1)


def _done(part: Part, work: Work) -> Done:
    try:
        return work.do(part)
    except Exception as error:  # noqa: BLE001 - raised again where it is taken
        return error
