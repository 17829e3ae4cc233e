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
    """Show a rule (file/rule, or its short id) or a file: its lines, what it finds."""
    from normalize.library import Library

    library = Library(rules)
    if id_ in library.ids():
        _show_file(library, id_)
        return 0
    file, rule = _find_rule(library, id_)
    library.check()
    _show_rule(library, file, rule)
    return 0


def _show_file(library: Library, id_: str) -> None:
    title, path = library.about(id_)
    library.check()
    kind = library.kind(id_)
    click.echo(f"{id_}: {title} ({kind}, {path})")
    file = library.rule_file(id_) if kind not in ("profile", "classes") else None
    if file is None:
        click.echo(library.text_of(id_).rstrip())
        return
    for rule in file.rules:
        click.echo(f"  {file.id}/{rule.id}  {rule.at}")


def _find_rule(library: Library, name: str) -> tuple[RuleFile, Rule]:
    """The rule with a full or short id, and its file.

    Raises:
        UnknownNameError: there is none, or the short id is not of one rule only.
    """
    from normalize.errors import NormalizeError, UnknownNameError

    ids = [i for i in library.ids() if library.kind(i) not in ("profile", "classes")]
    files = [file for file in map(library.rule_file, ids) if file is not None]
    full = {f"{f.id}/{r.id}": (f, r) for f in files for r in f.rules}
    short = [i for i, (_, rule) in full.items() if rule.id == name]
    if len(short) > 1:
        count = {2: "two", 3: "three"}.get(len(short), str(len(short)))
        raise NormalizeError(
            f"{count} rules have the id {name!r}",
            hint="say which one: " + " or ".join(repr(i) for i in sorted(short)),
        )
    chosen = short[0] if short else name
    if chosen in full:
        return full[chosen]
    file_id = name.partition("/")[0]
    if file_id in ids:
        mine = [i for i in full if i.startswith(f"{file_id}/")]
        raise UnknownNameError("rule", name, mine)
    everything = [*library.ids(), *(rule.id for _, rule in full.values())]
    raise UnknownNameError("rule or rule file", name, everything)


def _show_rule(library: Library, file: RuleFile, rule: Rule) -> None:
    from dataclasses import replace

    from normalize.checking.examples import alone
    from normalize.cli.show import visible
    from normalize.profile import compile_plan

    click.echo(f"{file.id}/{rule.id}  ({file.kind}, {rule.at})\n")
    for line in "\n".join(library.lines_of(rule)).rstrip().splitlines():
        click.echo(f"  {line}".rstrip())
    only = replace(file, rules=(rule,))
    compiled = compile_plan(alone(library, only, rule, without=("decisions",)))
    scanners = [stage.scanner for stage in compiled.stages]
    anchors = [a for scanner in scanners for a in scanner.anchors]
    anchors += compiled.protector.scanner.anchors + compiled.blocks.scanner.anchors
    shown = ", ".join(visible(anchor) for anchor in sorted(set(anchors))[:40])
    if shown:
        click.echo(f"\nlooked for at: {shown}")
    if rule.claims():
        click.echo(f"spellings: {', '.join(rule.claims())}")
    click.echo("examples:")
    for example in rule.examples:
        mark = f"{example.mark}: " if example.mark else ""
        after = "" if example.mark == "keep" else f" -> {visible(example.expected)}"
        click.echo(f"  {mark}{visible(example.source)}{after}")


@command.command("test")
@click.argument("targets", nargs=-1, metavar="[PATHS|IDS]")
@with_rules
@click.option("-v", "--verbose", is_flag=True, help="Show the passing examples too.")
def test(targets: tuple[str, ...], rules: tuple[str, ...], verbose: bool) -> int:
    """Run the examples of rule files and profiles as tests.

    PATHS are files or folders of your own, IDS files or single rules (file/rule)
    that are known; without either all examples run.
    """
    from normalize.checking.examples import GOOD, run_examples
    from normalize.library import Library

    paths = [t for t in targets if Path(t).exists() or t.endswith((".yaml", ".yml"))]
    library = Library([*rules, *paths])
    library.check()
    ids = [t for t in targets if t not in paths]
    chosen: list[str] | None = [i for path in paths for i in library.own_of(path)]
    only = _chosen_ids(library, ids)
    chosen = [*only, *(chosen or [])] if targets else None
    counts: Counter[str] = Counter()
    for outcome in run_examples(library, chosen):
        wanted = only.get(outcome.owner.partition("/")[0])
        if wanted and outcome.owner not in wanted:
            continue
        counts[outcome.word] += 1
        if verbose or outcome.word not in GOOD:
            _show_outcome(outcome)
    total = sum(counts.values())
    words = ", ".join(f"{n} {word}" for word, n in counts.most_common())
    click.echo(f"{total} example{'s' if total != 1 else ''}: {words or 'none'}")
    return int(any(counts[word] for word in counts if word not in GOOD))


def _chosen_ids(library: Library, ids: list[str]) -> dict[str, set[str]]:
    """The files that are named, each with the single rules that are (none: all)."""
    from normalize.errors import UnknownNameError

    chosen: dict[str, set[str]] = {}
    for id_ in ids:
        if id_ in library.ids():
            chosen[id_] = set()
        elif "/" in id_:
            file, rule = _find_rule(library, id_)
            chosen.setdefault(file.id, set()).add(f"{file.id}/{rule.id}")
        else:
            raise UnknownNameError("rule file", id_, sorted(library.ids()))
    return chosen


def _show_outcome(outcome: Outcome) -> None:
    from normalize.cli.show import visible

    example = outcome.example
    click.echo(f"{example.at}: {outcome.word}: {outcome.owner}")
    if outcome.word in ("pass", "todo"):
        return
    if outcome.word == "todo-fixed":
        click.echo("    hint: it works now; take 'todo:' off")
        return
    click.echo(f"    in      {visible(example.source)}")
    click.echo(f"    wanted  {visible(example.expected)}")
    click.echo(f"    got     {visible(outcome.got)}")
    if outcome.word == "unstable":
        click.echo(f"    again   {visible(outcome.again)}")
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
