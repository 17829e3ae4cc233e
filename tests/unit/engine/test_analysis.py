"""What the compiler asks of patterns: source, width, groups, beginnings."""

import itertools

import pytest
import regex

from normalize.engine.analysis import (
    ANCHOR_LENGTH,
    MAX_ANCHORS,
    beginnings,
    emit,
    group_names,
    width,
)
from normalize.engine.patterns import parse

CLASSES = {"vowel": parse("[aeo]", {}), "ending": parse("ed|ing", {})}
PATTERNS = [
    "abc",
    "a|bc",
    "(a|bc)d",
    "a?bc",
    "a*b",
    "a+b",
    "a{2}b",
    "a{2,3}b",
    "(ab){2,}c",
    "(a|b){3}c",
    "(a?b){2}",
    "(a?|b)c",
    "[abc]d",
    "(?=a)ab",
    "(?!b)[ab]c",
    "^ab",
    r"\bab",
    "a(?<=a)b",
    "(?<n>a)b",
    "a{vowel}b",
    "a{ending}",
    "a{0}b",
    "(a{0,2}b?){2}c",
    "abcabcabc",
    "(ab|abc)(c|cab)",
    "a??b",
    "a++b",
    "aa?a?a?b",
    "b(a|ab){1,2}c",
]


def tree(pattern):
    """The tree of a pattern."""
    return parse(pattern, CLASSES)


def texts(letters, longest):
    """All texts of these letters up to a length."""
    for length in range(longest + 1):
        yield from map("".join, itertools.product(letters, repeat=length))


# --- emit


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        ("a|bc", "(?:a|bc)"),
        ("(a|b)c", "(?:a|b)c"),
        ("(a|b)+c", "(?:a|b)+c"),
        ("a{ending}b", "a(?:ed|ing)b"),
        ("{ending}+", "(?:ed|ing)+"),
        ("(ab)?c", "(?:ab)?c"),
        ("x(a|(b|c)d)", "x(?:a|(?:b|c)d)"),
        ("[a.c]+", "[a.c]+"),
        ("a(?!b|c).", "a(?!b|c)[^\\n]"),
        ("(?<=a|b)c", "(?<=a|b)c"),
    ],
)
def test_emit_means_the_same(pattern, same):
    """The emitted source finds what the pattern, written out by hand, finds."""
    emitted, by_hand = regex.compile(emit(tree(pattern))), regex.compile(same)
    differing = [
        text
        for text in texts("abcd", 4)
        if emitted.findall(text) != by_hand.findall(text)
    ]

    assert [] == differing


# --- width


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", (0, 0)),
        ("abc", (3, 3)),
        ("[abc]", (1, 1)),
        (".", (1, 1)),
        ("a|bcd", (1, 3)),
        ("a|", (0, 1)),
        ("a?", (0, 1)),
        ("a*", (0, None)),
        ("a+b", (2, None)),
        ("a{2,5}", (2, 5)),
        ("a{3,}", (3, None)),
        ("(ab|c){2,3}", (2, 6)),
        ("(a*){0}", (0, 0)),
        ("(a+|b)c", (2, None)),
        ("(){2,}", (0, 0)),
        ("(?=abc)d", (1, 1)),
        ("(?<!abc)", (0, 0)),
        ("^a$", (1, 1)),
        (r"\ba\B", (1, 1)),
        ("(?<n>ab?)", (1, 2)),
        ("{ending}s", (3, 4)),
        ("\N{GRINNING FACE}", (1, 1)),
    ],
)
def test_width(pattern, expected):
    """Least and greatest number of code points; None where there is no bound."""
    assert expected == width(tree(pattern))


# --- groups


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a", []),
        ("(a)", []),
        ("(?<a>x)(?<b>y)", ["a", "b"]),
        ("(?<a>(?<b>y))", ["a", "b"]),
        ("(?<a>x)|((?<b>y))?", ["a", "b"]),
        ("(?=(?<a>x))x", ["a"]),
        ("(?<a>x)(?<a>y)", ["a", "a"]),
    ],
)
def test_group_names(pattern, expected):
    """Names of groups, in order of their opening, wherever they stand."""
    assert expected == group_names(tree(pattern))


# --- beginnings


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("ab", {"ab"}),
        ("abcdefgh", {"abcd"}),
        ("a|b", {"a", "b"}),
        ("ab|cd", {"ab", "cd"}),
        ("[ab]c", {"ac", "bc"}),
        ("(?<n>a)b", {"ab"}),
        ("^ab", {"ab"}),
        ("(?!x)ab", {"ab"}),
        ("(?<=x)ab", {"ab"}),
        ("a?b", {"ab", "b"}),
        ("a{2}b", {"aab"}),
        ("a{ending}", {"aed", "aing"}),
        (r"a\w", {"a"}),
        (r"ab\w+c", {"ab"}),
        (r"[aж]\d\w", {f"{c}{n}" for c in "aж" for n in range(10)}),
    ],
)
def test_beginnings(pattern, expected):
    """Literals one of which every match begins with, no longer than an anchor."""
    assert expected == beginnings(tree(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        ".a", r"\w+a", "[^a]b", r"\p{Lu}x", r"(a|\w)b", r"\w?a", r"a?\w",
        "a?", "a*", "a|", "", "^",
    ],
)  # fmt: skip
def test_no_beginnings(pattern):
    """A match may begin with anything, or be empty: nothing is known."""
    assert beginnings(tree(pattern)) is None


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_match_has_a_beginning(pattern):
    """Whatever text a pattern matches begins with one of its beginnings."""
    known = tuple(beginnings(tree(pattern)))
    compiled = regex.compile(emit(tree(pattern)))
    found = (compiled.match(text) for text in texts("abc", 7))
    matched = {match[0] for match in found if match}

    assert set() == {text for text in matched if not text.startswith(known)}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_beginnings_are_short(pattern):
    """Anchors longer than a few characters help nobody."""
    assert max(map(len, beginnings(tree(pattern)))) <= ANCHOR_LENGTH


def test_beginnings_are_few():
    """Parts with many possibilities do not multiply without end."""
    assert len(beginnings(tree(r"[a-z][a-z][a-z][a-z]"))) <= MAX_ANCHORS


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("ab", {"ab", "aB", "Ab", "AB"}),
        ("ж", {"ж", "Ж"}),
        ("1a", {"1a", "1A"}),
        ("\N{LATIN SMALL LETTER DZ}", {
            "\N{LATIN SMALL LETTER DZ}",
            "\N{LATIN CAPITAL LETTER DZ}",
            "\N{LATIN CAPITAL LETTER D WITH SMALL LETTER Z}",
        }),
    ],
    ids=["latin", "cyrillic", "digit", "title-case"],
)  # fmt: skip
def test_beginnings_in_any_case(pattern, expected):
    """Where case does not matter the beginnings stand in every case."""
    assert expected == beginnings(tree(pattern), fold=True)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_match_in_any_case_has_a_beginning(pattern):
    """Whatever the case of a match, it begins with one of the beginnings."""
    known = tuple(beginnings(tree(pattern), fold=True))
    compiled = regex.compile(emit(tree(pattern)), regex.IGNORECASE)
    found = (compiled.match(text) for text in texts("aBcA", 5))
    matched = {match[0] for match in found if match}

    assert set() == {text for text in matched if not text.startswith(known)}
