"""Compressed files, told by their names: .gz, .bz2, .xz, .zst."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO, cast

from normalize.extras import require

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
# What a damaged file makes the decompressors raise, besides OSError.
DAMAGED: tuple[type[Exception], ...] = (EOFError, zlib.error, ValueError)


def suffix_of(name: str) -> str:
    """The ending of the name that says how the file is compressed; or nothing."""
    lower = name.lower()
    return next((s for s in SUFFIXES if lower.endswith(s)), "")


def plain_name(name: str) -> str:
    """The name without such an ending."""
    suffix = suffix_of(name)
    return name[: -len(suffix)] if suffix else name


def reader(file: BinaryIO, name: str) -> BinaryIO:
    """What reads the plain bytes of an open file with this name.

    Raises:
        MissingExtraError: .zst, and the extra `zst` is not installed.
    """
    suffix = suffix_of(name)
    if not suffix:
        return file
    if suffix == ".zst":
        return cast("BinaryIO", _ZstReader(file))
    return _OPEN[suffix](file, "rb")


class _ZstReader:
    """Reads one frame after the other; the library's own reader ends without a word
    where a file was cut short.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._make = _zstandard().ZstdDecompressor().decompressobj
        self._frame = self._make()
        self._begun = False
        self._held = b""

    def read(self, size: int) -> bytes:
        """Up to so many bytes; none at the end.

        Raises:
            EOFError: the file ends inside a frame.
        """
        while not self._held:
            data = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._begun = self._make(), False
            data = data or self._file.read(1 << 17)
            if not data:
                if self._begun:
                    raise EOFError("it ends before its end-of-stream marker")
                return b""
            self._begun = True
            self._held = self._frame.decompress(data)
        out, self._held = self._held[:size], self._held[size:]
        return out


def writer(file: BinaryIO, name: str) -> BinaryIO:
    """What takes plain bytes for an open file with this name; close it first."""
    suffix = suffix_of(name)
    if not suffix:
        return file
    if suffix == ".zst":
        made = _zstandard().ZstdCompressor(level=10).stream_writer(file, closefd=False)
        return cast("BinaryIO", made)
    return _OPEN[suffix](file, "wb")


def _gzip(file: BinaryIO, mode: str) -> BinaryIO:
    from gzip import GzipFile

    # No name and no time in it: equal texts give equal files.
    return cast("BinaryIO", GzipFile("", mode, 6, file, mtime=0))


def _bzip2(file: Any, mode: Any) -> BinaryIO:
    from bz2 import BZ2File

    return cast("BinaryIO", BZ2File(file, mode))


def _xz(file: BinaryIO, mode: str) -> BinaryIO:
    from lzma import LZMAFile

    return cast("BinaryIO", LZMAFile(file, mode))


_OPEN: dict[str, Callable[[BinaryIO, str], BinaryIO]] = {
    ".gz": _gzip,
    ".bz2": _bzip2,
    ".xz": _xz,
}


def damages() -> tuple[type[Exception], ...]:
    """The errors that mean a damaged compressed file."""
    from lzma import LZMAError

    found: list[type[Exception]] = [*DAMAGED, LZMAError]
    with suppress(ImportError):
        found.append(import_module("zstandard").ZstdError)
    return tuple(found)


def _zstandard() -> Any:
    return require("zstandard", "zst")
