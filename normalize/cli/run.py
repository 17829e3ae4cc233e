"""`normalize run`: files or standard input through a profile."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import click

from normalize.cli.options import load_normalizer, use_color, with_color, with_profile


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
@click.option("-q", "--quiet", is_flag=True, help="No summary on standard error.")
@with_color
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: str,
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
        if sys.stdin.isatty():
            click.echo(ctx.get_help())
            return 2
        paths = ("-",)
    job = _Job(
        _mode(output, write, check, diff), output, format_, use_color(color), quiet
    )
    _refuse_contradictions(job, paths)
    normalizer = load_normalizer(profile, rules, settings)
    changed, failed = _process(
        job, list(dict.fromkeys(paths)), normalizer, stdin_filename
    )
    if failed:
        return 3
    return int(changed and job.mode in ("check", "diff") and not exit_zero)


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


def _process(
    job: _Job, paths: list[str], normalizer: object, stdin_name: str
) -> tuple[bool, bool]:
    """Do all files; whether any changes were found, whether any file failed."""
    from normalize.cli.files import read_document, write_whole
    from normalize.errors import InputError
    from normalize.normalizer import Normalizer

    if not isinstance(normalizer, Normalizer):
        raise TypeError(normalizer)
    changed = failed = False
    counts: Counter[str] = Counter()
    whole: list[dict[str, object]] = []
    for path in paths:
        try:
            document = read_document(path, stdin_name)
            if job.mode == "text" and job.format == "text" and job.quiet:
                _put(document.encode(normalizer(document.text)))
                continue
            result = normalizer.trace(document.text)
            data = document.encode(result.text)
            if job.mode == "write" and result.edits:
                write_whole(path, data)
            elif job.mode == "output" and job.output is not None:
                write_whole(job.output, data)
        except InputError as error:
            sys.stdout.flush()
            click.echo(f"error: {error}", err=True)
            failed = True
            continue
        changed |= bool(result.edits)
        counts[document.name] += len(result.edits)
        if job.format == "json":
            whole.append({"path": document.name, **result.to_dict()})
        elif job.mode == "text" and job.format == "text":
            _put(data)
        else:
            for line in _lines(job, document.name, result):
                _put(line.encode("utf-8", "surrogatepass"))
    if job.format == "json":
        _put(json.dumps({"schema": 1, "files": whole}, ensure_ascii=False).encode())
        _put(b"\n")
    if not job.quiet:
        _sum_up(job, counts)
    return changed, failed


def _lines(job: _Job, name: str, result: object) -> Iterator[str]:
    """What standard output gets for one file."""
    from normalize.cli.show import diff, records, visible
    from normalize.result import Result

    if not isinstance(result, Result):
        raise TypeError(result)
    if job.mode == "diff":
        yield from diff(name, result, job.color)
        return
    for record in records(name, result):
        place = f"{name}:{record['line']}:{record['column']}"
        rule = record["rules"][-1]
        said = f"{visible(record['before'])!r} -> {visible(record['after'])!r}"
        if job.format == "jsonl":
            yield json.dumps(record, ensure_ascii=False) + "\n"
        elif job.format == "github":
            yield (
                f"::warning file={name},line={record['line']},"
                f"col={record['column']},title={rule['id']}::{said}\n"
            )
        elif job.mode == "check":
            yield f"{place}: {said} ({rule['id']} at {rule['at']})\n"


def _put(data: bytes) -> None:
    """Bytes to standard output, past any translation of line ends."""
    sys.stdout.buffer.write(data)


def _sum_up(job: _Job, counts: Counter[str]) -> None:
    sys.stdout.flush()
    total = sum(counts.values())
    files = sum(count > 0 for count in counts.values())
    verb = {"write": "changed", "output": "written", "text": "made"}
    said = verb.get(job.mode, "found")
    click.echo(
        f"{total} edit{'s' if total != 1 else ''} {said} "
        f"in {files} of {len(counts)} text{'s' if len(counts) != 1 else ''}",
        err=True,
    )
