"""A figure that was measured, beside its goal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured, its value and unit, and the value that it should have."""

    what: str
    value: float
    unit: str
    goal: str


def show(figures: Iterable[Figure]) -> None:
    """Print figures, one a line."""
    for what, value, unit, goal in figures:
        told = f"   goal {goal}" if goal else ""
        print(f"{what:48} {value:10.2f} {unit:5}{told}")
