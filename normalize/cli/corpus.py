"""`rules diff`, `rules scan` and `rules suggest`: rules looked at through texts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normalize.errors import InputError
from normalize.source.places import is_folder

if TYPE_CHECKING:
    from normalize.normalizer import Normalizer

ENDINGS = (".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".tsv", ".xml", "")


def texts(paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Name and text of each file, those of folders in order."""
    from normalize.cli.files import read_document

    for given in paths:
        path = Path(given)
        files = [given]
        if is_folder(path):
            if not os.access(path, os.R_OK | os.X_OK):
                raise InputError(f"{given}: this folder can't be read", path=given)
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            files = [str(p) for p in inside if p.suffix in ENDINGS]
            if not files:
                hint = f"texts are *{', *'.join(filter(None, ENDINGS))}"
                said = f"{given}: no text in this folder"
                raise InputError(said, path=given, hint=hint)
        for file in files:
            yield file, read_document(file).text


def diff(old: str, new: str, corpus: tuple[str, ...], profile: str, most: int) -> int:
    """Tell what texts lose and gain when the rules OLD become NEW."""
    from normalize.checking.comparing import compare, lines

    changes, differ, total = compare(
        _with(profile, old), _with(profile, new), texts(corpus), most
    )
    for line in lines(changes):
        click.echo(line)
    click.echo(f"{differ} of {total} texts come out otherwise")
    return int(bool(differ))


def _with(profile: str, given: str) -> Normalizer:
    """A profile file, a shipped profile by name, or rules put into a profile."""
    from normalize.errors import UnknownNameError
    from normalize.library import Library
    from normalize.loading import load_with

    path = Path(given)
    if path.is_dir():
        return load_with(profile, [given], {})
    if path.is_file():
        library = Library([given])
        kinds = {library.kind(id_) for id_ in library.own_of(given)}
        whole = "profile" in kinds
        return load_with(given, [], {}) if whole else load_with(profile, [given], {})
    known = Library().ids("profile")
    if given not in known:
        raise UnknownNameError("profile, rule file or folder", given, sorted(known))
    return load_with(given, [], {})


def scan(normalizer: Normalizer, paths: tuple[str, ...], least: int) -> int:
    """List what no rule knows."""
    from normalize.checking.scanning import scan as run_scan
    from normalize.cli.show import table, visible

    rows = [("count", "", "text", "near", "rule", "as in")]
    rows += [
        (str(r.times), r.what, visible(r.text), r.near, r.rule, visible(r.example))
        for r in run_scan(normalizer, (text for _, text in texts(paths)), least)
    ]
    for line in table(rows) if len(rows) > 1 else ["nothing that no rule knows"]:
        click.echo(line)
    return 0


def suggest(normalizer: Normalizer, paths: tuple[str, ...], least: int) -> int:
    """Print spellings to add, ready to be run."""
    from normalize.checking.editing import written
    from normalize.checking.scanning import suggest as run_suggest

    count = 0
    for rule, found in run_suggest(normalizer, (t for _, t in texts(paths)), least):
        count += 1
        click.echo(f"# {rule}: " + ", ".join(f"{word} ({n})" for word, n in found))
        options = " ".join(f"--variant {written(word, flow=True)}" for word, _ in found)
        click.echo(f"normalize rules add {rule} {options}")
    if not count:
        click.echo("nothing is spelled nearly like an entry")
    return 0
