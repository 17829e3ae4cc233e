"""Marks whose edits are known before are hits no more where nothing else may match."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.foretold import Foretold, Placed
from normalize.engine.matcher import Found, Scene

TEXT = " 'a 'b' c'd"
MARKS = [(0, at, at + 1) for at, char in enumerate(TEXT) if char == "'"]


class Telling:
    """Changes the mark at one place."""

    anchors = ("'",)

    def __init__(self) -> None:
        self.asked = 0

    def foretell(self, scene: Scene) -> Placed:
        del scene
        self.asked += 1
        return {4: (5, "“")}

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        raise AssertionError((scene, start))


class Inside:
    """Matches between two letters only."""

    anchors = ("'",)

    def may_stand(self, place: str) -> bool:
        return place[0].isalpha() and place[-1].isalpha()

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        raise AssertionError((scene, start))


def test_marks_that_stay_are_left_out() -> None:
    kept, edits = Foretold("'", [(Telling(), Inside())], [0]).sifted(Scene(TEXT), MARKS)
    assert [at for _, at, _ in kept] == [4, 9]
    assert edits == {4: (5, "“")}


def test_what_others_ask_for_is_kept() -> None:
    telling = Telling()
    kept, edits = Foretold("'", [(telling,)], [1]).sifted(Scene(TEXT), MARKS)
    assert (kept, edits, telling.asked) == (MARKS, {}, 0)


def test_nothing_is_told_without_a_mark() -> None:
    telling = Telling()
    others = [(1, 0, 1)]
    owners = [(telling,), (Inside(),)]
    kept, _ = Foretold("'\"", owners, [0, 0]).sifted(Scene(TEXT), others)
    assert (kept, telling.asked) == (others, 0)


def test_two_that_tell_are_asked_mark_by_mark() -> None:
    kept, edits = Foretold("'", [(Telling(), Telling())], [0]).sifted(
        Scene(TEXT), MARKS
    )
    assert (kept, edits) == (MARKS, {})


def test_where_nobody_else_may_match_a_mark_is_left_out_with_all_like_it() -> None:
    text = "'b 'a''c " * 3  # nowhere between two letters
    marks = [(0, at, at + 1) for at, char in enumerate(text) if char == "'"]
    told = Foretold("'", [(Telling(), Inside())], [0])
    kept, _ = told.sifted(Scene(text), marks)
    assert [at for _, at, _ in kept] == [0]  # of which no place tells


def test_one_place_where_another_may_match_is_enough() -> None:
    text = "'b 'a''c " * 3 + "d'e"
    marks = [(0, at, at + 1) for at, char in enumerate(text) if char == "'"]
    told = Foretold("'", [(Telling(), Inside())], [0])
    kept, _ = told.sifted(Scene(text), marks)
    assert [at for _, at, _ in kept] == [0, len(text) - 2]


def test_a_mark_at_the_end_of_a_text_may_be_another_s() -> None:
    text = "aa 'b'"
    marks = [(0, at, at + 1) for at, char in enumerate(text) if char == "'"]

    class AtEnd(Inside):
        def may_stand(self, place: str) -> bool:
            return len(place) == 2

    kept, _ = Foretold("'", [(Telling(), AtEnd())], [0]).sifted(Scene(text), marks)
    assert [at for _, at, _ in kept] == [5]
