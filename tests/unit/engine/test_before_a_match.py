"""Which characters may stand right before a match."""

from __future__ import annotations

import pickle

import pytest
import regex

from normalize.engine.analysis import emit
from normalize.engine.beside import Before, before
from normalize.engine.coder import FAR
from normalize.engine.patterns import parse
from normalize.engine.pivots import Digits

CHARS = ["", " ", "\n", "\r", "-", "|", "a", "Z", "7", "`", "к", "\u0301", "\ud800"]


@pytest.mark.parametrize(
    ("source", "rejected"),
    [
        (r"(?<=[^\s|\p{Pd}] *)-", {"", "\n", "\r", "-", "|"}),
        (r"(?<![`\p{Cyrillic}])-", {"`", "к"}),
        (r"(?<=^ {0,3})-", {"-", "|", "a", "Z", "7", "`", "к", "\u0301", "\ud800"}),
        (r"(?<=a|7)-", {*CHARS} - {"a", "7"}),
        (r"(?<![\s])-", {" "}),
        (r"(?<![a7]|Z|a )-", {"a", "7", "Z"}),
        (r"(?<![\s])(?<![a])(?<!ab)-", {" ", "a"}),
        (r"(?<![7])(?<=a|7)-", {*CHARS} - {"a"}),
    ],
)
def test_what_can_t_stand_before_a_match_is_told(source, rejected):
    """At the beginning of a paragraph a line end may stand before it, or nothing."""
    made = before(parse(source, {}))
    assert made is not None

    assert rejected == {char for char in CHARS if not made[char]}
    assert rejected == {
        char for char in CHARS if not pickle.loads(pickle.dumps(made))[char]
    }


@pytest.mark.parametrize("source", ["-", "(?<=a*)-", "(?<=ab|)-", "(?=-)-", "(?<!ab)-"])
def test_where_anything_may_stand_nothing_is_told(source):
    """An optional part may be missing, and two characters say nothing of one."""
    assert before(parse(source, {})) is None


@pytest.mark.parametrize("char", CHARS[1:])
@pytest.mark.parametrize("source", [r"(?<=[^\s|\p{Pd}] *)-", r"(?<![`\p{Cyrillic}])-"])
def test_no_match_is_lost(source, char):
    """Whatever a pattern fits behind is told to be fit."""
    tree = parse(source, {})
    made = before(tree)
    assert made is not None

    for lead in ("", "a", "a "):
        if regex.compile(emit(tree)).match(f"{lead}{char}-", len(lead) + 1):
            assert made[char]


def test_few_characters_are_remembered():
    """A text of very many different ones does not fill the memory."""
    made = Before("[a-z]")
    for code in range(10_000):
        assert made[chr(code)] == ("a" <= chr(code) <= "z")

    assert len(made) < 2000


def test_a_digit_is_told_in_any_order_of_questions():
    """As looking at each stretch tells it."""
    text = "a1" + "b" * (2 * FAR) + "2c" + "d" * 40 + "3"
    digits = Digits(text)
    asked = [(low, low + size) for low in range(0, len(text), 7) for size in (3, 90)]

    for low, high in [*asked, *reversed(asked), *asked[::3]]:
        assert digits.any(low, high) == any(c.isdigit() for c in text[low:high])
