"""Benchmark texts, made from the sample articles; the same on every machine."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
# What real newsrooms leave in one sentence of some dozens, and our samples, which
# are made to show it, in every second one.
_QUIRK = re.compile(r"[^\w\s.,;:!?'\"()%$€£’“”–—-]|_|\.\.|\. \.|  |[^\S \n]")


@cache
def news(megabytes: float) -> str:
    """English news of about this size, about three edits a kilobyte."""
    quirky = [s for s in _sentences("en-*.txt") if _QUIRK.search(s)]
    others = [s for s in _sentences("en-*.txt") if not _QUIRK.search(s)]
    return _mixed(megabytes, [(0.73, _filler()), (0.98, others), (1.0, quirky)])


@cache
def plain(megabytes: float) -> str:
    """English prose in which nothing is to be done."""
    return _mixed(megabytes, [(1.0, _filler())])


def _mixed(megabytes: float, kinds: list[tuple[float, list[str]]]) -> str:
    """Sentences drawn from the lists, each with its share (as running sums)."""
    drawn = random.Random(20221023)
    parts: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        chance = drawn.random()
        sentences = next(found for share, found in kinds if chance < share)
        sentence = sentences[int(drawn.random() * len(sentences))]
        parts += [sentence, "\n\n" if drawn.random() < 0.25 else " "]
        size += len(sentence.encode()) + 1
    return "".join(parts)


def _filler() -> list[str]:
    text = Path(__file__).with_name("filler.txt").read_text(encoding="utf-8")
    return text.splitlines()


@cache
def dense(megabytes: float) -> str:
    """Nothing but variants."""
    names = "Kiev Lvov Kharkov Zelenskiy Nikolayev Odessa Lugansk Zelensky "
    return names * int(megabytes * 1_000_000 / len(names))


@cache
def ukrainian(megabytes: float) -> str:
    """Ukrainian news, for what an English profile costs on it."""
    text = "\n\n".join(_sentences("uk-*.txt"))
    return text * int(megabytes * 1_000_000 / len(text.encode()))


def _sentences(pattern: str) -> list[str]:
    found: dict[str, None] = {}
    for path in sorted(SEEDS.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        found.update(dict.fromkeys(s for s in _SENTENCE_END.split(text) if len(s) > 20))
    return list(found)


TEXTS = {"news": news, "plain": plain, "dense": dense, "ukrainian": ukrainian}
