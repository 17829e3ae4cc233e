"""`normalize run -i`: each edit is shown and asked about."""

from __future__ import annotations

import os
import select
import signal
import sys
from dataclasses import dataclass, field

import click

from normalize.cli.show import Lines, visible
from normalize.files.work import Outcome, Part
from normalize.spans import Edit, splice

KEYS = "y yes, n no, a all of this rule, d none of this rule, q quit"


@dataclass
class Review:
    """Remembers what was said of whole rules; after `q` nothing more is taken."""

    color: bool
    always: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    stopped: bool = False

    def __post_init__(self) -> None:
        if sys.stdin is None or not sys.stdin.isatty():
            raise click.UsageError("-i needs a terminal on standard input")

    def taken(self, name: str, part: Part, outcome: Outcome) -> Outcome:
        """The outcome with the accepted edits only."""
        lines = Lines(part.text)
        splices = outcome.splices or [(e.start, e.end, e.after) for e in outcome.edits]
        chosen = [
            (edit, written)
            for edit, written in zip(outcome.edits, splices, strict=True)
            if self._accepts(name, part, lines, edit)
        ]
        if len(chosen) == len(outcome.edits):
            return outcome
        return outcome._replace(
            text=splice(part.text, [written for _, written in chosen]),
            edits=tuple(edit for edit, _ in chosen),
            splices=tuple(w for _, w in chosen) if outcome.splices else None,
        )

    def _accepts(self, name: str, part: Part, lines: Lines, edit: Edit) -> bool:
        rule = edit.rules[-1].id
        if self.stopped or rule in self.never:
            return False
        if rule in self.always:
            return True
        self._show(name, part, lines, edit)
        while True:
            answer = _answer()
            if answer in {"y", "a"}:
                self.always.update({rule} if answer == "a" else ())
                return True
            if answer in {"n", "d"}:
                self.never.update({rule} if answer == "d" else ())
                return False
            if answer == "q":
                self.stopped = True
                return False
            click.echo(KEYS, err=True)

    def _show(self, name: str, part: Part, lines: Lines, edit: Edit) -> None:
        """The line of an edit, with what stands there and what would."""
        number = lines.number(edit.start)
        low, high = lines.starts[number], lines.end(lines.number(edit.end))
        before, after = visible(edit.before), visible(edit.after)
        head, tail = part.text[low : edit.start], part.text[edit.end : high].rstrip()
        place = f"{name}:{part.line + number}"
        click.echo(f"{place}: {edit.rules[-1].id}", err=True)
        for sign, shown, shade in (("-", before, "red"), ("+", after, "green")):
            marked = click.style(shown, fg=shade, bold=True) if self.color else shown
            click.echo(f"{sign} {head}{marked}{tail}", err=True, color=self.color)


def _answer() -> str:
    """What is typed behind the question, in small letters.

    Raises:
        KeyboardInterrupt: Ctrl-C, or the end of what is typed.
    """
    click.echo("y/n/a/d/q ", nl=False, err=True)
    if os.name == "posix":
        _wait_for_typing()
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip().lower()


def _wait_for_typing() -> None:
    """Until a line is there, or Ctrl-C.

    A Ctrl-C just before a read begins would wait with it for a line; a signal that
    also writes into a pipe can't be missed, whenever it comes.
    """
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    try:
        # Whatever woke us, the interpreter raises KeyboardInterrupt if it was Ctrl-C.
        while sys.stdin not in select.select([sys.stdin, woken], [], [])[0]:
            os.read(woken, 1)
    finally:
        signal.set_wakeup_fd(before)
        os.close(woken)
        os.close(wake)
