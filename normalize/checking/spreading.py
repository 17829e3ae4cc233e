"""Work spread over processes that share what the first one has read."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Hashable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from normalize.errors import NormalizeError

T = TypeVar("T")
R = TypeVar("R")


def spread(
    run: Callable[[T], R],
    tasks: Sequence[T],
    workers: int,
    key: Callable[[T], Hashable],
    weight: Callable[[T], int] = lambda _: 0,
) -> Iterator[R]:
    """The results of all tasks, in their order.

    Tasks with one key stay in one process, and what weighs most is begun first. The
    processes are forks, so `run` may use whatever it likes; where there are no forks,
    or one worker, all is done here.

    Raises:
        Exception: what the first task that fails raises.
    """
    groups: dict[Hashable, list[int]] = {}
    for number, task in enumerate(tasks):
        groups.setdefault(key(task), []).append(number)
    forks = "fork" in multiprocessing.get_all_start_methods()
    if workers < 2 or len(groups) < 2 or not forks:
        yield from map(run, tasks)
        return
    heaviest = sorted(groups.values(), key=lambda g: -sum(weight(tasks[n]) for n in g))
    yield from _forked(run, tasks, heaviest, workers)


def _forked(
    run: Callable[[T], R], tasks: Sequence[T], groups: list[list[int]], workers: int
) -> Iterator[R]:
    context = multiprocessing.get_context("fork")
    waiting = context.SimpleQueue()
    pipes = []
    for group in groups:
        waiting.put(group)
    for _ in range(workers):
        waiting.put(None)
    for _ in range(workers):
        mine, other = context.Pipe(duplex=False)
        process = context.Process(
            target=_work, args=(run, tasks, waiting, other), daemon=True
        )
        process.start()
        other.close()
        pipes.append((mine, process))
    results: dict[int, R] = {}
    failed: dict[int, Exception] = {}
    for mine, process in pipes:
        try:
            done, wrong = pickle.loads(mine.recv_bytes())  # noqa: S301 - of our own
        except EOFError:
            process.join()
            raise _lost(process.exitcode) from None
        process.join()
        results.update(done)
        failed.update(wrong)
    if failed:
        raise failed[min(failed)]
    for number in range(len(tasks)):
        yield results[number]


def _lost(code: int | None) -> NormalizeError:
    message = f"a process ended before it was done, with code {code}"
    hint = "it may have been stopped, or there was not enough memory; run it again"
    return NormalizeError(message, hint=hint)


def _work(
    run: Callable[[T], R],
    tasks: Sequence[T],
    waiting: multiprocessing.SimpleQueue[list[int] | None],
    pipe: Connection,
) -> None:
    done: dict[int, R] = {}
    failed: dict[int, Exception] = {}
    while (group := waiting.get()) is not None:
        for number in group:
            try:
                done[number] = run(tasks[number])
            except Exception as error:  # noqa: BLE001 - raised where it is waited for
                failed[number] = error
                break
    pipe.send_bytes(pickle.dumps((done, failed)))
