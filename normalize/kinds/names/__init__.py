"""Kind `names`: people and places, and how their spellings are made and found."""

from normalize.kinds.base import Kind
from normalize.kinds.names.index import finish
from normalize.kinds.names.model import Name, NameRule, add, probes, record

KIND = Kind(
    "names",
    "the spellings of persons, places and parts of names",
    record,
    add,
    finish=finish,
    probes=probes,
    companions=("spelling", "decisions", "style", "languages"),
)

__all__ = ["KIND", "Name", "NameRule"]
