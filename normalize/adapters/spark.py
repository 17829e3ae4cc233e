"""Apache Spark: columns of a DataFrame, by whole Arrow batches (`mapInArrow`).

The rules travel with the job as data; executors need this package and pyarrow, and
read no rule file. A Python worker builds a normalizer once and keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from normalize.adapters.common import names_of, normalizer_of
from normalize.extras import require
from normalize.normalizer import Normalizer

types = require("pyspark.sql.types", "spark")


def normalize_dataframe(
    df: Any,
    columns: str | Sequence[str],
    profile: Normalizer | str | Path,
    *,
    into: str | Sequence[str] | None = None,
    edits: str | None = None,
    diagnostics: str | None = "diagnostics",
) -> Any:
    """The DataFrame with columns of text normalized; lazy, as everything in Spark.

    Rows, their order in a partition, the other columns and all types are kept.

    Args:
        df: a DataFrame.
        columns: the string columns to normalize.
        profile: a normalizer, or the name or path of a profile, read on the driver.
        into: names of new columns for the results; without, they take the place.
        edits: the name of a new column that lists the edits, an array of structs
            (column, start, end, before, after, rules) with offsets in code points.
        diagnostics: the name of a new column, an array of structs (column, code, start,
            end, message): a row that can't be processed (not UTF-8) is left as it is
            and told there. With `edits` it also tells what the rules saw and left.
            Without this column, such a row fails its task.

    Raises:
        KeyError: there is no such column.
        TypeError: a column does not hold strings.
        ValueError: `into` has another length than `columns`, or a name is taken.
    """
    require("pyarrow", "spark")
    normalizer = normalizer_of(profile)
    names = names_of(columns)
    targets = None if into is None else names_of(into)
    schema = _schema(df.schema, names, targets, edits, diagnostics)
    work = _Batches(normalizer, names, targets, edits, diagnostics)
    return df.mapInArrow(work, schema)


class _Batches:
    """What a task does with the batches of its partition; it travels as data."""

    def __init__(
        self,
        normalizer: Normalizer,
        names: Sequence[str],
        into: Sequence[str] | None,
        edits: str | None,
        diagnostics: str | None,
    ) -> None:
        self._normalizer = normalizer
        self._names = names
        self._options: dict[str, Any] = {
            "into": into,
            "edits": edits,
            "diagnostics": diagnostics,
        }

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        from normalize.adapters.arrow import normalize_batch

        # Each task gets a copy of the rules; the first one of a worker is kept.
        kept = _kept.setdefault(self._normalizer.packed, self._normalizer)
        for batch in batches:
            yield normalize_batch(batch, self._names, kept, **self._options)


# Normalizers of this worker by their rules: a cache that only a worker fills.
_kept: dict[bytes, Normalizer] = {}


def _schema(
    schema: Any,
    names: Sequence[str],
    into: Sequence[str] | None,
    edits: str | None,
    diagnostics: str | None,
) -> Any:
    """The schema of the result; raises what `normalize_dataframe` does."""
    there = schema.fieldNames()
    for name in names:
        if name not in there:
            raise KeyError(f"no column {name!r}; there are: {', '.join(there)}")
        kind = schema[name].dataType
        if not isinstance(kind, types.StringType | types.VarcharType | types.CharType):
            found = kind.simpleString()
            raise TypeError(f"expected strings, not a column of {found}: cast it first")
    if into is not None and len(into) != len(names):
        raise ValueError(f"{len(names)} columns can't go into {len(into)}")
    fields = list(schema.fields)
    for name, target in zip(names, into or (), strict=into is not None):
        old = schema[name]
        fields.append(types.StructField(target, old.dataType, old.nullable))
    told = types.StringType()
    if edits is not None:
        texts = ("before", "after")
        parts = [types.StructField(name, told) for name in texts]
        parts.append(types.StructField("rules", types.ArrayType(told)))
        fields.append(_list(edits, [], parts))
    if diagnostics is not None:
        code, message = (types.StructField(n, told) for n in ("code", "message"))
        fields.append(_list(diagnostics, [code], [message]))
    names_now = [field.name for field in fields]
    for i, name in enumerate(names_now):
        if name in names_now[:i]:
            raise ValueError(f"there is a column {name!r} already: take another name")
    return types.StructType(fields)


def _list(name: str, before: list[Any], after: list[Any]) -> Any:
    """A column that lists structs: the column, what, from where to where, what else."""
    number = types.IntegerType()
    offsets = [types.StructField(n, number) for n in ("start", "end")]
    column = types.StructField("column", types.StringType())
    parts = types.StructType([column, *before, *offsets, *after])
    return types.StructField(name, types.ArrayType(parts))
