"""Whether it pays to ask a memory, told by how often that was in vain of late."""

from __future__ import annotations


class Tally:
    """Counts questions, and with `lost` what each cost in vain.

    Where of `asked` questions more than `most` was lost, the next `pause` are not
    asked, and each time that happens again twice as many, up to `longest`.
    """

    __slots__ = (
        "_asked",
        "_count",
        "_first",
        "_longest",
        "_most",
        "_pause",
        "_unasked",
        "lost",
    )

    def __init__(self, asked: int, most: int, pause: int, longest: int) -> None:
        self._asked, self._most = asked, most
        self._first = self._pause = pause
        self._longest = longest
        self._count = self._unasked = self.lost = 0

    def pays(self) -> bool:
        """Whether the next question is to be asked."""
        if self._count >= self._asked:
            if self.lost <= self._most:
                self._pause = self._first
            else:
                self._unasked = self._pause
                self._pause = min(2 * self._pause, self._longest)
            self._count = self.lost = 0
        if self._unasked:
            self._unasked -= 1
            return False
        self._count += 1
        return True
