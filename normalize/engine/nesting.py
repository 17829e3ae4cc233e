"""Which marks of a paragraph are partners: the cheapest nesting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

INSIDE = 5  # more for each pair around a lone mark, so that the nearest marks pair
DEEPEST = 4
FREE = 30  # a role that costs so much less than the other is clear
ODD = 20  # and at most so much


class Token(NamedTuple):
    """A mark in a paragraph with the costs of its roles."""

    start: int
    end: int
    family: int
    opens: int
    closes: int
    alone: int
    becomes: str  # what it is written as when it stands alone
    loose: bool  # whether it may well stand alone
    told: bool  # whether it is told of when it stands alone


# Partner and depth of each mark; -1 for one that stands alone.
Nesting = list[tuple[int, int]]


def straight(tokens: Sequence[Token]) -> Nesting | None:
    """The nesting when the role of every mark is clear and all find their partners.

    It is the cheapest then: any other way flips a mark or leaves one alone.
    """
    nesting: Nesting = [(-1, 0)] * len(tokens)
    stack: list[int] = []
    opened: set[int] = set()
    for number, token in enumerate(tokens):
        most = 0 if token.loose else ODD
        if token.opens <= most and token.closes - token.opens >= FREE:
            stack.append(number)
            opened.add(token.family)
            if len(stack) > DEEPEST:
                return None
        elif token.closes > most or token.opens - token.closes < FREE:
            return None
        elif stack and tokens[stack[-1]].family == token.family:
            first = stack.pop()
            nesting[first] = number, len(stack)
            nesting[number] = first, len(stack)
        elif not token.loose or token.family in opened:
            return None  # an apostrophe only where no quotation can be meant
    return None if stack else nesting


# A way to read the marks so far: its cost, the way before, what the last mark does.
Way = tuple[int, "Way | None", str]


def cheapest(tokens: Sequence[Token]) -> Nesting:
    """The nesting of least cost; of equal ones the one with fewer pairs."""
    ways: dict[tuple[int, ...], Way] = {(): (0, None, "")}
    for token in tokens:
        new: dict[tuple[int, ...], Way] = {}
        for stack, way in ways.items():
            lone = token.alone + INSIDE * len(stack)
            steps = [(stack, lone, "alone")]
            if stack and stack[-1] == token.family:
                steps.append((stack[:-1], token.closes, "closes"))
            if len(stack) < DEEPEST:
                steps.append(((*stack, token.family), token.opens, "opens"))
            for after, cost, role in steps:
                known = new.get(after)
                if known is None or way[0] + cost < known[0]:
                    new[after] = way[0] + cost, way, role
        ways = new
    return _read(tokens, ways[()])


def _read(tokens: Sequence[Token], way: Way) -> Nesting:
    """The nesting that a way says."""
    roles: list[str] = []
    last: Way | None = way
    while last is not None and last[2]:
        roles.append(last[2])
        last = last[1]
    nesting: Nesting = [(-1, 0)] * len(tokens)
    stack: list[int] = []
    for number, role in enumerate(reversed(roles)):
        if role == "opens":
            stack.append(number)
        elif role == "closes":
            first = stack.pop()
            nesting[first] = number, len(stack)
            nesting[number] = first, len(stack)
    return nesting


def around_lone(tokens: Sequence[Token], nesting: Nesting) -> set[int]:
    """The first marks of pairs with a mark inside that has lost its partner."""
    blocked: set[int] = set()
    stack: list[int] = []
    for number, (partner, _) in enumerate(nesting):
        if partner > number:
            stack.append(number)
        elif partner >= 0:
            stack.pop()
        elif tokens[number].told:
            blocked.update(stack)
    return blocked
