"""What may match at a place is told by the characters beside it, and hides nothing."""

from __future__ import annotations

import pytest

from normalize.engine.beside import after
from normalize.engine.expressions import Expression
from normalize.engine.matcher import Scene
from normalize.engine.patterns import parse
from normalize.engine.sieve import FIRST, MOST, Sieve
from normalize.engine.words import Words
from tests.properties.texts import normalizer

PATTERNS = (
    "(?<=[a-z])'(?=[a-z])",
    "(?<!`)`(?=(?:s|ve)(?!x))",
    "-{2,3}(?=[ ]{0,2}[^ -])",
    r"\.(?=x|$)",
    "(?<=a|^)-",
    "<b>",
)


def words() -> Words:
    names = [m for s in normalizer("news-en").compiled.stages for m in s.matchers]
    return next(m.words for m in names if hasattr(m, "readings"))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_passed_over_does_not_match(pattern: str) -> None:
    tree = parse(pattern, {})
    one = Expression(
        words(),
        tree,
        lambda match: f"{match[0]}!",
        fold=False,
        boundary=False,
        guard=None,
        rank=1,
    )
    sieve = Sieve([one])
    passed = 0
    for before in ("", *"a-`.' \n"):
        for here in "-`.'<":
            for behind in ("", *"a-sx b'\n", "ve", " - ", "b>"):
                text, start = before + here + behind, len(before)
                place = text[start - 1 : start + 2] if start else FIRST
                if not sieve[place]:
                    passed += 1
                    assert not one.find(Scene(text), start), repr(text)
    assert passed


@pytest.mark.parametrize(
    ("source", "fits", "fails"),
    [
        ("'(?=[a-z])", "ab", ("", "A", " ")),
        ("'(?=(?:s|ve)(?!x)|$)", ("s", "v", "", "\n"), ("e", " ")),
        ("'(?= ?x)", " x", ("", "y")),
    ],
)
def test_what_may_stand_behind_one_character(source, fits, fails) -> None:
    made = after(parse(source, {}))
    assert made is not None
    assert all(made[char] for char in fits)
    assert not any(made[char] for char in fails)


@pytest.mark.parametrize("source", ["''(?=a)", "'(?!a)", "'a", "'(?=a*)", "'+(?=a)"])
def test_what_follows_is_not_known(source) -> None:
    assert after(parse(source, {})) is None


def test_places_are_remembered_within_bounds() -> None:
    sieve = Sieve(["owner"])
    for number in range(MOST + 10):
        assert sieve[chr(number + 40)] == ("owner",)
    assert len(sieve) <= MOST
