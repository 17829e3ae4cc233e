"""Where most pieces are new, stretches are not asked for by pieces for a while."""

from normalize.engine.stretches import ASKED, UNASKED, Tally


def _asked(tally: Tally, lost: int) -> int:
    """How many questions are asked until one is not."""
    count = 0
    while tally.pays():
        tally.lost += lost
        count += 1
        if count > 10 * ASKED:
            break
    return count


def _unasked(tally: Tally) -> int:
    """How many questions are not asked until one is; one was not."""
    count = 1
    while not tally.pays():
        count += 1
    return count


def test_known_pieces_are_always_asked_for() -> None:
    assert _asked(Tally(), 1) > 10 * ASKED


def test_new_pieces_are_asked_for_less_and_less() -> None:
    tally = Tally()
    pauses = []
    for _ in range(12):
        assert _asked(tally, 2) == (ASKED if not pauses else ASKED - 1)
        pauses.append(_unasked(tally))
    assert pauses[:3] == [ASKED, 2 * ASKED, 4 * ASKED]
    assert pauses[-1] == UNASKED


def test_once_they_are_known_pauses_are_short_again() -> None:
    tally = Tally()
    for _ in range(4):
        _asked(tally, 2)
        _unasked(tally)
    for _ in range(2 * ASKED):
        assert tally.pays()
    _asked(tally, 2)
    assert _unasked(tally) == ASKED
