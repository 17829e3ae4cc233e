"""Kind `wordlist`: words of other languages and places, tried by `rules lint`.

A word in a list must not become a name by itself. No text is changed by a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from normalize.engine.patterns import Classes
from normalize.kinds.base import Kind, RuleFile
from normalize.kinds.fields import header_fields
from normalize.source.fields import Field, Record
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import Text


@dataclass(frozen=True, slots=True)
class WordList(RuleFile):
    """Words, and what each of them is: "a city elsewhere"."""

    what: str = ""
    words: tuple[str, ...] = ()


def record(classes: Classes) -> Record:
    """The fields of a word list."""
    del classes
    own = (
        Field("what", Text(), "what each of the words is: a city elsewhere", True),
        Field("words", Text(), "the words, with commas between them", True),
    )
    return Record((*header_fields("wordlist"), *own), _build, "word list")


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> WordList | None:
    words = [word.strip() for word in values["words"].value.split(",")]
    strange = next((w for w in words if not w or not w[0].isalpha()), None)
    if strange is not None:
        message = f"{strange!r} is no word; words have commas between them"
        problems.add(values["words"], message)
        return None
    return WordList(
        kind="wordlist",
        id=values["id"].value,
        title=values["title"].value,
        path=node.source.path,
        what=values["what"].value,
        words=tuple(dict.fromkeys(words)),
    )


KIND = Kind(
    "wordlist",
    "words that are something else, tried by `rules lint`",
    record,
    by_name=True,
)
