"""`normalize rules test`: examples as tests, what they show, and again at each save."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from normalize.checking.examples import Outcome
    from normalize.library import Library


def run(
    targets: Sequence[str],
    rules: Sequence[str],
    *,
    verbose: bool,
    alone: bool,
    show_coverage: bool,
) -> int:
    """Run the examples that are asked for, and tell what became of them."""
    from normalize.library import Library
    from normalize.project import with_rules

    paths = paths_of(targets)
    library = Library(with_rules([*rules, *paths]))
    library.check()
    only = chosen_ids(library, [t for t in targets if t not in paths])
    own = [id_ for path in with_rules(paths) for id_ in library.own_of(path)]
    chosen = list(dict.fromkeys([*only, *own])) if targets else library.ids()
    failed = _run_examples(library, chosen, only, verbose=verbose, alone=alone)
    if show_coverage:
        _show_coverage(library, chosen, only)
    return int(failed)


def paths_of(targets: Sequence[str]) -> list[str]:
    """Those of the targets that are files or folders, not ids."""
    return [t for t in targets if Path(t).exists() or t.endswith((".yaml", ".yml"))]


def chosen_ids(library: Library, ids: list[str]) -> dict[str, set[str]]:
    """The files that are named, each with the single rules that are (none: all)."""
    from normalize.cli.finding import find_rule
    from normalize.errors import UnknownNameError

    chosen: dict[str, set[str]] = {}
    for id_ in ids:
        if id_ in library.ids():
            chosen[id_] = set()
        elif "/" in id_:
            file, rule = find_rule(library, id_)
            chosen.setdefault(file.id, set()).add(f"{file.id}/{rule.id}")
        else:
            raise UnknownNameError("rule file", id_, sorted(library.ids()))
    return chosen


def _run_examples(
    library: Library,
    chosen: list[str],
    only: dict[str, set[str]],
    *,
    verbose: bool,
    alone: bool,
    brief: bool = False,
) -> bool:
    """Whether an example failed."""
    from normalize import cache
    from normalize.checking.examples import GOOD, run_examples

    counts: Counter[str] = Counter()
    again = 0
    workers = min(os.cpu_count() or 1, 4)
    outcomes = run_examples(library, chosen, alone=alone, brief=brief, workers=workers)
    with cache.collector_at_rest():
        found = list(outcomes)
    for outcome in found:
        wanted = only.get(outcome.owner.partition("/")[0])
        if wanted and outcome.owner not in wanted:
            continue
        good = outcome.word in GOOD
        if outcome.profile and good:
            again += 1
            continue
        counts[outcome.word] += 1
        if verbose or not good:
            show_outcome(outcome)
    total = sum(counts.values())
    words = ", ".join(f"{n} {word}" for word, n in counts.most_common())
    click.echo(f"{total} example{'s' if total != 1 else ''}: {words or 'none'}")
    if again:
        runs = "1 run" if again == 1 else f"{again} runs"
        click.echo(f"and {runs} of them in the profiles that use their files")
    return any(counts[word] for word in counts if word not in GOOD)


def show_outcome(outcome: Outcome) -> None:
    """One outcome: where, what, and both texts where it failed."""
    from normalize.cli.show import visible

    example = outcome.example
    where = f" (in profile {outcome.profile})" if outcome.profile else ""
    click.echo(f"{example.at}: {outcome.word}: {outcome.owner}{where}")
    if outcome.word in ("pass", "todo"):
        return
    if outcome.word == "todo-fixed":
        click.echo("    hint: it works now; take 'todo:' off")
        return
    click.echo(f"    in      {visible(example.source)}")
    click.echo(f"    wanted  {visible(outcome.wanted)}")
    click.echo(f"    got     {visible(outcome.got)}")
    if outcome.word == "unstable":
        click.echo(f"    again   {visible(outcome.again)}")
    if outcome.rules:
        click.echo(f"    rules   {', '.join(outcome.rules)}")
    if outcome.profile:
        click.echo(
            "    hint: alone it works; 'normalize explain -p "
            f"{outcome.profile} --why WORD TEXT' tells what stands in its way"
        )


def _show_coverage(
    library: Library, chosen: list[str], only: dict[str, set[str]]
) -> None:
    from normalize.checking.coverage import coverage

    ids = [i for i in chosen if library.kind(i) not in ("profile", "classes")]
    shown = parts = 0
    for found in coverage(library, ids):
        wanted = only.get(found.owner.partition("/")[0])
        if wanted and found.owner not in wanted:
            continue
        shown += found.shown
        parts += found.parts
        if found.missing:
            missing = ", ".join(found.missing)
            click.echo(f"{found.at}: {found.owner}: not shown: {missing}")
    share = f"{100 * shown // parts}%" if parts else "nothing to show"
    click.echo(
        f"coverage: {shown} of {parts} spellings, patterns, contexts, vetoes: {share}"
    )


def watch(
    targets: Sequence[str],
    rules: Sequence[str],
    *,
    verbose: bool,
    once: int | None = None,
) -> int:
    """Run the examples alone, and again what a saved file touches, until stopped.

    `once` is after how many runs to end, for tests.
    """
    from normalize.checking.examples import is_long
    from normalize.checking.watching import Watcher
    from normalize.errors import NormalizeError
    from normalize.project import with_rules

    paths = with_rules([*rules, *paths_of(targets)])
    watcher = Watcher(paths)
    ids = [t for t in targets if t not in paths]
    for runs, changed in enumerate(watcher.changes(), 1):
        if changed:
            click.echo(f"\n{', '.join(changed)} saved")
        try:
            library = watcher.library()
            library.check()
            chosen = watcher.touched(library, changed, ids)
            only = chosen_ids(library, ids)
            if changed and any(is_long(library, id_) for id_ in chosen):
                # What took part is told, since names are settled among all of them.
                click.echo("rules with examples, by themselves:")
                _run_examples(
                    library, chosen, only, verbose=verbose, alone=True, brief=True
                )
                click.echo("with all rules of the file:")
            _run_examples(library, chosen, only, verbose=verbose, alone=True)
        except NormalizeError as error:
            click.echo(str(error))
        if runs == once:
            break
    return 0
