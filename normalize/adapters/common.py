"""What adapters share: a normalizer or its profile, names of columns, rows of edits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from normalize.loading import load
from normalize.normalizer import Normalizer
from normalize.result import Result


def normalizer_of(profile: Normalizer | str | Path) -> Normalizer:
    """The normalizer itself, or one for a profile given by name or path.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(profile, str | Path):
        return load(profile)
    # Whatever is called with a text and can trace it will do.
    if not (callable(profile) and hasattr(profile, "trace")):
        kind = type(profile).__name__
        raise TypeError(f"expected a Normalizer or the name of a profile, not {kind}")
    return profile


def names_of(columns: str | Sequence[str]) -> list[str]:
    """One name or several as a list of names."""
    return [columns] if isinstance(columns, str) else list(columns)


def edit_rows(result: Result) -> list[dict[str, Any]]:
    """The edits of a text as the rows of a column: offsets count code points."""
    return [
        {
            "start": edit.start,
            "end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "rules": [rule.id for rule in edit.rules],
        }
        for edit in result.edits
    ]
