"""All who are told about the edits of a run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial

from normalize.cli.options import DEFAULT, drop_output
from normalize.cli.reports.observer import Observer
from normalize.cli.settings import Job
from normalize.files.flow import Document
from normalize.files.work import Outcome, Part


class Audience(Observer):
    """Tells each of several observers.

    Args:
        observers: who is told.
        goes_on: files are written besides, so the run does not end with the reader of
            standard output.
    """

    def __init__(self, observers: Sequence[Observer], *, goes_on: bool) -> None:
        self.observers, self.goes_on = observers, goes_on

    def begin(self, document: Document) -> None:
        """A text begins."""
        self._each(lambda one: one.begin(document))

    def part(self, document: Document, part: Part, outcome: Outcome) -> None:
        """A part of it is done."""
        self._each(lambda one: one.part(document, part, outcome))

    def end(self, document: Document) -> None:
        """It is whole and was written."""
        self._each(lambda one: one.end(document))

    def fail(self, document: Document) -> None:
        """It was given up."""
        self._each(lambda one: one.fail(document))

    def close(self) -> None:
        """Nothing more comes."""
        self._each(lambda one: one.close())

    def flush(self) -> None:
        """What was told so far comes before what is said on standard error."""
        if sys.stdout is not None:
            self._try(sys.stdout.flush)

    def _each(self, tell: Callable[[Observer], None]) -> None:
        for observer in self.observers:
            self._try(partial(tell, observer))

    def _try(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        except BrokenPipeError:
            if not self.goes_on:
                raise
            drop_output()


def audience(job: Job) -> Audience:
    """Who is told about the edits, as the options ask for it."""
    found: list[Observer] = []
    if job.statistics:
        from normalize.cli.reports.statistics import Statistics

        found.append(Statistics(job.format == "json", job.color))
    elif job.mode == "diff":
        from normalize.cli.reports.patch import Patch

        found.append(Patch(job.color))
    elif job.format == "sarif":
        from normalize.cli.reports.sarif import Sarif

        found.append(Sarif())
    else:
        from normalize.cli.reports.listing import GitHub, Json, JsonLines, Listing

        kinds = {"json": Json, "jsonl": JsonLines, "github": GitHub}
        if job.format in kinds:
            found.append(kinds[job.format]())
        elif job.mode == "check":
            found.append(Listing())
    if job.report:
        from normalize.cli.reports.page import Page

        found.append(Page(job.report, job.profile or DEFAULT))
    writes = job.writes or job.mode == "output" or job.report is not None
    return Audience(found, goes_on=writes)
