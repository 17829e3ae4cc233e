"""Where rule files lie, and how much of one is read."""

from __future__ import annotations

import os
from pathlib import Path

MAX_BYTES = 16 * 1024 * 1024


def shipped_rules() -> Path:
    """The folder of the rules that come with the package.

    In a wheel they lie inside the package, in a checkout beside it.
    """
    package = Path(__file__).resolve().parents[1]
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def bytes_of(path: Path) -> bytes:
    """The bytes of a rule file, and no more than one over the limit.

    A device may have no end, so the size that the system tells is not asked.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def real(path: Path) -> Path:
    """The path without links; one that leads in a circle stays as it is."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Whether a folder is there, as far as this process may look."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises where it may not look


def is_file(path: Path) -> bool:
    """Whether a file is there, as far as this process may look."""
    return os.path.isfile(path)  # noqa: PTH113 - see is_folder
