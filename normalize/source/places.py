"""Where rule files lie."""

from __future__ import annotations

from pathlib import Path


def shipped_rules() -> Path:
    """The folder of the rules that come with the package.

    In a wheel they lie inside the package, in a checkout beside it.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"
