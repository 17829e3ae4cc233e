"""Tables against the libraries that read them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.errors import InputError
from normalize.files.forms.beside import Beside
from normalize.files.forms.jsonlines import JsonLines
from normalize.files.forms.separated import Separated
from normalize.files.work import Made, Part
from normalize.spans import splice

CELLS = st.text(alphabet='ab",;\n\r\t x', max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5))
def test_csv_cells_are_those_of_the_standard_library(rows):
    """Every cell reads as Python's csv module reads it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([("k", "text", "n"), *rows])
    text = file.getvalue()
    form = Separated(("text",)).opened("a.csv", text)
    assert [row[1] for row in rows] == [v.text for v in form.values(Part(text, 0, 1))]
    cut = form.cut(text)
    assert cut == len(text)


def test_two_columns_of_a_name_are_told():
    """Which of them is meant nobody knows; the hint says what to do."""
    with pytest.raises(InputError, match="more than one column 'a'") as told:
        Separated(("a",)).opened("x.csv", "a,a\n1,2\n")

    assert "name its columns apart first" == told.value.hint


def test_a_quotation_mark_that_is_never_closed(monkeypatch: pytest.MonkeyPatch):
    """A row that grows and grows is given up, and not held in memory for ever."""
    monkeypatch.setattr("normalize.files.forms.separated.LONGEST", 10)
    form = Separated(("a",)).opened("x.csv", "a\n")

    assert 0 == form.cut('"' + "b" * 9)
    with pytest.raises(InputError, match="a quotation mark is never closed"):
        form.cut('"' + "b" * 10)


def test_tsv_has_no_quotation():
    """A cell of TSV stands as it is, marks and all, in its column and in a new one."""
    form = Separated(("b",), "\t", Beside(into="c")).opened("x.tsv", "a\tb\n")
    part = Part('a\tb\n"1\t"Kiev"\n', 0, 1)
    (value,) = form.values(part)
    made = form.finish(part, [Made(value, '"Kyiv"', ())])

    assert '"Kiev"' == value.text
    assert 'a\tb\tc\n"1\t"Kiev"\t"Kyiv"\n' == splice(part.text, made)
    assert part.text.index('"1') == form.cut(part.text[:-1])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["t", "a", "b"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, st.booleans())
def test_json_values_are_those_of_the_standard_library(value, ascii_only):
    """The texts at a path are those that json finds there; all else stays as it is."""
    line = json.dumps({"t": value}, ensure_ascii=ascii_only) + "\n"
    form = JsonLines(("t.a",)).opened("a", line)

    def wanted(inside):
        if isinstance(inside, list):
            return [text for item in inside for text in wanted(item)]
        if not isinstance(inside, dict):
            return []
        found = inside.get("a")
        items = found if isinstance(found, list) else [found]
        return [text for text in flat(items) if isinstance(text, str)]

    def flat(items):
        for item in items:
            if isinstance(item, list):
                yield from flat(item)
            else:
                yield item

    values = form.values(Part(line, 0, 1))
    assert wanted(value) == [v.text for v in values]
    edits = [
        (v.pieces[0].raw_start, v.pieces[-1].raw_end, v.write(v.text)) for v in values
    ]
    assert json.loads(line) == json.loads(splice(line, edits))


def test_json_that_is_nested_too_deep_is_told():
    """What would use the stack up is an error with its line, as all else is."""
    deep = '{"t": ' + "[" * 100_000 + "]" * 100_000 + "}\n"
    form = JsonLines(("t",)).opened("a.jsonl", deep)

    with pytest.raises(InputError, match=r"a\.jsonl:2: nested too deep to be read"):
        form.values(Part('{"t": "x"}\n' + deep, 0, 1))


def test_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of Parquet the values of the column change; all other values, types, row groups,
    compression and metadata stay.
    """
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    from normalize.cli.main import main

    monkeypatch.chdir(tmp_path)
    table = arrow.table(
        {
            "id": arrow.array([1, 2, 3], arrow.int16()),
            "text": ['x\u200b "q"\n', None, "same"],
            "kind": arrow.array(["x\u200b", "y", "x\u200b"]).dictionary_encode(),
            "n": [1.5, None, 2.25],
        }
    ).replace_schema_metadata({"k": "v"})
    codecs = {"id": "zstd", "text": "gzip", "kind": "snappy", "n": "none"}
    parquet.write_table(table, "a.parquet", row_group_size=2, compression=codecs)
    run = ["run", "-q", "-p", "characters", "--parquet-column"]
    for args in (
        ["kind", "-o", "b.parquet"],
        ["text", "--into", "new", "-o", "c.parquet"],
    ):
        with pytest.raises(SystemExit) as stop:
            main([*run, *args, "a.parquet"])
        assert stop.value.code == 0
    made = parquet.ParquetFile("b.parquet")
    wanted = table.set_column(
        2, "kind", arrow.array(["x", "y", "x"]).dictionary_encode()
    )
    assert made.read().to_pydict() == wanted.to_pydict()
    assert made.read().schema == wanted.schema
    assert made.read().schema.metadata == {b"k": b"v"}
    assert made.metadata.num_row_groups == 2
    columns = [made.metadata.row_group(0).column(i) for i in range(4)]
    assert ["ZSTD", "GZIP", "SNAPPY", "UNCOMPRESSED"] == [
        c.compression for c in columns
    ]
    both = parquet.read_table("c.parquet")
    assert both.column("new").to_pylist() == ['x "q"\n', None, "same"]
    assert both.drop_columns(["new"]) == table
