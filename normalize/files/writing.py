"""Writing so that a file holds the old or the new, whole, whatever happens."""

from __future__ import annotations

import os
import secrets
import sys
from codecs import getincrementalencoder
from contextlib import suppress
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from normalize.errors import InputError
from normalize.files import compression
from normalize.files.encodings import Encoding
from normalize.source.places import is_folder

HELD = 1 << 22  # bytes that wait in memory before a file is begun
SPOOLED = 1 << 25  # the same for what must be whole before standard output gets it


class Sink(Protocol):
    """Where the bytes of one text go."""

    def write(self, data: bytes) -> None:
        """Take more of the text."""

    def commit(self) -> None:
        """The text is whole: put it in its place."""

    def discard(self) -> None:
        """Something went wrong: leave all as it was."""


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


class Nowhere:
    """Takes a text that nobody wants."""

    def write(self, data: bytes) -> None:
        """Nothing."""

    def commit(self) -> None:
        """Nothing."""

    def discard(self) -> None:
        """Nothing."""


class ToOutput:
    """Standard output; with `whole` it gets a text at its end or not at all."""

    def __init__(self, whole: bool) -> None:
        self._held: IO[bytes] | None = None
        if whole:
            import tempfile  # long to import, and most texts are not held back

            self._held = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115

    def write(self, data: bytes) -> None:
        """Take more of the text."""
        if self._held is None:
            put(data)
        else:
            self._held.write(data)

    def commit(self) -> None:
        """Hand on what was held back."""
        if self._held is not None:
            self._held.seek(0)
            while data := self._held.read(1 << 20):
                put(data)
            self._held.close()

    def discard(self) -> None:
        """Drop what was held back."""
        if self._held is not None:
            self._held.close()


class ToFile:
    """A new file beside the old one, brought to disk and moved into its place.

    Mode bits are kept, and the owner where allowed; a symbolic link stays one.
    Devices and pipes are written into. Compressed by the name.

    Args:
        path: the file.
        like: what the system says about a file whose mode and times to take.
        times: also take its times.
        unchanged: a file that was read, and what it was like; it must still be so.

    Raises:
        InputError: (by each method) the folder or the disk does not take it;
            nothing has changed.
    """

    def __init__(
        self,
        path: str,
        *,
        like: os.stat_result | None = None,
        times: bool = False,
        unchanged: tuple[str, os.stat_result] | None = None,
    ) -> None:
        self.path = path
        self._target = Path(os.path.realpath(path))
        self._like, self._times, self._unchanged = like, times, unchanged
        self._held: list[bytes] = []
        self._size = 0
        self._temporary: str | None = None
        self._file: BinaryIO | None = None
        self._writer: BinaryIO | None = None
        if self._target.is_dir():
            raise InputError(f"{path}: is a folder", path=path)
        self._through = self._target.exists() and not self._target.is_file()
        if self._target.exists() and not os.access(self._target, os.W_OK):
            # Another file in its place would be changing it all the same.
            hint = "it is read-only: make it writable, or -o writes elsewhere"
            said = f"{path}: can't write: Permission denied"
            raise InputError(said, path=path, hint=hint)

    def write(self, data: bytes) -> None:
        """Take more of the text."""
        if self._writer is None:
            self._held.append(data)
            self._size += len(data)
            if self._size <= HELD:
                return
            data = self._begin()
        self._guarded(data)

    def commit(self) -> None:
        """Bring it to disk and into its place."""
        if self._writer is None:
            self._guarded(self._begin())
        try:
            self._finish()
            if self._temporary is not None:
                self._check_unchanged()
                _take_over(self._target, self._temporary, self._like, self._times)
                os.replace(self._temporary, self._target)  # noqa: PTH105
                self._temporary = None
                _sync_folder(self._target.parent)
        except OSError as error:
            raise self._failed(error) from None
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave all as it was; may be called twice."""
        for file in (self._writer, self._file):
            if file is not None:
                with suppress(OSError, ValueError):
                    file.close()
        self._writer = self._file = None
        self._held.clear()
        if self._temporary is not None:
            with suppress(OSError):
                os.unlink(self._temporary)  # noqa: PTH108
            self._temporary = None

    def _begin(self) -> bytes:
        """Open the file; gives what was held back for it."""
        target = self._target
        try:
            if self._through:
                self._file = target.open("wb")
            else:
                name = f".{target.name[:60]}.{secrets.token_hex(8)}.new"
                # Known before it is there, so that no interruption leaves it behind.
                self._temporary = str(target.parent / name)
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                handle = os.open(self._temporary, flags, 0o600)
                self._file = os.fdopen(handle, "wb")
        except OSError as error:
            raise self._failed(error) from None
        self._writer = compression.writer(self._file, self.path)
        data = b"".join(self._held)
        self._held.clear()
        return data

    def _guarded(self, data: bytes) -> None:
        try:
            if self._writer is not None:
                self._writer.write(data)
        except OSError as error:
            self.discard()
            raise self._failed(error) from None

    def _finish(self) -> None:
        if self._writer is None or self._file is None:
            return
        if self._writer is not self._file:
            self._writer.close()
        self._file.flush()
        if not self._through:
            os.fsync(self._file.fileno())
        self._file.close()

    def _check_unchanged(self) -> None:
        if self._unchanged is None:
            return
        path, was = self._unchanged
        if _state(Path(path).stat()) != _state(was):
            raise InputError(
                f"{path}: changed while it was being processed; nothing was written",
                path=path,
                hint="run again",
            )

    def _failed(self, error: OSError) -> InputError:
        said = error.strerror or str(error)
        folder = self._target.parent
        gone = isinstance(error, FileNotFoundError) and not is_folder(folder)
        hint = f"there is no folder {str(Path(self.path).parent)!r}" if gone else None
        message = f"{self.path}: can't write: {said}"
        return InputError(message, path=self.path, hint=hint)


def _state(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _take_over(
    target: Path, temporary: str, like: os.stat_result | None, times: bool
) -> None:
    """Give the new file the mode of the old one, and its owner where allowed."""
    new = Path(temporary)
    old = like
    with suppress(FileNotFoundError):
        old = target.stat()
    if old is None:
        mask = os.umask(0)
        os.umask(mask)
        new.chmod(0o666 & ~mask)
        return
    with suppress(OSError):
        os.chown(new, old.st_uid, old.st_gid)
    new.chmod(old.st_mode & 0o7777)
    if times and like is not None:
        os.utime(new, ns=(like.st_atime_ns, like.st_mtime_ns))
    if target.exists():
        # Attributes of the file system, such as access lists, where there are any.
        with suppress(OSError, AttributeError):
            for name in os.listxattr(target):
                os.setxattr(new, name, os.getxattr(target, name))


def _sync_folder(folder: Path) -> None:
    """Bring the new name to disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(path: str, data: bytes) -> None:
    """Put `data` into a file so that it holds either the old or the new, whole.

    Raises:
        InputError: the folder or the disk does not take it; nothing changed.
    """
    sink = ToFile(path)
    sink.write(data)
    sink.commit()


class Encoder:
    """Text to bytes for a sink, with the mark at the start."""

    def __init__(self, encoding: Encoding, sink: Sink) -> None:
        self._encode = getincrementalencoder(encoding.codec)().encode
        self._mark = encoding.mark
        self._sink = sink

    def write(self, text: str) -> None:
        """Take more of the text.

        Raises:
            UnicodeEncodeError: the encoding has no place for a character.
        """
        data = self._mark + self._encode(text)
        self._mark = b""
        if data:
            self._sink.write(data)

    def commit(self) -> None:
        """The text is whole."""
        if self._mark:
            self._sink.write(self._mark)
        self._sink.commit()

    def discard(self) -> None:
        """Leave all as it was."""
        self._sink.discard()
