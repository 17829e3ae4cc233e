"""A file as text, a piece at a time; every byte accounted for."""

from __future__ import annotations

import os
import stat
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from normalize.errors import DecodeError, InputError
from normalize.files import compression, encodings, missing
from normalize.files.encodings import SAMPLE, Encoding
from normalize.files.walk import Found

CHUNK = 1 << 18  # bytes read at once
PURE = 1 << 26  # bytes of ASCII after which a text is taken to be UTF-8


class Reader:
    """An open file: its encoding, and its text in pieces.

    Attributes:
        found: which file.
        encoding: how its text stands in bytes.
        status: what the system knew about the file when it was opened.
        binary: it has zero bytes and no mark of UTF-16, so it is no text.

    Raises:
        InputError: it can't be read.
        DecodeError: its encoding is not clear.
    """

    def __init__(self, found: Found, asked: str) -> None:
        self.found = found
        self._taken = 0
        self._file = _opened(found)
        try:
            missing.refuse_endless(self._file, found.name)
            self.status = os.fstat(self._file.fileno())
            self._plain = compression.reader(self._file, found.path)
            self._head = self._read(SAMPLE)
            if asked == "auto" and self._head.isascii():
                self._head += self._to_first_letter()
            marked = self._head.startswith((b"\xff\xfe", b"\xfe\xff"))
            wide = marked or asked.startswith("utf-16")
            self.binary = b"\0" in self._head and not wide
            skip = self.binary and found.walked
            self.encoding = (
                Encoding("utf-8")
                if skip
                else encodings.of_beginning(self._sample(), asked, found.name)
            )
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """How many bytes the file has; 0 when it is no ordinary file."""
        return self.status.st_size if stat.S_ISREG(self.status.st_mode) else 0

    @property
    def position(self) -> int:
        """How many bytes of the file were read."""
        with suppress(OSError, ValueError):
            return self._file.tell()
        return self._taken  # of a pipe

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        if self._file is not getattr(sys.stdin, "buffer", None):
            with suppress(OSError):
                self._file.close()

    def bytes_of(self) -> bytes:
        """All bytes, for forms that are no text."""
        parts = [self._head]
        while part := self._read(CHUNK):
            parts.append(part)
        return b"".join(parts)

    def chunks(self) -> Iterator[str]:
        """The text, in pieces, without the mark at its start.

        Raises:
            DecodeError: bytes are not in the encoding; says which and where.
            InputError: reading fails in the middle.
        """
        mark = self.encoding.mark
        decoder = getincrementaldecoder(self.encoding.codec)()
        data = self._head[len(mark) :]
        taken, lines = len(mark), 0  # what was decoded before
        while True:
            more = self._read(CHUNK) if len(data) < CHUNK else b""
            data += more
            final = not more and len(data) < CHUNK
            try:
                text = decoder.decode(data, final)
            except UnicodeDecodeError as error:
                held = len(error.object) - len(data)
                raise self._not_in_encoding(error, taken - held, lines) from None
            taken += len(data)
            lines += text.count("\n")
            if text:
                yield text
            if final:
                return
            data = b""

    def _read(self, size: int) -> bytes:
        """Up to so many bytes; fewer at the end only."""
        name = self.found.name
        parts = []
        try:
            while size > 0 and (part := self._plain.read(size)):
                parts.append(part)
                size -= len(part)
                self._taken += len(part)
        except OSError as error:
            if error.errno is None:  # said by a decompressor
                raise self._damaged(error) from None
            raise InputError(f"{name}: {error.strerror}", path=name) from None
        except compression.damages() as error:
            raise self._damaged(error) from None
        return b"".join(parts)

    def _damaged(self, error: Exception) -> InputError:
        name = self.found.name
        suffix = compression.suffix_of(name)
        hint = f"by its name it is compressed ({suffix}): get it again, or rename it"
        return InputError(f"{name}: damaged: {error}", path=name, hint=hint)

    def _to_first_letter(self) -> bytes:
        """More of the file, up to where a byte beyond ASCII has come."""
        parts: list[bytes] = []
        while len(parts) * CHUNK < PURE:
            part = self._read(CHUNK)
            parts.append(part)
            if not part or not part.isascii():
                break
        return b"".join(parts)

    def _sample(self) -> bytes:
        """What is looked at to find the encoding out."""
        head = self._head
        if len(head) <= SAMPLE:
            return head
        if head[:SAMPLE].isascii():
            first = next((i for i, byte in enumerate(head) if byte > 127), 0)
            start = max(0, first - 64)
            return head[start : start + SAMPLE]
        return head[:SAMPLE]

    def _not_in_encoding(
        self, error: UnicodeDecodeError, before: int, lines: int
    ) -> DecodeError:
        name, encoding = self.found.name, self.encoding
        data = bytes(error.object)
        offset = before + error.start
        if encoding.codec.startswith("utf-16"):
            ahead = data[: error.start].decode(encoding.codec, "replace").count("\n")
        else:
            ahead = data.count(b"\n", 0, error.start)
        return DecodeError(
            f"{name}:{lines + ahead + 1}: byte 0x{data[error.start]:02X} "
            f"at offset {offset} is not {encoding.name}",
            path=name,
            offset=offset,
            hint=_advice(data if offset == 0 else b"", encoding),
        )


def _advice(beginning: bytes, encoding: Encoding) -> str:
    if encoding.codec != "utf-8":
        return "another --encoding, or --encoding auto to find it out"
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "--encoding utf-16 reads it"
    return "--encoding auto finds its encoding out; or say it, such as cp1251"


def _opened(found: Found) -> BinaryIO:
    name = found.name
    if found.path == "-":
        if sys.stdin is None:
            raise InputError(f"{name}: is closed", path=name)
        return sys.stdin.buffer
    try:
        return open(found.path, "rb")  # noqa: PTH123 - closed by the reader
    except OSError as error:
        raise missing.unopened(found.path, name, error, missing.TEXTS) from None
