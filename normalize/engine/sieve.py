"""Which of an anchor's owners may match at a place, told by the characters beside it.

Where marks are dense, most tries end at one of their neighbours. Each kind of place is
looked at once, for all owners together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

Owner = TypeVar("Owner")
# Whether an owner may match at the second of these characters, which are three, or two
# at the end of a text.
May = Callable[[str], bool]
FIRST = ""  # stands for the beginning of a text, where all of them may
MOST = 4096  # so many kinds of places are remembered


class Sieve(dict[str, tuple[Owner, ...]], Generic[Owner]):
    """By what stands around the beginning of an anchor, those owners that may match.

    What says nothing of it, by `may_stand`, always may.
    """

    def __init__(self, owners: Sequence[Owner]) -> None:
        super().__init__()
        self.owners = tuple(owners)

    def __reduce__(self) -> tuple[type[Sieve[Any]], tuple[Sequence[Owner]]]:
        return Sieve, (self.owners,)

    def __missing__(self, place: str) -> tuple[Owner, ...]:
        if len(self) >= MOST:
            self.clear()
        found = self.owners
        if place != FIRST:
            found = tuple(one for one in found if _may(one)(place))
        self[place] = found
        return found


def _may(owner: object) -> May:
    may: May = getattr(owner, "may_stand", _always)
    return may


def _always(place: str) -> bool:
    del place
    return True


def begins(anchors: Sequence[str], place: str) -> bool:
    """Whether one of the anchors may stand at the second of the characters."""
    here = place[1:]
    return any(one.startswith(here) or here.startswith(one) for one in anchors)
