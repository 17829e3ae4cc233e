"""What stands alike around an anchor is looked at once, where nothing else counts."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine.matcher import Note, Scene
from normalize.engine.pivots import Located, Pivots
from normalize.engine.recall import TRIES
from normalize.engine.recurring import SIDE, Recurring

UNIT = "a sum "
TEXT = UNIT * 100


class Looking:
    """Finds the word behind a place, and counts how often it was asked."""

    def __init__(self, *, beyond: bool = False) -> None:
        self.asked: list[int] = []
        self._beyond = beyond

    def __call__(
        self, scene: Scene, start: int, pivots: Sequence[Pivots]
    ) -> Sequence[Located]:
        del pivots
        self.asked.append(start)
        scene.beyond = scene.beyond or self._beyond
        if scene.notes is not None:
            scene.notes.append(("seen", start, start + 3, "", 7))
        return [(start - 2, (start + 3, 7, ((start, start + 3, "SUM", 7),)))]


def expected(start: int) -> Sequence[Located]:
    return [(start - 2, (start + 3, 7, ((start, start + 3, "SUM", 7),)))]


def places(text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith("sum", at)]


def asked_in(text: str, look: Looking, notes: list[Note] | None = None) -> int:
    """How often it is asked in a text; every answer is checked."""
    recurring = Recurring(Scene(text, notes))
    for start in places(text):
        assert list(recurring.at(start, (), look)) == expected(start)
    return len(look.asked)


def test_the_same_around_an_anchor_is_looked_at_once() -> None:
    # Once near the beginning each, once in the middle, near the end each again.
    near = SIDE // len(UNIT) + 1
    assert asked_in(TEXT, Looking()) <= 2 * near + 1


def test_notes_come_with_the_answer() -> None:
    notes: list[Note] = []
    asked_in(TEXT, Looking(), notes)
    assert [note[1] for note in notes] == places(TEXT)
    assert all(note[2] == note[1] + 3 for note in notes)


def test_an_answer_for_which_more_was_asked_holds_for_its_place_only() -> None:
    assert asked_in(TEXT, Looking(beyond=True)) == len(places(TEXT))


def test_where_the_text_ends_is_told_apart() -> None:
    look = Looking()
    asked_in(TEXT, look)
    assert places(TEXT)[-1] in look.asked


def test_where_nothing_comes_again_it_stops_to_remember() -> None:
    text = "".join(f"{number:06} sum " for number in range(4 * TRIES))
    recurring, look = Recurring(Scene(text)), Looking()
    for start in places(text):
        recurring.at(start, (), look)
    assert len(look.asked) == len(places(text))
    assert not recurring._known.pays()
