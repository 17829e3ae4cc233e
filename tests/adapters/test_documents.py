"""The examples of docs/pipelines.md do what they say."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "pipelines.md"
TEXT = PAGE.read_text(encoding="utf-8")
CODE = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
ROOTS = re.compile(r"^(?:import|from) (\w+)", re.MULTILINE)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("number", range(len(CODE)))
def test_examples_run(number, tmp_path, monkeypatch):
    """Each block runs by itself, in an empty folder, and its assertions hold."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name in ROOTS.findall(CODE[number]):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} has no wheel here")
    exec(compile(CODE[number], f"{PAGE.name} block {number}", "exec"), {})


def test_every_adapter_is_on_the_page():
    """No module of the adapters is without an example or a recipe."""
    folder = Path(importlib.import_module("normalize.adapters").__file__).parent
    names = {p.stem for p in folder.glob("*.py")} - {"__init__", "common"}

    assert len(CODE) >= 12
    shown = {name for name in names if f"normalize.adapters.{name}" in TEXT}
    assert names - {"spacy"} == shown
    assert 'nlp.add_pipe("normalize"' in TEXT


def test_every_extra_is_on_the_page():
    """What the page says to install are the extras for pipelines, all of them."""
    project = (PAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    table = project.partition("[project.optional-dependencies]\n")[2].partition("\n[")[
        0
    ]
    extras = set(re.findall(r"^(\w+) = ", table, re.MULTILINE))

    assert extras - {"bench", "zst"} <= set(re.findall(r"\[(\w+)\]", TEXT))
