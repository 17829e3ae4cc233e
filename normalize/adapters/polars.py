"""Polars: expressions for eager, lazy and streaming queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from normalize.adapters.common import edit_rows, normalizer_of
from normalize.extras import require
from normalize.normalizer import Normalizer

pl = require("polars", "polars")

EDIT = pl.Struct(
    {
        "start": pl.Int32,
        "end": pl.Int32,
        "before": pl.String,
        "after": pl.String,
        "rules": pl.List(pl.String),
    }
)


def normalized(expression: Any, profile: Normalizer | str | Path) -> Any:
    """An expression for the normalized texts of a column, as `String`.

    Nulls stay null. A `Categorical` or `Enum` is normalized category by category.

    Args:
        expression: the name of a column, or an expression.
        profile: a normalizer, or the name or path of a profile.

    Raises:
        TypeError: `expression` is neither.
        InvalidOperationError: when the query runs: the column holds no strings.
    """
    normalizer = normalizer_of(profile)

    def work(series: Any) -> Any:
        if isinstance(series.dtype, pl.Categorical | pl.Enum):
            words = series.unique().drop_nulls().cast(pl.String).to_list()
            return series.cast(pl.String).replace_strict(
                words, list(normalizer.map(words)), return_dtype=pl.String
            )
        texts = list(normalizer.map(_strings(series)))
        return pl.Series(series.name, texts, dtype=pl.String)

    return _expression(expression).map_batches(
        work, return_dtype=pl.String, is_elementwise=True
    )


def edits(expression: Any, profile: Normalizer | str | Path) -> Any:
    """An expression for the edits of a column: `List(EDIT)`, null for null.

    Raises:
        TypeError: `expression` is neither a name nor an expression.
        InvalidOperationError: when the query runs: the column holds no strings.
    """
    normalizer = normalizer_of(profile)

    def work(series: Any) -> Any:
        rows = [
            None if text is None else edit_rows(normalizer.trace(text))
            for text in _strings(series)
        ]
        return pl.Series(series.name, rows, dtype=pl.List(EDIT))

    return _expression(expression).map_batches(
        work, return_dtype=pl.List(EDIT), is_elementwise=True
    )


def _expression(expression: Any) -> Any:
    if isinstance(expression, str):
        return pl.col(expression)
    if not hasattr(expression, "map_batches"):
        kind = type(expression).__name__
        said = f"expected the name of a column or an expression, not {kind}"
        raise TypeError(f"{said}: frame.with_columns(normalized('text', profile))")
    return expression


def _strings(series: Any) -> list[str | None]:
    if isinstance(series.dtype, pl.Categorical | pl.Enum):
        series = series.cast(pl.String)
    if series.dtype not in (pl.String, pl.Null):
        raise pl.exceptions.InvalidOperationError(
            f"expected a column of strings, not of {series.dtype}: cast it first"
        )
    return series.to_list()  # type: ignore[no-any-return]
