"""Contexts and vetoes: what stands around a match, and what must not."""

import itertools

import pytest

from normalize.engine.guards import MAX_CONTEXT, make_guard, reach_of
from normalize.engine.matcher import Scene
from normalize.engine.patterns import PatternError, parse


def pattern(text, classes=None):
    """A pattern of a context, parsed."""
    return parse(text, classes or {})


@pytest.fixture(scope="session")
def allows(words):
    """Whether a guard with these conditions lets the one "Kiev" of a text stand."""

    def ask(text, *, spelling=None, **conditions):
        guard = make_guard(words, **conditions, spelling=spelling)
        start = text.index("Kiev")
        return guard.allows(Scene(text), start, start + 4)

    return ask


# --- no conditions


def test_no_conditions(words):
    """A rule without conditions needs no guard."""
    assert make_guard(words) is None


def test_veto_that_can_not_hold_the_spelling(words):
    """A phrase without the spelling can't hold a match of it: no guard is needed."""
    assert make_guard(words, unless=["chicken Kiev"], spelling="Lvov") is None


# --- preceded_by and followed_by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Kiev", True),
        ("In Kiev", True),
        ("live in Kiev", True),
        ("in  Kiev", True),
        ("in\nKiev", True),
        ("in\N{NO-BREAK SPACE}Kiev", True),
        ("-in Kiev", True),
        ("Kiev", False),
        ("of Kiev", False),
        ("within Kiev", False),
        ("in, Kiev", False),
        ("in old Kiev", False),
        ("in\n\nKiev", False),
        ("in\n \nKiev", False),
        ("in\r\n\r\nKiev", False),
        ("Kiev in", False),
    ],
)
def test_preceded_by_a_phrase(allows, text, expected):
    """The phrase must stand right before the match, with or without a gap."""
    assert expected is allows(text, preceded_by=["in"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiev Oblast", True),
        ("Kiev oblast", True),
        ("Kiev Oblast's", True),
        ("Kiev\r\nOblast-wide", True),
        ("Kiev", False),
        ("Kiev Oblasts", False),
        ("Kiev, Oblast", False),
        ("Kiev\n\nOblast", False),
        ("Oblast Kiev", False),
    ],
)
def test_followed_by_a_phrase(allows, text, expected):
    """The phrase must stand right behind the match, with or without a gap."""
    assert expected is allows(text, followed_by=["Oblast"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 Kiev", True),
        ("55 Kiev", True),
        ("5  Kiev", False),
        ("a5 Kiev", True),
        ("Kiev", False),
    ],
)
def test_preceded_by_a_pattern(allows, text, expected):
    """A pattern must touch the match, and is taken exactly as written."""
    assert expected is allows(text, preceded_by=[pattern(r"\d{1,2} ")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Kiev 5", True), ("Kiev 55", True), ("Kiev  5", False), ("Kiev 5a", True)],
)
def test_followed_by_a_pattern(allows, text, expected):
    """A pattern must touch the match and does not end inside a word."""
    assert expected is allows(text, followed_by=[pattern(r" \d")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("in Kiev", True), ("near Kiev", True), ("5 Kiev", True), ("at Kiev", False)],
)
def test_one_of_several_is_enough(allows, text, expected):
    """Of several contexts, phrases or patterns, one must be there."""
    assert expected is allows(text, preceded_by=["in", "near", pattern(r"\d ")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("in Kiev now", True), ("in Kiev", False), ("Kiev now", False)],
)
def test_both_sides(allows, text, expected):
    """With contexts on both sides both must be there."""
    assert expected is allows(text, preceded_by=["in"], followed_by=["now"])


# --- unless


@pytest.mark.parametrize("spelling", [None, "Kiev"], ids=["searched", "in-place"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chicken Kiev", False),
        ("CHICKEN Kiev", False),
        ("a chicken Kiev with chips", False),
        ("chicken\N{NO-BREAK SPACE}Kiev", False),
        ("chicken  Kiev", False),
        ("chicken\nKiev", False),
        ("chicken Kiev's", False),
        ("Kiev Post", False),
        ("Kiev\r\n post", False),
        ("Kiev-class", False),
        ("the old Kiev road", False),
        ("Kiev", True),
        ("hen Kiev", True),
        ("superchicken Kiev", True),
        ("chicken Kievs", True),
        ("chicken, Kiev", True),
        ("chicken\n\nKiev", True),
        ("chicken\r\n\r\nKiev", True),
        ("chicken\n\t\nKiev", True),
        ("Kiev Poster", True),
        ("Kiev- class", True),
        ("old Kiev", True),
        ("Kiev road", True),
    ],
)  # fmt: skip
def test_unless_a_phrase(allows, text, expected, spelling):
    """A match inside one of the phrases may not stand, any other may."""
    phrases = ["chicken Kiev", "Kiev Post", "Kiev-class", "old Kiev road"]

    assert expected is allows(text, unless=phrases, spelling=spelling)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiev 1999", False),
        ("Kiev 19", True),
        ("Kiev 19995", False),
        ("Kiev\n1999", True),
    ],
)
def test_unless_a_pattern(allows, text, expected):
    """A match inside a match of the pattern may not stand."""
    assert expected is allows(text, unless=[pattern(r"Kiev \d{4}")])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("dish Kiev", False), ("old dish Kiev", False), ("old Kiev", True)],
)
def test_vetoes_that_overlap(allows, text, expected):
    """A veto is found though another one begins before it and ends inside it."""
    unless = [pattern("old dish"), pattern("dish Kiev")]

    assert expected is allows(text, unless=unless)


def test_vetoes_that_begin_alike(allows):
    """A veto is found though a shorter one begins at its place."""
    unless = [pattern("chicken"), pattern("chicken Kiev")]

    assert not allows("chicken Kiev", unless=unless)


def test_veto_of_a_part_of_the_match(words):
    """A veto that does not hold the whole match lets it stand."""
    guard = make_guard(words, unless=["chicken Kiev", "Oblast Council"])

    assert guard.allows(Scene("chicken Kiev Oblast Council"), 8, 19)


def test_veto_far_away(allows):
    """A long veto is looked for as far as it reaches."""
    before, behind = "a" * 150, "b" * 150

    assert not allows(
        f"x {before} Kiev {behind} x",
        unless=[pattern(f"a{{150}} Kiev b{{{len(behind)}}}")],
    )


def test_context_and_veto(allows):
    """A context that is there does not outweigh a veto."""
    assert not allows("chicken Kiev", preceded_by=["chicken"], unless=["chicken Kiev"])


PHRASES = ("chicken Kiev", "Kiev Post", "a Kiev-chicken", "Kiev Kiev")


@pytest.mark.parametrize("phrases", [PHRASES, (*PHRASES, "Kiev's Post")])
def test_in_place_agrees_with_searched(words, phrases):
    """Tried at the match or searched around it, a phrase vetoes the same matches."""
    searched = make_guard(words, unless=phrases)
    in_place = make_guard(words, unless=phrases, spelling="Kiev")
    parts = [
        "Kiev",
        "chicken",
        "Post",
        "a",
        " ",
        "\n",
        "-",
        "'s",
        "\N{RIGHT SINGLE QUOTATION MARK}s",
    ]
    differing = []
    for text in map("".join, itertools.product(parts, repeat=5)):
        start = text.find("Kiev")
        while start >= 0:
            scene = Scene(text)
            answers = {g.allows(scene, start, start + 4) for g in (searched, in_place)}
            if len(answers) > 1:
                differing.append((text, start))
            start = text.find("Kiev", start + 1)

    assert [] == differing


# --- limits


@pytest.mark.parametrize("source", ["a*", "ab+", "a{2,}", f"a{{{MAX_CONTEXT + 1}}}"])
@pytest.mark.parametrize("field", ["preceded_by", "followed_by", "unless"])
def test_context_without_a_bound(words, field, source):
    """A context that may be endless, or is very long, is refused with advice."""
    with pytest.raises(PatternError, match="must not be longer than") as caught:
        make_guard(words, **{field: [pattern(source)]})

    assert "bound the repeats" in caught.value.hint


def test_longest_context(words):
    """A context just as long as allowed is taken."""
    assert make_guard(words, unless=[pattern(f"a{{{MAX_CONTEXT}}}")])


@pytest.mark.parametrize(
    ("source", "expected"), [("abc", 3), ("a{2,9}b?", 10), ("a|bcd", 3)]
)
def test_reach_of_a_pattern(source, expected):
    """A pattern reaches as far as its longest match."""
    assert expected == reach_of(pattern(source))


@pytest.mark.parametrize("gap", [" ", " \n ", "\N{NO-BREAK SPACE}" * 16])
def test_reach_of_a_phrase(gap):
    """A phrase reaches at least as far as it is long with any gap between its words."""
    assert len(f"chicken{gap}Kiev") <= reach_of("chicken Kiev")
