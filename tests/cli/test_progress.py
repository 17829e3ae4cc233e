"""What a terminal is told while it waits."""

from __future__ import annotations

import io
import time

import pytest

from normalize.cli import progress


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize(
    ("stream", "takes", "told"),
    [(Terminal(), 0.2, True), (Terminal(), 0, False), (io.StringIO(), 0.2, False)],
)
def test_long_compiling_is_told_on_a_terminal(monkeypatch, stream, takes, told):
    """Who waits is told why, and the line is taken away when the waiting is over."""
    monkeypatch.setattr(progress, "START", 0.01 if takes else 60)
    monkeypatch.setattr("sys.stderr", stream)

    with progress.while_compiling():
        time.sleep(takes)

    line = f"{progress.COMPILING}\r{' ' * len(progress.COMPILING)}\r"
    assert stream.getvalue() == (line if told else "")


def test_a_mistake_ends_the_waiting(monkeypatch):
    """An error is told on a clean line."""
    monkeypatch.setattr(progress, "START", 0.01)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    def fail():
        time.sleep(0.2)
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"), progress.while_compiling():
        fail()

    assert terminal.getvalue().endswith("\r")
