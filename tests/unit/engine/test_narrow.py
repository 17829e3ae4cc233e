"""A text in bytes has the same hits as the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.engine import automata
from normalize.engine.joint import Joint
from normalize.engine.narrow import (
    CYRILLIC,
    LATIN,
    LONG,
    MARKS,
    RARE,
    Facts,
    all_coded,
    coded,
    narrowed,
    odd_characters,
)
from normalize.engine.scan import FEW, Scanner
from normalize.spans import splice

# Of one byte in one code, in both, in none; marks; the mark of what has no byte.
CHARS = "ab?\u00e9\u02bc\u0456\u0457\u2019\u201c\u0141\u4e00\U0001f600\u00a0\n"
ANCHORS = st.sets(st.text(CHARS, min_size=1, max_size=3), min_size=1, max_size=9)
ONES = st.sets(st.sampled_from(CHARS[3:] + "\u0301\u0300\u200b\u00ad\u2060\ufeff"))
LATIN_FILLER, CYRILLIC_FILLER = "b " * LONG, "\u0431\u0431 " * LONG


@given(
    ANCHORS, ANCHORS, st.lists(st.text(CHARS, max_size=12), max_size=4), st.booleans()
)
def test_the_hits_in_bytes_are_those_in_the_text(
    anchors: set[str], beside: set[str], parts: list[str], latin: bool
) -> None:
    filler = LATIN_FILLER if latin else CYRILLIC_FILLER
    text = filler.join(["", *parts, ""])
    narrow = narrowed(text)
    assert narrow is not None
    assert narrow.code == (LATIN if latin else CYRILLIC)
    one, other, both = map(Scanner, (anchors, beside, anchors | beside))
    hits, aside = Joint(one, [other, both]).hits(text, narrow)
    assert hits == one.hits(text)
    assert aside.get(other) == other.hits(text)
    assert aside.get(both) == both.hits(text)


MANY = [a + b + c for a in "ABCabc" for b in "de\u00e9\u0456" for c in "fghij\u2019"]


@pytest.mark.parametrize("size", [0, len(MANY)])
def test_small_letters_apart_are_found_all_the_same(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(automata, "LARGE", size)
    odd = "\u0456" * 128
    filler = LATIN_FILLER * 8
    text = filler + " ".join(MANY) + odd + filler + "".join(MANY) + odd
    narrow = narrowed(text)
    assert narrow is not None
    assert narrow.odd
    scanner = Scanner(MANY[::2] + MANY[1::4])
    assert Joint(scanner).hits(text, narrow)[0] == scanner.hits(text)


# Of one script, of two, with a rare character of the code, with one that has no byte.
PIECES = ["\u0431\u0456", "\u0456b", "b \u0456", "\u0402\u0456", "\u0456\u4e00", "--"]


@pytest.mark.parametrize("filler", [CYRILLIC_FILLER, CYRILLIC_FILLER + "b " * LONG])
@given(data=st.data())
def test_strings_at_rare_places_are_found_all_the_same(
    filler: str, data: st.DataObject
) -> None:
    pieces = st.text("\u0431\u0456b \u0402\u4e00-", max_size=9)
    text = filler.join(["", *data.draw(st.lists(pieces, max_size=4)), ""])
    narrow = narrowed(text)
    assert narrow is not None
    assert narrow.code == CYRILLIC
    scanner = Scanner(PIECES + data.draw(st.lists(pieces.filter(bool), max_size=4)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(automata, "APART", 0)
        assert Joint(scanner).hits(text, narrow)[0] == scanner.hits(text)


@given(ONES, st.text(CHARS))
def test_characters_that_are_known_are_looked_for_alone(
    chars: set[str], text: str
) -> None:
    scanner = Scanner(
        {*chars, *"\u0301\u0300\u200b\u00ad\u2060\ufeff\u200c\u200d\u200e"}
    )
    assert len(scanner.anchors) > FEW
    odd = frozenset(filter(lambda char: char > "\x7f", text))
    assert scanner.hits(text, odd=odd) == scanner.hits(text)


def test_characters_beyond_ascii_are_told_where_they_are_few() -> None:
    text = "caf\u00e9 \ud800 " + "a" * 50
    assert frozenset("\u00e9") == odd_characters(text)
    assert odd_characters("\u0456\u0457\u0431") is None


def test_no_bytes_for_a_short_text() -> None:
    assert narrowed("a" * (LONG - 1)) is None


@pytest.mark.parametrize(
    ("code", "mark", "filler"),
    [
        (LATIN, "\N{EM DASH}", "a\u00e9" * LONG),
        (CYRILLIC, "\N{MODIFIER LETTER APOSTROPHE}", CYRILLIC_FILLER),
    ],
)
def test_no_bytes_where_a_mark_and_a_control_would_have_the_same(
    code: str, mark: str, filler: str
) -> None:
    control = MARKS[code][mark]
    assert narrowed(filler + mark) is not None
    assert narrowed(filler + control) is None


def test_no_bytes_where_too_many_would_be_unknown() -> None:
    rare = "a" * (RARE * 2)
    assert narrowed((rare + "\u4e00") * LONG) is not None
    assert narrowed((rare + "\u4e00" * 9) * LONG) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(CHARS, max_size=5), st.text(CHARS, max_size=5))))
def test_the_bytes_of_an_edited_text_are_those_of_the_text(
    parts: list[tuple[str, str]],
) -> None:
    before, edits = CYRILLIC_FILLER + "\u4e00", []
    for gone, after in parts:
        edits.append((len(before), len(before) + len(gone), after, 0))
        before += gone + "\u0431 "
    facts = Facts(before, odd=frozenset(before))
    facts.narrow()
    text = splice(before, edits)
    made = facts.spliced(text, edits)
    assert made.narrow() == narrowed(text)
    assert made.odd is not None
    assert made.odd >= frozenset(text)


@given(st.lists(st.text(f"{CHARS}?\0\x01\x91\x98\u202f", max_size=4), max_size=6))
def test_many_strings_are_coded_as_each_is(texts):
    """Those that are written at once have the same bytes, or none."""
    for code in (LATIN, CYRILLIC):
        assert [coded(text, code) for text in texts] == all_coded(texts, code)
