"""Time taken by several ways to do a work, in turn; the machine may be busy.

Processor time of all threads is taken, so other work disturbs little, and what it
does to one way it does to the next one too.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Taken(NamedTuple):
    """Seconds of processor time: the least, and how far the middle half spreads."""

    least: float
    spread: float  # quarter to quarter, as a share of the median


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Taken]:
    """What each way takes, all of them once a round, after one round unmeasured."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            begun = time.process_time()
            way()
            if number:
                seconds[name].append(time.process_time() - begun)
    return {name: _taken(all_of_it) for name, all_of_it in seconds.items()}


def _taken(seconds: list[float]) -> Taken:
    middle = statistics.median(seconds)
    if len(seconds) < 2:
        return Taken(middle, 0.0)
    low, _, high = statistics.quantiles(seconds, n=4, method="inclusive")
    return Taken(min(seconds), (high - low) / middle)
