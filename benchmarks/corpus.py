"""Benchmark texts, drawn from lists of words; the same on every machine."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([\w.]+)\}")
# How many of a hundred sentences are of each kind: about three edits a kilobyte.
SHARES = {
    "en": {"plain": 78, "names": 8, "amounts": 5, "marks": 9},
    "uk": {"plain": 79, "names": 0, "amounts": 9, "marks": 12},
}
Draw = Callable[[random.Random], str]
SEED = 20221023


def news(megabytes: float, seed: int = SEED) -> str:
    """English news of about this size, about three edits a kilobyte."""
    return _article(megabytes, "en", tuple(SHARES["en"].items()), seed)


def plain(megabytes: float) -> str:
    """English news in which nothing is to be done."""
    return _article(megabytes, "en", (("plain", 100),), SEED)


def ukrainian(megabytes: float, seed: int = SEED) -> str:
    """Ukrainian news of about this size, about three edits a kilobyte."""
    return _article(megabytes, "uk", tuple(SHARES["uk"].items()), seed)


def dense(megabytes: float) -> str:
    """Nothing but variants of names."""
    return _repeated("Kiev Lvov Kharkov Zelenskiy Nikolayev Odessa Lugansk ", megabytes)


def numbers(megabytes: float) -> str:
    """Nothing but numbers and punctuation."""
    return _repeated("12.5, 1 204; 3/4 - 17:30 (99%) 2023-04-21, 1,000. ", megabytes)


def line(megabytes: float) -> str:
    """English news without a line end."""
    return news(megabytes).replace("\n\n", " ")


def headlines(megabytes: float) -> list[str]:
    """The sentences of the news that have 60 to 200 characters."""
    found = re.split(r"(?<=[.!?\"])\s+", news(megabytes))
    return [s for s in found if 60 <= len(s) <= 200]


TEXTS = {f.__name__: f for f in (news, plain, ukrainian, dense, numbers, line)}


def _repeated(seed: str, megabytes: float) -> str:
    return seed * max(1, int(megabytes * 1_000_000 / len(seed)))


@cache
def _article(
    megabytes: float, lang: str, shares: tuple[tuple[str, int], ...], seed: int
) -> str:
    """Sentences of these kinds, a quarter of them at the end of a paragraph."""
    words = yaml.safe_load((HERE / "words" / f"{lang}.yaml").read_text("utf-8"))
    sentences = words.pop("sentences")
    slots = dict(found for name in words for found in _slots(name, words[name]))
    kinds = [kind for kind, _ in shares]
    weights = [share for _, share in shares]
    drawn = random.Random(seed)
    parts: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        sentence = drawn.choice(sentences[drawn.choices(kinds, weights)[0]])
        text = _SLOT.sub(lambda slot: slots[slot[1]](drawn), sentence)
        text = text[0].upper() + text[1:]
        parts += [text, "\n\n" if drawn.random() < 0.25 else " "]
        size += len(text.encode()) + 1
    return "".join(parts)


def _slots(name: str, words: Any) -> list[tuple[str, Draw]]:
    """What stands for each slot of a list of words: a word, or a word in a form."""
    numbers: list[tuple[str, Draw]] = [
        ("day", lambda drawn: str(drawn.randint(1, 28))),
        ("year", lambda drawn: str(drawn.randint(1991, 2026))),
        ("number", lambda drawn: str(drawn.randint(11, 990))),
        ("hundred", lambda drawn: str(drawn.randint(2, 99))),
    ]
    if isinstance(words, str):
        words = words.split()
    if isinstance(words, list):
        return [*numbers, (name, _drawing(words))]
    stems = [(s, c["endings"]) for c in words["words"] for s in c["stems"].split()]
    random.Random(7).shuffle(stems)
    forms = enumerate(words["forms"])
    return [(f"{name}.{f}", _drawing([s + e[n] for s, e in stems])) for n, f in forms]


def _drawing(words: list[str]) -> Draw:
    """A word of the list, early ones more often, as in any language."""
    return lambda drawn: words[int(len(words) * drawn.random() ** 1.7)]
