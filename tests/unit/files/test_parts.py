"""A text in parts gives what the whole gives, in every form."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from normalize.cli.main import main
from normalize.files import flow, reading

LIGHT = """\
kind: profile
id: mine.light
title: Places and typography
stages:
  - id: words
    rules: [mine.places]
  - id: punctuation
    rules: [rewrite.gaps, quotes.en]
lang: en
examples: {keep: a}
"""
PLACES = """\
kind: names
id: mine.places
title: Places of the tests
rules:
  - id: kyiv
    canonical: Kyiv
    also: [Kiev]
    examples: in Kiev -> in Kyiv
"""
PARAGRAPH = 'They said "Kiev is\nfar" and  left.\n\n'
TEXTS = {
    "prose.txt": PARAGRAPH * 40,
    "no-blank-line.txt": 'say "Kiev" \n' * 60,
    "fence.txt": f"{PARAGRAPH}```\n{PARAGRAPH * 20}```\n\n{PARAGRAPH * 3}",
    "crlf.txt": (PARAGRAPH * 30).replace("\n", "\r\n"),
    "marks.txt": f"{PARAGRAPH * 5}# normalize: off\n{PARAGRAPH * 20}# normalize: on\n"
    f"{PARAGRAPH * 5}",
    "letters.txt": "Київ «Kiev» \N{GRINNING FACE}\n\n" * 50,
    "cues.srt": "".join(
        f"{i}\n00:00:01,000 --> 00:00:02,000\nin <i>Kiev</i>\n\n" for i in range(40)
    ),
    "empty.txt": "",
}
CSV = "id,text\n" + "".join(f'{i},"Kiev ""{i}""\n\nKiev"\n' for i in range(40))
JSONL = "".join(f'{{"n":{i},"t":"Kiev \\u0410"}}\n' for i in range(60))
TABLES = {
    "a.csv": (CSV, ["--csv-column", "text"]),
    "a.jsonl": (JSONL, ["--jsonl-field", "t"]),
}


def output(args: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a run prints, errors included."""
    monkeypatch.chdir(folder)
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, "utf-8", write_through=True, newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(SystemExit):
        main(["run", "-p", "light.yaml", "--rules", "places.yaml", *args])
    return out.getvalue().decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "light.yaml").write_text(LIGHT, encoding="utf-8")
    (tmp_path / "places.yaml").write_text(PLACES, encoding="utf-8")
    for name, text in {**TEXTS, **{n: t for n, (t, _) in TABLES.items()}}.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


FORMATS = [["-q"], ["--check"], ["--diff", "-q"], ["--output-format", "jsonl"]]
CASES = [[n] for n in TEXTS] + [[n, *args] for n, (_, args) in TABLES.items()]


@pytest.mark.parametrize("format_", FORMATS, ids=" ".join)
@pytest.mark.parametrize("args", CASES, ids=lambda args: args[0])
def test_parts_give_what_the_whole_gives(
    folder: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], format_: list[str]
):
    """Text, list, patch and records are equal, however small the parts are."""
    whole = output([*args, *format_], folder, monkeypatch)
    monkeypatch.setattr(flow, "PART", 100)
    monkeypatch.setattr(reading, "CHUNK", 37)
    monkeypatch.setattr("normalize.cli.reports.patch.PART", 50)
    assert whole == output([*args, *format_], folder, monkeypatch)


def test_records_count_in_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Lines and offsets of records are those of the file, not of a part."""
    monkeypatch.setattr(flow, "PART", 100)
    monkeypatch.setattr(reading, "CHUNK", 37)
    shown = output(["prose.txt", "--output-format", "jsonl", "-q"], folder, monkeypatch)
    text = TEXTS["prose.txt"]
    found = [json.loads(line) for line in shown.splitlines()]
    edits = [record for record in found if record["type"] == "edit"]
    assert len(edits) == 4 * 40
    for edit in edits:
        start, end = edit["source"]
        assert text[start:end] == edit["before"]
        assert text.count("\n", 0, start) + 1 == edit["line"]
