"""Python in a process of its own: what it prints, and the processor time it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence


def output(code: str, **variables: str) -> str:
    """What a program prints, run in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | variables,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def seconds(words: Sequence[str], variables: Mapping[str, str] | None = None) -> float:
    """The processor time of a command with its children, in seconds."""
    before = os.times()
    subprocess.run(
        words,
        env=os.environ | dict(variables or {}),
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = os.times()
    begun = before.children_user + before.children_system
    return after.children_user + after.children_system - begun
