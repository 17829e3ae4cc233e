"""Many phrases beside a match are told as one pattern of all would tell them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.engine.adjoining import FEW, Adjoining, adjoining, beside
from normalize.engine.guards import source_of
from normalize.engine.patterns import parse

PHRASES = [
    "region",
    "Oblast",
    "oblasť",
    "city of",
    "the city of",
    "d'Ivoire",
    "O'Neill's",
    "St.",
    "(in",
    "-based",
    "2nd",
    "the 2nd",
    "e\N{COMBINING ACUTE ACCENT}",
    "İzmir",
    "kırım",
    "straße",
    "ſix",
    "Obl",
    "rock 'n' roll",
    "'s mayor",
    "A\N{MODIFIER LETTER APOSTROPHE}b",
]
PATTERN = parse("[0-9]{1,2} km", {})
PIECES = [
    *PHRASES,
    "Kiev",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\N{NO-BREAK SPACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{COMBINING ACUTE ACCENT}",
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "'",
    "_",
    "7",
    "7 km",
    "x",
    "REGION",
    "IZMIR",
    "izmir",
    "STRASSE",
    "Kırım",
    "SIX",
    "of",
    "5",
]


@pytest.fixture(scope="module")
def both(words):
    """What is told by the nearest word, and one pattern of all, for each side."""
    gap = f"(?:{words.gap_source})?"
    found = {}
    for behind in (False, True):
        some = [
            (item, gap + source if behind else source + gap)
            for item in PHRASES
            for source in (source_of(words, item),)
        ]
        # A pattern brings its own spaces.
        some.append((PATTERN, source_of(words, PATTERN)))
        found[behind] = (
            adjoining(words, some, None, behind=behind),
            beside(some, None, behind=behind),
        )
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.integers(0, 40), st.booleans())
@example(["region", "\n", " "], 8, False)
@example(["city of", " ", "Kiev"], 8, False)
@example(["Kiev", "\n", "OBLAST"], 4, True)
@example(["Kiev", " ", "İZMIR"], 4, True)
def test_it_is_one_pattern_of_all(both, pieces, at, behind):
    """Whatever stands there, at any place."""
    told, pattern = both[behind]
    text = "".join(pieces)
    at = min(at, len(text))

    found = told.match(text, at), pattern.match(text, at) is not None

    assert isinstance(told, Adjoining)
    assert found[0] == found[1]


def test_each_phrase_is_found(both):
    """Each where it stands, behind one space."""
    for behind, (told, _) in both.items():
        for phrase in PHRASES:
            text = f"Kiev {phrase}" if behind else f"{phrase} Kiev"
            at = 4 if behind else len(phrase) + 1
            assert told.match(text, at), (phrase, behind)


def test_few_are_one_pattern(words):
    """And none are nothing."""
    some = [(phrase, source_of(words, phrase)) for phrase in PHRASES[:FEW]]

    assert adjoining(words, [], None, behind=True) is None
    assert not isinstance(adjoining(words, some, None, behind=True), Adjoining)
