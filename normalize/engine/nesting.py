"""Which marks of a paragraph are partners: the cheapest nesting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

INSIDE = 5  # more for each pair around a lone mark, so that the nearest marks pair
DEEPEST = 4
# What a mark alone costs at most. Two must be cheaper than a pair against all
# evidence, and dearer than one in which a single mark stands oddly.
ALONE = 40
# Whatever closes what a way has open can stand alone instead, at this price: a way
# that is dearer than the one with nothing open by more never becomes the cheapest.
HOPELESS = DEEPEST * (ALONE + INSIDE * DEEPEST)
FREE = 30  # a role that costs so much less than the other is clear
ODD = 20  # and at most so much


class Reading(NamedTuple):
    """What a mark may be, with the costs of its roles; marks read alike share one."""

    family: int
    opens: int
    closes: int
    alone: int
    becomes: str  # what it is written as when it stands alone
    loose: bool  # whether it may well stand alone
    told: bool  # whether it is told of when it stands alone
    role: int  # 1: it clearly opens, -1: it clearly closes, 0: neither

    @classmethod
    def of(
        cls,
        family: int,
        costs: tuple[int, int, int],
        becomes: str = "",
        *,
        loose: bool,
        told: bool,
    ) -> Reading:
        """The reading of a mark by the costs of opening, of closing, of standing alone.

        The role follows from them.
        """
        opens, closes, alone = costs
        most = 0 if loose else ODD
        role = 0
        if opens <= most and closes - opens >= FREE:
            role = 1
        elif closes <= most and opens - closes >= FREE:
            role = -1
        return cls(family, opens, closes, alone, becomes, loose, told, role)


# Partner and depth of each mark; -1 for one that stands alone.
Nesting = list[tuple[int, int]]


def straight(readings: Sequence[Reading]) -> Nesting | None:
    """The nesting when the role of every mark is clear and all find their partners.

    It is the cheapest then: any other way flips a mark or leaves one alone.
    """
    nesting: Nesting = [(-1, 0)] * len(readings)
    stack: list[int] = []
    opened: set[int] = set()
    for number, reading in enumerate(readings):
        role = reading.role
        if role > 0:
            stack.append(number)
            opened.add(reading.family)
            if len(stack) > DEEPEST:
                return None
        elif not role:
            return None
        elif stack and readings[stack[-1]].family == reading.family:
            first = stack.pop()
            nesting[first] = number, len(stack)
            nesting[number] = first, len(stack)
        elif not reading.loose or reading.family in opened:
            return None  # an apostrophe only where no quotation can be meant
    return None if stack else nesting


# A way to read the marks so far: the way before, and what the last mark does.
Way = tuple["Way | None", str]
# What is open: its families, from the outside in.
Stack = tuple[int, ...]


def cheapest(readings: Sequence[Reading]) -> Nesting:
    """The nesting of least cost; of equal ones the one with fewer pairs."""
    steps = _Steps()
    costs: dict[Stack, int] = {(): 0}
    ways: dict[Stack, Way] = {(): (None, "")}
    for family, opens, closes, alone, *_ in readings:
        new: dict[Stack, int] = {}
        reached: dict[Stack, Way] = {}
        bound = costs[()] + HOPELESS
        for stack, cost in costs.items():
            if cost > bound:
                continue
            way = ways[stack]
            lone, closed, opened = steps[stack, family]
            total = cost + alone + lone
            if stack not in new or total < new[stack]:
                new[stack], reached[stack] = total, (way, "alone")
            if closed is not None:
                total = cost + closes
                if closed not in new or total < new[closed]:
                    new[closed], reached[closed] = total, (way, "closes")
            if opened is not None:
                total = cost + opens
                if opened not in new or total < new[opened]:
                    new[opened], reached[opened] = total, (way, "opens")
        costs, ways = new, reached
    return _read(len(readings), ways[()])


class _Steps(dict[tuple[Stack, int], tuple[int, Stack | None, Stack | None]]):
    """By what is open and a family: what its mark costs more when it stands alone,
    and what is open behind it when it closes and when it opens; None: it can't.
    """

    def __missing__(
        self, key: tuple[Stack, int]
    ) -> tuple[int, Stack | None, Stack | None]:
        stack, family = key
        closed = stack[:-1] if stack and stack[-1] == family else None
        opened = (*stack, family) if len(stack) < DEEPEST else None
        made = self[key] = (INSIDE * len(stack), closed, opened)
        return made


def _read(size: int, way: Way) -> Nesting:
    """The nesting of so many marks that a way says."""
    roles: list[str] = []
    last: Way | None = way
    while last is not None and last[1]:
        roles.append(last[1])
        last = last[0]
    nesting: Nesting = [(-1, 0)] * size
    stack: list[int] = []
    for number, role in enumerate(reversed(roles)):
        if role == "opens":
            stack.append(number)
        elif role == "closes":
            first = stack.pop()
            nesting[first] = number, len(stack)
            nesting[number] = first, len(stack)
    return nesting


def around_lone(readings: Sequence[Reading], nesting: Nesting) -> set[int]:
    """The first marks of pairs with a mark inside that has lost its partner."""
    blocked: set[int] = set()
    stack: list[int] = []
    for number, (partner, _) in enumerate(nesting):
        if partner > number:
            stack.append(number)
        elif partner >= 0:
            stack.pop()
        elif readings[number].told:
            blocked.update(stack)
    return blocked
