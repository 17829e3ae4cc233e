"""Surnames nobody knows, as their country writes them.

Told by their ending; behind a given name that only one language has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import regex

from normalize.engine.readings import Index

# So many letters an unknown surname has at least; one that is an ending as a whole
# has fewer.
SURNAME = 5
SHORT = 3
# What finds parts of surnames, and what they become.
_Parts = tuple[regex.Pattern[str], Mapping[str, str]]
_NEVER = regex.compile(r"(?!)")


class Strangers:
    """Writes unknown surnames anew: beginning, letters inside, ending."""

    def __init__(self, index: Index) -> None:
        self._index = index

    # Most small texts have none, so each table is made when it is asked for.
    @cached_property
    def _ending(self) -> _Parts:
        return _parts(self._index.endings, "(?r){}")  # backwards

    @cached_property
    def _beginning(self) -> _Parts:
        return _parts(self._index.beginnings, "{}")

    @cached_property
    def _inside(self) -> _Parts:
        return _parts(self._index.inner, "{}")

    def written(self, surname: str) -> str:
        """The surname as it is written; '' when nothing tells that it is one."""
        if len(surname) < SHORT or not surname[0].isupper():
            return ""
        small = surname.lower()
        if surname[1:] not in (small[1:], surname[1:].upper()):
            return ""
        beginnings, of_beginning = self._beginning
        begun = beginnings.match(small)
        at = 1
        if begun is not None:
            first = of_beginning[begun[0]]
            small, at = first + small[begun.end() :], len(first)
        endings, of_ending = self._ending
        found = endings.match(small)
        if found is None:
            return ""
        start = found.start()
        if start and len(surname) < SURNAME:
            return ""
        at = min(at, start)
        inside, of_part = self._inside
        rest: str = inside.sub(lambda part: of_part[part[0]], small[at:start])
        whole = small[:at] + rest + of_ending[found[0]]
        return whole.upper() if surname.isupper() else whole.capitalize()


def _parts(becoming: Sequence[tuple[str, str]], form: str) -> _Parts:
    """What finds one of the parts, which come longest first; what each becomes."""
    if not becoming:
        return _NEVER, {}
    parts = {part.lower(): after.lower() for part, after in becoming}
    source = "|".join(map(regex.escape, parts))
    return regex.compile(form.replace("{}", source)), parts
