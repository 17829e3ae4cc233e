"""Rates of texts that are hard on purpose, and of lists, slowest first.

A family repeats itself, as no list does whose rows all differ.

python benchmarks/families.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml

sys.path.insert(0, str(Path(__file__).parent))
from figures import Figure, show
from turns import in_turn

import normalize

FILE = Path(__file__).parent.parent / "tests" / "cases" / "scaling" / "families.yaml"
MEGABYTES = 0.05
MONTHS = ("January", "February", "April", "May", "June", "August", "October")


def figures() -> list[Figure]:
    """MB/s of each list and of each family with `news-en`."""
    n = normalize.load("news-en")
    return [*_lists(n), *_families(n)]


def _families(n: normalize.Normalizer) -> list[Figure]:
    found = []
    for name, seed in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        size = len(seed.encode("utf-8", "surrogatepass"))
        text = seed * int(MEGABYTES * 1e6 / size)
        taken = in_turn({name: lambda text=text: n(text)}, 2)[name]
        found.append(Figure(name, MEGABYTES / taken.least, "MB/s", "1"))
    return sorted(found, key=lambda figure: figure.value)


def _lists(n: normalize.Normalizer) -> list[Figure]:
    """Those of lists whose rows all differ, a row a line."""
    plan = n.plan
    rules = [r for stage in plan.stages for file in stage.files for r in file.rules]
    names = sorted({text for r in rules for text in r.claims() if text.istitle()})
    draw = Random(3)

    def dated() -> str:
        return f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(1950, 2026)}"

    def numeric() -> str:
        day, month = draw.randint(1, 28), draw.randint(1, 12)
        return f"{day:02}.{month:02}.{draw.randint(1950, 2026)}"

    def amount() -> str:
        return f"${draw.randint(1, 9999) / 10} million"

    rows: dict[str, Callable[[], str]] = {
        "names": lambda: draw.choice(names),
        "dates": dated,
        "numeric dates": numeric,
        "sums": amount,
        "a table": lambda: f"| {draw.choice(names)} | {dated()} | {amount()} |",
    }
    found = []
    for name, row in rows.items():
        text, size = "", int(MEGABYTES * 1e6)
        while len(text) < size:
            text += row() + "\n"
        taken = in_turn({name: lambda text=text: n(text)}, 2)[name]
        rate = len(text.encode()) / 1e6 / taken.least
        found.append(Figure(f"a list of {name}", rate, "MB/s", ""))
    return sorted(found, key=lambda figure: figure.value)


if __name__ == "__main__":
    show(figures())
