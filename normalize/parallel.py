"""Texts over several processes: batches out, results back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Protocol

from normalize.together import Text, taken


class Mapper(Protocol):
    """Works on several texts in order; a `Normalizer` is one."""

    def map(self, texts: Iterable[Text], /) -> Iterator[Text]: ...


# Results, and the error that ended them, if one did.
Done = tuple[list[Text], Exception | None]

BATCH = 256
AHEAD = 4  # batches in flight for each worker

_worker: Mapper | None = None


def map_parallel(
    normalizer: Mapper, texts: Iterable[Text], workers: int
) -> Iterator[Text]:
    """The results in the order of the texts; reads only a few batches ahead.

    An error comes when its turn comes: behind the results of all texts before it.
    """
    source = iter(texts)
    pending: deque[Future[Done]] = deque()
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(normalizer,))
    try:
        failed: Exception | None = None
        while True:
            while failed is None and len(pending) < workers * AHEAD:
                batch, failed = taken(source, BATCH)
                if not batch:
                    break
                pending.append(pool.submit(_work, batch))
            if not pending:
                break
            results, error = pending.popleft().result()
            yield from results
            if error is not None:
                raise error
        if failed is not None:
            raise failed
    finally:
        # Nobody waits for what is still in flight when the reader has gone.
        pool.shutdown(wait=True, cancel_futures=True)


def _start(normalizer: Mapper) -> None:
    # A process serves one pool and one normalizer: the one global of the package.
    global _worker  # noqa: PLW0603
    _worker = normalizer


def _work(batch: list[Text]) -> Done:
    if _worker is None:  # pragma: no cover - the initializer has run
        raise RuntimeError("the worker was not started")
    results: list[Text] = []
    try:
        results.extend(_worker.map(batch))  # keeps what came before an error
    except Exception as error:  # noqa: BLE001 - raised where the results are read
        return results, error
    return results, None
