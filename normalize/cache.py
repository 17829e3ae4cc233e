"""Compiled profiles kept between runs.

A kept profile holds plain data and the classes of rule data, nothing that runs: it is
read by an unpickler that knows no other class. It may be deleted, damaged or shared
at any time; what does not fit is made anew, and never an error. It lies in a folder
that only the user can write.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

MAGIC = b"normalize-slavic 1\n"
DIGEST = hashlib.sha256
# Modules whose classes rule data is made of.
_OURS = ("normalize.kinds.", "normalize.engine.", "normalize.source.nodes")
_PLAIN = {("builtins", "frozenset"), ("builtins", "set")}
_PARTS = ("regex", "ahocorasick-rs", "PyYAML")


def folder() -> Path | None:
    """Where profiles are kept; None when they can't be, or must not.

    The folder is the user's own: `NORMALIZE_CACHE`, else the usual one of the system.
    An empty `NORMALIZE_CACHE` switches keeping off.
    """
    said = os.environ.get("NORMALIZE_CACHE")
    if said == "":
        return None
    base = said or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        path = Path(base).expanduser() / "normalize-slavic"
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.stat()
    except (OSError, RuntimeError):
        return None
    if hasattr(os, "getuid"):
        foreign = status.st_uid != os.getuid()
        if foreign or status.st_mode & 0o022:
            return None
    return path


def key_of(
    root: Path, profile: str, extra: Iterable[str], options: Mapping[str, str]
) -> str | None:
    """The name under which a profile is kept: it covers all that goes into it.

    None when a file can't be read; loading it in earnest will say why.
    """
    digest = DIGEST()

    def take(*parts: str | bytes) -> None:
        for part in parts:
            data = part if isinstance(part, bytes) else part.encode("utf-8", "replace")
            digest.update(str(len(data)).encode() + b":" + data)

    take(sys.version, profile, repr(sorted(options.items())))
    take(*(importlib.metadata.version(name) for name in _PARTS))
    try:
        for path in _code():
            take(path.name, path.read_bytes())
        for path in sorted(root.rglob("*.yaml")):
            take(str(path.relative_to(root)), path.read_bytes())
        for given in extra:
            path = Path(given)
            paths = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
            if not paths:
                return None
            for file in paths:
                take(str(file), file.read_bytes())
    except OSError:
        return None
    return digest.hexdigest()


def _code() -> list[Path]:
    """The modules that decide what comes of rules."""
    return sorted(Path(__file__).parent.rglob("*.py"))


def read(key: str) -> Any:
    """What is kept under a key; None when there is nothing that fits."""
    place = folder()
    if place is None:
        return None
    try:
        data = (place / key).read_bytes()
    except OSError:
        return None
    head = len(MAGIC) + DIGEST().digest_size
    body = memoryview(data)[head:]
    if not data.startswith(MAGIC) or DIGEST(body).digest() != data[len(MAGIC) : head]:
        return None
    try:
        return _Reader(io.BytesIO(body)).load()
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is made anew
        return None


def write(key: str, value: Any) -> None:
    """Keep a value under a key, if that can be done."""
    place = folder()
    if place is None:
        return
    body = pickle.dumps(value, protocol=5)
    try:
        with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
            file.write(MAGIC + DIGEST(body).digest() + body)
        Path(file.name).replace(place / key)
        _tidy(place)
    except OSError:
        return


MOST_KEPT = 24


def _tidy(place: Path) -> None:
    """Delete what was not made lately."""
    kept = sorted(place.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in kept[:-MOST_KEPT]:
        path.unlink(missing_ok=True)


class _Reader(pickle.Unpickler):
    """Makes rule data and plain data, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        known = f"{module}.".startswith(_OURS) or module == "normalize.profile"
        if (known and name.isidentifier()) or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            ours = getattr(found, "__module__", "").startswith("normalize.")
            if isinstance(found, type) and (ours or (module, name) in _PLAIN):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no rule data")
