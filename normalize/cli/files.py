"""Reading and writing files without losing a byte that was not meant to change."""

from __future__ import annotations

import sys
from dataclasses import dataclass

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
        InputError: no such file, a folder, a device without an end, not readable.
        DecodeError: not UTF-8; says which byte and where.
    """
    name = stdin_name if path == "-" else path
    if path == "-" and sys.stdin is None:
        raise InputError(f"{name}: is closed", path=name)
    data = _bytes_of(path, name)
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


def _bytes_of(path: str, name: str) -> bytes:
    from normalize.files import missing

    try:
        if path == "-":
            missing.refuse_endless(sys.stdin.buffer, name)
            return sys.stdin.buffer.read()
        return missing.bytes_of(path)
    except IsADirectoryError:
        raise InputError(
            f"{name}: is a folder",
            path=name,
            hint=f"name its files: {name.rstrip('/')}/*.txt",
        ) from None
    except OSError as error:
        raise missing.unopened(path, name, error, missing.TEXT) from None


def _guess(data: bytes) -> str:
    """The encoding that a file with such a beginning most often has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "cp1251"
