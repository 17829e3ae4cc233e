"""How fast text is romanized, beside other ways to do it.

    python benchmarks/romanization.py

Every way works on the same text in the same process, in turn, and the medians are
compared. A peer that is not installed is named and left out: `make bench-peers`. Rates
are MB/s of UTF-8 input.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import ukrainian

from normalize import Romanizer, systems

ROUNDS = 7
SYSTEM = "uk-kmu-2010"
LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"

Way = Callable[[str], str]


def unique(words: int) -> str:
    """Words of random letters, hardly one twice: the memo is of no use."""
    drawn = random.Random(7)
    made = (
        "".join(drawn.choices(LETTERS, k=drawn.randint(4, 11))) for _ in range(words)
    )
    return " ".join(made)


def peers() -> dict[str, Way]:
    """The other ways that are installed."""
    letters = Romanizer(SYSTEM).file.letters
    table = {ord(letter): text for letter, text in letters.items()}
    table |= {ord(k.upper()): text.capitalize() for k, text in letters.items()}
    found: dict[str, Way] = {"str.translate": lambda text: text.translate(table)}
    try:
        import icu
    except ImportError:
        print("PyICU is not installed: left out")
    else:
        made = icu.Transliterator.createInstance("Ukrainian-Latin/BGN")
        found["ICU Ukrainian-Latin/BGN"] = made.transliterate
    try:
        import iuliia
    except ImportError:
        print("iuliia is not installed: left out")
    else:
        found["iuliia"] = iuliia.ICAO_DOC_9303.translate
    return found


def medians(ways: dict[str, Way], text: str, rounds: int = ROUNDS) -> dict[str, float]:
    """The median seconds of each way, the ways taken in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, run in ways.items():
            start = time.process_time()
            run(text)
            seconds[name].append(time.process_time() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def show(title: str, text: str, taken: dict[str, float], mine: str) -> None:
    """Rates, and how many times as fast `mine` is."""
    size = len(text.encode()) / 1e6
    print(f"\n{title} ({size:.1f} MB)")
    for name, seconds in sorted(taken.items(), key=lambda item: item[1]):
        times = seconds / taken[mine]
        print(f"  {name:<30} {size / seconds:>8.2f} MB/s  {times:>8.2f}")


def _with_new_memo(text: str) -> str:
    return Romanizer(SYSTEM)(text)


def main() -> None:
    """Print the tables."""
    text = ukrainian(3)
    articles = [text[i : i + 3_000] for i in range(0, 150_000, 3_000)]
    ways = {SYSTEM: Romanizer(SYSTEM), **peers()}
    assert ways[SYSTEM](text[:20_000]) == Romanizer(SYSTEM).trace(text[:20_000]).text
    show("news as one text", text, medians(ways, text, 3), SYSTEM)
    by_article = {name: _each(run, articles) for name, run in ways.items()}
    show("news by article", text[:150_000], medians(by_article, "", ROUNDS), SYSTEM)
    cold = {**ways, SYSTEM: _with_new_memo}
    show(
        "news, the memo empty", text[:150_000], medians(cold, text[:150_000], 3), SYSTEM
    )
    strange = unique(30_000)
    show("words that are all different", strange, medians(cold, strange, 3), SYSTEM)
    parts = [strange[i : i + 3_000] for i in range(0, len(strange), 3_000)]
    by_part = {name: _each(run, parts) for name, run in ways.items()}
    by_part[SYSTEM] = lambda _: _each(Romanizer(SYSTEM), parts)("")
    show("the same in short texts", strange, medians(by_part, "", 3), SYSTEM)

    every = {system.id: Romanizer(system.id) for system in systems()}
    taken = medians(every, text[:500_000], 5)
    slowest, fastest = (f(taken, key=taken.__getitem__) for f in (max, min))
    times = taken[slowest] / taken[fastest]
    print(f"\nall systems: {slowest} takes {times:.2f} times as long as {fastest}")


def _each(run: Way, texts: list[str]) -> Way:
    """A way that does every text of a list."""

    def all_of_them(_: str) -> str:
        return "".join(map(run, texts))

    return all_of_them


if __name__ == "__main__":
    main()
