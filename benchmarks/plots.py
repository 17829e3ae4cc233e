"""Draw the rate against the length of a text and against the number of names.

python benchmarks/plots.py      # writes benchmarks/rate.png and rate.svg
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import corpus
import matplotlib as mpl
from growth import rates
from turns import in_turn

import normalize

LENGTHS = (100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000)
NAMES = (0, 1_000, 4_000, 10_000)
TEXTS = {"news-en": corpus.news, "news-uk": corpus.ukrainian, "names-en": corpus.news}


def by_length(profile: str) -> list[float]:
    """MB/s on pieces of these lengths of the same text, one call a piece."""
    n = normalize.load(profile)
    text = TEXTS[profile](1.2)
    found = []
    for length in LENGTHS:
        whole = min(len(text), max(length, 200_000))
        pieces = [text[i : i + length] for i in range(0, whole, length)]
        size = sum(len(piece.encode()) for piece in pieces) / 1e6

        def run(pieces: list[str] = pieces) -> None:
            for piece in pieces:
                n(piece)

        found.append(size / in_turn({profile: run}, 3)[profile].least)
    return found


def main() -> None:
    """Measure and draw."""
    mpl.use("Agg")
    mpl.rcParams |= {"svg.hashsalt": "rate", "font.size": 9}
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    for profile in TEXTS:
        left.plot(LENGTHS, by_length(profile), marker="o", label=profile)
    left.set(xscale="log", xlabel="characters a call", ylabel="MB/s, one core")
    left.legend(frameon=False)
    made = [rates(names, 0.3) for names in NAMES]
    right.plot([known for known, _, _ in made], [rate for _, rate, _ in made], "o-")
    right.set(xlabel="spellings that names-en knows", ylabel="MB/s, one core")
    right.ticklabel_format(axis="x", style="plain")
    for axes in (left, right):
        axes.set_ylim(0, 1.1 * axes.dataLim.y1)
        axes.spines[["top", "right"]].set_visible(False)
    here = Path(__file__).parent
    figure.savefig(here / "rate.png", dpi=120)
    figure.savefig(here / "rate.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
