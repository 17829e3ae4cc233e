"""Texts over several processes: batches out, results back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

Text = str | None
Normalize = Callable[[Text], Text]

BATCH = 256
AHEAD = 4  # batches in flight for each worker

_worker: Normalize | None = None


def map_parallel(
    normalize: Normalize, texts: Iterable[Text], workers: int
) -> Iterator[Text]:
    """The results in the order of the texts; reads only a few batches ahead."""
    source = iter(texts)
    pending: deque[Future[list[Text]]] = deque()
    with ProcessPoolExecutor(
        workers, initializer=_start, initargs=(normalize,)
    ) as pool:
        failed: Exception | None = None
        while True:
            while failed is None and len(pending) < workers * AHEAD:
                batch, failed = _take(source)
                if not batch:
                    break
                pending.append(pool.submit(_work, batch))
            if not pending:
                break
            yield from pending.popleft().result()
        if failed is not None:
            raise failed


def _take(source: Iterator[Text]) -> tuple[list[Text], Exception | None]:
    """The next batch, and the error that ended the texts, if one did.

    What came before the error is still to be given out.
    """
    batch: list[Text] = []
    try:
        for text in islice(source, BATCH):
            batch.append(text)  # noqa: PERF402 - keeps what came before an error
    except Exception as error:  # noqa: BLE001 - handed on when its turn comes
        return batch, error
    return batch, None


def _start(normalize: Normalize) -> None:
    # A process serves one pool and one normalizer: the one global of the package.
    global _worker  # noqa: PLW0603
    _worker = normalize


def _work(batch: list[Text]) -> list[Text]:
    if _worker is None:  # pragma: no cover - the initializer has run
        raise RuntimeError("the worker was not started")
    return [_worker(text) for text in batch]
