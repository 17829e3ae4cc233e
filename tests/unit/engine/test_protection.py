"""Protected spans of a text, and how far one may go without touching them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine import protection
from normalize.engine.expressions import ShieldExpression
from normalize.engine.matcher import Scene
from normalize.engine.patterns import PatternError, parse
from normalize.engine.protection import Protector, Shelter


@pytest.fixture(scope="session")
def protect(words):
    """A function from patterns to what protects their matches."""

    def make(*patterns, fold=False):
        return Protector(
            [ShieldExpression(words, parse(p, {}), fold=fold) for p in patterns]
        )

    return make


def texts_of(protector, text):
    """The protected texts."""
    return [text[a:b] for a, b in protector.spans(Scene(text))]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("Kiev", "Kiev and Kiev", ["Kiev", "Kiev"]),
        ("Kiev", "Kievan", []),
        ("#[a-z]{1,9}", "a #b, #cd", ["#b", "#cd"]),
        (r"[\w.]{1,9}@[\w.]{1,9}", "to a.b@c.d now", ["a.b@c.d"]),
        (r"\w{1,9}_\w{0,9}", "a b_c d_", ["b_c", "d_"]),
        (r"(?:/\w{1,9}){2,9}", "see /a/b/c or /d", ["/a/b/c"]),
        ("<[^<>]{1,9}>", "<a\nb> <c\n\nd>", ["<a\nb>"]),
        (r"\w{1,9}:(?!/)", "a:b c:/", ["a:"]),
    ],
)
def test_spans(protect, pattern, text, expected):
    """What a pattern matches is protected, wherever its firm part stands in it."""
    assert expected == texts_of(protect(pattern), text)


def test_spans_in_any_case(protect):
    """A pattern may look past the case."""
    assert ["KIEV", "kiev"] == texts_of(protect("Kiev", fold=True), "KIEV, kiev")


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["ab cd", "cd ef"], ["ab cd ef"]),
        (["ab", "cd"], ["ab", "cd"]),
        (["ab cd ef", "cd"], ["ab cd ef"]),
        (["ab ", "cd"], ["ab ", "cd"]),
    ],
    ids=["overlapping", "apart", "inside", "touching"],
)
def test_spans_of_several(protect, patterns, expected):
    """Spans that overlap are one, spans that only touch are two."""
    assert expected == texts_of(protect(*patterns), "ab cd ef")


def test_spans_of_a_lazy_pattern(protect):
    """What a lazy pattern matches is protected from its beginning too."""
    assert ["ab@c"] == texts_of(protect(r"\w{1,9}?@\w"), "to ab@c now")


def test_nothing_protects(protect):
    """Without patterns nothing is protected."""
    assert [] == texts_of(protect(), "Kiev")


@pytest.mark.parametrize("pattern", [r"\w{1,9}", "[^a]b?", "a|"])
def test_pattern_without_a_firm_part(words, pattern):
    """A pattern that would have to be tried at every character is refused."""
    with pytest.raises(PatternError):
        ShieldExpression(words, parse(pattern, {}), fold=False)


@pytest.mark.parametrize(
    ("start", "expected"), [(0, 4), (3, 4), (4, 4), (6, 6), (8, 13), (12, 13), (13, 13)]
)
def test_free_to(protect, start, expected):
    """Free is what lies before the next protected span, and nothing inside one."""
    shelter = Shelter(protect("Kiev"), Scene("and Kiev and Kiev"), many=True)

    assert expected == shelter.free_to(start)


@pytest.mark.parametrize("many", [True, False], ids=["at-once", "by-paragraph"])
def test_free_to_in_all_small_texts(protect, many):
    """Asked from left to right, the answer is right at every place of every text."""
    protector = protect("Kiev", "<[^<>]{1,9}>")
    parts = ["Kiev", "<a", "b>", " ", "\n", "\n\n"]
    wrong = []
    for text in map("".join, itertools.product(parts, repeat=4)):
        spans = protector.spans(Scene(text))
        shelter = Shelter(protector, Scene(text), many=many)
        for start in range(len(text)):
            # Blank lines are asked about by nobody.
            place = Scene(text).paragraph(start)
            if place is None:
                continue
            end = place[0] + len(place[1])
            ahead = [max(a, start) for a, b in spans if b > start]
            expected = min([*ahead, end])
            if min(shelter.free_to(start), end) != expected:
                wrong.append((text, start))

    assert [] == wrong


@pytest.mark.parametrize("many", [True, False], ids=["at-once", "by-paragraph"])
def test_free_to_may_go_back(protect, many):
    """A question about a place further left is answered as if it were the first."""
    text = "Kiev and\n\nKiev and Kiev"
    shelter = Shelter(protect("Kiev"), Scene(text), many=many)
    places = (20, 12, 2, 16)
    first = [
        Shelter(protect("Kiev"), Scene(text), many=many).free_to(at) for at in places
    ]

    assert first == [shelter.free_to(at) for at in places]


@given(
    st.lists(
        st.sampled_from(
            ["`", "``", "a", "`a`", "#", "#b", "_", " ", "\n", "\n\n", "Щ"]
        ),
        max_size=40,
    )
)
def test_dense_marks_are_swept_with_the_same_spans(protect, parts):
    """All at once, or one by one where there is much more text without any."""
    text = "".join(parts) * 8
    protector = protect("(?<!`)`[^`]+`(?!`)", "#[a-z`]{1,9}", r"\w{1,9}_\w{0,9}")
    sparse = text + " " * protection.DENSE * len(text)

    assert protector.spans(Scene(sparse)) == protector.spans(Scene(text))
