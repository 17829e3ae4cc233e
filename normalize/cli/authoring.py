"""`normalize rules add` and `rules new`: rule files written for their editor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from normalize.library import Library

# Which field of a kind holds the spellings of a rule.
_SPELLINGS = {"rewrite": "variants", "protect": "variants", "names": "also"}
_SPELLINGS |= {"decisions": "words"}


def add(
    id_: str,
    rules: tuple[str, ...],
    variants: tuple[str, ...],
    examples: tuple[str, ...],
    keeps: tuple[str, ...],
) -> int:
    """Put spellings and examples into a rule, run its examples, show the difference."""
    from difflib import unified_diff

    from normalize.checking.editing import add_to_field
    from normalize.cli import testing
    from normalize.cli.finding import find_rule
    from normalize.errors import NormalizeError
    from normalize.files.writing import write_whole
    from normalize.library import Library
    from normalize.project import with_rules
    from normalize.source.nodes import Source

    if not (variants or examples or keeps):
        raise click.UsageError("say what to add: --variant, --example or --keep")
    library = Library(with_rules(rules))
    library.check()
    file, rule = find_rule(library, _own_first(library, id_))
    field = _SPELLINGS.get(file.kind)
    if variants and field is None:
        raise NormalizeError(
            f"a rule of kind {file.kind!r} has no list of spellings",
            hint="edit its lines: " + rule.at,
        )
    path = _place(library, file.id)
    old = path.read_text(encoding="utf-8")
    source = Source(library.path_of(file.id), old)
    person = getattr(rule, "surname", None) is not None
    if variants and person:
        raise NormalizeError(
            f"{rule.at}: a person has two names; which one is it a spelling of?",
            hint="write it under 'also' of 'given' or 'surname'",
        )
    for variant in variants:
        new = add_to_field(source, rule.id, field or "", variant)
        source = Source(source.path, new)
    for example in (*examples, *(f"keep: {text}" for text in keeps)):
        source = Source(source.path, _with_example(source, rule.id, example))
    write_whole(str(path), source.text.encode())
    lines = unified_diff(
        old.splitlines(), source.text.splitlines(), source.path, source.path, "", "",
        3, "",
    )  # fmt: skip
    for line in lines:
        click.echo(line)
    given = [str(path)] if file.id not in library.own else []
    try:
        code = testing.run(
            [f"{file.id}/{rule.id}"], [*rules, *given],
            verbose=True, alone=True, show_coverage=False,
        )  # fmt: skip
    except NormalizeError:
        write_whole(str(path), old.encode())
        click.echo("the file is as it was: it can't be read with that", err=True)
        raise
    return code


def _own_first(library: Library, id_: str) -> str:
    """The full id of a rule of the user's own that has this short one, if one has."""
    files = (library.rule_file(i) for i in library.own if library.kind(i) != "profile")
    own = [f"{f.id}/{r.id}" for f in files if f for r in f.rules if r.id == id_]
    return own[0] if len(own) == 1 else id_


def _with_example(source: object, rule_id: str, example: str) -> str:
    from normalize.checking.editing import add_to_field
    from normalize.source.nodes import Source

    assert isinstance(source, Source)
    if not example.startswith("keep: "):
        return add_to_field(source, rule_id, "examples", example)
    # An entry of one field: written as it stands, its text in quotes where needed.
    from normalize.checking.editing import written

    mark = "keep-example-goes-here"
    text = add_to_field(source, rule_id, "examples", mark)
    kept = written(example.removeprefix("keep: "), flow=True)
    line = next(line for line in text.splitlines() if mark in line)
    block = line.lstrip().startswith("- ") and line.rstrip().endswith(mark)
    return text.replace(mark, f"keep: {kept}" if block else f"{{keep: {kept}}}")


def _place(library: Library, id_: str) -> Path:
    """Where the file with this id lies."""
    from normalize.source.places import shipped_rules

    shown = library.path_of(id_)
    if id_ in library.own:
        return Path(shown)
    return shipped_rules() / shown.removeprefix("rules/")


def templates() -> dict[str, str]:
    """By kind, the first rule file of that kind that the lesson shows."""
    from normalize.source.places import shipped_rules

    lesson = (shipped_rules() / "README.md").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for block in re.findall(r"^```yaml\n(.*?)^```", lesson, re.MULTILINE | re.DOTALL):
        kind = re.search(r"^kind: (\S+)", block, re.MULTILINE)
        if kind:
            found.setdefault(kind[1], block)
    return found


def new(kind: str, id_: str | None, output: str | None) -> int:
    """Write a file of a kind to begin with, examples and all."""
    from normalize.errors import NormalizeError, UnknownNameError
    from normalize.files.writing import write_whole

    known = templates()
    if kind not in known:
        raise UnknownNameError("kind", kind, sorted(known))
    chosen = id_ or (Path(output).stem if output else f"my.{kind}")
    if not re.fullmatch(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", chosen):
        raise NormalizeError(
            f"{chosen!r} is no id",
            hint="small letters and digits, with - or . between them: --id my.places",
        )
    body = re.sub(
        r"^id: .*$", f"id: {chosen}", known[kind], flags=re.MULTILINE, count=1
    )
    text = (
        f"# Rules of kind {kind}. Change the title and the rules below; each rule has\n"
        "# an id and examples. Meanwhile run\n"
        f"#   normalize rules test --watch {output or 'FILE'}\n" + body
    )
    if output is None:
        click.echo(text, nl=False)
        return 0
    if Path(output).exists():
        raise NormalizeError(f"{output} is there already", hint="choose another name")
    write_whole(output, text.encode())
    click.echo(f"{output} written; next: normalize rules test {output}")
    return 0
