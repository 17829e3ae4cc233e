"""What a matcher is given: a text that knows its paragraphs."""

import itertools

import pytest

from normalize.engine.matcher import Scene, preference
from normalize.engine.words import breaks


def paragraphs(text):
    """Each offset of the text with its paragraph, out of the list of breaks."""
    bounds = [0, *(edge for span in breaks(text) for edge in span), len(text)]
    stretches = list(itertools.pairwise(bounds))
    known = {}
    for number, (start, end) in enumerate(stretches):
        inside = None if number % 2 else (start, text[start:end])
        known.update(dict.fromkeys(range(start, end), inside))
    return known


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, (0, "one\ntwo")),
        (6, (0, "one\ntwo")),
        (3, (0, "one\ntwo")),
        (7, None),
        (8, None),
        (9, (9, "three")),
        (13, (9, "three")),
        (16, (16, " four\n")),
        (21, (16, " four\n")),
    ],
)
def test_paragraph(offset, expected):
    """An offset has a paragraph with its start, a break between them has none."""
    assert expected == Scene("one\ntwo\n\nthree\n\n four\n").paragraph(offset)


def test_paragraph_of_every_offset_in_small_texts():
    """Asked afresh for any offset, a scene finds the paragraph that holds it."""
    wrong = [
        (text, offset)
        for length in range(1, 7)
        for text in map("".join, itertools.product("a \n\r", repeat=length))
        for offset, expected in paragraphs(text).items()
        if Scene(text).paragraph(offset) != expected
    ]

    assert [] == wrong


@pytest.mark.parametrize("step", [1, -1], ids=["forwards", "backwards"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_paragraphs_in_any_order(step, end):
    """What a scene remembers does not change what it answers."""
    text = f"a{end}b{end}{end}c{end} {end}d{end}{end}{end}e"
    scene = Scene(text)
    known = paragraphs(text)

    assert known == {i: scene.paragraph(i) for i in list(known)[::step]}


def test_white_space_of_blank_lines_in_small_texts():
    """A scene tells white space between paragraphs from white space inside one."""
    wrong = [
        (text, offset)
        for length in range(1, 7)
        for text in map("".join, itertools.product("a \n", repeat=length))
        for offset, inside in paragraphs(text).items()
        # Line ends before and behind the blank line are no part of it.
        if text[offset] == " " and Scene(text).in_break(offset) is not (inside is None)
    ]

    assert [] == wrong


def test_longer_match_is_preferred():
    """The match that ends later comes first, whatever its rank."""
    assert [(9, 2, ()), (5, 1, ())] == sorted([(5, 1, ()), (9, 2, ())], key=preference)


def test_earlier_rule_is_preferred():
    """Of matches that end at one place that of the smaller rank comes first."""
    assert [(5, 1, ()), (5, 2, ())] == sorted([(5, 2, ()), (5, 1, ())], key=preference)
