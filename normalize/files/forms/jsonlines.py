"""JSON Lines: one value of every object, by its path; all else byte for byte.

JSON as RFC 8259 (2017) has it, one value a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from normalize.errors import InputError
from normalize.files.forms.beside import NOTHING, Beside, edits_as_json
from normalize.files.values import Builder, Splice, Value
from normalize.files.work import Made, Part

_SPACE = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|.)"
)
_LONE = re.compile("[\ud800-\udfff]")
# The scanner of the standard library: what stands at an offset, and where it ends.
_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]


class _NotJsonError(ValueError):
    """What stands at an offset can't stand there in JSON."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class _Text(NamedTuple):
    """A string that was found: its span with the quotation marks, its object."""

    start: int
    end: int
    keys: tuple[str, ...] = ()
    last: int = -1  # where the last member of its object ends
    first: int = -1  # where the first one begins


@dataclass(frozen=True)
class JsonLines:
    """Fields of the objects; a path has dots: `article.title`, `items.text`.

    Of an array on the way every item is taken.
    """

    fields: tuple[str, ...]
    beside: Beside = NOTHING
    name: str = ""
    whole: bool = False
    marks: bool = False
    flat: bool = False

    @classmethod
    def of_rows(cls, columns: tuple[str, ...], beside: Beside) -> JsonLines:
        """For rows of a table, whose names are no paths."""
        return cls(columns, beside, flat=True)

    @cached_property
    def _paths(self) -> tuple[tuple[str, ...], ...]:
        if self.flat:
            return tuple((name,) for name in self.fields)
        return tuple(tuple(name.split(".")) for name in self.fields)

    def opened(self, name: str, head: str) -> JsonLines:
        """The same for a file with this name."""
        del head
        return replace(self, name=name)

    def cut(self, held: str) -> int:
        """Behind the last line."""
        return held.rfind("\n") + 1

    def values(self, part: Part) -> Sequence[Value]:
        """The texts at the paths, in the order in which they stand.

        Raises:
            InputError: a line is not JSON, or nested too deep to be read.
        """
        found: list[Value] = []
        at, line = 0, part.line
        text = part.text
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if text[at:end].strip():
                try:
                    texts = self._line(text, at, end)
                except (ValueError, StopIteration) as error:
                    raise self._not_json(error, at, line) from None
                except RecursionError:
                    said = f"{self.name}:{line}: nested too deep to be read"
                    raise InputError(said, path=self.name) from None
                found += [self._value(text, one, line) for one in texts]
            at, line = end + 1, line + 1
        return found

    def _not_json(self, error: Exception, at: int, line: int) -> InputError:
        said, where = "not JSON", at
        if isinstance(error, json.JSONDecodeError):
            said, where = f"not JSON: {error.msg}", error.pos
        elif isinstance(error, _NotJsonError):
            where = error.at
        elif isinstance(error, StopIteration):
            where = int(error.value)
        return InputError(
            f"{self.name}:{line}:{max(0, where - at) + 1}: {said}", path=self.name
        )

    def _line(self, text: str, at: int, end: int) -> list[_Text]:
        at = _skip(text, at)
        found: list[_Text] = []
        stop = _read(text, at, self._paths, found)
        if _skip(text, stop) < end:
            raise _NotJsonError(_skip(text, stop))
        return sorted(set(found))

    def _value(self, text: str, one: _Text, line: int) -> Value:
        builder = Builder(text)
        last = one.start + 1
        for match in _ESCAPE.finditer(text, last, one.end - 1):
            builder.literal(last, match.start())
            builder.other(*match.span(), json.loads(f'"{match.group()}"'))
            last = match.end()
        builder.literal(last, one.end - 1)
        raw = text[one.start : one.end]
        if self.beside.names:
            if one.last < 0:
                said = "stands in an array: nothing can be put beside it"
                raise InputError(f"{self.name}:{line}: the field {said}")
            for name in self.beside.names:
                if name in one.keys:
                    said = f"there is a field {name!r} already"
                    raise InputError(f"{self.name}:{line}: {said}", path=self.name)
        ascii_only = raw.isascii() and "\\u" in raw
        return Value(
            "".join(builder.text),
            tuple(builder.pieces) or builder.empty(one.end - 1),
            partial(_written, ascii_only),
            place=one.last,
            start=one.first,
        )

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """The new fields at the end of each object."""
        if not self.beside.names:
            return None
        from normalize.files.values import in_file

        out: list[Splice] = []
        for one in made:
            value = one.value
            comma, colon = _style(part.text, value.start, value.place)
            new: list[tuple[str, str]] = []
            if self.beside.into:
                new.append((self.beside.into, f'"{value.write(one.text)}"'))
            else:
                out += in_file(value, one.edits)[1]
            if self.beside.edits_into:
                new.append((self.beside.edits_into, edits_as_json(one)))
            text = "".join(f"{comma}{json.dumps(n)}{colon}{v}" for n, v in new)
            out.append((value.place, value.place, text))
        return sorted(out, key=lambda splice: splice[:2])


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _read(
    text: str,
    at: int,
    paths: Sequence[tuple[str, ...]],
    found: list[_Text],
) -> int:
    """Note the strings at the paths below a value; gives where the value ends."""
    char = text[at : at + 1]
    if char == "{" and paths:
        return _read_object(text, at, paths, found)
    if char == "[" and paths:
        return _read_array(text, at, paths, found)
    if char == '"' and any(not path for path in paths):
        end: int = scanstring(text, at + 1)[1]
        found.append(_Text(at, end))
        return end
    stop: int = _scan(text, at)[1]
    return stop


def _read_object(
    text: str, at: int, paths: Sequence[tuple[str, ...]], found: list[_Text]
) -> int:
    at = _skip(text, at + 1)
    first, last = at, at
    mine: list[_Text] = []
    names: list[str] = []
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise _NotJsonError(at)
        name, at = scanstring(text, at + 1)
        names.append(name)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise _NotJsonError(at)
        at = _skip(text, at + 1)
        below = [path[1:] for path in paths if path and path[0] == name]
        direct = text[at : at + 1] == '"'
        last = _read(text, at, below, mine if direct else found)
        at = _skip(text, last)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "}":
                raise _NotJsonError(at)
        elif text[at : at + 1] != "}":
            raise _NotJsonError(at)
    keys = tuple(names)
    found += [one._replace(keys=keys, last=last, first=first) for one in mine]
    return at + 1


def _read_array(
    text: str, at: int, paths: Sequence[tuple[str, ...]], found: list[_Text]
) -> int:
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        at = _skip(text, _read(text, at, paths, found))
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "]":
                raise _NotJsonError(at)
        elif text[at : at + 1] != "]":
            raise _NotJsonError(at)
    return at + 1


def _style(text: str, first: int, last: int) -> tuple[str, str]:
    """The comma and the colon as the object has them, spaces included."""
    _, end = scanstring(text, first + 1)
    value = _skip(text, _skip(text, end) + 1)
    colon = text[end:value]
    stop: int = _scan(text, value)[1]
    comma = ", " if colon.endswith(" ") else ","
    if stop < last:
        comma = text[stop : _skip(text, _skip(text, stop) + 1)]
    return comma, colon


def _written(ascii_only: bool, text: str) -> str:
    """The text as it stands between the quotation marks of JSON."""
    dumped = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    return _LONE.sub(lambda lone: f"\\u{ord(lone.group()):04x}", dumped)
