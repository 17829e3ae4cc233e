"""Build wheel and sdist, install each alone, run it from another folder.

Run by `make package`, with the interpreter that has the build tools. The rules must
be found in a wheel, in an sdist, in an editable install and in a plain checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAY = (
    "import normalize;"
    "print(normalize.load('news-en')('Zelenskiy and Serhiy Popko spoke in Kiev.'))"
)
EXPECTED = "Zelenskyy and Serhii Popko spoke in Kyiv.\n"


def main() -> None:
    """Try every form of the package; the first that fails ends the program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dist = folder / "dist"
        run([sys.executable, "-m", "build", "--outdir", dist, ROOT], ROOT)
        (wheel,) = dist.glob("*.whl")
        (sdist,) = dist.glob("*.tar.gz")
        check_contents(wheel, sdist)
        for number, package in enumerate((wheel, sdist)):
            try_install(folder / f"venv{number}", package, folder)
            print(f"{package.name}: installed, runs from another folder")
        checked = run([sys.executable, "-c", SAY], folder)
        assert checked == EXPECTED, checked
        print("editable install: runs from another folder")
        plain = {**os.environ, "PYTHONPATH": str(ROOT)}
        code = "import normalize.source.places as l; print(l.shipped_rules())"
        found = run([sys.executable, "-c", code], folder, plain)
        assert Path(found.strip()) == ROOT / "rules", found
        print("plain checkout: rules found")


def check_contents(wheel: Path, sdist: Path) -> None:
    """The wheel holds every rule file, and the sdist what building it takes."""
    rules = {p.relative_to(ROOT / "rules").as_posix() for p in rule_files()}
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    missing = {name for name in rules if f"normalize/_rules/{name}" not in inside}
    assert not missing, f"not in the wheel: {sorted(missing)}"
    assert "normalize/py.typed" in inside
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"rules/{name}" for name in rules} <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile"} <= names


def rule_files() -> list[Path]:
    """All files of the rules, schemas included."""
    return [p for p in (ROOT / "rules").rglob("*") if p.is_file()]


def try_install(place: Path, package: Path, folder: Path) -> None:
    """Install into an empty environment and run, away from the checkout."""
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    run([python, "-m", "pip", "install", "--quiet", package], folder)
    said = run([python, "-c", SAY], folder)
    assert said == EXPECTED, said
    # The tests run the examples of all files.
    run([place / "bin" / "normalize", "rules", "test", "uk.cities"], folder)
    listed = run([place / "bin" / "normalize", "profiles"], folder)
    assert "news-en" in listed, listed


def run(
    command: list[str | Path], folder: Path, environment: dict[str, str] | None = None
) -> str:
    """The standard output of a command that must succeed."""
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment or clean,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
