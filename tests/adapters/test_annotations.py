"""Entities of a corpus go to the normalized text and back, and none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

import normalize
from normalize.adapters.annotations import (
    Entity,
    Sentence,
    move_brat,
    move_entities,
    read_conll,
    write_conll,
)
from normalize.result import Result
from normalize.spans import Projected, RuleRef

CASES = Path(__file__).parents[1] / "cases" / "annotations"
RULE = RuleRef("a/b", "rewrite", "a.yaml:1", "one")


def read(name):
    """A file of the corpus."""
    return (CASES / name).read_text(encoding="utf-8")


def result(source, text, *edits):
    """A result made of edits `(start, end, after)`."""
    found = [(*edit, 1) for edit in edits]
    return Result(source, text, (), (("one", {1: RULE}, found),))


@pytest.fixture(scope="module")
def n():
    """Names alone."""
    return normalize.load("names-en")


# --- what becomes of a span

#         0123456789
SOURCE = "in the USofA, well"
TEXT = "in the US!"
# "of" and "A" go with the comma; "well" goes to nothing but a mark.
MADE = result(SOURCE, TEXT, (9, 13, ""), (13, 18, "!"))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 6), Projected(0, 6, "same")),
        ((7, 9), Projected(7, 9, "same")),
        ((7, 13), Projected(7, 9, "changed")),
        ((7, 12), Projected(7, 9, "widened")),
        ((9, 13), Projected(9, 9, "emptied")),
        ((14, 18), Projected(9, 10, "widened")),
        ((13, 18), Projected(9, 10, "changed")),
        ((0, 18), Projected(0, 10, "changed")),
        ((3, 3), Projected(3, 3, "same")),
        ((11, 11), Projected(9, 9, "widened")),
    ],
)
def test_the_policy_for_spans(span, expected):
    """Same, changed, widened or emptied: the span tells which it was."""
    assert [expected] == MADE.project_spans([span])


@pytest.mark.parametrize("span", [(0, 6), (7, 9), (13, 18), (0, 18)])
def test_what_is_not_widened_comes_back(span):
    """A span that no edit cuts returns to where it came from."""
    there = MADE.project_spans([span])

    assert span == MADE.project_spans(there, back=True)[0][:2]


@pytest.mark.parametrize("span", [(-1, 2), (3, 2), (0, 19)])
def test_what_is_no_span_is_refused(span):
    """Offsets that are not in the text are an error and not a guess."""
    with pytest.raises(ValueError, match=f"{span[0]}:{span[1]} is no span of a text"):
        MADE.project_spans([span])


def test_many_spans_and_many_edits_take_linear_time():
    """A span is looked up, not searched for: 20,000 of both take no minute."""
    size = 20_000
    edits = [(10 * i, 10 * i + 4, "Kyiv!") for i in range(size)]
    made = result("Kiev is it" * size, "Kyiv! is it" * size, *edits)
    spans = [(10 * i, 10 * i + 4) for i in range(size)]

    assert {"changed"} == {p.how for p in made.project_spans(spans)}


# --- brat


def test_brat_goes_there_and_back(n):
    """Every line is there, with the new text; the way back gives the file."""
    made = n.trace(read("talks.txt"))
    there = move_brat(read("talks.ann"), made)
    rows = dict(line.split("\t", 1) for line in there.splitlines())

    assert "Volodymyr Zelenskyy" == rows["T1"].split("\t")[1]
    assert "Kyiv" == rows["T3"].split("\t")[1]
    assert "Dnipro" == rows["T4"].split("\t")[1]
    assert "Europe/Kiev" == rows["T7"].split("\t")[1]
    assert "Sergei Lavrov" == rows["T9"].split("\t")[1]
    assert ";" in rows["T9"]
    assert "Bila Tserkva" == rows["T10"].split("\t")[1]
    assert "Visits Arg1:T1 Arg2:T4" == rows["R1"]
    assert read("talks.ann") == move_brat(there, made, back=True)


@pytest.mark.parametrize("line", ["T1\tP 0\tin", "T1\tP a b\tin", "T1\tP 0 99\tx"])
def test_brat_that_can_not_be_read_names_its_line(line):
    """An error says which line of the annotations is wrong."""
    with pytest.raises(ValueError, match="line 2 of the annotations"):
        move_brat(f"#1\tNote\n{line}", MADE)


# --- CoNLL


def test_conll_goes_there_and_back(n):
    """Every entity keeps its label; the way back gives the file."""
    there, back = [], []
    for sentence in read_conll(read("talks.conll")):
        made = n.trace(sentence.text)
        moved = move_entities(sentence.entities, made)
        there.append(write_conll(made.text, moved))
        returned = move_entities(moved, made, back=True)
        back.append(write_conll(sentence.text, returned))

    assert "Zelenskyy I-PER\nmet O\nYuliia B-PER\n" in there[0]
    assert "Dnipro B-LOC" in there[1]
    assert there[2].startswith("Bila B-LOC\nTserkva I-LOC\nlies O\n")
    assert read("talks.conll") == "\n".join(back)


def test_tokens_end_where_entities_end():
    """A border inside a word of the new text makes two tokens of it."""
    assert "US B-LOC\n! O\n" == write_conll("US!", [Entity(0, 2, "LOC")])


def test_conll_sentences():
    """Columns between are left out, sentences end at empty lines."""
    data = "\n\nA NNP B-X\nb NN I-X\n\n\nc NN O\n"

    assert [
        Sentence("A b", (Entity(0, 3, "X"),)),
        Sentence("c", ()),
    ] == list(read_conll(data))


@pytest.mark.parametrize("data", ["a I-X", "a", "a B-X\nb I-Y", "a Q-X", "a O\nb I-X"])
def test_wrong_tags_are_refused(data):
    """A tag that says nothing is an error that names its line."""
    with pytest.raises(ValueError, match=r"line \d: tag '.*' can't follow"):
        list(read_conll(data))


@pytest.mark.parametrize(
    "entities",
    [[Entity(0, 4, "A"), Entity(3, 9, "B")], [Entity(2, 2, "A")]],
)
def test_what_tags_can_not_say_is_refused(entities):
    """Overlaps and empty entities are told, not dropped."""
    with pytest.raises(ValueError, match=r"overlap|holds no token"):
        write_conll("Kiev is here", entities)
