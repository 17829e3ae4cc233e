"""Columns of Arrow, pandas, Polars and DuckDB: what the plain call gives, type kept."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from normalize.errors import DecodeError

from .conftest import ROWS, TEXTS

pa = pytest.importorskip("pyarrow", reason="pyarrow has no wheel here")
pd = pytest.importorskip("pandas", reason="pandas has no wheel here")
pl = pytest.importorskip("polars", reason="polars has no wheel here")
duckdb = pytest.importorskip("duckdb", reason="duckdb has no wheel here")

from normalize.adapters import arrow  # noqa: E402
from normalize.adapters import duckdb as in_duckdb  # noqa: E402
from normalize.adapters import pandas as in_pandas  # noqa: E402
from normalize.adapters import polars as in_polars  # noqa: E402

few = settings(max_examples=20, deadline=None)
PLAIN = [pa.string(), pa.large_string(), pa.string_view()]
CODED = [
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string(), ordered=True),
]
PANDAS = [
    "object",
    "str",
    "category",
    pd.StringDtype("python"),
    pd.StringDtype("pyarrow"),
    pd.ArrowDtype(pa.string()),
    pd.ArrowDtype(pa.large_string()),
]
names = {"ids": str}


def unchecked(rows, kind):
    """Bytes as strings that nobody looked at, as some sources give them."""
    options = pa.compute.CastOptions(kind, allow_invalid_utf8=True)
    return pa.array(rows, pa.binary()).cast(options=options)


def edits_of(n, text):
    """The edits of a text as rows."""
    if text is None:
        return None
    return [
        {
            "start": e.start,
            "end": e.end,
            "before": e.before,
            "after": e.after,
            "rules": [rule.id for rule in e.rules],
        }
        for e in n.trace(text).edits
    ]


# --- Arrow


@pytest.mark.parametrize("kind", PLAIN + CODED, **names)
def test_arrow_keeps_type_and_order(n, expected, kind):
    """Arrays of every kind of string, whole, cut and in chunks."""
    array = pa.array(TEXTS, pa.string()).dictionary_encode()
    array = array.cast(kind) if kind in CODED else pa.array(TEXTS, kind)
    chunks = pa.chunked_array([array[:3], array[3:3], array[3:]], type=kind)

    for given_, wanted in (
        (array, expected),
        (array[2:6], expected[2:6]),
        (array[:0], []),
        (chunks, expected),
        (pa.chunked_array([], type=kind), []),
    ):
        made = arrow.normalize_array(given_, n)
        made.validate(full=True)
        assert kind == made.type
        assert type(given_) is type(made)
        assert wanted == made.to_pylist()


@few
@given(rows=ROWS)
def test_arrow_is_the_plain_call(n, rows):
    """Whatever is in the rows."""
    array = pa.array(rows, pa.string())

    assert list(n.map(rows)) == arrow.normalize_array(array, n).to_pylist()
    assert [edits_of(n, t) for t in rows] == arrow.edits_array(array, n).to_pylist()


def test_arrow_without_a_type(n):
    """An array of nulls has no strings to look at."""
    assert pa.nulls(2) == arrow.normalize_array(pa.nulls(2), n)


def test_words_of_a_dictionary_are_done_once(n):
    """As often as there are words, not rows; words that become equal become one."""
    calls = []

    class Counting:
        trace = n.trace

        def map(self, texts):
            calls.extend(texts)
            return n.map(calls)

        def __call__(self, text):
            return n(text)

    array = pa.array(["Kiev", "Kyiv", None] * 1000).dictionary_encode()
    made = arrow.normalize_array(array, Counting())

    assert ["Kiev", "Kyiv"] == calls
    assert ["Kyiv"] == made.dictionary.to_pylist()
    assert ["Kyiv", "Kyiv", None] == made.to_pylist()[:3]


@pytest.mark.parametrize(
    "array", [pa.array([1]), pa.array([b"a"]), pa.array([1]).dictionary_encode()]
)
def test_arrow_refuses_what_is_no_string(n, array):
    """Numbers and bytes are not cast behind anybody's back."""
    with pytest.raises(TypeError, match="expected an array of strings, not of"):
        arrow.normalize_array(array, n)


def test_arrow_refuses_what_is_no_array(n):
    """A list is not made into an array, whose type nobody said."""
    with pytest.raises(TypeError, match="expected an Arrow array, not list"):
        arrow.normalize_array(["Kiev"], n)


@pytest.mark.parametrize("kind", [*PLAIN, CODED[0]], **names)
def test_arrow_names_the_row_that_is_not_utf8(n, kind):
    """Strings that nobody checked are told by their row."""
    array = unchecked([b"a", b"\xff"], pa.string())
    array = array.dictionary_encode() if kind in CODED else array.view(pa.string())
    with pytest.raises(DecodeError, match="row 1 of the array is not UTF-8"):
        arrow.normalize_array(array, n)


def test_batches_and_tables(n, expected):
    """Columns take the place or go into new ones; other columns stay."""
    batch = pa.record_batch({"id": range(len(TEXTS)), "text": TEXTS})
    for given_ in (batch, pa.Table.from_batches([batch[:4], batch[4:]])):
        placed = arrow.normalize_batch(given_, "text", n)
        added = arrow.normalize_batch(
            given_, ["text"], n, into=["clean"], edits="edits", diagnostics="told"
        )

        assert given_.schema == placed.schema
        assert expected == placed.column("text").to_pylist()
        assert ["id", "text", "clean", "edits", "told"] == added.schema.names
        assert TEXTS == added.column("text").to_pylist()
        assert expected == added.column("clean").to_pylist()
        for text, row in zip(TEXTS, added.column("edits").to_pylist(), strict=True):
            wanted = [{"column": "text", **e} for e in edits_of(n, text) or []]
            assert wanted == row


@pytest.mark.parametrize("edits", [None, "edits"])
@pytest.mark.parametrize("kind", [*PLAIN, CODED[0]], **names)
def test_a_bad_row_is_left_and_told(n, kind, edits):
    """With a column for diagnostics a row that fails stays, byte for byte."""
    array = unchecked([b"Kiev", b"\xff Kiev", None], pa.string())
    if kind in CODED:
        array = array.dictionary_encode().cast(kind)
    else:
        options = pa.compute.CastOptions(kind, allow_invalid_utf8=True)
        array = array.cast(options=options)
    batch = pa.record_batch({"text": array})
    made = arrow.normalize_batch(batch, "text", n, edits=edits, diagnostics="told")
    column = made.column("text")
    plain = column.dictionary_decode() if kind in CODED else column
    binary = pa.large_binary() if kind == pa.large_string() else pa.binary()

    assert kind == column.type
    assert [b"Kyiv", b"\xff Kiev", None] == plain.cast(binary).to_pylist()
    assert [0, 1, 0] == [len(told) for told in made.column("told").to_pylist()]
    assert "failed" == made.column("told")[1][0]["code"].as_py()
    with pytest.raises(DecodeError):
        arrow.normalize_batch(batch, "text", n, edits=edits)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"columns": "texts"}, KeyError, "no column 'texts'; there are: id, text,"),
        ({"columns": "id"}, TypeError, "not of int64"),
        ({"columns": "text", "into": ["a", "b"]}, ValueError, "1 columns can't go"),
        ({"columns": "text", "into": "id"}, ValueError, "a column 'id' already"),
        ({"columns": "text", "edits": "text"}, ValueError, "a column 'text' already"),
        ({"columns": "twice"}, ValueError, "more than one column is called 'twice'"),
    ],
)
def test_wrong_columns_are_told(n, options, error, message):
    """What can't be done is refused before any text is looked at."""
    columns = [pa.array([1]), *(pa.array([text]) for text in "abc")]
    batch = pa.record_batch(columns, names=["id", "text", "twice", "twice"])
    with pytest.raises(error, match=message):
        arrow.normalize_batch(batch, profile=n, **options)


@pytest.mark.parametrize("options", [{}, {"into": "new", "edits": "edits"}])
def test_columns_of_one_name_stay_apart(n, options):
    """Columns that are not asked for keep their values, whatever they are called."""
    columns = [pa.array([text]) for text in ("one", "two", "Kiev")]
    table = pa.Table.from_arrays(columns, names=["a", "a", "text"])
    made = arrow.normalize_batch(table, "text", n, **options)

    assert ["one", "two"] == [made.column(i)[0].as_py() for i in range(2)]
    assert "Kyiv" == made.column("new" if options else "text")[0].as_py()


def test_a_column_without_a_type_stays(n):
    """Nulls of no type are nulls, with edits and diagnostics too."""
    table = pa.table({"text": pa.nulls(2)})
    made = arrow.normalize_batch(table, "text", n, edits="edits", diagnostics="told")

    assert [None, None] == made["text"].to_pylist()
    assert [[], []] == made["edits"].to_pylist() == made["told"].to_pylist()


def test_arrow_refuses_what_is_no_table(n):
    """A dict of lists is not made into a table, whose types nobody said."""
    with pytest.raises(TypeError, match="expected a RecordBatch or Table, not dict"):
        arrow.normalize_batch({"text": ["Kiev"]}, "text", n)


def test_a_profile_may_be_named():
    """A name is loaded; anything else is refused."""
    assert ["10 km"] == arrow.normalize_array(
        pa.array(["10\N{NARROW NO-BREAK SPACE}km"]), "characters"
    ).to_pylist()
    with pytest.raises(TypeError, match="expected a Normalizer or the name"):
        arrow.normalize_array(pa.array(["a"]), 7)


# --- pandas


@pytest.mark.parametrize("dtype", PANDAS, **names)
def test_pandas_keeps_dtype_index_and_gaps(n, expected, dtype):
    """Every way to keep strings."""
    index = pd.Index(range(100, 100 + len(TEXTS)), name="row")
    series = pd.Series(TEXTS, dtype=dtype, index=index, name="text")
    made = in_pandas.normalize_series(series, n)

    wanted = pd.Series(expected, dtype=dtype, index=index, name="text")
    if dtype == "category":
        assert set(expected) - {None} == set(made.cat.categories)
        made, wanted = made.astype("object"), wanted.astype("object")
    pd.testing.assert_series_equal(wanted, made)
    assert 0 == len(in_pandas.normalize_series(series[:0], n))


@few
@given(rows=ROWS)
def test_pandas_is_the_plain_call(n, rows):
    """Whatever is in the rows."""
    series = pd.Series(rows, dtype=object)

    assert list(n.map(rows)) == in_pandas.normalize_series(series, n).tolist()


def test_pandas_takes_all_gaps(n):
    """None, NaN and NA stay what they are."""
    rows = [None, float("nan"), pd.NA, "Kiev"]
    made = in_pandas.normalize_series(pd.Series(rows, dtype=object), n)

    assert [True, True, True, False] == made.isna().tolist()
    assert made[0] is None
    assert made[2] is pd.NA


@pytest.mark.parametrize("dtype", [float, "category", object, "str"], **names)
def test_pandas_takes_a_column_of_gaps_alone(n, dtype):
    """A part of a file in which all texts are missing is read as numbers: all NaN."""
    series = pd.Series([None, None], index=[3, 5], name="text", dtype=dtype)

    pd.testing.assert_series_equal(series, in_pandas.normalize_series(series, n))


@pytest.mark.parametrize("columns", [1, [1]])
def test_pandas_columns_may_be_numbers(n, columns):
    """Columns of a file without a head are numbered."""
    frame = pd.DataFrame([["Kiev", "Kiev"]])
    made = in_pandas.normalize_frame(frame, columns, n)

    assert [0, 1] == list(made.columns)
    assert ["Kiev", "Kyiv"] == made.iloc[0].tolist()


def test_pandas_columns_may_have_levels(n):
    """A column under several heads is named by all of them."""
    frame = pd.DataFrame({("a", "x"): ["Kiev"], ("a", "y"): ["Kiev"]})
    made = in_pandas.normalize_frame(frame, [("a", "y")], n)

    assert ["Kiev", "Kyiv"] == made.iloc[0].tolist()


def test_pandas_frames(n):
    """The columns asked for are normalized in a copy."""
    frame = pd.DataFrame({"a": ["Kiev"], "b": ["Kiev"], "c": [1]})
    made = in_pandas.normalize_frame(frame, ["b"], n)

    assert ["Kiev", "Kyiv", 1] == made.iloc[0].tolist()
    assert ["Kiev", "Kiev", 1] == frame.iloc[0].tolist()


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1]),
        pd.Series([b"a"]),
        pd.Series([1], dtype="category"),
        pd.Series([date(2022, 2, 24)]),
        ["Kiev"],
        pd.Index(["Kiev"]),
    ],
)
def test_pandas_refuses_what_is_no_string(n, series):
    """Numbers, bytes and dates are not made into text, nor is a list a Series."""
    with pytest.raises(TypeError, match="expected"):
        in_pandas.normalize_series(series, n)


@pytest.mark.parametrize(
    ("frame", "error", "said"),
    [
        (pd.DataFrame({"id": [1], "text": ["a"]}), KeyError, "there are: id, text"),
        (pd.DataFrame([["a", "b"]], columns=["x", "x"]), TypeError, "more than one"),
        ({"x": ["Kiev"]}, TypeError, "expected a DataFrame, not dict"),
    ],
    ids=["no column", "two columns", "no frame"],
)
def test_pandas_tells_which_column(n, frame, error, said):
    """A column that is not there, or there twice, is told; so is what is no frame."""
    with pytest.raises(error, match=said):
        in_pandas.normalize_frame(frame, "x", n)


# --- Polars


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_polars_queries(n, expected, engine):
    """Eager, lazy and streaming queries give the same, in order, nulls kept."""
    query = pl.LazyFrame({"text": TEXTS}).select(
        in_polars.normalized("text", n), in_polars.edits("text", n).alias("edits")
    )
    made = query.collect(engine=engine)

    assert {"text": pl.String, "edits": pl.List(in_polars.EDIT)} == dict(made.schema)
    assert query.collect_schema() == made.schema
    assert expected == made["text"].to_list()
    assert [edits_of(n, text) for text in TEXTS] == made["edits"].to_list()


def test_polars_streams_large_columns(n):
    """A column of many morsels stays in order."""
    rows = [f"{i}\N{NARROW NO-BREAK SPACE}km" for i in range(50_000)]
    query = pl.LazyFrame({"text": rows}).with_columns(in_polars.normalized("text", n))

    made = query.collect(engine="streaming")["text"].to_list()
    assert [f"{i} km" for i in range(50_000)] == made


@few
@given(rows=ROWS)
def test_polars_is_the_plain_call(n, rows):
    """Whatever is in the rows; categories too."""
    words = sorted({row for row in rows if row is not None})
    for dtype in (pl.String, pl.Categorical, pl.Enum(words)):
        frame = pl.DataFrame({"text": pl.Series(rows, dtype=pl.String).cast(dtype)})
        made = frame.select(in_polars.normalized(pl.col("text"), n))
        assert list(n.map(rows)) == made["text"].to_list()


def test_polars_refuses_what_is_no_string(n):
    """The query fails with advice."""
    with pytest.raises(pl.exceptions.PolarsError, match="cast it first"):
        pl.DataFrame({"a": [1]}).select(in_polars.normalized("a", n))


@pytest.mark.parametrize("value", [5, ["a"], pl.Series(["Kiev"])])
@pytest.mark.parametrize("make", [in_polars.normalized, in_polars.edits])
def test_polars_refuses_what_is_no_expression(n, make, value):
    """What is neither a column's name nor an expression is told before any query."""
    with pytest.raises(TypeError, match="expected the name of a column or an expr"):
        make(value, n)


# --- DuckDB


@pytest.fixture
def database(n):
    """A connection that knows the functions."""
    with duckdb.connect() as connection:
        in_duckdb.register(connection, n)
        yield connection


def test_duckdb_queries(database, n, expected):
    """SQL over a table of texts, in order, NULL for NULL."""
    texts = pa.table({"id": range(len(TEXTS)), "text": TEXTS})
    rows = database.execute(
        "SELECT normalize(text), normalize_edits(text) FROM texts ORDER BY id"
    ).fetchall()

    assert len(texts) == len(rows)
    assert expected == [row[0] for row in rows]
    assert [edits_of(n, text) for text in TEXTS] == [row[1] for row in rows]


def test_duckdb_uses_edits_as_structs(database):
    """Fields of edits can be asked for by name."""
    query = "SELECT unnest(normalize_edits('Kiev')) AS e"
    query = f"SELECT e.before, e.after FROM ({query})"

    assert [("Kiev", "Kyiv")] == database.execute(query).fetchall()


@few
@given(rows=ROWS)
def test_duckdb_is_the_plain_call(n, rows):
    """Whatever is in the rows."""
    with duckdb.connect() as connection:
        in_duckdb.register(connection, n, name="clean")
        texts = pa.table({"id": range(len(rows)), "text": pa.array(rows, pa.string())})
        query = "SELECT clean(text) FROM texts ORDER BY id"
        made = connection.execute(query).fetchall()

    assert len(texts) == len(made)
    assert list(n.map(rows)) == [row[0] for row in made]


def test_duckdb_refuses_a_second_one(database, n):
    """A function that is there is not replaced in silence."""
    with pytest.raises(duckdb.Error, match="normalize"):
        in_duckdb.register(database, n)
