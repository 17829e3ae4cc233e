"""What a text takes the first time, beside the same text again.

python benchmarks/fresh.py              # news and news-uk
python benchmarks/fresh.py quantities

Words and stretches of text are remembered, and the other measurements work on one text
again and again. Here each text is a new one, drawn from the same words.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import corpus
from workloads import Workload, named

TEXTS = 12
MEGABYTES = 1
AGAIN = 3
DRAWN = {"news": corpus.news, "ukrainian": corpus.ukrainian}


def taken(work: Workload) -> tuple[float, float]:
    """Milliseconds of processor time a MB: the first time, and the least again."""
    n = work.normalizer()
    n(work.source())
    first: list[float] = []
    again: list[float] = []
    for seed in range(TEXTS):
        text = DRAWN[work.text](MEGABYTES, seed)
        size = len(text.encode()) / 1e9  # in MB a millisecond
        seconds = [_seconds(n, text) for _ in range(1 + AGAIN)]
        first.append(seconds[0] / size)
        again.append(min(seconds[1:]) / size)
    return statistics.median(first), statistics.median(again)


def _seconds(way: Callable[[str], str], text: str) -> float:
    begun = time.process_time()
    way(text)
    return time.process_time() - begun


def main(wanted: list[str]) -> None:
    """Print a line for each workload."""
    for work in named(wanted or ["news", "news-uk"]):
        if work.text not in DRAWN or work.how != "whole":
            sys.exit(f"{work.name}: no other texts are drawn for it")
        first, again = taken(work)
        print(
            f"{work.name:12} first time {first:6.1f} ms/MB, again {again:6.1f}: "
            f"{first / again:.2f} times"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
