"""Print the last benchmark run as one table: rate, and ratio to the raw scan."""

from __future__ import annotations

import json
from pathlib import Path

LATEST = Path(__file__).parent / "out" / "latest.json"


def main() -> None:
    """Read the file that pytest-benchmark wrote and print it."""
    runs = json.loads(LATEST.read_text(encoding="utf-8"))["benchmarks"]
    rows = [
        ("workload", "what", "MB/s", "of raw scan", "of one automaton", "of the call")
    ]
    rates: dict[tuple[str, str], float] = {}
    for run in runs:
        info = run["extra_info"]
        seconds = run["stats"]["median"]
        rates[info["workload"], info["what"]] = info["bytes"] / seconds / 1e6
    for (workload, what), rate in rates.items():
        peers = ("raw scan", "one automaton", "call")
        ratios = (rate / rates[workload, peer] for peer in peers)
        rows.append((workload, what, f"{rate:.1f}", *(f"{r:.2f}" for r in ratios)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (c.ljust(w) for c, w in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    main()
