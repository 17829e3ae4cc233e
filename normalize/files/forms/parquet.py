"""Parquet, by pyarrow: some columns of text; all other values stay as they are.

The rows of a file pass through as lines of JSON that hold those columns alone, and
come back into row groups of the same size, with the schema and the compression that
the file has. Needs the extra `arrow`.
"""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Iterator, Sequence
from typing import Any

from normalize.errors import InputError, suggestion
from normalize.extras import require
from normalize.files.encodings import Encoding
from normalize.files.reading import Reader
from normalize.files.walk import Found
from normalize.files.writing import Sink

ROWS = 4096  # rows that pass through at once


class ParquetReader(Reader):
    """An open Parquet file, read as lines of JSON.

    Raises:
        InputError: it can't be read, or a column is not there or holds no text.
        MissingExtraError: pyarrow is not installed.
    """

    def __init__(self, found: Found, columns: Sequence[str]) -> None:
        super().__init__(found, "cp1252")  # bytes of any kind
        self.encoding, self.binary = Encoding("utf-8"), False
        self.columns = tuple(columns)
        arrow = require("pyarrow", "arrow")
        parquet = require("pyarrow.parquet", "arrow")
        name = found.name
        regular = stat.S_ISREG(self.status.st_mode)
        source = self._file if regular else io.BytesIO(self.bytes_of())
        source.seek(0)
        try:
            self.table = parquet.ParquetFile(source)
        except (arrow.ArrowInvalid, OSError) as error:
            said = str(error).partition("\n")[0]
            raise InputError(f"{name}: is no Parquet: {said}", path=name) from None
        self.schema = self.table.schema_arrow
        for column in columns:
            self._check(arrow, column)

    def _check(self, arrow: Any, column: str) -> None:
        name = self.found.name
        if column not in self.schema.names:
            hint = suggestion(column, self.schema.names)
            raise InputError(f"{name}: no column {column!r}", path=name, hint=hint)
        type_ = self.schema.field(column).type
        if arrow.types.is_dictionary(type_):
            type_ = type_.value_type
        if not (arrow.types.is_string(type_) or arrow.types.is_large_string(type_)):
            raise InputError(f"{name}: the column {column!r} holds {type_}, no text")

    def chunks(self) -> Iterator[str]:
        """The rows of the columns, a line of JSON each."""
        columns = list(self.columns)
        for group in range(self.table.num_row_groups):
            table = self.table.read_row_group(group, columns=columns)
            for batch in table.to_batches(ROWS):
                rows = batch.to_pylist()
                yield "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)


class ParquetSink:
    """Takes the lines of JSON back, and writes the file with their values."""

    def __init__(self, reader: ParquetReader, sink: Sink, names: Sequence[str]) -> None:
        self._reader, self._sink, self._names = reader, sink, tuple(names)
        self._rows: list[dict[str, Any]] = []
        self._held = b""
        self._group = 0
        self._writer: Any = None

    def write(self, data: bytes) -> None:
        """Take more lines."""
        *lines, self._held = (self._held + data).split(b"\n")
        self._rows += [json.loads(line) for line in lines]
        meta = self._reader.table.metadata
        while self._group < meta.num_row_groups:
            count = meta.row_group(self._group).num_rows
            if len(self._rows) < count:
                break
            self._write_group(self._rows[:count])
            del self._rows[:count]

    def _write_group(self, rows: Sequence[dict[str, Any]]) -> None:
        arrow = require("pyarrow", "arrow")
        table = self._reader.table.read_row_group(self._group)
        self._group += 1
        for column in (*self._reader.columns, *self._names):
            if column in table.schema.names:
                field = table.schema.field(column)
            else:
                field = arrow.field(column, arrow.string())
            values = [_text(row.get(column)) for row in rows]
            made = arrow.array(values, _plain(arrow, field.type)).cast(field.type)
            if column in table.schema.names:
                place = table.schema.get_field_index(column)
                table = table.set_column(place, field, made)
            else:
                table = table.append_column(field, made)
        if self._writer is None:
            self._writer = self._open(table.schema)
        self._writer.write_table(table, row_group_size=max(1, len(rows)))

    def _open(self, schema: Any) -> Any:
        parquet = require("pyarrow.parquet", "arrow")
        meta = self._reader.table.metadata
        compression: dict[str, str] | str = "snappy"
        if meta.num_row_groups:
            group = meta.row_group(0)
            found = [group.column(i) for i in range(group.num_columns)]
            compression = {c.path_in_schema: _codec(c) for c in found}
            compression |= dict.fromkeys(self._names, _codec(found[0]))
        return parquet.ParquetWriter(_Out(self._sink), schema, compression=compression)

    def commit(self) -> None:
        """Write the end of the file."""
        if self._writer is None:
            self._writer = self._open(self._reader.schema)
        self._writer.close()
        self._sink.commit()

    def discard(self) -> None:
        """Leave all as it was."""
        self._sink.discard()


class _Out(io.RawIOBase):
    """A sink as a file that pyarrow can write."""

    def __init__(self, sink: Sink) -> None:
        super().__init__()
        self._sink, self._at = sink, 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Hand the bytes on."""
        taken = bytes(data)
        self._sink.write(taken)
        self._at += len(taken)
        return len(taken)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._at


def _codec(column: Any) -> str:
    """How a column is compressed, as the writer calls it."""
    return "none" if column.compression == "UNCOMPRESSED" else column.compression


def _text(value: Any) -> str | None:
    """What a cell holds: a text, or edits, which are data, as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _plain(arrow: Any, type_: Any) -> Any:
    """The type of the values of a column whose values are numbered."""
    return type_.value_type if arrow.types.is_dictionary(type_) else type_
