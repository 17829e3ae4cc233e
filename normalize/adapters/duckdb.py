"""DuckDB: the functions `normalize(text)` and `normalize_edits(text)` in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from normalize.adapters.arrow import edits_array, normalize_array
from normalize.adapters.common import normalizer_of
from normalize.extras import require
from normalize.normalizer import Normalizer

duckdb = require("duckdb", "duckdb")

EDITS = (
    'STRUCT(start INTEGER, "end" INTEGER, "before" VARCHAR, "after" VARCHAR, '
    "rules VARCHAR[])[]"
)


def register(
    connection: Any, profile: Normalizer | str | Path, *, name: str = "normalize"
) -> None:
    """Make a profile callable in SQL: `normalize(text)`, `normalize_edits(text)`.

    NULL for NULL; the edits are a list of structs. Work is done on whole Arrow
    batches.

    Args:
        connection: a DuckDB connection; the functions live as long as it does.
        profile: a normalizer, or the name or path of a profile.
        name: what the functions are called, for several profiles in one connection.

    Raises:
        duckdb.Error: the connection has a function of this name.
    """
    normalizer = normalizer_of(profile)

    def normalized(texts: Any) -> Any:
        return normalize_array(texts, normalizer)

    def explained(texts: Any) -> Any:
        return edits_array(texts, normalizer)

    for called, function, kind in (
        (name, normalized, "VARCHAR"),
        (f"{name}_edits", explained, EDITS),
    ):
        connection.create_function(
            called,
            function,
            [duckdb.sqltype("VARCHAR")],
            duckdb.sqltype(kind),
            type="arrow",
            null_handling="special",
        )
