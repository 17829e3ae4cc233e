"""Memory does not grow with the number of texts: every memo has a bound."""

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
print(resident() - before)
"""


@pytest.mark.parametrize(
    ("profile", "letters"),
    [("news-en", "abdeiklmnoprstuv"), ("news", "абвгдежзиклмнопр")],
)
def test_twenty_thousand_texts_leave_nothing_behind(profile, letters):
    """After as many texts have filled the memos, 20,000 more add under 4 MB."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, profile, letters],
        check=True,
        capture_output=True,
        text=True,
    )

    assert int(done.stdout) < 4_000_000
