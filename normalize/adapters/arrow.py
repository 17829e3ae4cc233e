"""Arrow: arrays, record batches and tables; what most other adapters stand on.

Types, lengths, order and nulls are kept: `string`, `large_string`, `string_view`,
dictionaries of these (normalized by their dictionary), chunked arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from normalize.adapters.common import edit_rows, names_of, normalizer_of
from normalize.errors import DecodeError
from normalize.extras import require
from normalize.normalizer import Normalizer

pa = require("pyarrow", "arrow")
pc = require("pyarrow.compute", "arrow")

EDIT = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("before", pa.string()),
        ("after", pa.string()),
        ("rules", pa.list_(pa.string())),
    ]
)
# In a batch the column is named too.
COLUMN_EDIT = pa.struct([("column", pa.string()), *EDIT])
DIAGNOSTIC = pa.struct(
    [
        ("column", pa.string()),
        ("code", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("message", pa.string()),
    ]
)


def normalize_array(array: Any, profile: Normalizer | str | Path) -> Any:
    """A string array with its texts normalized; its type, length and nulls are kept.

    Args:
        array: an `Array` or `ChunkedArray` of strings, or of a dictionary of them.
        profile: a normalizer, or the name or path of a profile.

    Raises:
        TypeError: the array does not hold strings.
        DecodeError: a row is not UTF-8, which Arrow does not check by itself.
    """
    normalizer = normalizer_of(profile)
    return _by_chunk(array, None, lambda chunk: _normalized(chunk, normalizer))


def edits_array(array: Any, profile: Normalizer | str | Path) -> Any:
    """The edits of every text as a list of structs (`EDIT`); null for null.

    Raises:
        TypeError: the array does not hold strings.
        DecodeError: a row is not UTF-8.
    """
    normalizer = normalizer_of(profile)

    def explained(chunk: Any) -> Any:
        texts = _texts(_plain(chunk))
        rows = [None if t is None else edit_rows(normalizer.trace(t)) for t in texts]
        return pa.array(rows, type=pa.list_(EDIT))

    return _by_chunk(array, pa.list_(EDIT), explained)


def normalize_batch(
    batch: Any,
    columns: str | Sequence[str],
    profile: Normalizer | str | Path,
    *,
    into: str | Sequence[str] | None = None,
    edits: str | None = None,
    diagnostics: str | None = None,
) -> Any:
    """A record batch or table with columns of text normalized.

    Args:
        batch: a `RecordBatch` or `Table`.
        columns: the columns to normalize.
        profile: a normalizer, or the name or path of a profile.
        into: names of new columns for the results; without, they take the place.
        edits: the name of a new column that lists the edits (`COLUMN_EDIT`).
        diagnostics: the name of a new column (`DIAGNOSTIC`) for rows that can't be
            processed: they are left as they are, and told there. With `edits` it also
            tells what the rules saw and left.

    Raises:
        KeyError: there is no such column.
        TypeError: what is given is no batch or table, or a column does not hold
            strings.
        ValueError: two columns have the name asked for, `into` has another length
            than `columns`, or a name is taken.
        DecodeError: a row is not UTF-8 and there is no column for diagnostics.
    """
    normalizer = normalizer_of(profile)
    if not isinstance(batch, pa.RecordBatch | pa.Table):
        said = f"expected a RecordBatch or Table, not {type(batch).__name__}"
        raise TypeError(said)
    schema = schema_of(batch.schema, columns, into, edits, diagnostics)
    names = names_of(columns)
    if isinstance(batch, pa.Table):
        made = [
            _batch(part, schema, names, normalizer, edits, diagnostics)
            for part in batch.to_batches()
        ]
        return pa.Table.from_batches(made, schema)
    return _batch(batch, schema, names, normalizer, edits, diagnostics)


def schema_of(
    schema: Any,
    columns: str | Sequence[str],
    into: str | Sequence[str] | None = None,
    edits: str | None = None,
    diagnostics: str | None = None,
) -> Any:
    """The schema that `normalize_batch` gives; raises as it does."""
    names = names_of(columns)
    for name in names:
        if name not in schema.names:
            raise KeyError(f"no column {name!r}; there are: {', '.join(schema.names)}")
        if schema.names.count(name) > 1:
            raise ValueError(f"more than one column is called {name!r}: rename them")
        _check(schema.field(name).type)
    targets = names if into is None else names_of(into)
    if len(targets) != len(names):
        raise ValueError(f"{len(names)} columns can't go into {len(targets)}")
    new = [] if into is None else targets
    new = [*new, *(name for name in (edits, diagnostics) if name is not None)]
    for i, name in enumerate(new):
        if name in schema.names or name in new[:i]:
            raise ValueError(f"there is a column {name!r} already: take another name")
    if into is not None:
        for name, target in zip(names, targets, strict=True):
            schema = schema.append(schema.field(name).with_name(target))
    if edits is not None:
        schema = schema.append(pa.field(edits, pa.list_(COLUMN_EDIT)))
    if diagnostics is not None:
        schema = schema.append(pa.field(diagnostics, pa.list_(DIAGNOSTIC)))
    return schema


def _batch(
    batch: Any,
    schema: Any,
    names: Sequence[str],
    normalizer: Normalizer,
    edits: str | None,
    diagnostics: str | None,
) -> Any:
    # By place and not by name: other columns may have one name together.
    arrays = list(batch.columns)
    rows = _Rows(batch.num_rows, normalizer)
    told = [name for name in (edits, diagnostics) if name is not None]
    added = len(schema.names) > len(arrays) + len(told)
    for name in names:
        place = batch.schema.names.index(name)
        made = rows.column(
            name, arrays[place], trace=edits is not None, leave=diagnostics is not None
        )
        if added:
            arrays.append(made)
        else:
            arrays[place] = made
    if edits is not None:
        arrays.append(pa.array(rows.edits, type=pa.list_(COLUMN_EDIT)))
    if diagnostics is not None:
        arrays.append(pa.array(rows.diagnostics, type=pa.list_(DIAGNOSTIC)))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


class _Rows:
    """What is told of the rows of one batch, column after column."""

    def __init__(self, length: int, normalizer: Normalizer) -> None:
        self.edits: list[list[dict[str, Any]]] = [[] for _ in range(length)]
        self.diagnostics: list[list[dict[str, Any]]] = [[] for _ in range(length)]
        self._normalizer = normalizer

    def column(self, name: str, array: Any, *, trace: bool, leave: bool) -> Any:
        """The array normalized; with `leave`, rows that fail are left and told."""
        if pa.types.is_null(array.type):
            return array
        if not trace:
            try:
                return _normalized(array, self._normalizer)
            except Exception:
                if not leave:
                    raise
        # One by one.
        plain = _plain(array)
        made: list[bytes | None] = []
        for row, data in enumerate(plain.cast(_bytes_of(plain.type)).to_pylist()):
            try:
                made.append(self._row(name, row, data, trace=trace))
            except Exception as error:
                if not leave:
                    raise
                self._tell(name, row, ("failed", 0, 0, _reason(error)))
                made.append(data)
        return _as_type(pa.array(made, type=_bytes_of(plain.type)), array.type)

    def _row(
        self, name: str, row: int, data: bytes | None, *, trace: bool
    ) -> bytes | None:
        if data is None:
            return None
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise DecodeError(f"row {row} of the array is not UTF-8") from None
        if not trace:
            return self._normalizer(text).encode()
        result = self._normalizer.trace(text)
        edits = [{"column": name, **edit} for edit in edit_rows(result)]
        self.edits[row] += edits
        for code, start, end, message, _ in result.diagnostics:
            self._tell(name, row, (code, start, end, message))
        return result.text.encode()

    def _tell(self, name: str, row: int, told: tuple[str, int, int, str]) -> None:
        keys = ("code", "start", "end", "message")
        found = dict(zip(keys, told, strict=True))
        self.diagnostics[row].append({"column": name, **found})


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _by_chunk(array: Any, kind: Any, work: Callable[[Any], Any]) -> Any:
    """The work done on an array, or on every chunk of one, which gives its own type
    where no other `kind` is said.
    """
    if not isinstance(array, pa.Array | pa.ChunkedArray):
        said = f"expected an Arrow array, not {type(array).__name__}: pa.array(texts)"
        raise TypeError(said)
    _check(array.type)
    if isinstance(array, pa.ChunkedArray):
        made = [work(chunk) for chunk in array.chunks]
        return pa.chunked_array(made, type=array.type if kind is None else kind)
    return work(array)


def _check(kind: Any) -> None:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (_is_text(value) or pa.types.is_null(kind)):
        raise TypeError(f"expected an array of strings, not of {kind}: cast it first")


def _is_text(kind: Any) -> bool:
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_string_view(kind)
    )


def _normalized(array: Any, normalizer: Normalizer) -> Any:
    if pa.types.is_null(array.type):
        return array
    if pa.types.is_dictionary(array.type):
        return _dictionary(array, normalizer)
    made = pa.array(list(normalizer.map(_texts(array))), type=array.type)
    if isinstance(made, pa.ChunkedArray):
        raise pa.ArrowCapacityError(
            "the normalized texts need more than 2 GB: cast the array to large_string, "
            "or give it in smaller chunks"
        )
    return made


def _dictionary(array: Any, normalizer: Normalizer) -> Any:
    """A dictionary array by its dictionary; words that become equal become one."""
    numbers: dict[str | None, int] = {}
    texts = normalizer.map(_texts(array.dictionary))
    places = [numbers.setdefault(text, len(numbers)) for text in texts]
    kind = array.type
    indices = pc.take(pa.array(places, type=kind.index_type), array.indices)
    words = pa.array(numbers, type=kind.value_type)
    return pa.DictionaryArray.from_arrays(indices, words, ordered=kind.ordered)


def _texts(array: Any) -> list[str | None]:
    try:
        return array.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        for row, data in enumerate(array.cast(_bytes_of(array.type)).to_pylist()):
            try:
                (data or b"").decode()
            except UnicodeDecodeError:
                message = f"row {row} of the array is not UTF-8"
                hint = "bytes were cast to strings without a look: decode them"
                raise DecodeError(message, offset=row, hint=hint) from None
        raise


def _plain(array: Any) -> Any:
    """The array without a dictionary."""
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _bytes_of(kind: Any) -> Any:
    return pa.large_binary() if pa.types.is_large_string(kind) else pa.binary()


def _as_type(data: Any, kind: Any) -> Any:
    """Bytes as strings of a type, whether they are UTF-8 or not."""
    if pa.types.is_dictionary(kind):
        return _as_type(data, kind.value_type).dictionary_encode().cast(kind)
    return data.cast(options=pc.CastOptions(kind, allow_invalid_utf8=True))
