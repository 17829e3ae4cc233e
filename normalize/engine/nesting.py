"""Which marks of a paragraph are partners: the cheapest nesting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

INSIDE = 5  # more for each pair around a lone mark, so that the nearest marks pair
DEEPEST = 4
FREE = 30  # a role that costs so much is not thought of when the other is free


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
    """The nesting when every mark has one free role and all find their partners."""
    nesting: Nesting = [(-1, 0)] * len(tokens)
    stack: list[int] = []
    for number, token in enumerate(tokens):
        if token.opens == 0 and token.closes >= FREE:
            stack.append(number)
            if len(stack) > DEEPEST:
                return None
        elif token.closes or token.opens < FREE:
            return None
        elif stack and tokens[stack[-1]].family == token.family:
            first = stack.pop()
            nesting[first] = number, len(stack)
            nesting[number] = first, len(stack)
        elif not token.loose or any(tokens[k].family == token.family for k in stack):
            return None
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
