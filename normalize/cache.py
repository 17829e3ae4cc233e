"""Compiled profiles kept between runs.

Two kinds of files: what a profile comes to with some rules and options (a *request*,
which names a digest of the rules), and the rules with that digest, compiled. Both hold
rule data and nothing that runs, see `packing`. They may be deleted, damaged or shared
at any time; what does not fit is made anew, and never an error. They lie in a folder
that only the user can write.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from normalize.packing import pack, unpack_from
from normalize.source.places import bytes_of

MAGIC = b"normalize-slavic 2\n"
DIGEST = hashlib.sha256
LARGE = 1_000_000  # bytes: the collector rests while so much is read
_PARTS = ("regex", "ahocorasick_rs", "yaml")


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


def request_key(
    root: Path, profile: str, extra: Iterable[str], options: Mapping[str, str]
) -> str | None:
    """The name of a request: it covers all that goes into the profile.

    Shipped rules are told by size and time, files of the user's own by what is in
    them. None when a file can't be read; loading it in earnest will say why.
    """
    parts: list[str | bytes] = [profile, repr(sorted(options.items())), *_code()]
    try:
        parts += _states(root, ".yaml")
        for given in extra:
            path = Path(given)
            paths = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
            if not paths:
                return None
            for file in paths:
                if not file.is_file():  # a pipe can be read once only
                    return None
                parts += [str(file), bytes_of(file)]
    except OSError:
        return None
    return _digest(parts)


def rules_key(packed: bytes) -> str:
    """The name of compiled rules: it covers the rules and the code that compiles."""
    return _digest([packed, *_code()])


def opening_key(packed: bytes) -> str:
    """The name of what own names need that join the rules later."""
    return _digest(["opening", packed, *_code()])


def joined_key(request: str) -> str:
    """The name of what a profile compiles to with the own names of a request."""
    return _digest(["joined", request])


def holds(key: str) -> bool:
    """Whether anything is kept under a key."""
    place = folder()
    return place is not None and (place / key).exists()


def _digest(parts: Iterable[str | bytes]) -> str:
    digest = DIGEST()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "replace")
        digest.update(str(len(data)).encode() + b":" + data)
    return digest.hexdigest()


@functools.cache
def _code() -> tuple[str, ...]:
    """What decides, besides the rules, what comes of them: it can't change any more."""
    places = [importlib.util.find_spec(name) for name in _PARTS]
    folders = [Path(spec.origin).parent for spec in places if spec and spec.origin]
    own = Path(__file__).parent
    states = (s for f in (own, *folders) for s in _states(f, ".py"))
    return (sys.version, _digest(states))


def _states(folder: Path, ending: str) -> list[str]:
    """Path, size and time of the files in a folder."""
    found = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(ending):
                path = os.path.join(place, name)  # noqa: PTH118 - hundreds of files
                state = os.stat(path)  # noqa: PTH116
                parts = (path, state.st_size, state.st_mtime_ns, state.st_ino)
                found.append(repr(parts))
    return found


def read(key: str, find: Callable[[str], Any] | None = None) -> Any:
    """What is kept under a key; None when there is nothing that fits.

    `find` gives the parts of it that are kept by themselves.
    """
    place = folder()
    if place is None:
        return None
    try:
        with (place / key).open("rb") as file:
            if not _is_whole(file):
                return None
            os.utime(place / key)  # used lately, so it is kept longer
            # Parts and models are many and small; what was frozen is counted each time.
            if os.fstat(file.fileno()).st_size < LARGE:
                return unpack_from(file, find)
            with collector_at_rest():
                return unpack_from(file, find)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is made anew
        return None


def _is_whole(file: BinaryIO) -> bool:
    """Whether a file is as it was written; it stands where the value begins then.

    It is never in memory as a whole: some megabytes that are freed at once keep the
    allocator from giving back as much ever after.
    """
    if file.read(len(MAGIC)) != MAGIC:
        return False
    said = file.read(DIGEST().digest_size)
    begun = file.tell()
    digest, part = DIGEST(), bytearray(1 << 16)
    while size := file.readinto(part):  # type: ignore[attr-defined]
        digest.update(memoryview(part)[:size])
    file.seek(begun)
    return digest.digest() == said


Made = TypeVar("Made")


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """Make much with the collector at rest: hardly any of it is garbage.

    Nor does the collector look at all of it right afterwards: it counts as old.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            if not gc.get_freeze_count():  # what others froze stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def part_key(about: bytes) -> str:
    """The name under which `kept` has what is about this."""
    return _digest(["part", about, *_code()])


def kept(about: bytes, make: Callable[[], Made]) -> Made:
    """What is kept under what it is about; made and kept when nothing is.

    `about` must say all that goes into it but the code.
    """
    key = part_key(about)
    found: Made | None = read(key)
    if found is None:
        found = make()
        # Parts are many, and one in sixteen looks at all that is kept.
        write(key, found, tidy=key.endswith("0"))
    return found


def write(
    key: str, value: Any, apart: Mapping[int, str] | None = None, *, tidy: bool = True
) -> None:
    """Keep a value under a key, if that can be done.

    `apart` are parts of it, by identity, that are kept by themselves. What was not
    used lately is deleted then, if too much is kept; not so without `tidy`.
    """
    place = folder()
    if place is None:
        return
    import tempfile  # not needed to read what is kept

    body = pack(value, apart)
    with contextlib.suppress(OSError):
        with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
            made = Path(file.name)
            try:
                file.write(MAGIC + DIGEST(body).digest())
                file.write(body)
                file.close()
                made.replace(place / key)
            except OSError:  # such as a full disk
                made.unlink(missing_ok=True)
        if tidy:
            _tidy(place)


MOST_KEPT = 4000  # files: a check of all shipped rules makes several hundred
MOST_BYTES = 1_000_000_000


def _tidy(place: Path) -> None:
    """Delete what was not used lately."""
    with os.scandir(place) as found:
        kept = [(entry.stat(), entry.path) for entry in found]
    kept.sort(key=lambda pair: -pair[0].st_mtime)
    total = 0
    for number, (state, path) in enumerate(kept):
        total += state.st_size
        if number >= MOST_KEPT or total > MOST_BYTES:
            Path(path).unlink(missing_ok=True)
