"""Many patterns as one, with what they have in common written once."""

from __future__ import annotations

from collections.abc import Iterable

from normalize.engine.analysis import emit
from normalize.engine.patterns import Alt, Tree

Row = tuple[Tree, ...]


def from_the_start(rows: Iterable[Row]) -> str:
    """The source of alternatives, common beginnings factored out.

    Alternatives keep their order, as far as they begin alike.
    """
    groups = _grouped(rows, 0)
    return "|".join(
        "" if first is None else _row(first, from_the_start(rest))
        for first, rest in groups
    )


def from_the_end(rows: Iterable[Row]) -> str:
    """The same with common ends factored out, for patterns matched backwards."""
    groups = _grouped(rows, -1)
    return "|".join(
        "" if last is None else _row(last, from_the_end(rest), behind=True)
        for last, rest in groups
    )


def _grouped(rows: Iterable[Row], at: int) -> list[tuple[Tree | None, list[Row]]]:
    """The rows by their part at one end, with what is left of each."""
    groups: dict[Tree | None, list[Row]] = {}
    for row in rows:
        part = row[at] if row else None
        rest = row[1:] if at == 0 else row[:-1]
        groups.setdefault(part, []).append(rest)
    # The empty row last, for it fits everywhere.
    return sorted(groups.items(), key=lambda group: group[0] is None)


def _row(part: Tree, rest: str, *, behind: bool = False) -> str:
    one = f"(?:{emit(part)})" if isinstance(part, Alt) else emit(part)
    if not rest:
        return one
    return f"(?:{rest}){one}" if behind else f"{one}(?:{rest})"
