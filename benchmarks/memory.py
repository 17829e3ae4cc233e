"""Memory of a loaded profile, and whether it grows with the texts.

python benchmarks/memory.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import children
from figures import Figure, show

# Words that are all different are what a memo without a bound would keep.
GROWTH = """
import random, sys; sys.path.insert(0, {here!r})
import corpus, normalize
def resident():
    line = next(x for x in open("/proc/self/status") if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
n = normalize.load({profile!r})
texts = corpus.headlines(0.3)
drawn = random.Random(5)
def strange():
    word = "".join(drawn.choices("abdeiklmnoprstuv", k=9)).capitalize()
    return drawn.choice(texts) + " " + word + " met " + word[::-1].capitalize() + "."
n(texts[0]); print(resident())
for _ in range(2):
    for _ in range(20_000): n(strange())
    print(resident())
"""


def resident(profile: str) -> list[float]:
    """MB with the profile loaded, after 20,000 short texts, and after as many more."""
    here = str(Path(__file__).parent)
    made = children.output(GROWTH.format(here=here, profile=profile))
    return [float(line) for line in made.split()]


def figures() -> list[Figure]:
    """Of the full profiles of one and of all languages."""
    found = []
    for profile in ("news-en", "news"):
        loaded, some, more = resident(profile)
        found += [
            Figure(f"{profile}, resident with a first text", loaded, "MB", "120"),
            Figure("after 20,000 texts", some, "MB", ""),
            Figure("after 20,000 more", more, "MB", "no more"),
        ]
    return found


if __name__ == "__main__":
    show(figures())
