"""How long it takes until the first text is done, in processor time.

python benchmarks/start.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import children
from figures import Figure, show

TURNS = 9
LOAD = """
import time, normalize
begun = time.process_time()
n = normalize.load({profile!r}); {more}
print(time.process_time() - begun)
"""


def figures() -> list[Figure]:
    """Import, warm and cold load, and the whole program on a small file."""
    bare, imported = (
        min(children.seconds([sys.executable, "-c", code]) for _ in range(TURNS))
        for code in ("pass", "import normalize")
    )
    warm, first = (
        min(_load("news-en", more) for _ in range(TURNS))
        for more in ("pass", "n('Kiev')")
    )
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "text.txt")
        text.write_text("Zelenskiy spoke in Kiev.\n", encoding="utf-8")
        run = [sys.executable, "-m", "normalize", "run", str(text)]
        program = min(children.seconds(run) for _ in range(TURNS))
        # An empty folder each time: nothing is kept there yet.
        cold = min(
            _load("news", "n.compiled", XDG_CACHE_HOME=str(Path(folder, str(i))))
            for i in range(2)
        )
    return [
        Figure(
            "import normalize, over bare Python", 1000 * (imported - bare), "ms", "30"
        ),
        Figure("load('news-en'), kept", 1000 * warm, "ms", "80"),
        Figure("the same with a first text", 1000 * first, "ms", ""),
        Figure("load('news') and compile, nothing kept", cold, "s", "3"),
        Figure("normalize run on a small file", 1000 * program, "ms", "250"),
    ]


def _load(profile: str, more: str, **variables: str) -> float:
    return float(children.output(LOAD.format(profile=profile, more=more), **variables))


if __name__ == "__main__":
    show(figures())
