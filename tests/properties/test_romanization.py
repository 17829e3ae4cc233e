"""What holds of every romanization on any text.

A text is drawn once for all systems: that takes much longer than to write it in each.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize import Romanizer, systems
from normalize.spans import splice

relaxed = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SYSTEMS = [s.id for s in systems()]
CYRILLIC = "".join(map(chr, range(0x400, 0x460))) + "ѢѣѲѳѴѵҐґӐӑӒӓЉљ"
MARKS = "\u0301\u0300\u0306\u0308\u0304\N{COMBINING CYRILLIC LETTER BE}"
GLUE = " \n'-.,«»0aZé’ʼ\N{NO-BREAK SPACE}\x00\ud800"
texts = st.text(st.sampled_from(CYRILLIC * 3 + MARKS * 2 + GLUE * 2), max_size=60)
words = st.text(st.sampled_from(CYRILLIC), min_size=2, max_size=12)


@cache
def romanizer(system, foreign="sister", stress="drop"):
    """A romanizer, made once."""
    return Romanizer(system, foreign=foreign, stress=stress)


def cyrillic_letters(text):
    """The Cyrillic letters of a text."""
    return [
        c
        for c in text
        if unicodedata.name(c, "").startswith("CYRILLIC")
        and unicodedata.category(c)[0] == "L"
    ]


@relaxed
@given(text=texts, foreign=st.sampled_from(["sister", "drop"]))
def test_no_cyrillic_letter_is_left(text, foreign):
    """Whatever comes in, no Cyrillic letter comes out, and twice is once."""
    for system in SYSTEMS:
        made = romanizer(system, foreign)
        once = made(text)

        assert [] == cyrillic_letters(once), system
        assert once == made(once), system


@relaxed
@given(text=texts, stress=st.sampled_from(["drop", "keep"]))
def test_plain_and_traced_agree(text, stress):
    """The memo and the letter by letter way give one text; edits splice to it."""
    for system in SYSTEMS:
        made = romanizer(system, "keep", stress)
        result = made.trace(text)

        assert made(text) == result.text, system
        assert result.text == splice(
            text, [(e.start, e.end, e.after) for e in result.edits]
        ), system
        assert all(text[e.start : e.end] != e.after for e in result.edits), system


@relaxed
@given(parts=st.lists(words, min_size=1, max_size=6), glue=st.sampled_from(" -/\n"))
def test_a_text_is_the_sum_of_its_words(parts, glue):
    """Words of two letters and more do not see each other."""
    for system in SYSTEMS:
        made = romanizer(system)

        assert made(glue.join(parts)) == glue.join(map(made, parts)), system


@relaxed
@given(text=st.text(st.characters(codec=None, max_codepoint=0x3FF), max_size=80))
def test_text_without_cyrillic_is_not_touched(text):
    """Latin, Greek, marks and anything below U+0400 pass as they are."""
    for system in SYSTEMS:
        assert text == romanizer(system)(text), system
