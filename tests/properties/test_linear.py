"""Time grows with the length of a text and not faster, whatever it holds."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import process_time

import pytest
import yaml

from tests.properties.texts import normalizer, spellings

UNIT = 10_000
CASES = Path(__file__).parent.parent / "cases" / "scaling" / "families.yaml"
FAMILIES = yaml.safe_load(CASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("how", ["__call__", "trace"])
@pytest.mark.parametrize("family", FAMILIES)
def test_twice_the_text_takes_about_twice_the_time(family, how):
    """Eight times the text takes well under the 64 times of quadratic growth.

    Also where notes are taken: nothing is remembered then of stretches that come again.
    """
    seed = FAMILIES[family]
    _grows_evenly(getattr(normalizer("news-en"), how), seed * (UNIT // len(seed)))


@pytest.mark.parametrize(
    "seed", ["from Kiev to the Dnepr\n", "Kiev, or Kyiv. In Odessa "]
)
def test_a_name_of_a_long_paragraph_costs_what_others_cost(seed):
    """What is asked of the whole paragraph is asked once, not for each name."""
    _grows_evenly(normalizer("news-en").trace, seed * (5 * UNIT // len(seed)))


def test_a_list_of_different_names_costs_what_they_cost_apart():
    """In one paragraph or in many: each asks for the others, all of them at once."""
    n = normalizer("news-en")
    names = [name for name in spellings("news-en") if n(name) != name]
    rows = Random(3).choices(names, k=4000)
    apart, together = "\n\n".join(rows), "\n".join(rows)
    n(apart)
    once = min(_seconds(n, apart) for _ in range(2))

    assert len(set(rows)) > 1000
    assert min(_seconds(n, together) for _ in range(2)) < 3 * once


def _grows_evenly(n, short):
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
