"""`normalize rules`: list, show, test, lint, explain, add, new, schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from normalize.cli.misuse import Command
from normalize.cli.options import load_normalizer, with_profile

F = TypeVar("F", bound=Callable[..., object])


class _Rules(click.Group):
    command_class = Command


@click.group(
    "rules", cls=_Rules, short_help="List, show, test, write and check rule files."
)
def command() -> None:
    """List, show, test and check rule files."""


with_rules = click.option(
    "--rules",
    metavar="PATH",
    multiple=True,
    help="Add a rule file or a folder of them.",
)


def _with_least(default: int) -> Callable[[F], F]:
    """--least."""
    return click.option(
        "--least",
        type=click.IntRange(min=1),
        metavar="N",
        default=default,
        show_default=True,
        help="What comes up less often is left out.",
    )


@command.command("list")
@with_rules
def list_(rules: tuple[str, ...]) -> int:
    """List all rule files: id, kind, number of rules, title, path."""
    from normalize.cli.show import table
    from normalize.library import Library

    library = Library(rules)
    rows = [("id", "kind", "rules", "title", "path")]
    for id_ in sorted(library.ids()):
        kind = library.kind(id_)
        file = library.rule_file(id_) if kind not in ("profile", "classes") else None
        count = str(len(file.rules)) if file else "-"
        title, path = library.about(id_)
        rows.append((id_, kind, count, title, path))
    library.check()
    for line in table(rows):
        click.echo(line)
    return 0


@command.command("show")
@click.argument("id_", metavar="ID")
@with_rules
def show(id_: str, rules: tuple[str, ...]) -> int:
    """Show a rule (file/rule, or its short id) or a file: its lines, what it finds."""
    from normalize.cli.finding import find_rule
    from normalize.cli.showing import show_file, show_rule
    from normalize.library import Library

    library = Library(rules)
    if id_ in library.ids():
        show_file(library, id_)
        return 0
    file, rule = find_rule(library, id_)
    library.check()
    show_rule(library, file, rule)
    return 0


@command.command("test")
@click.argument("targets", nargs=-1, metavar="[PATHS|IDS]")
@with_rules
@click.option("-v", "--verbose", is_flag=True, help="Show the passing examples too.")
@click.option("--alone", is_flag=True, help="Not in the profiles that use the files.")
@click.option("--coverage", is_flag=True, help="Tell what no example shows.")
@click.option("--watch", is_flag=True, help="Run again what a saved file touches.")
def test(
    targets: tuple[str, ...],
    rules: tuple[str, ...],
    verbose: bool,
    alone: bool,
    coverage: bool,
    watch: bool,
) -> int:
    """Run the examples of rule files and profiles as tests.

    PATHS are files or folders of your own, IDS files or single rules (file/rule)
    that are known; without either all examples run. Each example runs with its own
    file alone, and again in every profile that uses the file. There other rules
    take part: what goes in and what must come out have to end as the same text, and
    a text to be kept must not be changed by the rule.

    \b
    pass        as it should be
    missing     should have changed, and did not
    noisy       should have stayed, and changed
    wrong       changed to something else
    unstable    changes once more when it is run again
    todo        a known gap, still open
    todo-fixed  a known gap that works now: take the mark off
    """  # noqa: D301 - \b is a word to click
    from normalize.cli import testing

    if watch:
        if coverage:
            raise click.UsageError("--watch and --coverage contradict each other")
        return testing.watch(targets, rules, verbose=verbose)
    return testing.run(
        targets, rules, verbose=verbose, alone=alone, show_coverage=coverage
    )


@command.command("lint")
@click.argument("targets", nargs=-1, metavar="[PATHS|IDS]")
@with_rules
@click.option("--fix", is_flag=True, help="Mend in PATHS what can be mended safely.")
def lint(targets: tuple[str, ...], rules: tuple[str, ...], fix: bool) -> int:
    """Look for what is wrong in rules, in all files or in PATHS.

    PATHS are files or folders of your own; they are looked at together with the
    shipped rules, which have no findings by themselves. With IDS, which are files or
    single rules (file/rule) that are known, only what is found there is told.

    Each finding has a code; 'normalize rules explain CODE' says why it matters and
    how it is mended. A note is no fault: it tells what no example of yours shows.
    """
    from normalize.cli import linting, testing

    paths = testing.paths_of(targets)
    if fix and not paths:
        raise click.UsageError("--fix needs PATHS: it changes files of your own only")
    ids = [target for target in targets if target not in paths]
    return linting.run(rules, paths, ids, fix=fix)


@command.command("explain")
@click.argument("code", required=False, metavar="[CODE]")
def explain(code: str | None) -> int:
    """Say what a lint means, why it matters and how it is mended; all without CODE."""
    from normalize.checking.codes import CODES
    from normalize.errors import NormalizeError, suggestion

    if code is None:
        for name, lint_ in CODES.items():
            click.echo(f"{name}  {lint_.what}")
        return 0
    name = f"N{code.lstrip('Nn'):0>3}"  # n4 is N004
    found = CODES.get(name)
    if found is None:
        near = suggestion(name, sorted(CODES))
        raise NormalizeError(
            f"unknown lint {code!r}",
            hint=f"{near} " * bool(near) + "'normalize rules explain' lists all",
        )
    click.echo(f"{name}: {found.what}\n")
    click.echo(f"why:   {found.why}")
    click.echo(f"mend:  {found.mend}")
    return 0


@command.command("add")
@click.argument("id_", metavar="ID")
@with_rules
@click.option(
    "--variant",
    "variants",
    metavar="TEXT",
    multiple=True,
    help="One more spelling; may be repeated.",
)
@click.option(
    "--example",
    "examples",
    metavar="'IN -> OUT'",
    multiple=True,
    help="One more example; may be repeated.",
)
@click.option(
    "--keep",
    "keeps",
    metavar="TEXT",
    multiple=True,
    help="A text that must stay as it is; may be repeated.",
)
def add(
    id_: str,
    rules: tuple[str, ...],
    variants: tuple[str, ...],
    examples: tuple[str, ...],
    keeps: tuple[str, ...],
) -> int:
    """Add spellings and examples to the rule ID, in its file, and run its examples.

    The other lines of the file stay as they are.
    """
    from normalize.cli import authoring

    return authoring.add(id_, rules, variants, examples, keeps)


@command.command("new")
@click.argument("kind")
@click.option("--id", "id_", metavar="ID", help="The id of the file.")
@click.option("-o", "--output", metavar="FILE", help="Where; default: standard output.")
def new(kind: str, id_: str | None, output: str | None) -> int:
    """Make a rule file of a KIND to begin with: the one that rules/README.md shows."""
    from normalize.cli import authoring

    return authoring.new(kind, id_, output)


@command.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--corpus",
    metavar="PATH",
    multiple=True,
    required=True,
    help="Texts, or folders of them; may be repeated.",
)
@click.option(
    "-p",
    "--profile",
    default="news-en",
    show_default=True,
    help="Where rule files go that are no profile.",
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    default=3,
    show_default=True,
    help="Places shown of each rule.",
)
def diff(old: str, new: str, corpus: tuple[str, ...], profile: str, most: int) -> int:
    """Tell what texts lose (-) and gain (+) when the rules OLD become NEW, by rule.

    OLD and NEW are profiles, by name or file, or rule files or folders of your own.
    """
    from normalize.cli import corpus as texts

    return texts.diff(old, new, corpus, profile, most)


@command.command("scan")
@click.argument("paths", nargs=-1, required=True)
@with_profile
@_with_least(2)
def scan(
    paths: tuple[str, ...],
    profile: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    least: int,
) -> int:
    """List names and characters in PATHS that no rule knows: what to add next.

    Names are counted as they come out of the profile, those near to an entry first.
    """
    from normalize.cli import corpus as texts

    made = load_normalizer(profile, rules, settings, paths[0])
    return texts.scan(made, paths, least)


@command.command("suggest")
@click.argument("paths", nargs=-1, required=True)
@with_profile
@_with_least(1)
def suggest(
    paths: tuple[str, ...],
    profile: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    least: int,
) -> int:
    """Suggest spellings in PATHS that are nearly those of a rule; change nothing."""
    from normalize.cli import corpus as texts

    made = load_normalizer(profile, rules, settings, paths[0])
    return texts.suggest(made, paths, least)


@command.command("schema")
@click.option("--check", is_flag=True, help="Only tell whether the files are current.")
@click.option("-o", "--output", metavar="DIR", help="Where; default: beside the rules.")
def schema(check: bool, output: str | None) -> int:
    """Write the JSON Schemas of all kinds, for editors to complete and check."""
    from normalize.checking.schemas import FOLDER, stale, write
    from normalize.errors import InputError
    from normalize.source.places import shipped_rules

    folder = Path(output) if output else shipped_rules() / FOLDER
    try:
        if not check:
            write(folder)
            return 0
        wrong = stale(folder)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}", path=str(folder)) from None
    for name in wrong:
        click.echo(f"{folder / name}: not current")
    if wrong:
        place = f" -o {output}" if output else ""
        click.echo(f"hint: run 'normalize rules schema{place}'", err=True)
    return int(bool(wrong))
