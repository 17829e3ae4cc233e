"""Start, memory, processes, growth and hard texts beside their goals.

python benchmarks/limits.py [start|memory|jobs|growth|families ...]
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from figures import show

PARTS = ("start", "memory", "jobs", "growth", "families")


def main(wanted: list[str]) -> None:
    """Print the figures of these parts, or of all."""
    for part in wanted or PARTS:
        load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
        print(f"{part} (load {load} on {os.cpu_count()} cores)")
        show(importlib.import_module(part).figures())


if __name__ == "__main__":
    main(sys.argv[1:])
