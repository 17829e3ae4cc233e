"""The kind `names` as the registry knows it."""

from __future__ import annotations

from normalize.kinds.base import Kind
from normalize.kinds.names.asking import ahead
from normalize.kinds.names.compile import finish
from normalize.kinds.names.model import add, probes, record

KIND = Kind(
    "names",
    "the spellings of persons, places and parts of names",
    record,
    add,
    finish=finish,
    ahead=ahead,
    probes=probes,
    companions=("spelling", "decisions", "style", "languages"),
)
