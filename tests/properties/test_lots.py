"""Dates and sums of a kept profile are read back file by file, when asked for."""

from __future__ import annotations

import gc

from normalize.engine.pivots import Pivots
from normalize.packing import pack, unpack
from tests.properties.texts import normalizer

STAGE = next(
    stage
    for stage in normalizer("news-en").compiled.stages
    if getattr(stage, "_pivots", None) is not None
)
TEXTS = (
    "on 21 April 2023 and 21.04.2023",
    "paid $5 million",
    "5 \u043c\u043b\u043d \u0433\u0440\u043d",
)


def pivots(stage):
    """All matchers of dates and sums of a stage."""
    table = stage._pivots
    tables = (table._words, table._marks)
    return {pivot for found in tables for owners in found.values() for pivot in owners}


def packed(stage):
    """Those whose large parts are still packed."""
    return [pivot for pivot in pivots(stage) if "_lot" in pivot.__dict__]


def test_edits_are_those_of_the_stage_that_was_packed():
    """Whatever file the text asks for first."""
    for text in TEXTS:
        again = unpack(pack(STAGE))

        assert STAGE.find(text)
        assert STAGE.find(text) == again.find(text)
        assert STAGE.find(" ".join(TEXTS)) == again.find(" ".join(TEXTS))


def test_a_text_opens_the_files_that_it_asks_for():
    """One without a number opens none, one with a sum not those of dates."""
    again = unpack(pack(STAGE))
    assert again.find("They spoke in Kiev, perhaps.")
    assert len(packed(again)) == len(pivots(again))
    again.find(TEXTS[1])
    assert 0 < len(packed(again)) < len(pivots(again))


def test_no_pivots_are_kept_beside_their_lots():
    """What a stage holds elsewhere of them would be read back at once."""
    before = opened()
    again = unpack(pack(STAGE))
    assert pivots(again)
    assert before == opened()


def opened():
    """How many matchers there are with their large parts, anywhere."""
    alive = (one for one in gc.get_objects() if isinstance(one, Pivots))
    return sum("judge" in one.__dict__ for one in alive)


def test_a_stage_half_opened_is_packed_again():
    """Parts that are open and parts that are not come back alike."""
    again = unpack(pack(STAGE))
    again.find(TEXTS[1])
    third = unpack(pack(again))
    assert len(packed(third)) == len(pivots(third))
    for text in TEXTS:
        assert STAGE.find(text) == third.find(text)
