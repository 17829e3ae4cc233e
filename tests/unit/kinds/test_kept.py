"""Contexts in which a place is part of another name, and stays."""

from __future__ import annotations

import pytest

import normalize

NAMES = """
kind: names
id: mine.names
title: Own names
rules:
  - {id: city, name: Берестин}
  - id: house
    name: Яворин
    followed_by: [Street]
    examples: Iavoryn Street -> Yavoryn Street
"""
PROFILE = """
kind: profile
id: mine.profile
title: Own names alone
lang: en
stages: [{id: words, rules: [mine.names]}]
examples: [keep: nothing]
"""
DECISIONS = """
kind: decisions
id: mine.decisions
title: Own contexts
rules:
  - {id: seas, use: evidence, words: [Baltic, Pacific]}
  - id: streets
    use: kept
    words: [places]
    followed_by: [Street]
    near: [uk]
    not_near: [seas]
    examples: [keep: Berestin Street]
  - id: ports
    use: kept
    words: [places]
    preceded_by: [port of]
    not_near: [seas]
  - id: novels
    use: kept
    words: [places]
    preceded_by: [novel of]
"""


@pytest.fixture
def load(tmp_path):
    """A profile of own names and of decisions with these replacements in them."""

    def make(old="", new=""):
        files = {
            "names": NAMES,
            "profile": PROFILE,
            "decisions": DECISIONS.replace(old, new),
        }
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        own = [tmp_path / "names.yaml", tmp_path / "decisions.yaml"]
        return normalize.load(tmp_path / "profile.yaml", rules=own)

    return make


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berestin and its streets", "Berestyn and its streets"),
        ("Berestin Street", "Berestin Street"),
        ("Berestin Street, Berestin", "Berestin Street, Berestyn"),
        ("Berestin Street in Ukraine", "Berestyn Street in Ukraine"),
        ("Berestin Street, Ukraine's on the Baltic", None),
        ("the port of Berestin", "the port of Berestyn"),
        ("the port of Berestin on the Pacific", None),
        ("a novel of Berestin, Ukraine", None),
        ("Iavoryn Street", "Yavoryn Street"),
    ],
)
def test_context_keeps_a_place_unless_its_country_is_proved(load, text, expected):
    """`near` lets it change, `not_near` does not; without either it always stays."""
    n = load()

    assert (expected or text) == n(text)


def test_place_that_was_kept_is_told(load):
    """What a context keeps is a diagnostic with the rule that says so."""
    (found,) = load().trace("Berestin Street").diagnostics

    assert "ambiguous_name" == found.code
    assert "'Berestin' may be part of another name here" == found.message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not_near: [seas]", "not_near: [sea]", "'not_near' asks for 'sea', which is"),
        ("words: [places]", "words: [people]", "'people' is no sort of names"),
        (
            "words: [Baltic, Pacific]}",
            "words: [Baltic], near: [uk]}",
            "a rule with 'use: evidence' has no 'near'",
        ),
        (
            "    preceded_by: [novel of]\n",
            "",
            "a rule with 'use: kept' needs conditions",
        ),
    ],
)
def test_context_that_says_too_little_or_too_much(load, old, new, said):
    """What would not be asked is refused."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(old, new)

    assert said in str(caught.value)
