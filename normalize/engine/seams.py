"""Where a text in bytes has what few have: rare characters, letters of a second script.

Thousands of strings that are looked for hold one of these, such as a Latin letter
beside a Cyrillic one. They are looked for around such places, of which there are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.engine.narrow import CYRILLIC

# Of so many code points at most one may be such a place.
RARE = 30
_LOWER = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
_LETTERS = (_LOWER + _LOWER.upper()).encode(CYRILLIC)
_MARKS = "\N{NO-BREAK SPACE}«»“”„‘’\N{EN DASH}\N{EM DASH}…№€".encode(CYRILLIC)
_ASCII = bytes(range(128))
_LATIN = frozenset(filter(bytes.isalpha, map(bytes, zip(_ASCII, strict=True))))
# By code, what makes up most texts; of another code nothing is rare.
_COMMON = {CYRILLIC: _ASCII + _LETTERS + _MARKS}
# Of the same length, with a letter for all of a script.
_SCRIPTS = bytes(
    ord("L") if bytes([b]) in _LATIN else ord("C") if b in _LETTERS else 0
    for b in range(256)
)


def rare_ones(forms: Sequence[bytes | None], code: str) -> list[int]:
    """The numbers of strings, in bytes, that stand at `rare_places` only."""
    common = _COMMON.get(code)
    if common is None:
        return []
    return [n for n, form in enumerate(forms) if form and _is_rare(form, common)]


def _is_rare(form: bytes, common: bytes) -> bool:
    scripts = form.translate(_SCRIPTS)
    mixed = b"L" in scripts and b"C" in scripts
    return mixed or bool(form.translate(None, common))


def rare_places(data: bytes, code: str) -> list[int] | None:
    """The places of rare characters and Latin letters; None: there are many."""
    common = _COMMON.get(code)
    if common is None:
        return []
    most = len(data) // RARE
    rare = data.translate(None, common)
    scripts = data.translate(_SCRIPTS)
    if len(rare) + scripts.count(b"L") > most:
        return None
    places = [at for byte in set(rare) for at in _found(data, byte)]
    return sorted([*places, *_found(scripts, ord("L"))])


def _found(data: bytes, byte: int) -> Iterator[int]:
    """The places of a byte, which is faster than any expression where it is rare."""
    at = data.find(byte)
    while at >= 0:
        yield at
        at = data.find(byte, at + 1)
