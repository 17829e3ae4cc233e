"""What a second process brings, on many files and on one: time by the clock.

python benchmarks/jobs.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus
from figures import Figure, show

TURNS = 3


def figures() -> list[Figure]:
    """How many times as fast two processes are; other work of the machine shows."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        text = corpus.news(12)
        one = Path(folder, "one")
        many = Path(folder, "many")
        for path in (one, many):
            path.mkdir()
        (one / "all.txt").write_text(text, encoding="utf-8")
        size = len(text) // 48
        for i in range(48):
            part = text[i * size : (i + 1) * size]
            (many / f"{i}.txt").write_text(part, encoding="utf-8")
        for what, path in (("48 files", many), ("one file of 12 MB", one)):
            taken: dict[int, list[float]] = {1: [], 2: []}
            for _ in range(TURNS):
                for jobs, seconds in taken.items():
                    seconds.append(_seconds(path, Path(folder, "out"), jobs))
            gain = min(taken[1]) / min(taken[2])
            found.append(Figure(f"-j 2, {what}", gain, "times", "1.8"))
    return found


def _seconds(source: Path, out: Path, jobs: int) -> float:
    words = [sys.executable, "-m", "normalize", "run", "-q", "-j", str(jobs)]
    begun = time.perf_counter()
    subprocess.run([*words, "-o", str(out), str(source)], check=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    show(figures())
