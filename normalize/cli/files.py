"""Reading and writing files without losing a byte that was not meant to change."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from normalize.errors import DecodeError, InputError

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read; `name` is how messages call it."""

    name: str
    text: str
    bom: bool

    def encode(self, text: str) -> bytes:
        """The bytes of a new text for this document."""
        return (BOM if self.bom else b"") + text.encode("utf-8")


def read_document(path: str, stdin_name: str = "<stdin>") -> Document:
    """The text of a file, or of standard input for `-`.

    Raises:
        InputError: no such file, a folder, not readable.
        DecodeError: not UTF-8; says which byte and where.
    """
    name = stdin_name if path == "-" else path
    if path == "-" and sys.stdin is None:
        raise InputError(f"{name}: is closed", path=name)
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except IsADirectoryError:
        raise InputError(
            f"{name}: is a folder",
            path=name,
            hint=f"name its files: {name.rstrip('/')}/*.txt",
        ) from None
    except OSError as error:
        raise InputError(f"{name}: {error.strerror}", path=name) from None
    bom = data.startswith(BOM)
    try:
        return Document(name, data[len(BOM) * bom :].decode("utf-8"), bom)
    except UnicodeDecodeError as error:
        offset = error.start + len(BOM) * bom
        line = data.count(b"\n", 0, offset) + 1
        raise DecodeError(
            f"{name}:{line}: byte 0x{data[offset]:02X} at offset {offset} is not UTF-8",
            path=name,
            offset=offset,
            hint=f"convert it to UTF-8 first: iconv -f {_guess(data)} -t utf-8",
        ) from None


def _guess(data: bytes) -> str:
    """The encoding that a file with such a beginning most often has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "cp1251"


def put(data: bytes) -> None:
    """All of the bytes to standard output, past any translation of line ends.

    Raises:
        InputError: standard output is closed.
    """
    if sys.stdout is None:
        raise InputError("standard output is closed")
    rest = memoryview(data)
    while rest:
        # Without a buffer in between, a write may take a part only.
        rest = rest[sys.stdout.buffer.write(rest) or 0 :]


def write_whole(path: str, data: bytes) -> None:
    """Put `data` into a file so that it holds either the old or the new, whole.

    A new file is written beside it, brought to disk, and moved into place; mode
    bits are kept, and a symbolic link stays one.

    Raises:
        InputError: the folder or the disk does not take it; nothing changed.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        _write_through(path, target, data)
        return
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name}.", suffix=".new"
        )
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_over(target, temporary)
        os.replace(temporary, target)  # noqa: PTH105
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise InputError(f"{path}: can't write: {error.strerror}", path=path) from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108


def _write_through(path: str, target: Path, data: bytes) -> None:
    """Write into a device or pipe, which must not be replaced by a file."""
    if target.is_dir():
        raise InputError(f"{path}: is a folder", path=path)
    try:
        with target.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise InputError(f"{path}: can't write: {error.strerror}", path=path) from None


def _take_over(target: Path, temporary: str) -> None:
    """Give the new file the mode of the old one, and its owner where allowed."""
    new = Path(temporary)
    try:
        old = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
        return
    with suppress(OSError):
        os.chown(new, old.st_uid, old.st_gid)
    new.chmod(old.st_mode & 0o7777)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
