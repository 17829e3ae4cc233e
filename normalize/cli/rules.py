"""`normalize rules`: list, show, test, lint, schema."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from normalize.checking.examples import Outcome
    from normalize.kinds.base import Rule, RuleFile
    from normalize.library import Library


@click.group("rules", short_help="List, show, test and check rule files.")
def command() -> None:
    """List, show, test and check rule files."""


with_rules = click.option(
    "--rules",
    metavar="PATH",
    multiple=True,
    help="Add a rule file or a folder of them.",
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
    """Show a rule (file/rule) or the rules of a file: its lines, what it finds."""
    from normalize.errors import UnknownNameError
    from normalize.library import Library

    library = Library(rules)
    file_id, _, rule_id = id_.partition("/")
    known = [i for i in library.ids() if library.kind(i) not in ("profile", "classes")]
    if file_id not in known:
        owners = _owners(library, known, id_)
        if len(owners) != 1:
            raise UnknownNameError("rule or rule file", id_, owners or known)
        file_id, _, rule_id = owners[0].partition("/")
    file = library.rule_file(file_id)
    library.check()
    if file is None:
        return 2
    if not rule_id:
        click.echo(f"{file.id}: {file.title} ({file.kind}, {file.path})")
        for rule in file.rules:
            click.echo(f"  {file.id}/{rule.id}  {rule.at}")
        return 0
    found = [rule for rule in file.rules if rule.id == rule_id]
    if not found:
        raise UnknownNameError("rule", id_, [f"{file.id}/{r.id}" for r in file.rules])
    _show_rule(library, file, found[0])
    return 0


def _owners(library: Library, ids: list[str], rule_id: str) -> list[str]:
    """The full ids of all rules with this short id."""
    files = [library.rule_file(id_) for id_ in ids]
    return [f"{f.id}/{r.id}" for f in files if f for r in f.rules if r.id == rule_id]


def _show_rule(library: Library, file: RuleFile, rule: Rule) -> None:
    from normalize.checking.examples import alone
    from normalize.cli.show import visible
    from normalize.profile import compile_plan

    click.echo(f"{file.id}/{rule.id}  ({file.kind}, {rule.at})\n")
    for line in library.lines_of(rule):
        click.echo(f"  {line}")
    from dataclasses import replace

    only = replace(file, rules=(rule,))
    compiled = compile_plan(alone(library, only, rule))
    scanners = [stage.scanner for stage in compiled.stages]
    anchors = [a for scanner in scanners for a in scanner.anchors]
    anchors += compiled.protector.scanner.anchors + compiled.blocks.scanner.anchors
    shown = ", ".join(visible(anchor) for anchor in sorted(set(anchors))[:40])
    click.echo(f"\nlooked for at: {shown}")
    if rule.claims():
        click.echo(f"spellings: {', '.join(rule.claims())}")
    click.echo("examples:")
    for example in rule.examples:
        mark = f"{example.mark}: " if example.mark else ""
        click.echo(f"  {mark}{visible(example.source)} -> {visible(example.expected)}")


@command.command("test")
@click.argument("targets", nargs=-1, metavar="[PATHS|IDS]")
@with_rules
@click.option("-v", "--verbose", is_flag=True, help="Show the passing examples too.")
def test(targets: tuple[str, ...], rules: tuple[str, ...], verbose: bool) -> int:
    """Run the examples of rule files and profiles as tests.

    PATHS are files or folders of your own, IDS files that are known; without
    either all examples run.
    """
    from normalize.checking.examples import GOOD, run_examples
    from normalize.library import Library

    paths = [t for t in targets if Path(t).exists() or "/" in t or t.endswith(".yaml")]
    library = Library([*rules, *paths])
    library.check()
    ids = [t for t in targets if t not in paths]
    for id_ in ids:
        if id_ not in library.ids():
            from normalize.errors import UnknownNameError

            raise UnknownNameError("rule file", id_, sorted(library.ids()))
    chosen = [*ids, *library.own] if targets else None
    counts: Counter[str] = Counter()
    for outcome in run_examples(library, chosen):
        counts[outcome.word] += 1
        if verbose or outcome.word not in GOOD:
            _show_outcome(outcome)
    total = sum(counts.values())
    words = ", ".join(f"{n} {word}" for word, n in counts.most_common())
    click.echo(f"{total} examples: {words or 'none'}")
    return int(any(counts[word] for word in counts if word not in GOOD))


def _show_outcome(outcome: Outcome) -> None:
    from normalize.cli.show import visible

    example = outcome.example
    click.echo(f"{example.at}: {outcome.word}: {outcome.owner}")
    if outcome.word in ("pass", "todo"):
        return
    click.echo(f"    in      {visible(example.source)}")
    click.echo(f"    wanted  {visible(example.expected)}")
    click.echo(f"    got     {visible(outcome.got)}")
    if outcome.rules:
        click.echo(f"    rules   {', '.join(outcome.rules)}")


@command.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATHS]")
@with_rules
def lint(paths: tuple[str, ...], rules: tuple[str, ...]) -> int:
    """Look for rules that are valid and still wrong, in all files and PATHS."""
    from normalize.checking.lint import lint as run_lint
    from normalize.library import Library

    library = Library([*rules, *paths])
    library.check()
    findings = run_lint(library)
    for finding in findings:
        click.echo(f"{finding.at}: {finding.code} {finding.message}")
        click.echo(f"    hint: {finding.hint}")
    click.echo(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}")
    return int(bool(findings))


@command.command("schema")
@click.option("--check", is_flag=True, help="Only tell whether the files are current.")
@click.option("-o", "--output", metavar="DIR", help="Where; default: beside the rules.")
def schema(check: bool, output: str | None) -> int:
    """Write the JSON Schemas of all kinds, for editors to complete and check."""
    from normalize.checking.schemas import FOLDER, stale, write
    from normalize.library import shipped_rules

    folder = Path(output) if output else shipped_rules() / FOLDER
    if not check:
        write(folder)
        return 0
    wrong = stale(folder)
    for name in wrong:
        click.echo(f"{folder / name}: not current")
    if wrong:
        click.echo("hint: run 'normalize rules schema'", err=True)
    return int(bool(wrong))
