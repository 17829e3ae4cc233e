"""How far a run is: one line on a terminal, over and over."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from normalize.cli.show import display_width

EVERY = 0.2  # seconds between two looks
START = 1.0  # seconds before the first: short runs stay silent
COMPILING = "compiling the rules: some seconds, and only once"


class Progress:
    """Shows bytes done, rate and time left on standard error, if it is a terminal."""

    def __init__(self, total: int, *, on: bool) -> None:
        self.on = on and sys.stderr is not None and sys.stderr.isatty()
        self.total = total
        self._began = time.monotonic()
        self._next = self._began + START
        self._width = 0

    def show(self, done: int, name: str) -> None:
        """Say how much is done, if it is time to."""
        if not self.on:
            return
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        line = self.line(done, now - self._began, name)
        pad = " " * max(0, self._width - display_width(line))
        self._width = display_width(line)
        sys.stderr.write(f"\r{line}{pad}")
        sys.stderr.flush()

    def line(self, done: int, seconds: float, name: str) -> str:
        """What is shown."""
        rate = done / seconds if seconds else 0.0
        parts = [_size(done)]
        if self.total:
            percent = min(100, 100 * done // self.total)
            parts = [f"{percent}%", f"{_size(done)} of {_size(self.total)}"]
        parts.append(f"{_size(rate)}/s")
        if self.total and rate:
            parts.append(f"{_time((self.total - done) / rate)} left")
        shown = name if len(name) <= 30 else "…" + name[-29:]
        return "  ".join([*parts, shown])[:79]

    def clear(self) -> None:
        """Take the line away, so that a message can stand there."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0


@contextmanager
def while_compiling() -> Iterator[None]:
    """Say on a terminal why nothing comes, should the rules take long to load."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    done = Event()

    def tell() -> None:
        if not done.wait(START):
            print(COMPILING, end="", file=sys.stderr, flush=True)
            done.wait()
            print("\r" + " " * len(COMPILING), end="\r", file=sys.stderr, flush=True)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"


def _time(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
