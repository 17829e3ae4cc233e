"""What tests of adapters share: a light normalizer, and texts of every sort."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

import normalize

RULES = """\
kind: names
id: places
title: places
rules:
  - {id: kyiv, canonical: Kyiv, also: [Kiev], examples: [Kiev -> Kyiv]}
  - {id: lviv, canonical: Lviv, also: [Lvov], examples: [Lvov -> Lviv]}
  - id: tserkva
    canonical: Bila Tserkva
    also: [Belaya Tserkov]
    examples: [Belaya Tserkov -> Bila Tserkva]
"""
TEXTS = [
    "Kiev and Lvov",
    None,
    "",
    "Kyiv",
    "Kiev",
    "10\N{NARROW NO-BREAK SPACE}km from Kiev\n\nand back to Belaya Tserkov",
    "\x00\x01 Kiev \x00",
    "\N{RIGHT-TO-LEFT OVERRIDE}Kiev\N{POP DIRECTIONAL FORMATTING}",
    "e\N{COMBINING ACUTE ACCENT} \N{GRINNING FACE} Kiev",
    " \t\r\n ",
    None,
    "Kiev " * 500,
    "x" * 300_000,
]
# Strings as frameworks keep them, in UTF-8: no lone surrogates.
ROWS = st.lists(
    st.none()
    | st.text(st.characters(codec="utf-8"), max_size=30)
    | st.sampled_from([text for text in TEXTS if text is None or len(text) < 100]),
    max_size=12,
)


@pytest.fixture(scope="session")
def rules(tmp_path_factory):
    """A rule file of one's own."""
    path = tmp_path_factory.mktemp("rules") / "places.yaml"
    path.write_text(RULES, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def n(rules):
    """Characters, and three places."""
    return normalize.load("characters", rules=[rules])


@pytest.fixture(scope="session")
def expected(n):
    """What the plain call makes of the texts."""
    return [n(text) for text in TEXTS]
