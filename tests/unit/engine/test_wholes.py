"""Names that are whole words of a text: few are written as many are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.wholes import FEW, Longer, Wholes, holding

# Names of the texts, and so many others that all are looked for at once.
NAMES: list[Longer] = [
    ("a b", "A B", "b"),
    ("b a", "B A", "a"),
    ("a b a", "Z", "a"),
    ("b St.", "B.", "St"),
    ("a'b c", "A'B C", "c"),
]
SINGLE = {"a": "X", "b": "Y", "a'b": "W"}
OTHERS = [f"q{number} q" for number in range(FEW)]
TEXTS = st.lists(
    st.sampled_from(
        ["a", "b", "c", "St.", " ", " ", "'", "'s", "#", "-", "\u0301", "s"]
    )
).map("".join)


@given(TEXTS)
def test_longer_names_are_cut_out_alike(text: str) -> None:
    few = Wholes().cut([(text, True)], NAMES)
    many = [*NAMES, *((other, "", "q") for other in OTHERS)]
    assert [part for part in Wholes().cut([(text, True)], many) if part[0]] == [
        part for part in few if part[0]
    ]


@given(TEXTS)
def test_words_are_written_alike(text: str) -> None:
    many = SINGLE | dict.fromkeys((f"q{number}" for number in range(FEW)), "")
    assert Wholes().written(text, many) == Wholes().written(text, SINGLE)


@given(st.lists(TEXTS))
def test_names_that_hold_a_part_are_told_alike(texts: list[str]) -> None:
    names = [(text, "", "") for text in texts]
    few = {"a b", "s", "'"}
    assert holding(names, few | set(OTHERS)) == holding(names, few)


def test_the_longest_name_comes_first_and_what_is_closed_stays() -> None:
    parts = [("a b a b", True), ("a b", False)]
    assert Wholes().cut(parts, NAMES) == [
        ("", True),
        ("Z", False),
        (" b", True),
        ("a b", False),
    ]
