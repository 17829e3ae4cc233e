"""One scan for several stages names every stage that has something to look at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.narrow import LONG, Facts
from normalize.engine.prescan import Prescan
from normalize.engine.scan import Scanner
from normalize.spans import splice

CHARS = "ab \u0456\u2019\n"
ANCHORS = st.lists(st.text(CHARS, min_size=1, max_size=3), min_size=1, max_size=4)


def holding(scanners: list[Scanner], text: str) -> int:
    """The stages one of whose anchors is in the text."""
    return sum(
        1 << number
        for number, scanner in enumerate(scanners)
        if any(anchor in text for anchor in scanner.anchors)
    )


@given(st.lists(ANCHORS, min_size=1, max_size=4), st.text(CHARS))
def test_stages_with_an_anchor_in_the_text_are_named(
    anchors: list[list[str]], text: str
) -> None:
    scanners = [Scanner(found) for found in anchors]
    assert Prescan(scanners).present(Facts(text)) == holding(scanners, text)


@given(
    st.lists(ANCHORS, min_size=1, max_size=4),
    ANCHORS,
    st.text(CHARS),
    st.sampled_from(["", "a ", "\u0456 "]),
)
def test_what_was_found_is_what_each_would_find(
    anchors: list[list[str]], beside: list[str], text: str, filler: str
) -> None:
    scanners = [Scanner(found) for found in anchors]
    other = Scanner(beside)
    facts = Facts(text + filler * LONG)
    Prescan(scanners, [other]).present(facts)
    for scanner in (*scanners, other) if facts.found is not None else ():
        assert facts.found.get(scanner) == scanner.hits(facts.text)


@given(st.lists(ANCHORS, min_size=1, max_size=4), st.data())
def test_what_was_written_is_seen_with_its_neighbours(
    anchors: list[list[str]], data: st.DataObject
) -> None:
    scanners = [Scanner(found) for found in anchors]
    kept = data.draw(st.lists(st.text(CHARS), min_size=1, max_size=5))
    edits: list[tuple[int, int, str, int]] = []
    before = kept[0]
    for part in kept[1:]:
        gone, after = data.draw(st.text(CHARS, max_size=3)), data.draw(st.text(CHARS))
        edits.append((len(before), len(before) + len(gone), after, 0))
        before += gone + part
    made = splice(before, edits)
    prescan = Prescan(scanners)
    facts = Facts(before)
    seen = prescan.present(facts)
    seen |= prescan.written(facts.spliced(made, edits), edits)
    wanted = holding(scanners, made)
    assert seen & wanted == wanted


def test_lone_surrogates_are_no_anchor() -> None:
    scanners = [Scanner(["a\u2019"]), Scanner(["b"]), Scanner(["\u0456"])]
    assert Prescan(scanners).present(Facts("\ud800b\udfff")) == 0b010
