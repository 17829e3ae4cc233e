"""Completing a date that has no year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

REACH = 8  # there is a 29 February at least every eight years


def complete(parts: Mapping[str, str], reference: date, policy: str) -> str | None:
    """The year in which a day and month are nearest to, before or after a date.

    `policy` is nearest, past or future; the date itself counts for all of them.
    None: there is no such day in any year.
    """
    month, day = int(parts["month"]), int(parts.get("day", "1"))
    found = []
    for year in range(max(1, reference.year - REACH), reference.year + REACH + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if policy == "past":
        found = [day for day in found if day <= reference]
    if policy == "future":
        found = [day for day in found if day >= reference]
    # Of two equally far the earlier one: news tells what has been.
    best = min(found, key=lambda day: (abs(day - reference), day), default=None)
    return None if best is None else str(best.year)
