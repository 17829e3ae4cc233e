"""The journey of a new editor, command by command, prints what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from normalize.cli.main import _run

ROOT = Path(__file__).resolve().parents[2]
JOURNEY = ROOT / "rules" / "JOURNEY.md"
_BLOCK = re.compile(r"^```(yaml|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(block):
    """The commands of a console block, each with the output that it shows."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def test_the_journey(tmp_path, monkeypatch, capfd):
    """From an empty file to a passing test, for each thing an editor may add."""
    monkeypatch.chdir(tmp_path)
    ran = 0
    for language, block in _BLOCK.findall(JOURNEY.read_text(encoding="utf-8")):
        if language == "yaml":
            first, _, text = block.partition("\n")
            name = first.removeprefix("# in ")
            (tmp_path / name).write_text(text, encoding="utf-8")
            continue
        for command, output in commands(block):
            program, *args = shlex.split(command)
            assert program == "normalize"
            code = _run(args)
            said = capfd.readouterr()
            assert output == said.out + said.err, command
            assert code == (2 if "problem" in output else 0), command
            ran += 1

    assert ran >= 12


def test_every_kind_of_thing_is_shown():
    """A person, a place with an exception, a currency, a month, a system, quotes."""
    text = JOURNEY.read_text(encoding="utf-8")
    for shown in ("given:", "unless:", "lexicon:\n  full:", "lexicon:\n  month:",
                  "kind: romanization", "kind: pairs", "kind: profile"):  # fmt: skip
        assert shown in text
