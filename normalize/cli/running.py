"""What `normalize run` does, file after file."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import click

from normalize.cli.options import load_normalizer
from normalize.cli.progress import Progress
from normalize.cli.reports.audience import Audience, audience
from normalize.cli.review import Review
from normalize.cli.settings import Job
from normalize.cli.show import Lines
from normalize.cli.sources import Sources
from normalize.cli.targets import Targets
from normalize.errors import InputError
from normalize.files.encodings import checked, for_output
from normalize.files.flow import Document, Turn, flow
from normalize.files.work import Outcome, Part, Work
from normalize.files.writing import Encoder
from normalize.normalizer import Normalizer

FOUND, BAD_INPUT = 1, 3


@dataclass
class _Tally:
    """What came of the files."""

    texts: int = 0
    changed: int = 0
    edits: int = 0
    failed: int = 0


def run(job: Job) -> int:
    """Do what was asked for; gives the exit code."""
    job = _checked(job)
    sources = Sources(job)
    targets = Targets.of(job, sources.paths)
    if job.show_files:
        return sources.show()
    review = Review(job.color) if job.mode == "review" else None
    told = audience(job)
    run_ = _Run(job, sources, targets, told, review)
    run_.go()
    tally = run_.tally
    if not job.quiet and job.mode != "text":
        told.flush()
        _sum_up(job, tally)
    if tally.failed:
        return BAD_INPUT
    found = tally.edits and job.mode in {"check", "diff"}
    return FOUND if found and not job.exit_zero else 0


def _checked(job: Job) -> Job:
    """The job with encodings by their own names."""
    options = dict(job.options)
    options["encoding"] = checked(job.encoding, "--encoding", auto=True)
    if job.output_encoding:
        asked = checked(job.output_encoding, "--output-encoding")
        options["output_encoding"] = asked
        if job.mode == "diff":
            said = "--diff and --output-encoding contradict each other"
            raise click.UsageError(said)
    return replace(job, options=options)


def _cores() -> int:
    """How many cores this process may use; where no system says so, all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass
class _Run:
    """One run: takes what happens in order, writes and tells."""

    job: Job
    sources: Sources
    targets: Targets
    audience: Audience
    review: Review | None
    tally: _Tally = field(default_factory=_Tally)

    def go(self) -> None:
        """All files."""
        job = self.job
        self.normalizer = normalizer = self._loaded()
        work = Work(
            normalizer,
            # A character that can't be written is told with the rule that writes it.
            edits=bool(self.audience.observers)
            or not job.quiet
            or self.review is not None
            or not all(
                e[:3] in {"", "utf"} for e in (job.encoding, job.output_encoding)
            ),
            steps=job.format == "json",
        )
        on = not job.quiet and self.review is None
        self.progress = Progress(0, on=on)
        self.done = 0
        documents = self.sources.documents(normalizer)
        if self.progress.on:
            documents = self._measured(documents)
        jobs = job.jobs or _cores()
        if jobs > 1:
            # What it imports takes long, and most runs do without.
            from normalize.files.pool import flow_together

            events = flow_together(documents, work, jobs)
        else:
            events = flow(documents, work)
        self.out: Encoder | None = None
        try:
            for document, what, outcome in events:
                if document is None or isinstance(what, InputError):
                    if isinstance(what, InputError):
                        self._fail(document, what)
                elif not document.failed:
                    try:
                        self._happen(document, what, outcome)
                    except InputError as error:
                        self._fail(document, error)
        finally:
            self.progress.clear()
            if self.out is not None:
                self.out.discard()
        self.audience.close()
        self.sources.complain()

    def _loaded(self) -> Normalizer | None:
        """The rules; None where saved edits are made."""
        job = self.job
        if job.replay:
            return None
        start = job.paths[0] if job.paths else "."
        normalizer = load_normalizer(
            job.profile, job.rules, job.settings, start, job.select, job.ignore
        )
        # The rules stay to the end: the collector, which copies a page in each
        # process when it looks at one, need not go through them again.
        normalizer.compiled  # noqa: B018 - loads them
        gc.freeze()
        return normalizer

    def _measured(
        self, documents: Iterator[Document | InputError]
    ) -> Iterator[Document | InputError]:
        """The same; how many bytes they have is known before the first is done."""
        self.progress.total = self.sources.size()
        return documents

    def _happen(
        self, document: Document, what: Turn | Part, outcome: Outcome | None
    ) -> None:
        if what is Turn.BEGIN:
            self._begin(document)
        elif what is Turn.END:
            self._end(document)
        elif isinstance(what, Part) and outcome is not None:
            self._part(document, what, outcome)

    def _begin(self, document: Document) -> None:
        document.began = True
        self.encoding = for_output(self.job.output_encoding, document.reader.encoding)
        sink = self.targets.sink(document)
        if self.job.parquet_column:
            from normalize.files.forms.parquet import ParquetReader, ParquetSink

            names = [name for name in (self.job.into, self.job.edits_into) if name]
            if isinstance(document.reader, ParquetReader):
                sink = ParquetSink(document.reader, sink, names)
        self.out = Encoder(self.encoding, sink)
        self.audience.begin(document)
        found_out = document.reader.encoding
        if found_out.confidence < 1 and not self.job.quiet:
            sure = f"confidence {found_out.confidence:.2f}"
            self._tell(f"{document.name}: read as {found_out.name} ({sure})")

    def _part(self, document: Document, part: Part, outcome: Outcome) -> None:
        if self.review is not None:
            outcome = self.review.taken(document.name, part, outcome)
        if self.out is not None:
            try:
                self.out.write(outcome.text)
            except UnicodeEncodeError as error:
                raise self._no_place(document, part, outcome, error) from None
        document.edits += len(outcome.edits)
        document.values += outcome.values
        document.changed |= outcome.text != part.text
        if document.marks is not None:
            document.marks.count(outcome.hits)
        self.audience.part(document, part, outcome)
        if not self.job.quiet:
            self._warn(document, part, outcome)
            self.progress.show(self.done + document.reader.position, document.name)

    def _no_place(
        self,
        document: Document,
        part: Part,
        outcome: Outcome,
        error: UnicodeEncodeError,
    ) -> InputError:
        from normalize.cli.unwritable import no_place

        name, encoding = document.name, self.encoding
        return no_place(name, part, outcome, error, encoding, self.normalizer)

    def _end(self, document: Document) -> None:
        job, out = self.job, self.out
        self.out = None
        recoded = self.encoding != document.reader.encoding
        if out is not None:
            if job.writes and not document.changed and not recoded:
                out.discard()
            else:
                out.commit()
        self.audience.end(document)
        self.done += document.reader.size
        self.tally.texts += 1
        self.tally.changed += document.changed
        self.tally.edits += document.edits
        self._remark(document, recoded)

    def _remark(self, document: Document, recoded: bool) -> None:
        """What is to be said of a file that was done."""
        job = self.job
        if job.quiet:
            return
        for line, said in document.marks.complaints() if document.marks else ():
            self._tell(f"{document.name}:{line}: unused_mark: {said}")
        written = document.changed or recoded
        if job.writes and written and document.reader.status.st_nlink > 1:
            said = "had other names (hard links), which keep the old text"
            self._tell(f"{document.name}: {said}")
        if job.jsonl_field and document.reader.position and not document.values:
            fields = " or ".join(map(repr, job.jsonl_field))
            self._tell(f"{document.name}: no line has a text at {fields}")
        if document.told_long:
            said = "had no blank line for long, so it was held in memory"
            hint = "; --input-format lines takes each line for itself"
            self._tell(f"{document.name}: {said}{hint}")
        if job.verbose:
            encoding = document.reader.encoding.name
            self._tell(f"{document.name}: {encoding}, {document.edits} edits")

    def _warn(self, document: Document, part: Part, outcome: Outcome) -> None:
        """Tell what was seen and left."""
        lines = Lines(part.text) if outcome.notes else None
        for note in outcome.notes:
            if lines is not None:
                line = part.line + lines.number(note.start)
                column = lines.column(note.start) + 1
                said = f"{note.code}: {note.message}"
                self._tell(f"{document.name}:{line}:{column}: {said}")

    def _fail(self, document: Document | None, error: InputError) -> None:
        """Tell an error; the others are done all the same."""
        if document is not None:
            if document.failed:
                return
            document.failed = True
            self.done += document.reader.size
            if document.began:
                self.audience.fail(document)
        if self.out is not None:
            self.out.discard()
            self.out = None
        self.tally.failed += 1
        said = str(error)
        # What is wrong at a place of a text need not know whose text it is.
        placed = error.offset is not None
        if document is not None and placed and not said.startswith(document.name):
            said = f"{document.name}: {said}"
        self._tell(f"error: {said}")

    def _tell(self, message: str) -> None:
        self.progress.clear()
        self.audience.flush()
        click.echo(message, err=True)


def _sum_up(job: Job, tally: _Tally) -> None:
    said = "written" if job.writes or job.mode == "output" else "found"
    texts = f"{tally.texts} text{'s' if tally.texts != 1 else ''}"
    failed = f"; {tally.failed} could not be done" if tally.failed else ""
    click.echo(
        f"{tally.edits} edit{'s' if tally.edits != 1 else ''} {said} "
        f"in {tally.changed} of {texts}{failed}",
        err=True,
    )
