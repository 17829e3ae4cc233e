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
        while True:
            while len(pending) < workers * AHEAD:
                batch = list(islice(source, BATCH))
                if not batch:
                    break
                pending.append(pool.submit(_work, batch))
            if not pending:
                return
            yield from pending.popleft().result()


def _start(normalize: Normalize) -> None:
    # A process serves one pool and one normalizer: the one global of the package.
    global _worker  # noqa: PLW0603
    _worker = normalize


def _work(batch: list[Text]) -> list[Text]:
    if _worker is None:  # pragma: no cover - the initializer has run
        raise RuntimeError("the worker was not started")
    return [_worker(text) for text in batch]
