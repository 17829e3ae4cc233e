"""Shipped files of all kinds, damaged by a seed: errors of ours, soon, in little room.

The same seed gives the same damage, so that a failure can be looked at again. The
seeds 0 to 9,999 were run once; a slice of them is run each time.
"""

from __future__ import annotations

import random
import resource
import time

import pytest

from normalize.checking.answers import alone
from normalize.checking.lint import rule_findings
from normalize.errors import NormalizeError
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.source.places import shipped_rules
from tests.properties.test_hostile import SNIPPETS

FILES = sorted(shipped_rules().rglob("*.yaml"))
MOST_LINES = 120  # of a long file: its head and a stretch of its rules
SLICE = range(0, 10_000, 100)
SECONDS = 10  # of work for one file; the slowest of all took 1.1
MEGABYTES = 300  # of growth; a process with all seeds came to 91 in all
# Kinds whose rules stand for themselves, so that a file can run alone.
RUN = ("rewrite", "protect", "pairs", "normalization", "apostrophes", "quantities")
TEXT = "Kiev.... -- 'a' qaaac http://x.example 5 km, $5 bn on 3 May 2023, п'ять"


def damaged(seed):
    """A shipped file with one to three damages, the same for a seed each time."""
    dice = random.Random(seed)
    lines = dice.choice(FILES).read_text(encoding="utf-8").splitlines()
    if len(lines) > MOST_LINES:
        starts = (n for n, line in enumerate(lines, 1) if line.startswith("rules:"))
        head = next(starts, 1)
        at = dice.randrange(head, len(lines))
        lines = lines[:head] + lines[at : at + MOST_LINES]
    for _ in range(dice.randint(1, 3)):
        at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        line = lines[at]
        column = dice.randint(0, len(line))
        snippet = dice.choice(SNIPPETS)
        lines[at] = dice.choice(
            [
                "",
                lines[other],
                "  " + line,
                line[1:],
                line[:column] + snippet + line[column:],
                line[:column] + snippet + line[column:],
                line[:column] + line[column + 1 :],
                line[:column],
                line[:column] + line[column:].swapcase(),
                line * dice.randint(2, 50),
                line.replace(dice.choice(line or " "), snippet),
                line[:column] + chr(dice.randrange(0x20, 0x2FFF)) + line[column:],
            ]
        )
        if dice.random() < 0.2:
            lines.insert(other, line)
    return "\n".join(lines)


def outcome(seed, folder):
    """What is said of a damaged file; it loads and runs, or there is an error."""
    path = folder / "a.yaml"
    path.write_bytes(damaged(seed).encode("utf-8", "surrogatepass"))
    try:
        library = Library([path])
        library.check()
        for id_ in library.own:
            if library.kind(id_) == "profile":
                library.profile(id_)
                library.check()
                continue
            if library.kind(id_) == "classes":
                continue
            file = library.rule_file(id_)
            library.check()
            for rule in file.rules[:5]:
                list(rule_findings(rule))
            if file.kind in RUN:
                Normalizer(alone(library, file))(TEXT)
    except NormalizeError as error:
        return str(error)
    return "it loads and runs"


@pytest.mark.parametrize("first", SLICE[::10])
def test_damaged_files_give_errors_of_ours_soon(first, tmp_path):
    """An error that says where, or a file that works; bounded time and memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for seed in range(first, first + 1000, 100):
        began = time.process_time()
        assert outcome(seed, tmp_path), seed
        assert time.process_time() - began < SECONDS, seed
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (after - before) / 1024 < MEGABYTES
