"""What the documents show is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import normalize
from normalize.checking.examples import run_examples
from normalize.library import Library

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")


def blocks(text, language):
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks(README + RULES, "yaml"))
def test_rule_files_in_the_documents_work(block, tmp_path):
    """Each rule file that is shown loads, and all its examples pass."""
    path = tmp_path / "shown.yaml"
    path.write_text(block, encoding="utf-8")
    library = Library([path])
    library.check()
    outcomes = list(run_examples(library, library.own))

    # These two kinds have no rules, so nothing to show by examples.
    (id_,) = library.own
    assert outcomes or library.kind(id_) in ("classes", "wordlist")
    assert ["pass"] * len(outcomes) == [outcome.word for outcome in outcomes]


def test_the_text_above_the_fold():
    """The first block of the README is a text and what really becomes of it."""
    source, output = re.search(
        r"^in    (.*)\nout   (.*)$", README, re.MULTILINE
    ).groups()

    assert output == normalize.load("news-en")(source)


def test_python_of_the_readme():
    """Each expression gives the value that is written behind it."""
    (block,) = blocks(README, "python")
    names = {}
    shown = 0
    for line in block.splitlines():
        code, _, comment = line.partition("  # ")
        value = comment.strip().partition(";")[0]
        if not value:
            exec(code, names)
            continue
        shown += 1
        got = repr(eval(code, names))
        start, gap, end = value.partition("...")
        assert got == value if not gap else got.startswith(start) and got.endswith(end)

    assert shown >= 5


def test_commands_of_the_documents_exist():
    """Every `normalize COMMAND` that is shown is a command."""
    from normalize.cli.main import _COMMANDS

    shown = re.findall(r"^normalize ([a-z]+)", README + RULES, re.MULTILINE)

    assert len(shown) > 8
    assert set(shown) <= set(_COMMANDS)


def test_commands_of_the_lesson_run(tmp_path, monkeypatch, capsys):
    """Each command that the lesson shows for its first file prints what it says."""
    from normalize.cli.main import _run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(blocks(RULES, "yaml")[0], encoding="utf-8")
    shown = 0
    for line in blocks(RULES, "sh")[0].splitlines():
        program, *args = shlex.split(line, comments=True)
        said = line.rpartition("# ")[2]
        assert program == "normalize"
        assert 0 == _run(args), line
        assert said in capsys.readouterr().out.splitlines(), line
        shown += 1

    assert shown >= 2


def test_what_is_run_before_a_change_is_sent():
    """The last commands of the lesson look at all rules, as `make rules` does."""
    lines = [
        line.partition("#")[0].split() for line in blocks(RULES, "sh")[-1].splitlines()
    ]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert [["normalize", "rules", "test"], ["normalize", "rules", "lint"]] == lines
    for line in lines:
        assert f"\t$(BIN)/{' '.join(line)}\n" in makefile


def test_the_mistake_of_the_lesson_is_told_so(tmp_path, monkeypatch, capsys):
    """The error that the lesson shows is what a slip in its first file gives."""
    from normalize.cli.main import _run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    wrong = blocks(RULES, "yaml")[0].replace("variants:", "varients:")
    (tmp_path / "rules" / "mine.yaml").write_text(wrong, encoding="utf-8")
    (block,) = re.findall(r"^```\n(rules/mine\.yaml:[^`]*)^```", RULES, re.MULTILINE)

    assert 2 == _run(["rules", "test", "rules/mine.yaml"])
    assert block in capsys.readouterr().err
