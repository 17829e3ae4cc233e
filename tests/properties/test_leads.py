"""What is looked at behind an anchor, after tries in vain, hides no match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.matcher import Scene
from normalize.engine.pivots import VAIN
from tests.properties.texts import normalizer

AMOUNTS = ("5", "7", "1,000", "98.2", "2023", "21", "04")
SIGNS = ("$", "€", "US$", "dollars", "USD", "грн", "млн", "million", "bn", "cents")
WORDS = ("April", "21 April", "to", "and", "from", "between", "до", "і", "квітня")
MARKS = (" ", " ", " ", " ", "-", "\N{EN DASH}", ", ", "\n", ".", "(", ") ")
TEXTS = st.lists(st.sampled_from(AMOUNTS + SIGNS + WORDS + MARKS * 2), max_size=16)


def led():
    """The matchers of `news-en` that know what stands behind their anchors."""
    tables = [
        getattr(s, "_pivots", None) for s in normalizer("news-en").compiled.stages
    ]
    pivots = [p for table in tables if table is not None for p in table.pivots]
    return [pivot for pivot in pivots if pivot._leads]


PIVOTS = led()


def found(pivot, text, at, vain):
    """Where the match around an anchor is, after so many tries in vain."""
    pivot._seen.clear()
    pivot._vain = vain
    located = pivot.find(Scene(text), at)
    return located and located[1].span()


def test_sums_and_dates_know_what_follows():
    """Signs of money and months among them."""
    assert {"$", "APR"} <= {pivot.anchors[0] for pivot in PIVOTS}


@pytest.mark.parametrize("number", range(len(PIVOTS)))
@given(parts=TEXTS)
def test_the_same_is_found(number, parts):
    """With what stands behind the anchor looked at first, and without."""
    pivot = PIVOTS[number]
    text = "".join(parts)
    for at in range(len(text)):
        if text.startswith(pivot.anchors, at):
            plain = found(pivot, text, at, 0)
            assert found(pivot, text, at, VAIN + 1) == plain
