"""Where a long text has no word of another language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.foreign import Foreign
from normalize.engine.matcher import Scene

PIECES = st.lists(st.sampled_from(["a", "\n", "\n\n", " der "]), max_size=20)


@given(PIECES.map("".join), st.lists(st.integers(0, 60)))
def test_far_is_what_no_break_less_stretch_joins_to_a_word(
    text: str, places: list[int]
) -> None:
    """In whatever order places are asked for."""
    foreign = Foreign(lambda _: "de", ["de"], ["der"], [])
    hits = foreign.scanner.hits(text)
    scene = Scene(text)
    scene.aside = {foreign.scanner: hits}
    for place in [place for place in places if place <= len(text)]:
        before = [start for _, start, _ in hits if start < place]
        behind = [start for _, start, _ in hits if start >= place]
        far = not (before and "\n\n" not in text[before[-1] : place]) and not (
            behind and "\n\n" not in text[place : behind[0]]
        )
        assert foreign.is_far(scene, place) == far
