"""Many more rules: what they cost in rate and memory.

python benchmarks/growth.py
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import children
from figures import Figure, show

SPELLINGS = 500_000
BEGINNINGS = "Ба Бе Бо Ва Ви Го Гу Да До Ду За Зо Ка Ко Ла Ли Лу Ма Ми Мо На Но Па По"
MIDDLES = "би вле го да жи ку ли ло ме на не ни по ре ро су та ти ту хо це чи ша щи"
ENDS = "вка вець нівка ринці сове тин шине бір город піль"
# Asked for in a child: the names of a profile with a lexicon of own names added.
COUNT = """
import sys; sys.path.insert(0, {here!r})
import normalize, peers
n = normalize.load("names-en", rules={rules!r})
print(len(peers.names_of(n)))
"""
RATE = """
import sys, time; sys.path.insert(0, {here!r})
import corpus, normalize
n = normalize.load("names-en", rules={rules!r})
text = corpus.news({megabytes})
n(text)
taken = []
for _ in range(5):
    begun = time.process_time(); n(text); taken.append(time.process_time() - begun)
resident = [x for x in open("/proc/self/status") if x.startswith("VmRSS")][0].split()[1]
print(len(text.encode()) / 1e6 / min(taken), int(resident) / 1024)
"""


def lexicon(path: Path, names: int) -> None:
    """Write a file of invented place names, each with a card of its own."""
    drawn = random.Random(20261129)
    parts = [BEGINNINGS.split(), MIDDLES.split(), MIDDLES.split(), ENDS.split()]
    made: dict[str, None] = {}
    while len(made) < names:
        made["".join(map(drawn.choice, parts))] = None
    lines = ["kind: names", "id: bench.lexicon", "title: Invented places", "rules:"]
    lines += [f"  - {{id: n{i}, uk: {name}}}" for i, name in enumerate(made)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rates(names: int, megabytes: float = 1) -> tuple[int, float, float]:
    """With so many invented names: spellings known, MB/s, megabytes resident."""
    with tempfile.TemporaryDirectory() as folder:
        rules = []
        if names:
            path = Path(folder, "lexicon.yaml")
            lexicon(path, names)
            rules = [str(path)]
        here = str(Path(__file__).parent)
        known = int(children.output(COUNT.format(here=here, rules=rules)))
        asked = RATE.format(here=here, rules=rules, megabytes=megabytes)
        rate, resident = map(float, children.output(asked).split())
    return known, rate, resident


def figures() -> list[Figure]:
    """The cost of a lexicon of half a million spellings."""
    before, fast, small = rates(0)
    some, _, _ = rates(1000)
    names = int((SPELLINGS - before) / (some - before) * 1000) + 1
    after, slow, large = rates(names)
    return [
        Figure(f"names-en, {before:,} spellings", fast, "MB/s", ""),
        Figure("the same, resident", small, "MB", ""),
        Figure(f"names-en, {after:,} spellings", slow, "MB/s", ""),
        Figure("the same, resident", large, "MB", "400"),
        Figure("times as slow", fast / slow, "", "1.5"),
    ]


if __name__ == "__main__":
    show(figures())
