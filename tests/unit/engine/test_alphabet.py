"""What a pattern sees from a place: a stretch, with characters that are alike to it."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.engine.alphabet import Alphabet, sets_of
from normalize.engine.analysis import emit
from normalize.engine.patterns import parse

PATTERNS = (
    "[0-9]+",
    "(?<![0-9.])[0-9]{1,2}[.-][0-9]{1,2}(?![0-9]|[.][0-9])",
    "[0-9]{1,3}( [0-9]{3})*",
    "a(?=b+?c)b",
    r"\b[ab]+\b",
    "^[^a0]+$",
    "(?<!ab|[^x]y)0+(?!0| a)",
    "[0-9]+ (?:ab|by)?c?",
    "(?:ab|a) [0-9](?:x|yx)?(?= *b)",
    "[0-9](?:a|bb)?(?! *ab[a-c]|(?<=a [0-9]a)c)",
    "(?<=[bc]a +|xy)[0-9](?=[^b]a)",
    "(?:a|b){0,3}[0-9] (?:aa|y)+",
    "y[0-9](?:-a|-bb)*",
    "(?<=(?:a b|[ab]0) )[0-9](?! a b| 0)",
    "a?( [ab0])*",
)
EDGES = (("", ""), (r"(?<!\w)", r"(?!\w)"), (r"(?<=\w)", r"(?=\w)"))
ODD = "yЖ\n\r\N{COMBINING ACUTE ACCENT}"


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_match_over_a_place_is_the_same_in_its_stretch(pattern, data):
    # Mostly of what the pattern itself has.
    own = "".join(sorted({*pattern, *"0 a"} & {*"abcxy0 .-"}))
    text = data.draw(st.text(own, max_size=9) | st.text(own + ODD, max_size=20))
    edges = data.draw(st.sampled_from(EDGES))
    tree = parse(pattern, {})
    sets = sets_of([tree], [r"\w"])
    if not sets.bounded or not text:
        return
    alphabet = Alphabet(sets)
    place = data.draw(st.integers(0, len(text) - 1))
    first, end = alphabet.bounds(text, place)
    stretch = alphabet.alike(text[first:end])
    assert len(stretch) == len(text[first:end])
    before, behind = edges
    compiled = regex.compile(f"{before}(?:{emit(tree)}){behind}")
    assert _over(compiled, text, place, 0) == _over(compiled, stretch, place, first)


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_stretch_put_together_of_pieces_has_the_same_matches(pattern, data):
    own = "".join(sorted({*pattern, *"0a"} & {*"abcxy0.-"}))
    piece = st.text(own, max_size=3) | st.text(own + "1" + ODD, max_size=3)
    text = " ".join(data.draw(st.lists(piece, min_size=4, max_size=8)))
    edges = data.draw(st.sampled_from(EDGES))
    tree = parse(pattern, {})
    sets = sets_of([tree], [r"\w"])
    if not sets.bounded:
        return
    alphabet = Alphabet(sets)
    before, behind = edges
    compiled = regex.compile(f"{before}(?:{emit(tree)}){behind}")
    # What is remembered of one place serves the others.
    for place in range(len(text)):
        stretch, offset = alphabet.stretch(text, place)
        found = _over(compiled, stretch, place, place - offset)
        assert _over(compiled, text, place, 0) == found


def test_a_stretch_is_found_by_pieces_but_for_the_ends_of_a_text():
    pattern = parse("[0-9]+ (?:ab|by)", {})
    alphabet = Alphabet(sets_of([pattern]))
    looked = []
    bounds = alphabet.bounds
    alphabet.bounds = lambda *where: looked.append(where) or bounds(*where)
    assert alphabet.stretch("c is 12 by me c", 5) == (alphabet.alike("s 12 by m"), 2)
    assert looked == []
    assert alphabet.stretch("12 by me c", 1) == (alphabet.alike("12 by m"), 1)
    assert len(looked) == 1


def _over(compiled, text, place, first):
    """The matches that hold a place, as spans of a text that begins at `first`."""
    found = (compiled.match(text, start) for start in range(len(text)))
    spans = [(m.start() + first, m.end() + first) for m in found if m]
    return [span for span in spans if span[0] <= place < span[1]]


def test_digits_that_no_pattern_tells_apart_are_written_alike():
    alphabet = Alphabet(sets_of([parse("[12][0-9]", {})]))
    assert alphabet.alike("10 27") == alphabet.alike("20 19")
    assert alphabet.alike("10") != alphabet.alike("30")


def test_a_stretch_ends_where_no_pattern_takes_a_character():
    alphabet = Alphabet(sets_of([parse("[0-9]+[.][0-9]+", {})]))
    text = "in 12.50 of"
    assert alphabet.bounds(text, text.index("5")) == (2, 9)


def test_a_condition_without_a_bound_has_no_reach():
    assert sets_of([parse("a(?=b+)", {})]).reach is None
    assert sets_of([parse("a(?=b(?=cd))", {})]).reach == 3
