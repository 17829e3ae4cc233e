"""The kind `quantities` as the registry knows it."""

from __future__ import annotations

from normalize.kinds.base import Kind
from normalize.kinds.quantities.compile import add
from normalize.kinds.quantities.fields import record
from normalize.kinds.quantities.link import link

KIND = Kind(
    "quantities",
    "words, fields and patterns that become one output: dates, money, units",
    record,
    add,
    link=link,
)
