"""Where most of what is asked for is new, it is not asked for a while."""

from normalize.engine.tally import Tally

ASKED, LONGEST = 32, 1024


def _tally() -> Tally:
    return Tally(ASKED, ASKED, ASKED, LONGEST)


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


def test_what_is_known_is_always_asked_for() -> None:
    assert _asked(_tally(), 1) > 10 * ASKED


def test_what_is_new_is_asked_for_less_and_less() -> None:
    tally = _tally()
    pauses = []
    for _ in range(12):
        assert _asked(tally, 2) == (ASKED if not pauses else ASKED - 1)
        pauses.append(_unasked(tally))
    assert pauses[:3] == [ASKED, 2 * ASKED, 4 * ASKED]
    assert pauses[-1] == LONGEST


def test_once_it_is_known_pauses_are_short_again() -> None:
    tally = _tally()
    for _ in range(4):
        _asked(tally, 2)
        _unasked(tally)
    for _ in range(2 * ASKED):
        assert tally.pays()
    _asked(tally, 2)
    assert _unasked(tally) == ASKED
