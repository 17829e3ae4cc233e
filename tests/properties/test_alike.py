"""What is remembered of the places of a list or a table changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.engine import stage
from normalize.engine.names import NameTable
from normalize.engine.recall import TRIES, Recall
from normalize.engine.wide import NEAR
from tests.properties.texts import normalizer

NAMES = (
    *("Kiev", "Lugansk", "Rovno", "Zelensky", "ZELENSKIY", "Nikolayev", "Odessa"),
    *("Vladimir", "Olena", "Kuchma", "Leonid", "Kovalsky", "Ismajil", "Sumy’"),
)
BESIDE = (
    *(" ", " ", ", ", "\n", "\n\n", "-", "’s ", " (", ") ", ". ", " and ", " or "),
    *("'", '"', " «", "» ", "`a` ", "``", "\n \n", " 'tis "),
    *(" 30 February 2022 ", " Monday, 2 May 2023 ", " 1,00,0 "),
    *(" “", "” ", "/", " V. ", ", Russia. ", " oblast ", " formerly ", "     "),
    *(
        " Ukraine ",
        " Peru ",
        " said ",
        " $5 million ",
        " 21.04.2023 ",
        "$5\n",
        " 1 May ",
        " http://a.com/Kiev ",
        " le maire de la ville ",
    ),
)
PART = st.lists(st.sampled_from(NAMES) | st.sampled_from(BESIDE), max_size=12)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(PART.map("".join), min_size=2, max_size=5), data=st.data())
def test_lists_are_read_as_if_nothing_came_again(parts, data):
    """Names in runs of equal lines, in paragraphs of other evidence and languages."""
    n = normalizer("news-en")
    runs = st.lists(st.tuples(st.sampled_from(parts), st.integers(1, 60)), max_size=8)
    text = "".join(part * times for part, times in data.draw(runs))[:6000]
    text = f"{text}\n\nIn Ukraine {text}\n\n{text}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Recall, "pays", lambda _: False)
        patch.setattr(stage, "DENSE", 0)
        plain, traced = n(text), n.trace(text)

    assert n(text) == plain
    found = n.trace(text)
    assert found.edits == traced.edits
    assert found.diagnostics == traced.diagnostics


def test_a_name_is_read_by_its_own_paragraph():
    """Equal lines in two paragraphs, of which one tells that the place is another."""
    n = normalizer("news-en")
    line = "Seen in Makarov then. "
    row = line * (TRIES * 2 + NEAR // len(line))
    here, there = n(f"Ukraine. {row}"), n(f"Nothing. {row}")

    assert here != there.replace("Nothing", "Ukraine")
    assert n(f"Nothing. {row}\n\nUkraine. {row}") == f"{there}\n\n{here}"


@pytest.mark.parametrize(
    "row", ["Kiev\n\n", "Kiev\n \n", "'Kiev' was left. ", "Vladimir "]
)
@pytest.mark.parametrize("way", ["__call__", "trace"])
def test_rows_that_come_again_are_not_read_again(row, way, monkeypatch):
    """Paragraphs, names in marks, names beside contexts that see far."""
    asked: list[int] = []
    read = NameTable._read

    def counted(self, scene, start, *more):
        asked.append(start)
        return read(self, scene, start, *more)

    monkeypatch.setattr(NameTable, "_read", counted)
    run = getattr(normalizer("news-en"), way)
    few, many = (row * (size // len(row)) for size in (20_000, 40_000))
    run(few)
    first = len(asked)
    run(many)

    assert first
    assert len(asked) - first < first + 50


@pytest.mark.parametrize(
    "row", ["Born on 30 February 2022.\n", "“Left alone in Kiev.\n\n"]
)
def test_each_row_is_told_of(row):
    """A date that is none, a mark without its partner: a note a row, at its place."""
    times = 40_000 // len(row)
    told = normalizer("news-en").trace(row * times).diagnostics
    first = told[0].start

    assert [note.start for note in told] == [
        number * len(row) + first for number in range(times)
    ]
