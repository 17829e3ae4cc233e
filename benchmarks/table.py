"""Rates of all workloads beside their peers, as one table. Run: make bench

    python benchmarks/table.py [WORKLOAD ...]

A figure under a peer says how many times as fast as the peer the workload is, in the
same run; an empty cell, that it is not measured there or not installed. Rates are MB/s
of UTF-8 input in processor time: compare them within one run only. Every answer is
checked by its sum before it is timed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from peers import PEERS, peer
from turns import in_turn
from workloads import Workload, check, named

ROUNDS = 5
Row = dict[str, str]


def measured(work: Workload, rounds: int = ROUNDS) -> Row:
    """A row of the table."""
    n = work.normalizer()
    text, texts = work.source(), work.texts()
    own: Callable[[], object] = lambda: n(text)  # noqa: E731 - one of three ways
    if work.how == "each":
        own = lambda: [n(one) for one in texts]  # noqa: E731
    elif work.how == "map":
        own = lambda: list(n.map(texts))  # noqa: E731
    ways: dict[str, Callable[[], object]] = {work.name: own}
    slow: dict[str, tuple[Callable[[], object], float]] = {}
    size = len(text.encode()) / 1e6
    for name in work.beside:
        way = n if name == "joined" else peer(name, n)
        most = 10 if name == "joined" else PEERS[name].most
        if way is not None and most >= size:
            ways[name] = lambda way=way: way(text)
        elif way is not None:
            part = text[: text.find("\n\n", int(most * len(text) / size))]
            slow[name] = (lambda way=way, part=part: way(part)), len(part.encode())
    taken = in_turn(ways, rounds)
    rates = {name: size / found.least for name, found in taken.items()}
    for name, (way, part_size) in slow.items():
        rates[name] = part_size / 1e6 / in_turn({name: way}, 2)[name].least
    mine = rates.pop(work.name)
    row = {"workload": work.name, "MB/s": f"{mine:.2f}"}
    row |= {name: _figure(mine / rate) for name, rate in rates.items()}
    if work.how != "whole":
        more = (taken[work.name].least - taken["joined"].least) / len(texts)
        row["us a call more"] = f"{more * 1e6:.1f}"
    row["goal"] = work.goal
    return row


def _figure(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.2g}"


def show(rows: list[Row]) -> None:
    """Print rows under the columns that any of them has."""
    order = ["workload", "MB/s", "joined", *PEERS, "us a call more", "goal"]
    columns = [name for name in order if any(row.get(name) for row in rows)]
    table = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = (c.ljust(w) for c, w in zip(line, widths, strict=True))
        print("  ".join(cells).rstrip())


def main(wanted: Iterable[str]) -> None:
    """Measure the workloads of these names, or all, and print the table."""
    rows = []
    for work in named(list(wanted)):
        if wrong := check(work):
            sys.exit(wrong)
        print(f"{work.name}: the answer is right", file=sys.stderr)
        rows.append(measured(work))
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    print(f"load {load} on {os.cpu_count()} cores; times as fast as each other way:")
    show(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
