"""What is tried at the anchor of a date or sum before all else hides none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.matcher import Scene
from tests.properties.texts import normalizer

NUMBERS = ("1", "4", "9", "04", "12", "31", "2023", "1,000", "100")
MARKS = (*".,:/-$%'", ". ", " ", " - ", "\N{EN DASH}", "\N{NO-BREAK SPACE}")
WORDS = ("Kiev", "April", "pm", "km", "\u0433\u0440\u043d", "\u0440.")
TEXTS = st.lists(st.sampled_from(NUMBERS + MARKS + MARKS + WORDS), max_size=14)


def gated():
    """The matchers of `news-en` that have a gate."""
    tables = [
        getattr(s, "_pivots", None) for s in normalizer("news-en").compiled.stages
    ]
    found = {
        pivot
        for table in tables
        if table is not None
        for owners in table._marks.values()
        for pivot in owners
        if pivot.gate
    }
    return sorted(found, key=lambda pivot: (pivot.gate, pivot.anchors))


PIVOTS = gated()


def test_numeric_dates_are_gated():
    """Their anchors are marks and digits, which are everywhere."""
    assert any("." in pivot.gate for pivot in PIVOTS)


@pytest.mark.parametrize("number", range(len(PIVOTS)))
@given(parts=TEXTS)
def test_what_a_gate_refuses_has_no_match(number, parts):
    """Where it says no, the search without it finds nothing either."""
    pivot = PIVOTS[number]
    text = "".join(parts)
    for at in range(len(text)):
        if text.startswith(pivot.anchors, at) and not pivot._gate.match(text, at):
            gate, pivot._gate = pivot._gate, None
            try:
                assert pivot.find(Scene(text), at) is None
            finally:
                pivot._gate = gate


@pytest.mark.parametrize("row", ["21.04.2023", "5 May 2023", "$5.3 million"])
def test_what_is_looked_at_ends_at_blank_lines(row):
    """Rows of a column are worked on together, and none is read into the next."""
    text = f"{row}\n\n{row}\n\n{row}"
    stages = normalizer("news-en").compiled.stages
    tables = [table for s in stages if (table := getattr(s, "_pivots", None))]
    looked = {
        text[view.start : view.start + len(view.coded)]
        for at in range(len(row) + 2, 2 * len(row) + 2)
        for table in tables
        for pivot in table.at(text, at)
        for view, _ in filter(None, [pivot.find(Scene(text), at)])
    }

    assert looked == {f"\n{row}\n"}
