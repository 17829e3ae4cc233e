"""The one pass over every character: where anchors stand."""

import itertools
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.engine.scan import FEW, LARGE, SMALL, Scanner


class Owner:
    """Something that is looked for by anchors."""

    def __init__(self, *anchors):
        self.anchors = anchors


def found(anchors, text):
    """Each hit as the anchor and where it begins."""
    scanner = Scanner(anchors)
    return [(scanner.anchors[number], start) for number, start, _ in scanner.hits(text)]


def by_hand(anchors, text):
    """Each place where an anchor begins, with the shortest one that does."""
    hits = []
    for start in range(len(text)):
        here = [a for a in anchors if text.startswith(a, start)]
        if here:
            hits.append((min(here, key=len), start))
    return hits


# --- anchors


@pytest.mark.parametrize(
    ("anchors", "expected"),
    [
        (["b", "a"], ("a", "b")),
        (["a", "a"], ("a",)),
        (["ab", "a"], ("a",)),
        (["abc", "ab", "b"], ("ab", "b")),
        (["a", "ba"], ("a", "ba")),
        ([], ()),
    ],
)
def test_anchors_are_free_of_prefixes(anchors, expected):
    """Where an anchor begins with another one, that other one is enough."""
    assert expected == Scanner(anchors).anchors


def test_anchors_do_not_depend_on_order():
    """Equal sets of anchors make equal scanners."""
    anchors = ["Kie", "Ki", "Lvo", "K", "жи", "\N{EN DASH}"]

    assert 1 == len(
        {Scanner(order).anchors for order in itertools.permutations(anchors)}
    )


# --- hits


@pytest.mark.parametrize(
    ("anchors", "text", "expected"),
    [
        (["Ki"], "Kiev, Kiev", [("Ki", 0), ("Ki", 6)]),
        (["Ki", "Lv"], "Lvov Kiev", [("Lv", 0), ("Ki", 5)]),
        (["Ki"], "KIEV kiev", []),
        (["Ki"], "", []),
        ([], "Kiev", []),
        (["ab", "bc"], "abc", [("ab", 0), ("bc", 1)]),
        (["abc", "b"], "abc", [("abc", 0), ("b", 1)]),
        (["aa"], "aaaa", [("aa", 0), ("aa", 1), ("aa", 2)]),
        (["a"], "aaa", [("a", 0), ("a", 1), ("a", 2)]),
        (["Ки"], "Киев", [("Ки", 0)]),
        (["ев"], "\N{GRINNING FACE}Киев", [("ев", 3)]),
        (["\N{GRINNING FACE}"], "x\N{GRINNING FACE}", [("\N{GRINNING FACE}", 1)]),
    ],
    ids=[
        "repeated", "two", "case", "empty", "none", "overlapping", "inside", "itself",
        "one-character", "cyrillic", "behind-astral", "astral",
    ],
)  # fmt: skip
def test_hits(anchors, text, expected):
    """Every occurrence is found, in order of its start, counted in code points."""
    assert expected == found(anchors, text)


def test_a_hit_is_number_start_and_end():
    """A hit tells the number of its anchor, and both ends in code points."""
    scanner = Scanner(["ab", "Ki"])

    assert [(scanner.anchors.index("Ki"), 1, 3)] == (
        scanner.hits("\N{GRINNING FACE}Kiev")
    )


SETS_OF_ANCHORS = [
    ["a"],
    ["a", "b"],
    ["ab"],
    ["ab", "ba"],
    ["abc", "b", "ca"],
    ["a", "bb", "cab"],
    ["aab", "ab", "bba", "c"],
    ["aaa", "aba"],
    ["-a", "-b", "-c", "-aa", "-bb", "c"],
]


@pytest.mark.parametrize("anchors", SETS_OF_ANCHORS, ids="-".join)
def test_no_anchor_hides_another(anchors):
    """In every small text each place where an anchor begins is found."""
    texts = map("".join, itertools.product("abc-", repeat=5))

    differing = [t for t in texts if by_hand(anchors, t) != found(anchors, t)]

    assert [] == differing


@pytest.mark.parametrize("more", [0, 1], ids=["few", "many"])
def test_single_characters(more):
    """Anchors of one character are found alike whether they are few or many."""
    anchors = "abcdefghijk"[: FEW + more]
    text = "k".join(anchors) + anchors[::-1]

    assert by_hand(anchors, text) == found(anchors, text)


def test_hundreds_of_anchors():
    """A large set of anchors finds what each of them would."""
    anchors = [f"{a}{b}{c}" for a in "abcde" for b in "fghij" for c in "klmno"]
    text = "xafk-ejo" * 3 + "cgm"

    assert by_hand(anchors, text) == found(anchors, text)


@pytest.mark.parametrize("anchors", [["€"], ["жи", "€"]], ids=["few", "automaton"])
def test_ascii_text_without_ascii_anchors(anchors):
    """A text that can't hold any of the anchors has no hits."""
    assert [] == Scanner(anchors).hits("plain text" * 100)


@pytest.mark.parametrize(
    "anchors", [["a", "€"], ["ab", "жи"]], ids=["few", "automaton"]
)
def test_ascii_text_with_mixed_anchors(anchors):
    """Anchors beyond ASCII do not keep those in ASCII from being found."""
    assert [2] == [start for _, start in found(anchors, "xxabx")]


@pytest.mark.parametrize("anchors", [["K"], ["Ki"]], ids=["few", "automaton"])
@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF], ids=hex)
def test_lone_surrogates(anchors, code):
    """A text that is no valid Unicode is searched all the same."""
    text = f"{chr(code)}Kiev{chr(code)}Kiev"

    assert [1, 6] == [start for _, start in found(anchors, text)]


@pytest.mark.parametrize("anchors", [["K"], ["Ki"]], ids=["few", "automaton"])
def test_nul(anchors):
    """A NUL is a character like any other."""
    assert [1] == [start for _, start in found(anchors, "\x00Kiev\x00")]


# --- dispatch


def dispatched(*owners):
    """For each anchor of the scanner over these owners, the owners it leads to."""
    scanner = Scanner(a for owner in owners for a in owner.anchors)
    return dict(zip(scanner.anchors, scanner.dispatch(owners), strict=True))


def test_dispatch():
    """An anchor leads to those that have it."""
    one, two = Owner("a", "b"), Owner("b", "c")

    assert {"a": (one,), "b": (one, two), "c": (two,)} == dispatched(one, two)


def test_dispatch_of_longer_anchors():
    """An anchor leads to those that have a longer one which begins with it, too."""
    short, long = Owner("a"), Owner("abc", "b")

    assert {"a": (short, long), "b": (long,)} == dispatched(short, long)


def test_dispatch_names_an_owner_once():
    """An owner with two anchors that begin alike is asked once."""
    one = Owner("ab", "ac", "a")

    assert {"a": (one,)} == dispatched(one)


def test_dispatch_reaches_everybody():
    """Every owner is asked wherever one of its anchors stands, however they are cut."""
    owners = [Owner(f"-{c}", f"--{c}x") for c in "abcdefgh"]
    known = dispatched(*owners)
    missed = [
        anchor
        for owner in owners
        for anchor in owner.anchors
        if not any(
            anchor.startswith(a) and owner in asked for a, asked in known.items()
        )
    ]

    assert [] == missed


# --- small texts and large automata

MANY = ["".join(letters) for letters in itertools.product("abcdefghij", repeat=4)]
PIECES = st.sampled_from([*"abcj \u0457", "abcd", "jjj", "ja bc", "\ud800"])


TABLED, LARGER = (Scanner(MANY, ["ja", "ja bc", "bcdj"]) for _ in range(2))
LARGER._compiled()


@settings(deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_small_text_has_the_same_hits_without_an_automaton(text):
    """Overlapping ones and words that are looked for as they are among them."""
    assert len(MANY) > LARGE
    TABLED._seen = 0

    assert TABLED.hits(text) == LARGER.hits(text)
    assert TABLED._automaton is None


def test_many_small_texts_get_their_automaton():
    """A service that is asked again and again pays for it once."""
    scanner = Scanner(MANY)
    for _ in range(SMALL // 4):
        scanner.hits("abcd")
    assert scanner._automaton is None
    assert scanner.hits("abcd") == [(scanner.anchors.index("abcd"), 0, 4)]
    assert scanner._automaton is not None


def test_a_scanner_comes_back_from_its_bytes():
    """Its anchors are kept as one string, whatever characters are in them."""
    for anchors in ([], ["a"], ["a", "bc"], ["a\0", "b"]):
        scanner = Scanner(anchors, ["word"])
        again = pickle.loads(pickle.dumps(scanner))

        assert (scanner.begun, scanner.whole) == (again.begun, again.whole)
        assert scanner.hits("a\0bc word") == again.hits("a\0bc word")
