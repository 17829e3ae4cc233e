"""Long texts are looked through in other ways than short ones, to the same end."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.engine.narrow import LONG
from tests.properties.test_promises import everywhere, relaxed
from tests.properties.texts import examples, normalizer


@cache
def paragraphs(profile: str) -> list[str]:
    """Examples of one line of which nothing is told: that may hang on all of a text."""
    n = normalizer(profile)
    lines = [text for text in examples(profile) if "\n" not in text and "<" not in text]
    return [text for text in lines if text.strip() and not n.trace(text).diagnostics]


@everywhere
@settings(relaxed, max_examples=1)
@given(data=st.data())
def test_a_long_text_is_the_sum_of_its_paragraphs(profile, data):
    """Examples as paragraphs: what one of them becomes does not hang on the others."""
    n = normalizer(profile)
    if not paragraphs(profile):
        pytest.skip("the profile has no examples of one line")
    break_ = data.draw(st.sampled_from(["\n\n", "\n \n", "\r\n\r\n"]))
    some = data.draw(
        st.lists(st.sampled_from(paragraphs(profile)), min_size=1, max_size=40)
    )
    parts = some * (LONG // sum(map(len, some)) + 1)
    wanted = break_.join(map(n, parts))

    # The second time more of it is remembered.
    assert n(break_.join(parts)) == wanted
    assert n(break_.join(parts)) == wanted


@cache
def noted(profile: str) -> list[str]:
    """Examples of one line of which something is told."""
    n = normalizer(profile)
    lines = [text for text in examples(profile) if "\n" not in text]
    return [text for text in lines if n.trace(text).diagnostics]


@pytest.mark.parametrize("profile", ["news", "news-en", "news-uk"])
@settings(relaxed, max_examples=4)
@given(data=st.data())
def test_a_long_text_is_told_of_as_its_paragraphs_are(profile, data):
    """What is seen and left, by place; a paragraph says it of itself."""
    n = normalizer(profile)
    lines = [text for text in examples(profile) if "\n" not in text and text.strip()]
    some = data.draw(
        st.lists(st.sampled_from(noted(profile)), min_size=1, max_size=20)
        | st.lists(st.sampled_from(lines), min_size=1, max_size=40)
    )
    parts = [text for text in some if not set(text) & {*"<`~"}] or ["A 'b c."]
    parts *= LONG // sum(map(len, parts)) + 1
    wanted, start = [], 0
    for part in parts:
        told = n.trace(part).diagnostics
        wanted += [(d.code, d.start + start, d.end + start) for d in told]
        start += len(part) + len("\n\n")

    told = n.trace("\n\n".join(parts)).diagnostics
    assert [(d.code, d.start, d.end) for d in told] == sorted(
        wanted, key=lambda d: d[1:]
    )
