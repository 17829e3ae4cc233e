"""The texts of a run, in order: from paths, folders, lists, standard input."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normalize.cli.settings import Job
from normalize.cli.show import display_name
from normalize.errors import InputError, MissingExtraError
from normalize.files import missing
from normalize.files.flow import Document
from normalize.files.forms.by_name import ending_of, form_of
from normalize.files.marks import Marks
from normalize.files.reading import Reader
from normalize.files.walk import TEXTS, Found, Walk, Wanted, listed

if TYPE_CHECKING:
    from normalize.files.saved import Saved
    from normalize.files.work import Form
    from normalize.normalizer import Normalizer

_ENDINGS = {
    "csv_column": (".csv",),
    "tsv_column": (".tsv",),
    "jsonl_field": (".jsonl", ".ndjson"),
    "parquet_column": (".parquet",),
}


@dataclass
class Sources:
    """Finds the files that a job names, once."""

    job: Job
    paths: list[str] = field(init=False)
    saved: Mapping[str, Saved] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        job = self.job
        self.paths = list(job.paths)
        for list_ in job.files_from:
            self.paths += _listed(list_, self.paths)
        if job.replay:
            from normalize.files.saved import read_saved

            self.saved = read_saved(job.replay)
            if not self.paths:
                self.paths = list(self.saved)
        out = job.output
        self.walk = Walk(
            Wanted(
                include=job.include,
                exclude=job.exclude,
                suffixes=_ENDINGS.get(job.table, TEXTS),
                gitignore=not job.no_gitignore,
                hidden=job.hidden,
                leave=out if out is not None and Path(out).is_dir() else "",
            ),
            job.stdin_filename,
        )
        self.binary = 0

    def show(self) -> int:
        """List the files; gives the exit code."""
        failed = 0
        for found in self.walk.find(self.paths):
            try:
                if isinstance(found, InputError):
                    raise found
                if not self._binary(found):
                    click.echo(found.name)
            except InputError as error:
                failed += 1
                click.echo(f"error: {error}", err=True)
        self.complain()
        return 3 if failed else 0

    def _binary(self, found: Found) -> bool:
        """Whether a file of a folder is passed over, since it is no text."""
        if not found.walked or self.job.parquet_column:
            return False
        asked = self.job.encoding
        reader = Reader(found, "utf-8" if asked == "auto" else asked)
        reader.close()
        self.binary += reader.binary
        return reader.binary

    def size(self) -> int:
        """How many bytes all files have together."""
        walk = Walk(self.walk.wanted)
        total = 0
        for found in walk.find(self.paths):
            if isinstance(found, Found) and found.path != "-":
                with suppress(OSError):
                    total += Path(found.path).stat().st_size
        return total

    def documents(
        self, normalizer: Normalizer | None
    ) -> Iterator[Document | InputError]:
        """The texts, opened one after the other."""
        for found in self.walk.find(self.paths):
            if isinstance(found, InputError):
                yield found
                continue
            try:
                document = self._open(found, normalizer)
            except InputError as error:
                yield error
                continue
            except MissingExtraError as error:
                yield InputError(f"{found.name}: {error.message}", hint=error.hint)
                continue
            if document is not None:
                yield document

    def _open(self, found: Found, normalizer: Normalizer | None) -> Document | None:
        job = self.job
        if job.writes:
            _refuse_pipe(found)
        saved = self.saved.get(display_name(found.name)) if self.saved else None
        if self.saved is not None and saved is None:
            said = f"{found.name}: no edits were saved for it"
            raise InputError(said, path=found.name)
        form = self._form(found)
        if job.parquet_column:
            from normalize.files.forms.parquet import ParquetReader

            reader: Reader = ParquetReader(found, job.parquet_column)
        else:
            reader = Reader(found, job.encoding)
        if reader.binary and found.walked:
            self.binary += 1
            reader.close()
            return None
        if reader.binary and job.writes and not job.parquet_column:
            reader.close()
            said = "has zero bytes, so it is no text, and stays as it is"
            hint = "--encoding utf-16-le if it is text after all; -o writes elsewhere"
            raise InputError(f"{found.name}: {said}", path=found.name, hint=hint)
        if job.mode == "diff" and reader.encoding.codec.startswith("utf-16"):
            reader.close()
            said = f"{found.name}: is UTF-16, for which patches are not made"
            raise InputError(said, path=found.name, hint="--check lists its edits")
        marks = form.marks if form is not None else True
        whole = job.format == "json" or normalizer is None
        cut: Callable[[str], int] | None = form.cut if form is not None else None
        if form is not None:
            whole |= form.whole
        elif normalizer is not None:
            whole |= not normalizer.streamable
            cut = normalizer.settled
        return Document(
            found,
            reader,
            form,
            Marks() if marks and self.saved is None else None,
            cut=cut or (lambda _: 0),
            whole=whole,
            all_or_nothing=bool(job.parquet_column)
            or not (reader.encoding.wide and job.output_encoding in _WIDE),
            saved=saved,
        )

    def _form(self, found: Found) -> Form | None:
        job = self.job
        if self.saved is not None:
            return None
        if not job.table:
            return form_of(found, job.input_format)
        from normalize.files.forms.beside import Beside
        from normalize.files.forms.jsonlines import JsonLines
        from normalize.files.forms.separated import Separated

        beside = Beside(job.beside("into"), job.beside("edits_into"))
        columns = job.options[job.table]
        ending = ending_of(found.name)
        if ending in {".parquet", ".csv", ".tsv", ".jsonl", ".ndjson"}:
            wanted = _ENDINGS[job.table]
            if ending not in wanted and (job.csv_column, ending) != (columns, ".tsv"):
                said = f"{found.name}: is no {wanted[0]} file"
                raise InputError(said, path=found.name)
        if job.csv_column:
            return Separated(columns, job.delimiter or ",", beside)
        if job.tsv_column:
            return Separated(columns, "\t", beside)
        if job.jsonl_field:
            return JsonLines(columns, beside)
        # Names of columns may have dots; rows are flat.
        return JsonLines.of_rows(columns, beside)

    def complain(self) -> None:
        """Say what folders had besides."""
        if self.job.quiet:
            return
        walk = self.walk
        passed = [(walk.linked, "symbolic link"), (self.binary, "binary file")]
        if self.job.verbose:
            passed.insert(0, (walk.others, "file of another kind"))
        for count, what in passed:
            if count:
                plural = what.replace("file", "files") if count > 1 else what
                plural += "s" * (
                    count > 1
                    and not plural.startswith("files")
                    and "files" not in plural
                )
                click.echo(f"{count} {plural} in folders passed over", err=True)


def _refuse_pipe(found: Found) -> None:
    """Refuse to change a named pipe in place before opening it, which may wait.

    Raises:
        InputError: it is one.
    """
    with suppress(OSError):
        if stat.S_ISFIFO(Path(found.path).stat().st_mode):
            said = f"{found.name}: is a pipe, so it can't be changed in place"
            raise InputError(said, path=found.name)


_WIDE = {"", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"}


def _listed(source: str, paths: list[str]) -> list[str]:
    """The paths in a list.

    Raises:
        UsageError: standard input is asked for twice.
        InputError: the list can't be read.
    """
    if source == "-":
        if "-" in paths:
            raise click.UsageError("--files-from - and - contradict each other")
        return listed("<stdin>", sys.stdin.buffer.read())
    try:
        return listed(source, missing.bytes_of(source))
    except OSError as error:
        raise missing.unopened(source, source, error, missing.PATHS) from None
