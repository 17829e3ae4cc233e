"""Rates of texts that are hard on purpose, slowest first.

python benchmarks/families.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
from figures import Figure, show
from turns import in_turn

import normalize

FILE = Path(__file__).parent.parent / "tests" / "cases" / "scaling" / "families.yaml"
MEGABYTES = 0.05


def figures() -> list[Figure]:
    """MB/s of each family with `news-en`."""
    n = normalize.load("news-en")
    found = []
    for name, seed in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        size = len(seed.encode("utf-8", "surrogatepass"))
        text = seed * int(MEGABYTES * 1e6 / size)
        taken = in_turn({name: lambda text=text: n(text)}, 2)[name]
        found.append(Figure(name, MEGABYTES / taken.least, "MB/s", "1"))
    return sorted(found, key=lambda figure: figure.value)


if __name__ == "__main__":
    show(figures())
