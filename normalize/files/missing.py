"""The errors for a text that can't be opened or has no end, with a next step."""

from __future__ import annotations

import os
import stat
from io import UnsupportedOperation
from itertools import islice
from typing import BinaryIO

from normalize.errors import InputError, closest

# A folder with more names is not looked through: the error would take longer to tell
# than the texts that are there to be done.
MOST_NAMES = 1000
TEXT = "the path of a text file, or - for standard input"
TEXTS = "a text file, a folder of them, or - for standard input"
PATHS = "a file with paths, one a line"


def unopened(path: str, name: str, error: OSError, expected: str) -> InputError:
    """The error for a text; `name` is how messages call it.

    The hint of a text that is not there names what stands beside it with nearly the
    same name, else the folder or link that leads nowhere, else what was `expected`;
    there is none where nothing is.
    """
    hint = None
    if expected and isinstance(error, FileNotFoundError):
        hint = _beside(path) or f"expected {expected}"
    return InputError(f"{name or repr(name)}: {error.strerror}", path=name, hint=hint)


def refuse_endless(file: BinaryIO, name: str) -> None:
    """Refuse a device such as /dev/zero, which would be read for ever.

    Raises:
        InputError: the file is a device, and neither a terminal nor empty.
    """
    try:
        status = os.fstat(file.fileno())
    except UnsupportedOperation:  # it is in memory
        return
    if not stat.S_ISCHR(status.st_mode) or file.isatty():
        return
    if status.st_rdev != os.stat(os.devnull).st_rdev:  # noqa: PTH116 - no Path yet
        hint = "expected a file, a pipe or a terminal"
        raise InputError(f"{name}: is a device without an end", path=name, hint=hint)


def bytes_of(path: str) -> bytes:
    """All bytes of a file that has an end.

    Raises:
        OSError: it can't be read.
        InputError: it is a device without an end.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - bytes of any name
        refuse_endless(file, path)
        return file.read()


def _beside(path: str) -> str | None:
    if os.path.islink(path):  # noqa: PTH114 - bytes of any name
        return f"it is a link to {os.readlink(path)!r}, which is not there"  # noqa: PTH115
    folder, name = os.path.split(path)
    try:
        with os.scandir(folder or ".") as found:
            names = [entry.name for entry in islice(found, MOST_NAMES + 1)]
    except FileNotFoundError:
        return f"there is no folder {folder!r}"
    except OSError:
        return None
    if len(names) > MOST_NAMES:
        return None
    # Endings are left out of the comparison: they would make a.txt like b.txt.
    by_stem: dict[str, list[str]] = {}
    for other in sorted(names):
        by_stem.setdefault(_stem(other), []).append(other)
    near = [n for stem in closest(_stem(name), by_stem) for n in by_stem[stem]]
    if not near:
        return None
    paths = (os.path.join(folder, other) for other in near[:3])  # noqa: PTH118
    return "did you mean " + " or ".join(map(repr, paths)) + "?"


def _stem(name: str) -> str:
    return os.path.splitext(name)[0].casefold()  # noqa: PTH122
