"""Encodings: named by the user, told by a mark at the start, or found out."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalize.errors import DecodeError, OptionError, suggestion

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

# What --encoding takes, besides auto. The Cyrillic ones are those that text of
# Ukraine and Russia was kept in: Windows, KOI8, DOS, ISO.
BYTES = ("cp1251", "koi8-u", "koi8-r", "cp866", "iso-8859-5", "cp1252")
KNOWN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *BYTES)
_ALIASES = {
    "utf8": "utf-8", "windows-1251": "cp1251", "win1251": "cp1251", "1251": "cp1251",
    "koi8u": "koi8-u", "koi8r": "koi8-r", "ibm866": "cp866", "866": "cp866",
    "iso8859-5": "iso-8859-5", "windows-1252": "cp1252", "utf16": "utf-16",
    "latin1": "cp1252",
}  # fmt: skip
_MARKS = {
    BOM_UTF8: "utf-8",
    BOM_UTF16_LE: "utf-16-le",
    BOM_UTF16_BE: "utf-16-be",
}
SAMPLE = 1 << 18  # bytes that are looked at to find an encoding out


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text stands in bytes.

    Attributes:
        codec: Python's name of the encoding, which knows nothing of marks.
        mark: the byte order mark at the start, or nothing.
        confidence: 0 to 1; under 1 when it was found out from the letters.
    """

    codec: str
    mark: bytes = b""
    confidence: float = 1.0

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.codec.upper().replace("-LE", "").replace("-BE", "")

    @property
    def wide(self) -> bool:
        """Whether it holds every character."""
        return self.codec.startswith("utf-")


def checked(name: str, option: str, *, auto: bool = False) -> str:
    """The name as this module knows it.

    Raises:
        OptionError: there is no such encoding.
    """
    plain = name.lower().replace("_", "-")
    plain = _ALIASES.get(plain, plain)
    if plain in KNOWN or (auto and plain == "auto"):
        return plain
    known = [*KNOWN, "auto"] if auto else KNOWN
    raise OptionError(f"{option} can't be {name!r}", hint=suggestion(plain, known))


def of_beginning(head: bytes, asked: str, name: str) -> Encoding:
    """The encoding of a text that begins with these bytes.

    A mark at the start decides; it must fit what was asked for.

    Raises:
        DecodeError: `auto` was asked for, and no encoding is sure enough; or
            UTF-16 without a mark, which may be of two kinds.
    """
    for mark, codec in _MARKS.items():
        if head.startswith(mark):
            if asked == "auto" or codec.startswith(asked.removesuffix("-sig")):
                return Encoding(codec, mark)
            break
    if asked == "auto":
        return _found_out(head, name)
    if asked == "utf-16":
        raise DecodeError(
            f"{name}: UTF-16 without a byte order mark",
            path=name,
            offset=0,
            hint="--encoding utf-16-le or utf-16-be says which",
        )
    return Encoding(asked.removesuffix("-sig"))


def for_output(asked: str, source: Encoding) -> Encoding:
    """The encoding to write: as asked for, or that of the source."""
    if not asked:
        return source
    if asked == "utf-8-sig":
        return Encoding("utf-8", BOM_UTF8)
    if asked == "utf-16":
        return Encoding("utf-16-le", BOM_UTF16_LE)
    return Encoding(asked)


def _found_out(head: bytes, name: str) -> Encoding:
    if b"\0" in head:
        raise DecodeError(
            f"{name}: has zero bytes, so it is no text, or UTF-16 without a mark",
            path=name,
            offset=head.index(b"\0"),
            hint="--encoding utf-16-le or utf-16-be if it is text",
        )
    if _is_utf_8(head):
        return Encoding("utf-8")
    return _by_letters(head, name)


def _is_utf_8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A letter may be cut at the end of the sample.
        return len(head) == SAMPLE and error.start > len(head) - 4
    return True


# Letters of two alphabets in one word, characters that draw frames, and controls:
# nobody writes them, so an encoding that reads them is not the one.
_NONSENSE = re.compile(
    r"[a-zA-Z][\u0400-\u052F]|[\u0400-\u052F][a-zA-Z]|[\u2500-\u259F\x80-\x9F]"
)
MARGIN = 0.08  # by how much the best must be better than another reading
ENOUGH = 0.2  # how much of a language's usual letters must be there


def _by_letters(head: bytes, name: str) -> Encoding:
    """What charset-normalizer says, when it says it clearly."""
    from charset_normalizer import from_bytes

    codecs = [codec.replace("iso-", "iso").replace("-", "_") for codec in BYTES]
    found = list(from_bytes(head, cp_isolation=codecs))
    odd = {m.encoding: len(_NONSENSE.findall(str(m))) for m in found}
    least = min(odd.values(), default=0)
    likely = [m for m in found if odd[m.encoding] <= least]
    likely.sort(key=_score, reverse=True)
    if likely:
        best = likely[0]
        other = [m for m in likely[1:] if str(m) != str(best)]
        # The usual letters of English tell nothing about what is not ASCII.
        telling = best.coherence >= ENOUGH and _is_cyrillic(str(best))
        sure = telling and all(_score(best) - _score(m) >= MARGIN for m in other)
        if sure or (not other and not least):
            shown = min(1.0, max(best.coherence, 0.5 * (not other)) * (1 - best.chaos))
            return Encoding(_ours(best.encoding), confidence=round(shown, 2))
    names = ", ".join(f"{_ours(m.encoding)} {_score(m):.2f}" for m in likely[:3])
    raise DecodeError(
        f"{name}: its encoding is not clear" + (f" ({names})" if names else ""),
        path=name,
        offset=0,
        hint="say it with --encoding",
    )


def _is_cyrillic(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c > "\u0400" for c in letters) > len(letters)


def _score(match: CharsetMatch) -> float:
    return match.coherence - match.chaos


def _ours(codec: str) -> str:
    plain = codec.replace("_", "-")
    return {"iso8859-5": "iso-8859-5"}.get(plain, plain)
