"""`normalize run`: files or standard input through a profile."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from normalize.cli.options import (
    load_normalizer,
    use_color,
    waits_for_typing,
    with_color,
    with_profile,
)
from normalize.errors import InputError

if TYPE_CHECKING:
    from normalize.cli.files import Document
    from normalize.normalizer import Normalizer
    from normalize.result import Result


@dataclass(frozen=True)
class _Job:
    """What the options ask for."""

    mode: str  # text, write, output, check or diff
    output: str | None
    format: str
    color: bool
    quiet: bool


@click.command("run", short_help="Normalize files or standard input.")
@click.argument("paths", nargs=-1, metavar="[PATHS|-]")
@with_profile
@click.option("-o", "--output", metavar="FILE", help="Write the text to FILE.")
@click.option("-w", "--write", is_flag=True, help="Change the files in place.")
@click.option("--check", is_flag=True, help="List what would change; exit 1 if any.")
@click.option("--diff", is_flag=True, help="Show a unified diff; exit 1 if any.")
@click.option(
    "--output-format",
    "format_",
    type=click.Choice(["text", "json", "jsonl", "github"]),
    default="text",
    show_default=True,
    help="What standard output gets: the text (or list), or the edits as data.",
)
@click.option("--stdin-filename", default="<stdin>", help="How messages call stdin.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 although changes were found.")
@click.option(
    "-q",
    "--quiet",
    is_flag=True,
    help="No summary, no diagnostics.",
)
@with_color
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    output: str | None,
    write: bool,
    check: bool,
    diff: bool,
    format_: str,
    stdin_filename: str,
    exit_zero: bool,
    quiet: bool,
    color: str,
) -> int:
    """Normalize PATHS, or standard input for -.

    The normalized text goes to standard output unless -o, -w, --check or --diff
    says otherwise. Files are UTF-8; line ends, a byte order mark and all bytes
    that no rule changes stay as they are.
    """
    if not paths:
        if waits_for_typing():
            click.echo(ctx.get_help())
            return 2
        paths = ("-",)
    job = _Job(
        _mode(output, write, check, diff), output, format_, use_color(color), quiet
    )
    _refuse_contradictions(job, paths)
    normalizer = load_normalizer(profile, rules, settings, paths[0])
    tally = _process(job, list(dict.fromkeys(paths)), normalizer, stdin_filename)
    if not quiet and job.mode != "text":
        _sum_up(job, tally)
    if tally.failed:
        return 3
    found = tally.edits and job.mode in ("check", "diff")
    return int(bool(found) and not exit_zero)


def _mode(output: str | None, write: bool, check: bool, diff: bool) -> str:
    asked = {
        "-o": ("output", output is not None),
        "-w": ("write", write),
        "--check": ("check", check),
        "--diff": ("diff", diff),
    }
    chosen = [option for option, (_, on) in asked.items() if on]
    if len(chosen) > 1:
        raise click.UsageError(f"{chosen[0]} and {chosen[1]} contradict each other")
    return asked[chosen[0]][0] if chosen else "text"


def _refuse_contradictions(job: _Job, paths: tuple[str, ...]) -> None:
    if job.mode == "write" and "-" in paths:
        raise click.UsageError("-w and - contradict each other: stdin has no place")
    if job.mode == "output" and len(paths) > 1:
        raise click.UsageError("-o takes one input; use -w for several files")
    if job.mode == "diff" and job.format != "text":
        raise click.UsageError(
            f"--diff and --output-format {job.format} contradict each other"
        )


@dataclass
class _Tally:
    """What came of the files."""

    texts: int = 0
    changed: int = 0
    edits: int = 0
    failed: int = 0


def _process(
    job: _Job, paths: list[str], normalizer: Normalizer, stdin_name: str
) -> _Tally:
    """Do all files, one failing file after the other."""
    from normalize.cli.files import put, read_document, write_whole
    from normalize.cli.show import display_name

    tally = _Tally()
    whole: list[dict[str, object]] = []
    for path in paths:
        try:
            document = read_document(path, stdin_name)
            result = normalizer.trace(document.text)
            data = document.encode(result.text)
            if job.mode == "write" and result.edits:
                write_whole(path, data)
            elif job.mode == "output" and job.output is not None:
                write_whole(job.output, data)
        except InputError as error:
            if sys.stdout is not None:
                sys.stdout.flush()
            click.echo(f"error: {error}", err=True)
            tally.failed += 1
            continue
        tally.texts += 1
        tally.changed += bool(result.edits)
        tally.edits += len(result.edits)
        if job.format == "json":
            whole.append({"path": display_name(document.name), **result.to_dict()})
        elif job.mode == "text" and job.format == "text":
            put(data)
        else:
            for line in _lines(job, document, result):
                put(line.encode("utf-8", "surrogateescape"))
        if not job.quiet:
            _warn(document.name, result)
    if job.format == "json":
        put(json.dumps({"schema": 1, "files": whole}, ensure_ascii=False).encode())
        put(b"\n")
    return tally


def _lines(job: _Job, document: Document, result: Result) -> Iterator[str]:
    """What standard output gets for one file."""
    from normalize.cli.show import diff, records, visible

    name = document.name
    if job.mode == "diff":
        yield from diff(name, result, job.color, document.bom)
        return
    for record in records(name, result):
        place = f"{name}:{record['line']}:{record['column']}"
        rule = record["rules"][-1]
        said = f"{visible(record['before'])!r} -> {visible(record['after'])!r}"
        if job.format == "jsonl":
            yield json.dumps(record, ensure_ascii=False) + "\n"
        elif job.format == "github":
            yield (
                f"::warning file={_property(name)},line={record['line']},"
                f"col={record['column']},title={_property(rule['id'])}::"
                f"{_message(said)}\n"
            )
        elif job.mode == "check":
            yield f"{place}: {said} ({rule['id']} at {rule['at']})\n"


def _message(text: str) -> str:
    """The text of a GitHub workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property of a GitHub workflow command."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _warn(name: str, result: Result) -> None:
    """Tell on standard error what was seen and left."""
    from normalize.cli.show import Lines

    for diagnostic in result.diagnostics:
        line = Lines(result.source).number(diagnostic.start) + 1
        click.echo(f"{name}:{line}: {diagnostic.code}: {diagnostic.message}", err=True)


def _sum_up(job: _Job, tally: _Tally) -> None:
    if sys.stdout is not None:
        sys.stdout.flush()
    said = "written" if job.mode in ("write", "output") else "found"
    texts = f"{tally.texts} text{'s' if tally.texts != 1 else ''}"
    failed = f"; {tally.failed} could not be done" if tally.failed else ""
    click.echo(
        f"{tally.edits} edit{'s' if tally.edits != 1 else ''} {said} "
        f"in {tally.changed} of {texts}{failed}",
        err=True,
    )
