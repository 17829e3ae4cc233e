"""The two characters beside a match never hide a context that stands there."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.analysis import emit
from normalize.engine.patterns import parse
from normalize.engine.words import make_words
from normalize.kinds.quantities import edges

CLASSES = {
    "apostrophe": r"['\N{RIGHT SINGLE QUOTATION MARK}]",
    "clitic": "s",
    "space": r"[ \N{NO-BREAK SPACE}]",
}
WORDS = make_words({name: parse(pattern, {}) for name, pattern in CLASSES.items()})
PATTERNS = (
    r" ?[-/][0-9]",
    r" {1,3}[A-Z]{2}",
    r"(?<=[0-9]) ?%",
    r"a|bb?|[0-9]+ b",
    r"(?:ab)?-",
    r"[^a] b",
    r"(?![0-9])[a0] ",
)
TEXTS = st.text("ab BC0-/%\u00a0\n", max_size=6)


def plain(pattern: str) -> str:
    return f"(?:{emit(parse(pattern, {}))})"


@given(st.lists(st.sampled_from(PATTERNS), min_size=1), TEXTS, TEXTS)
def test_what_stands_behind_is_seen(patterns: list[str], left: str, text: str) -> None:
    look = edges.behind(WORDS, [parse(pattern, {}) for pattern in patterns])
    source = "|".join(map(plain, patterns))
    whole = left + text
    wanted = regex.compile(source).match(whole, len(left))
    found = regex.compile(f"{look}(?:{source})").match(whole, len(left))
    assert (found is None) == (wanted is None)


@given(st.lists(st.sampled_from(PATTERNS), min_size=1), TEXTS, TEXTS)
def test_what_stands_before_is_seen(patterns: list[str], text: str, right: str) -> None:
    look = edges.before(WORDS, [parse(pattern, {}) for pattern in patterns])
    source = f"(?<={'|'.join(map(plain, patterns))})"
    whole = text + right
    wanted = regex.compile(source).match(whole, len(text))
    found = regex.compile(f"{look}{source}").match(whole, len(text))
    assert (found is None) == (wanted is None)


def test_phrases_may_be_set_off_by_any_gap_and_stand_in_any_case() -> None:
    behind = regex.compile(edges.behind(WORDS, ["of"]))
    assert all(behind.match(text) for text in (" of", "OF", "\n of", "\u00a0\u00a0of"))
    assert not any(behind.match(text) for text in (" a", "a", ".", ""))
    before = regex.compile(edges.before(WORDS, ["of"]))
    assert all(before.match(text, len(text)) for text in ("of ", "OF", "of \n"))
    assert not any(before.match(text, len(text)) for text in ("o ", "a", ".", ""))
