"""`normalize rules lint`: what is wrong in rules, told with code, place and remedy."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from normalize.errors import RuleError
    from normalize.kinds.base import Finding
    from normalize.library import Library


def run(
    rules: Sequence[str], paths: Sequence[str], ids: list[str], *, fix: bool
) -> int:
    """Look through all files, and tell; with `fix` mend first what can be mended.

    With `ids` only what is found in these files and rules, and in `paths`, is told.
    """
    from normalize.checking.lint import lint, lint_own, readable
    from normalize.cli.testing import chosen_ids
    from normalize.errors import RuleErrors
    from normalize.library import Library
    from normalize.project import with_rules

    given = with_rules([*rules, *paths])
    library = Library(given)
    workers = min(os.cpu_count() or 1, 4)
    refused: tuple[RuleError, ...] = ()
    findings: list[Finding] = []
    try:
        library.check()
        chosen = chosen_ids(library, ids)
        findings = lint(library, workers=workers)
        if fix and _mend(library, findings):
            library = Library(given)
            library.check()
            findings = lint(library, workers=workers)
        if ids:
            chosen.update(
                (id_, set()) for path in paths for id_ in library.own_of(path)
            )
            findings = [found for found in findings if _is_in(library, found, chosen)]
    except RuleErrors as errors:
        refused = errors.errors
        rest = readable(library, errors)
        findings = lint_own(rest) if rest is not None else []
    for error in refused:
        _tell_refused(error)
    for finding in findings:
        said = "note: " if finding.note else ""
        click.echo(f"{finding.at}: {finding.code} {said}{finding.message}")
        click.echo(f"    hint: {finding.hint}")
    return _total(refused, findings)


def _is_in(
    library: Library, finding: Finding, chosen: Mapping[str, Container[str]]
) -> bool:
    """Whether it is found in one of these files, or of their rules where any are said.

    A rule goes from its own line to that of the next one.
    """
    path, _, line = finding.at.rpartition(":")
    for id_, wanted in chosen.items():
        if library.path_of(id_) != path:
            continue
        file = library.rule_file(id_) if wanted else None
        if file is None:
            return True
        begun = [
            (int(rule.at.rpartition(":")[2]), f"{id_}/{rule.id}")
            for rule in file.rules
            if rule.at.rpartition(":")[0] == path
        ]
        if max([b for b in begun if b[0] <= int(line)], default=(0, ""))[1] in wanted:
            return True
    return False


def _tell_refused(error: RuleError) -> None:
    """A mistake for which a file can't be read at all, with its line."""
    first, *lines = str(error).split("\n")
    click.echo(first.replace(": ", f": {error.code} ", 1))
    for line in lines:
        click.echo(f"    {line}")


def _total(refused: Sequence[RuleError], findings: Sequence[Finding]) -> int:
    notes = sum(finding.note for finding in findings)
    wrong = len(refused) + len(findings) - notes
    said = f"{wrong} finding{'s' if wrong != 1 else ''}"
    if notes:
        said += f", {notes} note{'s' if notes != 1 else ''}"
    click.echo(said)
    if refused:
        click.echo(
            "files that can't be read are left out, and what the others do together "
            "is looked at once all can be",
            err=True,
        )
    return int(bool(wrong))


def _mend(library: Library, findings: list[Finding]) -> bool:
    """Write what can be mended; whether there was something."""
    from normalize.checking.fixing import fixes
    from normalize.cli.show import visible
    from normalize.files.writing import write_whole

    mended = False
    for fixed in fixes(library, findings):
        write_whole(fixed.path, fixed.text.encode())
        for line, before, after in fixed.changes:
            said = f"{visible(before.strip())!r} -> {visible(after.strip())!r}"
            click.echo(f"{fixed.path}:{line}: mended: {said}")
        mended = True
    return mended
