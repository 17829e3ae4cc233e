"""The kind `romanization` as the registry knows it."""

from __future__ import annotations

from normalize.kinds.base import Kind
from normalize.kinds.romanization.compile import stage
from normalize.kinds.romanization.fields import record
from normalize.kinds.romanization.lints import lint

KIND = Kind(
    "romanization",
    "one system that writes Cyrillic in Latin letters",
    record,
    lint=lint,
    stage=stage,
    by_name=True,
)
