"""What stands around the program: completion, manual page, hook and action files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from normalize.cli import manual

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "normalize")
SECONDS = 60


def completions(line: str) -> list[str]:
    """What the program answers a shell that has typed this line."""
    words = line.split(" ")
    env = {
        "_NORMALIZE_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    ran = subprocess.run(
        PROGRAM, env=os.environ | env, capture_output=True, text=True,
        timeout=SECONDS, check=True,
    )  # fmt: skip
    assert ran.stderr == ""
    return [row.partition(",")[2] for row in ran.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("normalize ru", {"run", "rules"}),
        ("normalize run --csv", {"--csv-column"}),
        (
            "normalize run -p typography-",
            {f"typography-{c}" for c in ("en", "uk", "ru")},
        ),
        ("normalize run --output-format sa", {"sarif"}),
    ],
)
def test_completion(line: str, wanted: set[str]):
    """Commands, options, profiles and formats are completed."""
    assert wanted == set(completions(line))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str):
    """The script of each shell is one that the shell itself can read."""
    ran = subprocess.run(
        [*PROGRAM, "completion", shell],
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    assert b"_NORMALIZE_COMPLETE" in ran.stdout
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    read = subprocess.run(
        [program, "-n"], input=ran.stdout, capture_output=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    assert (read.returncode, read.stderr) == (0, b"")


def test_manual_is_current():
    """The manual page is what the help says now: `make man` builds it."""
    wanted = (ROOT / "man" / "normalize.1").read_text(encoding="utf-8")
    assert wanted == manual.page()


def test_help_of_run_fits_two_screens():
    """--help of `run` is at most two screens of 32 lines, with three examples."""
    ran = subprocess.run(
        [*PROGRAM, "run", "--help"], capture_output=True, text=True, timeout=SECONDS,
        check=True,
    )  # fmt: skip
    lines = ran.stdout.splitlines()
    assert len(lines) <= 64
    assert sum(line.startswith("    normalize run ") for line in lines) == 3


def test_hooks():
    """Each hook for pre-commit runs a command that there is, on texts."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert ["normalize", "normalize-check"] == [hook["id"] for hook in hooks]
    for hook in hooks:
        assert hook["entry"].startswith("normalize run ")
        assert hook["language"] == "python"


def test_action(tmp_path: Path):
    """The check of the action, run by bash as GitHub does, annotates and fails."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    script = action["runs"]["steps"][-1]["run"]
    (tmp_path / "a b").mkdir()
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.txt").write_text("x\u200b\n", encoding="utf-8")
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "normalize").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m normalize "$@"\n'
    )
    (bin_ / "normalize").chmod(0o755)
    asked = {"PATHS": "t", "PROFILE": "characters", "OPTIONS": "-q"}
    for fail, code in (("true", 1), ("false", 0)):
        env = {"PATH": f"{bin_}:{os.environ['PATH']}", "FAIL": fail, **asked}
        ran = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script], cwd=tmp_path,
            env=os.environ | env, capture_output=True, text=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
        assert ran.stdout.startswith("::warning file=t/a.txt,line=1,col=2,title=")
        assert ran.returncode == code


def test_all_cores_where_no_system_tells_them(monkeypatch):
    """On systems that don't say which cores a process may use, -j 0 takes all."""
    from normalize.cli import running

    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)

    assert 3 == running._cores()
