"""Where each text goes."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path

import click

from normalize.cli.settings import Job
from normalize.errors import InputError
from normalize.files.flow import Document
from normalize.files.writing import Nowhere, Sink, ToFile, ToOutput


@dataclass
class Targets:
    """Knows the place of every text; `tree` when -o names a folder."""

    job: Job
    tree: bool
    _taken: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, job: Job, paths: list[str]) -> Targets:
        """The targets of a run.

        Raises:
            UsageError: several texts can't go into one file.
        """
        out = job.output
        if out is None:
            return cls(job, tree=False)
        folder = Path(out).is_dir() or out.endswith(("/", "\\"))
        several = len(set(paths)) > 1 or any(Path(p).is_dir() for p in paths)
        if several and not folder and (Path(out).suffix or Path(out).exists()):
            raise click.UsageError(
                f"-o {out} is one file, the input may be several\n"
                f"hint: name a folder with a slash: -o {Path(out).stem}/"
            )
        return cls(job, tree=folder or several)

    def sink(self, document: Document) -> Sink:
        """What takes the bytes of a text.

        Raises:
            InputError: nothing can be written there.
        """
        job, found = self.job, document.found
        status = document.reader.status
        regular = found.path != "-" and stat.S_ISREG(status.st_mode)
        if job.writes:
            if not regular:
                said = "is no ordinary file, so it can't be changed in place"
                raise InputError(f"{found.name}: {said}", path=found.name)
            return ToFile(
                found.path, like=status, times=job.keep_times,
                unchanged=(found.path, status),
            )  # fmt: skip
        if job.output is not None:
            return ToFile(
                self._place(document),
                like=status if regular else None,
                times=job.keep_times and regular,
                unchanged=(found.path, status) if regular else None,
            )
        if job.mode == "text" and job.format == "text":
            return ToOutput(whole=document.all_or_nothing)
        return Nowhere()

    def _place(self, document: Document) -> str:
        out, found = self.job.output, document.found
        if not self.tree:
            return str(out)
        if found.path == "-" and found.inside == "<stdin>":
            raise InputError(
                "<stdin>: has no name in a folder", hint="give it --stdin-filename"
            )
        place = str(Path(str(out), found.inside))
        other = self._taken.setdefault(place, found.name)
        if other != found.name:
            raise InputError(
                f"{found.name}: would be written to {place}, as {other} was",
                path=found.name,
                hint="run them apart, or name the folder above both",
            )
        try:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            said = f"{place}: can't write: {error.strerror}"
            raise InputError(said, path=place) from None
        return place
