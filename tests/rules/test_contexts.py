"""Conditions told by what is nearest to a name, beside all of them asked."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from normalize.engine.adjoining import Adjoining
from normalize.engine.around import MOST, Around
from normalize.engine.matcher import Scene
from normalize.engine.words import word_before_gap
from normalize.joined import joinable
from normalize.loading import load
from normalize.profile import OWN_STAGE

FOLDER = Path(__file__).parents[1] / "cases" / "names"
_NAME = re.compile(r"\b[A-Z][\w’'-]+")


def sentences():
    """Sentences with names; with odd spaces, ends and beginnings too."""
    for path in sorted(FOLDER.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield from (cell for cell in row if " " in cell)


def is_there(side, body, at):
    """Whether one of all phrases and patterns of a side stands there."""
    if not isinstance(side, Adjoining):
        return side is None or side.match(body, at) is not None
    patterns = side.beginning("") if not side._by_word else [side.match]
    return any(pattern(body, at) for pattern in patterns)


@pytest.fixture(scope="module")
def table():
    """The names of a profile as they are compiled."""
    found = joinable(load("names-en").compiled, OWN_STAGE)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def index(table):
    """What they are made of."""
    return table.index


def groups(index):
    """The rules of which one is asked for together with others."""
    yield tuple(rank for rank, *_ in index.keeping)
    yield tuple(index.bare)
    yield from (tuple(ranks) for _, ranks in index.alone.values())
    yield from map(tuple, index.namesakes.values())


def test_what_is_likely_is_what_stands_there(index):
    """The nearest characters leave nothing out, at any place of a sentence."""
    checked = held = 0
    for ranks in filter(None, groups(index)):
        around = Around(ranks, index.terms)
        for text in list(sentences())[::3]:
            scene = Scene(text)
            for name in _NAME.finditer(text):
                start, end = name.span()
                expected = [
                    rank
                    for rank in ranks
                    for guard in [index.terms[rank].guard]
                    if guard is None
                    or (
                        is_there(guard.before, text, start)
                        and is_there(guard.after, text, end)
                    )
                ]
                assert expected == list(around.likely(scene, start, end)), text
                checked += 1
                held += bool(expected)

    assert checked > MOST
    assert held > 100


@pytest.mark.parametrize("output", ["Kyiv", "Volodymyr", "Lviv"])
def test_between_quiet_words_nothing_is_asked_that_would_be_told(table, output):
    """What clears a name at once leaves out no question that has an answer there."""
    checked = 0
    for text in sentences():
        for name in _NAME.finditer(text):
            start, end = name.span()
            if not table._quiet.around(text, start, end):
                continue
            near = table._mentions.are_near(text, start, end, output)
            assert near == table._is_other(text, start, end, output), text
            assert word_before_gap(text, start) not in table._civil, text
            checked += 1

    assert checked > 1000
