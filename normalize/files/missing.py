"""The error for a text that can't be opened, with a next step where it is not there."""

from __future__ import annotations

import os
from itertools import islice

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
