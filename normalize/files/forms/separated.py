"""Tables in text, CSV (RFC 4180, 2005) and TSV (IANA, 1993): some of their columns.

Only the cells of those columns change, and of them only what the rules change: quoting,
spaces, line ends and all other cells stay byte for byte. TSV has no quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from normalize.errors import InputError, suggestion
from normalize.files.forms.beside import NOTHING, Beside, edits_as_json
from normalize.files.values import Builder, Splice, Value
from normalize.files.work import Made, Part

LONGEST = 1 << 26  # code points of a row; more means a quotation mark is not closed


@dataclass(frozen=True)
class Separated:
    """Columns of a table whose first row names them.

    `at` are their places, once the first row was read (`opened`).
    """

    columns: tuple[str, ...]
    delimiter: str = ","
    beside: Beside = NOTHING
    name: str = ""
    at: tuple[int, ...] = ()
    whole: bool = False
    marks: bool = False

    @property
    def quoted(self) -> bool:
        """Whether cells may be quoted."""
        return self.delimiter != "\t"

    @cached_property
    def _rows(self) -> _Patterns:
        return _patterns(self.delimiter, self.quoted)

    def opened(self, name: str, head: str) -> Separated:
        """The same, with the places of the columns in a file that begins so.

        Raises:
            InputError: a column is not there, or a new one is.
        """
        first = next(self._cells(Part(head, 0, 1), only_first=True, name=name), None)
        cells = [] if first is None else [self._cell(head, *c) for c in first[1]]
        names = [cell.text for cell in cells]
        for column in self.columns:
            if names.count(column) != 1:
                raise InputError(
                    f"{name}: "
                    + ("more than one" if column in names else "no")
                    + f" column {column!r}",
                    path=name,
                    hint=self._advice(column, names),
                )
        for column in self.beside.names:
            if column in names:
                raise InputError(
                    f"{name}: there is a column {column!r} already", path=name
                )
        # In the order of the file, whatever the order in which they were named, and
        # once each: edits are put in from left to right.
        places = sorted({names.index(column) for column in self.columns})
        return replace(self, name=name, at=tuple(places))

    def _advice(self, column: str, names: Sequence[str]) -> str | None:
        if column in names:
            return "name its columns apart first"
        for other in ";\t|":
            if len(names) == 1 and other in names[0] and other != self.delimiter:
                shown = {"\t": "--tsv-column"}.get(other, f"--delimiter '{other}'")
                return f"is it {shown}?"
        return suggestion(column, names)

    def cut(self, held: str) -> int:
        """Behind the last row that is whole."""
        if not self.quoted or '"' not in held:
            return held.rfind("\n") + 1
        end = 0
        for match in self._rows.row.finditer(held):
            if match.start() != end or not match["end"]:
                break
            if match["end"] == "\r" and match.end() == len(held):
                break
            end = match.end()
        if not end and len(held) > LONGEST:
            raise InputError(f"{self.name}: a quotation mark is never closed")
        return end

    def values(self, part: Part) -> Sequence[Value]:
        """The cells of the columns, row by row, but for the first row."""
        return [
            replace(self._cell(part.text, *cells[at]), place=end)
            for end, cells in self._body(part)
            for at in self.at
            if at < len(cells)
        ]

    def _body(self, part: Part) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        rows = self._cells(part, name=self.name)
        if part.start == 0:
            next(rows, None)
        return rows

    def _cells(
        self, part: Part, *, only_first: bool = False, name: str
    ) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Of each row its end, before the line end, and the spans of its cells."""
        text = part.text
        at = 0
        most = max(self.at, default=0)
        while at < len(text):
            row = self._rows.row.match(text, at)
            if row is None:
                line = part.line + text.count("\n", 0, at)
                raise InputError(
                    f"{name}:{line}: this row can't be read",
                    path=name,
                    hint="a quotation mark in a quoted cell is doubled, and one "
                    "that opens a cell is closed",
                )
            stop = row.end() - len(row["end"])
            if stop > at:
                cells = self._spans(text, at, stop)
                if self.beside.names and len(cells) <= most and not only_first:
                    line = part.line + text.count("\n", 0, at)
                    raise InputError(
                        f"{name}:{line}: this row has {len(cells)} cells only",
                        path=name,
                    )
                yield stop, cells
            at = row.end()

    def _spans(self, text: str, start: int, stop: int) -> list[tuple[int, int]]:
        """The cells of a row."""
        cells = []
        while match := self._rows.cell.match(text, start, stop):
            cells.append(match.span())
            if match.end() >= stop:
                break
            start = match.end() + 1
        return cells

    def _cell(self, text: str, start: int, end: int) -> Value:
        builder = Builder(text)
        if not (self.quoted and text.startswith('"', start) and start < end):
            builder.literal(start, end)
            if not self.quoted:
                return builder.value(partial(_plain, self.name))
            mend = partial(_quote_around, text, start, end, self._rows.special)
            return replace(builder.value(), wrap=mend)
        last = start + 1
        for match in re.finditer('""', text[last : end - 1]):
            builder.literal(last, start + 1 + match.start())
            last = start + 1 + match.end()
            builder.other(last - 2, last, '"')
        builder.literal(last, end - 1)
        return builder.value(_doubled)

    def finish(self, part: Part, made: Sequence[Made]) -> list[Splice] | None:
        """The new cells at the end of each row."""
        if not self.beside.names:
            return None
        out: list[Splice] = []
        if part.start == 0:
            end = next(self._cells(part, name=self.name), (0, []))[0]
            heads = "".join(self.delimiter + self._new(n) for n in self.beside.names)
            out.append((end, end, heads))
        for one in made:
            value = one.value
            cells = []
            if self.beside.into:
                cells.append(self._new(one.text, quote=value.write is _doubled))
            if self.beside.edits_into:
                cells.append(self._new(edits_as_json(one)))
            new = "".join(self.delimiter + cell for cell in cells)
            if not self.beside.into:
                out += self._in_place(one)
            out.append((value.place, value.place, new))
        return out

    def _in_place(self, one: Made) -> list[Splice]:
        from normalize.files.values import in_file

        return in_file(one.value, one.edits)[1]

    def _new(self, text: str, *, quote: bool = False) -> str:
        if not self.quoted:
            return _plain(self.name, text)
        if quote or self._rows.special.search(text):
            return f'"{_doubled(text)}"'
        return text


@dataclass(frozen=True)
class _Patterns:
    row: re.Pattern[str]
    cell: re.Pattern[str]
    special: re.Pattern[str]  # what a cell without quotation can't hold


@lru_cache
def _patterns(delimiter: str, quoted: bool) -> _Patterns:
    mark = re.escape(delimiter)
    plain = rf"[^{mark}\r\n]*+"
    cell = plain
    if quoted:
        cell = rf'(?:"(?:[^"]|"")*+"|(?!"){plain})'
    row = rf"{cell}(?:{mark}{cell})*+(?P<end>\r\n|\n|\r|\Z)"
    return _Patterns(
        re.compile(row),
        re.compile(cell),
        re.compile(rf'[{mark}\r\n"]|^\s|\s\Z'),
    )


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _plain(name: str, text: str) -> str:
    """A cell of TSV.

    Raises:
        InputError: it would need a tab or a line end.
    """
    if "\t" in text or "\n" in text or "\r" in text:
        raise InputError(f"{name}: TSV can't hold the cell {text!r}", path=name)
    return text


def _quote_around(
    text: str, start: int, end: int, special: re.Pattern[str], edits: Sequence[Splice]
) -> Sequence[Splice]:
    """The edits of a cell without quotation, which gets it if it needs it now."""
    if not any(special.search(after) for _, _, after in edits):
        return edits
    out: list[Splice] = [(start, start, '"')]
    at = start
    for low, high, after in edits:
        out += [
            (at + m.start(), at + m.end(), '""') for m in re.finditer('"', text[at:low])
        ]
        out.append((low, high, _doubled(after)))
        at = high
    out += [
        (at + m.start(), at + m.end(), '""') for m in re.finditer('"', text[at:end])
    ]
    return [*out, (end, end, '"')]
