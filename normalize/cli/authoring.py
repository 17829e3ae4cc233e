"""`normalize rules add` and `rules new`: rule files written for their editor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from normalize.kinds.base import Rule, RuleFile
    from normalize.library import Library
    from normalize.source.nodes import Source

# Before a UTF-8 file of some editors.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
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
    from normalize.checking.placing import sentence
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
    path = _place(library, file.id)
    _refuse_taken_over(library, file, rule)
    # Not as text: the line ends of the file stay, and so does a mark before it.
    whole = path.read_bytes().decode("utf-8")
    mark = MARK * whole.startswith(MARK)
    source = old = Source(library.path_of(file.id), whole.removeprefix(mark))
    for variant in variants:
        source = _with_variant(library, source, file.kind, rule, variant)
    for example in (*examples, *(f"keep: {text}" for text in keeps)):
        source = Source(source.path, _with_example(source, rule.id, example))
    shown = [sentence(library, rule, variant) for variant in variants]
    before = _outcomes(library, file.id, rule.id, shown)
    write_whole(str(path), (mark + source.text).encode())
    _show_difference(old, source)
    given = [str(path)] if file.id not in library.own else []
    try:
        code = testing.run(
            [f"{file.id}/{rule.id}"], [*rules, *given],
            verbose=True, alone=True, show_coverage=False,
        )  # fmt: skip
    except NormalizeError:
        write_whole(str(path), whole.encode())
        click.echo("the file is as it was: it can't be read with that", err=True)
        raise
    changed = Library([*with_rules(rules), *given])
    after = _outcomes(changed, file.id, rule.id, shown)
    _show_effect(shown, before, after)
    return code


def _refuse_taken_over(library: Library, file: RuleFile, rule: Rule) -> None:
    """Refuse to add to a rule whose lines stand in another file.

    Raises:
        NormalizeError: they do; the hint says where.
    """
    from normalize.errors import NormalizeError

    if not rule.at.startswith(f"{library.path_of(file.id)}:"):
        raise NormalizeError(
            f"{file.id!r} takes {rule.id!r} over from another file",
            hint=f"add to the rule there: {rule.at}",
        )


def _show_difference(old: Source, new: Source) -> None:
    """The lines that were added to a file, as a patch."""
    from difflib import unified_diff

    lines = unified_diff(
        old.text.splitlines(), new.text.splitlines(), old.path, new.path, "", "", 3, "",
    )  # fmt: skip
    for line in lines:
        click.echo(line)


def _show_effect(texts: list[str], before: list[str], after: list[str]) -> None:
    """What became of each text before, and what becomes of it now."""
    for text, was, now in zip(texts, before, after, strict=True):
        said = f"{'left' if was == text else was} before, {now} now"
        same = f"{now} as before, so it need not be listed"
        click.echo(f"{text}: {same if text != was == now else said}")


def _outcomes(library: Library, id_: str, rule_id: str, texts: list[str]) -> list[str]:
    """What becomes of some texts by the file with a rule."""
    from normalize.checking.answers import alone
    from normalize.checking.sharing import ready

    file = library.rule_file(id_) if texts else None
    if file is None or file.kind == "protect":
        return list(texts)
    rule = next(rule for rule in file.rules if rule.id == rule_id)
    normalizer = ready(library, alone(library, file, rule))
    return [normalizer(text) for text in texts]


def _with_variant(
    library: Library, source: Source, kind: str, rule: Rule, variant: str
) -> Source:
    """The file with one more spelling of the rule, of a person's names where it is."""
    from normalize.checking.editing import add_to_field
    from normalize.checking.placing import parts_of
    from normalize.errors import NormalizeError
    from normalize.kinds.names.model import NameRule
    from normalize.source.nodes import Source

    field = _SPELLINGS.get(kind)
    if field is None:
        raise NormalizeError(
            f"a rule of kind {kind!r} has no list of spellings",
            hint="edit its lines: " + rule.at,
        )
    places = [("", variant)]
    if isinstance(rule, NameRule) and rule.surname is not None:
        places = list(parts_of(library, rule, variant))
    for part, text in places:
        new = add_to_field(source, rule.id, field, text, part=part)
        source = Source(source.path, new)
    return source


def _own_first(library: Library, id_: str) -> str:
    """The full id of a rule of the user's own that has this short one, if one has."""
    files = (library.rule_file(i) for i in library.own if library.kind(i) != "profile")
    own = [f"{f.id}/{r.id}" for f in files if f for r in f.rules if r.id == id_]
    return own[0] if len(own) == 1 else id_


def _with_example(source: Source, rule_id: str, example: str) -> str:
    from normalize.checking.editing import add_to_field

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


def _schema(kind: str, output: str | None) -> str:
    """The schema of a kind: in a folder `_schema` above the file, else the shipped."""
    from normalize.checking.schemas import FOLDER
    from normalize.source.places import real, shipped_rules

    name = f"{kind}.schema.json"
    for i, folder in enumerate(real(Path(output)).parents if output else ()):
        if (folder / FOLDER / name).is_file():
            return f"{'../' * i}{FOLDER}/{name}"
    return (shipped_rules() / FOLDER / name).resolve().as_posix()


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
        f"# yaml-language-server: $schema={_schema(kind, output)}\n"
        "#\n"
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
