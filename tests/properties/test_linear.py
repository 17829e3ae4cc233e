"""Time grows with the length of a text and not faster, whatever it holds."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
import yaml

from tests.properties.texts import normalizer

UNIT = 10_000
CASES = Path(__file__).parent.parent / "cases" / "scaling" / "families.yaml"
FAMILIES = yaml.safe_load(CASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("family", FAMILIES)
def test_twice_the_text_takes_about_twice_the_time(family):
    """Eight times the text takes well under the 64 times of quadratic growth."""
    n = normalizer("news-en")
    seed = FAMILIES[family]
    short = seed * (UNIT // len(seed))
    n(short)
    few = min(_seconds(n, short) for _ in range(3))
    many = _seconds(n, short * 8)
    for _ in range(3):  # other work of the machine shows now and then
        if many >= 26 * max(few, 0.0005):
            many = min(many, _seconds(n, short * 8))

    assert many < 26 * max(few, 0.0005)


def _seconds(n, text):
    start = process_time()
    n(text)
    return process_time() - start
