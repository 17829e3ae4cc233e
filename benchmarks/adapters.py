"""What adapters cost beyond the plain loop, on rows of news.

    python benchmarks/adapters.py [PROFILE]

All ways do the same work in turn, answers compared; processor time of all threads,
medians of the ratios of one turn.
"""

from __future__ import annotations

import statistics
import sys
import time

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
from corpus import news

import normalize
from normalize.adapters import arrow
from normalize.adapters import duckdb as in_duckdb
from normalize.adapters import pandas as in_pandas
from normalize.adapters import polars as in_polars

# Enough for half a second a way: what a query costs by itself is no matter of rows.
MEGABYTES = {"characters": 8, "names-en": 2, "news-en": 1}
TURNS = 7


def texts(megabytes, length):
    """The news of the benchmarks in rows of about this length, a few missing."""
    rows, row = [], ""
    for part in news(megabytes).split("\n\n"):
        row = f"{row}\n\n{part}" if row else part
        if len(row) >= length:
            rows.append(row)
            row = ""
    return [None if i % 50 == 7 else row for i, row in enumerate(rows)]


def main():
    """Print a table."""
    n = normalize.load(sys.argv[1] if len(sys.argv) > 1 else "news-en")
    for length in (2_000, 200):
        compare(n, texts(MEGABYTES.get(n.profile, 1), length))


def compare(n, rows):
    """Print the table for these rows."""
    array, series = pa.array(rows), pd.Series(rows, dtype="object")
    frame = pl.DataFrame({"text": rows})
    table = pa.table({"id": range(len(rows)), "text": array})
    connection = duckdb.connect()
    in_duckdb.register(connection, n)
    connection.register("rows", table)
    sql = "SELECT normalize(text) AS text FROM rows"
    ways = {
        "loop": lambda: [n(row) for row in rows],
        "loop again": lambda: [n(row) for row in rows],
        "Arrow": lambda: arrow.normalize_array(array, n),
        "pandas": lambda: in_pandas.normalize_series(series, n),
        "Polars": lambda: frame.select(in_polars.normalized("text", n))["text"],
        "Polars, streaming": lambda: (
            frame.lazy()
            .select(in_polars.normalized("text", n))
            .collect(engine="streaming")["text"]
        ),
        "DuckDB": lambda: connection.sql(sql).to_arrow_table()["text"],
    }
    expected = ways["loop"]()
    for name, way in ways.items():
        made = way()
        made = made.to_pylist() if hasattr(made, "to_pylist") else list(made)
        assert made == expected, name
    times = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, way in ways.items():
            begun = time.process_time()
            way()
            times[name].append(time.process_time() - begun)
    size = sum(len(row.encode()) for row in rows if row) / 1e6
    print(f"{len(rows)} rows, {size:.1f} MB, profile {n.profile}")
    print("way                 MB/s  of the loop")
    for name, taken in times.items():
        ratios = [a / b for a, b in zip(taken, times["loop"], strict=True)]
        rate = size / statistics.median(taken)
        print(f"{name:18}  {rate:4.1f}  {statistics.median(ratios):11.2f}")


if __name__ == "__main__":
    main()
