"""What `normalize run` was asked to do, contradictions refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import click

TABLES = {
    "csv_column": "--csv-column",
    "tsv_column": "--tsv-column",
    "jsonl_field": "--jsonl-field",
    "parquet_column": "--parquet-column",
}


@dataclass(frozen=True)
class Job:
    """What the options ask for; `mode` is where the text goes.

    text (standard output), output (-o), write (-w), review (-i), check, diff, or
    look: neither text nor list, only a report or counts.
    """

    mode: str
    output: str | None
    format: str
    color: bool
    quiet: bool
    paths: tuple[str, ...]
    options: Mapping[str, Any] = field(repr=False)

    def __getattr__(self, name: str) -> Any:
        """Any other option, by its name."""
        try:
            return self.options[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def table(self) -> str:
        """The option that names columns, if one does."""
        return next((name for name in TABLES if self.options[name]), "")

    def beside(self, option: str) -> str:
        """The name of a new column; of a field without the path to its object."""
        name: str = self.options[option]
        if self.jsonl_field:
            path = self.jsonl_field[0].rpartition(".")[0]
            name = name.removeprefix(f"{path}." if path else "")
        return name

    @property
    def writes(self) -> bool:
        """Whether files change in place."""
        return self.mode in {"write", "review"}


def mode_of(options: Mapping[str, Any]) -> str:
    """Where the text goes.

    Raises:
        UsageError: two options contradict each other; both are named.
    """
    asked = {
        "-o": ("output", options["output"] is not None),
        "-w": ("write", options["write"]),
        "-i": ("review", options["interactive"]),
        "--check": ("check", options["check"]),
        "--diff": ("diff", options["diff"]),
    }
    chosen = [option for option, (_, on) in asked.items() if on]
    if chosen == ["-w", "-i"]:  # -i writes, so -w says nothing more
        chosen = ["-i"]
    if len(chosen) > 1:
        contradict(chosen[0], chosen[1])
    if chosen:
        return asked[chosen[0]][0]
    return "look" if options["report"] or options["statistics"] else "text"


def contradict(one: str, other: str, why: str = "") -> None:
    """Refuse two options that can't go together.

    Raises:
        UsageError: always.
    """
    raise click.UsageError(f"{one} and {other} contradict each other{why}")


def refuse_contradictions(job: Job) -> None:
    """Tell the first thing that can't be meant.

    Raises:
        UsageError: two options contradict each other, or one needs another.
    """
    on = {"write": "-w", "review": "-i"}.get(job.mode, "")
    if on and "-" in job.paths:
        contradict(on, "-", ": stdin has no place")
    if not 0 <= job.jobs <= 256:
        raise click.UsageError(f"-j takes 0 to 256, not {job.jobs}")
    listing = "--statistics" if job.statistics else ""
    if job.mode == "diff" and (listing or job.format != "text"):
        contradict("--diff", listing or f"--output-format {job.format}")
    if job.mode == "review" and job.jobs > 1:
        contradict("-i", "-j")
    if job.statistics and job.format not in {"text", "json"}:
        contradict("--statistics", f"--output-format {job.format}")
    if job.keep_times and job.mode not in {"write", "review", "output"}:
        raise click.UsageError("--keep-times needs -w, -i or -o")
    if job.stdin_filename != "<stdin>" and "-" not in job.paths:
        raise click.UsageError("--stdin-filename needs standard input, named -")
    if job.replay:
        _refuse_with_replay(job)
    _refuse_tables(job)


def _refuse_with_replay(job: Job) -> None:
    given = [f"--{name}" for name in ("select", "ignore") if job.options[name]]
    given += ["--set"] * bool(job.settings) + ["--rules"] * bool(job.rules)
    given += [TABLES[job.table]] if job.table else []
    if job.options["profile"] is not None:
        given.append("-p")
    if given:
        contradict("--replay", given[0], ": the edits are saved ones")


def _refuse_tables(job: Job) -> None:
    tables = [option for name, option in TABLES.items() if job.options[name]]
    if len(tables) > 1:
        contradict(tables[0], tables[1])
    _refuse_beside(job, tables)
    if job.delimiter and not job.csv_column:
        raise click.UsageError("--delimiter needs --csv-column")
    if len(job.delimiter) > 1:
        said = f"--delimiter is one character, not {job.delimiter!r}"
        raise click.UsageError(said)
    if tables and job.input_format != "auto":
        contradict(tables[0], f"--input-format {job.input_format}")
    if tables and job.mode == "review":
        contradict("-i", tables[0])
    if job.parquet_column:
        if job.mode == "diff":
            contradict("--diff", "--parquet-column", ": it is no text")
        for name in ("encoding", "output_encoding"):
            if job.options[name] not in {"", "utf-8"}:
                option = "--" + name.replace("_", "-")
                contradict(option, "--parquet-column", ": it is no text")


def _refuse_beside(job: Job, tables: list[str]) -> None:
    for name, option in (("into", "--into"), ("edits_into", "--edits-into")):
        if job.options[name] and not tables:
            needed = "--csv-column or another option that names a column"
            raise click.UsageError(f"{option} needs {needed}")
        if job.options[name] and len(job.options[job.table]) > 1:
            raise click.UsageError(f"{option} takes one {tables[0]}")
        if job.jsonl_field and "." in job.beside(name):
            field = job.jsonl_field[0]
            said = f"{option} {job.options[name]}: a new field stands beside {field}"
            raise click.UsageError(f"{said}\nhint: name it alone, without its path")
    if job.into and job.beside("into") == job.beside("edits_into"):
        contradict(f"--into {job.into}", f"--edits-into {job.into}")
