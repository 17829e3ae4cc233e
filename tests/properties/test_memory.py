"""Memory is bounded, and does not grow with the number of texts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is read from /proc"
)

# Every text has words that no other has: a memo without a bound would keep them.
PROGRAM = """
import random, sys
import normalize
n = normalize.load(sys.argv[1])
drawn = random.Random(5)
def word():
    return "".join(drawn.choices(sys.argv[2], k=9)).capitalize()
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
def texts(number):
    for _ in range(number):
        n(f"{word()} {word()} saw {word()}'s 5 {word()} in {word()}-{word()}.")
texts(20_000)
before = resident()
texts(20_000)
print(resident() - before, resident())
"""


@pytest.mark.parametrize(
    ("profile", "letters"),
    [("news-en", "abdeiklmnoprstuv"), ("news", "абвгдежзиклмнопр")],
)
def test_twenty_thousand_texts_leave_nothing_behind(profile, letters):
    """After as many texts have filled the memos, 20,000 more add under 4 MB.

    All of the process has 120 MB at most, where the profile is one that was kept.
    """
    run(f"import normalize; normalize.load({profile!r})")
    more, all_of_it = map(int, run(PROGRAM, profile, letters).split())

    assert more < 4_000_000
    assert all_of_it < 120_000_000


def run(program: str, *words: str) -> str:
    """What a program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
