"""Values of options: listed ones, and free ones (dates, numbers, templates)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalize.kinds.templates import WritingError, names_of, read_template

# What `takes` of an option may say.
TAKES = r"date|number [0-9]+\.\.[0-9]+|template [a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*)*"
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Any(tuple[str, ...]):
    """Holds every name: tables are checked where they are known."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return True


def why_not(takes: str, value: object, *, whole: bool = False) -> str | None:
    """What is wrong with a free value; None when it may stand.

    A `whole` template must have all the parts that it can have.
    """
    kind, _, rest = takes.partition(" ")
    if not isinstance(value, str):
        return f"{value!r} is not a text; write {str(value)!r}"
    if kind == "date":
        try:
            good = _DATE.fullmatch(value) is not None
            date.fromisoformat(value)
        except ValueError:
            good = False
        return None if good else "not a date such as 2023-05-10"
    if kind == "number":
        low, high = map(int, rest.split(".."))
        good = value.isascii() and value.isdigit() and low <= int(value) <= high
        return None if good else f"not a number from {low} to {high}"
    try:
        parts = rest.split(", ")
        template = read_template(value, parts, _Any())
    except WritingError as error:
        return f"{error.message}; {error.hint}" if error.hint else error.message
    written = names_of(template)
    if not written:
        return "a template without a part"
    lost = [part for part in parts if part not in written] if whole else []
    return f"it loses {{{'}, {'.join(lost)}}}" if lost else None


def allowed(values: Sequence[str], takes: str) -> str:
    """All values that an option can have, in words."""
    kind, _, rest = takes.partition(" ")
    free = {
        "": [],
        "date": ["a date such as 2023-05-10"],
        "number": ["a number from " + rest.replace("..", " to ")],
        "template": ["a template of {" + rest.replace(", ", "}, {") + "}"],
    }[kind]
    return ", ".join([*values, *free])
