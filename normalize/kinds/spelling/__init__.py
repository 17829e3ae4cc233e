"""Kind `spelling`: how the press of a language writes Cyrillic names in Latin."""

from normalize.kinds.base import Example, Kind
from normalize.kinds.spelling.making import Spelling, Spellings
from normalize.kinds.spelling.model import SpellingRule, add, link, record

OR = " | "  # between spellings of an example


def judge(rule: SpellingRule, example: Example) -> str:
    """Those of the wanted spellings that are among the ones made of the name."""
    made = {s.text for s in Spellings([("", rule)]).of(example.source, example.source)}
    wanted = example.expected.split(OR)
    return OR.join(spelling for spelling in wanted if spelling in made)


KIND = Kind(
    "spelling",
    "how the press writes Cyrillic names in Latin",
    record,
    add,
    judge=judge,
    link=link,
    refers_to=("romanization",),
)

__all__ = ["KIND", "Spelling", "SpellingRule", "Spellings"]
