"""Time grows with the length of a text and not faster, whatever it holds."""

from __future__ import annotations

from time import process_time

import pytest

from tests.properties.texts import normalizer

UNIT = 40_000

FAMILIES = {
    "digits": "1234567890",
    "dots": ".",
    "spaced dots": ". ",
    "spaces": " ",
    "quotes": "\"'",
    "backticks": "`",
    "backticks and letters": "`a",
    "growing backticks": "a`b``c```",
    "angle brackets": "<",
    "open tags": "<a ",
    "ampersands": "&a",
    "at signs": "a@",
    "slashes": "/a",
    "underscores": "a_",
    "urls": "http://",
    "host parts": "a.b-",
    "top domains": ".com",
    "capitals": "KIEV",
    "given names": "Vladimir ",
    "names": "Kiev ",
    "near misses": "Zelensk ",
    "vetoes": "chicken Kiev ",
    "combining marks": "\N{COMBINING ACUTE ACCENT}",
    "apostrophes": "a'",
    "no-break spaces": "\N{NO-BREAK SPACE}",
    "soft hyphens": "\N{SOFT HYPHEN}",
    "line ends": "\n",
    "carriage returns": "\r",
    "lines": "Kiev\n",
    "blank lines": "Kiev\n \n",
    "open fences": "```\n",
    "open comments": "<!--",
    "hyphens": "--a",
    "surrogates": "\ud800 ",
}


@pytest.mark.parametrize("family", FAMILIES)
def test_twice_the_text_takes_about_twice_the_time(family):
    """Eight times the text takes well under the 64 times of quadratic growth."""
    n = normalizer("news-en")
    seed = FAMILIES[family]
    short = seed * (UNIT // len(seed))
    n(short)
    few = min(_seconds(n, short) for _ in range(3))
    many = min(_seconds(n, short * 8) for _ in range(2))

    assert many < 26 * max(few, 0.0005)


def _seconds(n, text):
    start = process_time()
    n(text)
    return process_time() - start
