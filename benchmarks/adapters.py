"""What adapters cost beyond the plain loop, on rows of news.

    python benchmarks/adapters.py [PROFILE]

All ways give the same answers. What an adapter costs is measured with a normalizer
that does nothing, in processor time, and told as a share of what the plain loop takes
for the profile: other work of the machine only adds, so the best of some turns counts.
"""

from __future__ import annotations

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

MEGABYTES = 2
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


class Same:
    """A normalizer that does nothing: what an adapter takes then is its own."""

    def __call__(self, text):
        return text

    def map(self, texts):
        return map(self, texts)

    def trace(self, text):
        raise NotImplementedError


def ways(n, rows):
    """The work by name."""
    array, series = pa.array(rows), pd.Series(rows, dtype="object")
    frame = pl.DataFrame({"text": rows})
    table = pa.table({"id": range(len(rows)), "text": array})
    connection = duckdb.connect()
    in_duckdb.register(connection, n)
    connection.register("rows", table)
    sql = "SELECT normalize(text) AS text FROM rows"
    return {
        "loop": lambda: [n(row) for row in rows],
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


def best(way, turns):
    """The least processor time, of all threads, of some turns."""
    taken = []
    for _ in range(turns):
        begun = time.process_time()
        way()
        taken.append(time.process_time() - begun)
    return min(taken)


def compare(n, rows):
    """Print the table for these rows."""
    expected = [n(row) for row in rows]
    for name, way in ways(n, rows).items():
        made = way()
        made = made.to_pylist() if hasattr(made, "to_pylist") else list(made)
        assert made == expected, name
    loop = best(ways(n, rows)["loop"], 3)
    idle = {name: best(way, TURNS) for name, way in ways(Same(), rows).items()}
    size = sum(len(row.encode()) for row in rows if row) / 1e6
    print(f"{n.profile}: {len(rows)} rows, {size:.1f} MB, {size / loop:.1f} MB/s")
    print("way                own us/row  of the loop")
    for name, taken in idle.items():
        own = taken - idle["loop"]
        share = f"{own / loop:11.1%}"
        print(f"{name:18} {own / len(rows) * 1e6:10.2f}  {share}")


def main():
    """Print a table for long rows and one for short ones."""
    n = normalize.load(sys.argv[1] if len(sys.argv) > 1 else "news-en")
    for length in (2_000, 200):
        compare(n, texts(MEGABYTES, length))


if __name__ == "__main__":
    main()
