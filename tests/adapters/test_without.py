"""Without a framework: everything else works, and the message says what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

from normalize.errors import MissingExtraError


@pytest.mark.parametrize(
    ("module", "hidden", "extra"),
    [
        ("arrow", ["pyarrow"], "arrow"),
        ("pandas", ["pandas"], "pandas"),
        ("polars", ["polars"], "polars"),
        ("duckdb", ["duckdb"], "duckdb"),
        ("datasets", ["datasets"], "datasets"),
        ("tokenizers", ["tokenizers"], "tokenizers"),
        ("spacy", ["spacy"], "spacy"),
        ("sklearn", ["sklearn"], "sklearn"),
        ("spark", ["pyspark"], "spark"),
    ],
)
def test_a_missing_framework_is_told(monkeypatch, module, hidden, extra):
    """The error names the extra that brings it."""
    import importlib

    full = f"normalize.adapters.{module}"
    for name in list(sys.modules):
        if name in {full, *hidden} or name.startswith(tuple(f"{h}." for h in hidden)):
            monkeypatch.delitem(sys.modules, name)
    for name in hidden:
        monkeypatch.setitem(sys.modules, name, None)
    # DuckDB stands on Arrow, which may be missing too.
    if module == "duckdb":
        pytest.importorskip("pyarrow", reason="pyarrow has no wheel here")
    try:
        with pytest.raises(MissingExtraError, match=rf"normalize-slavic\[{extra}\]"):
            importlib.import_module(full)
    finally:
        sys.modules.pop(full, None)


def test_nothing_is_imported_before_it_is_used():
    """The package, a normalizer and the adapters' own package bring no framework."""
    code = (
        "import sys, normalize, normalize.adapters; normalize.load('characters')('a');"
        "heavy = {'pyarrow', 'pandas', 'polars', 'duckdb', 'datasets', 'spacy',"
        " 'sklearn', 'tokenizers', 'pyspark', 'ray', 'dask', 'starlette', 'uvicorn',"
        " 'numpy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert "[]" == run.stdout.strip()


def test_serve_without_its_extra(monkeypatch):
    """`normalize serve` says what to install."""
    from click.testing import CliRunner

    from normalize.cli.serve import command

    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(command, [])

    assert 2 == result.exit_code
    assert "pip install 'normalize-slavic[serve]'" in result.output


def test_serve_with_an_unknown_profile():
    """A profile that is not there is told before anything is served."""
    pytest.importorskip("uvicorn", reason="uvicorn has no wheel here")
    pytest.importorskip("starlette", reason="starlette has no wheel here")
    from click.testing import CliRunner

    from normalize.cli.serve import command

    result = CliRunner().invoke(command, ["-p", "new-en"])

    assert 2 == result.exit_code
    assert "unknown profile 'new-en'" in result.output
    assert "did you mean 'news-en'" in result.output
