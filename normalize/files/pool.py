"""Parts of files through several processes, results back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import repeat
from multiprocessing.connection import wait

from normalize.errors import InputError
from normalize.files.flow import PART, Document, Event, Happening, happenings
from normalize.files.work import Outcome, Part, Work

AHEAD = 3  # batches in flight for each process
MOST = 64  # parts of a batch; small files are handed over together

Done = Outcome | InputError | None  # None: the process was ended


def flow_together(
    documents: Iterable[Document | InputError], work: Work, jobs: int
) -> Iterator[Event]:
    """As `flow`, the parts worked on by so many processes."""
    # Where processes can be copied, the compiled rules need not be made again.
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in ways else None)
    pool = ProcessPoolExecutor(jobs, context, _start, (work,))
    pending: deque[tuple[list[Happening], Future[list[Done]]]] = deque()
    finished, whole = False, True
    try:
        for batch in _batches(happenings(documents)):
            parts = [what for _, what in batch if isinstance(what, Part)]
            pending.append((batch, _submitted(pool, parts)))
            while len(pending) > jobs * AHEAD or (pending and pending[0][1].done()):
                whole &= yield from _settle(*pending.popleft())
        while pending:
            whole &= yield from _settle(*pending.popleft())
        # A pool that lost a process may wait for it for ever.
        finished = whole
    finally:
        # What is given up is not waited for. Idle processes are: the end of the
        # interpreter would meet the end of the pool, and Python complains of that.
        pool.shutdown(wait=finished, cancel_futures=True)


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


def _settle(
    batch: list[Happening], future: Future[list[Done]]
) -> Generator[Event, None, bool]:
    """The events of a batch, when it is done; gives whether its process lived."""
    lived = True
    try:
        done = iter(future.result())
    except BrokenProcessPool:
        done, lived = repeat(None), False
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
    return lived


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
