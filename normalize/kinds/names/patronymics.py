"""Patronymics: made of the given names by the endings that rules name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.kinds.decisions import DecisionRule
from normalize.kinds.names.claims import Tables
from normalize.kinds.names.model import Name
from normalize.kinds.names.writing import Writing
from normalize.kinds.spelling.keeping import KeptSpellings

LANGUAGES = ("uk", "ru")
# The dearest spelling of a patronymic that is looked for; of another press those that
# cost hardly more than the cheapest one there: Vladimirovitch, Wolodymyrowytsch.
DEAREST = 160
HARDLY = 20
# A Russian's are left in spellings that cost so much at most: Vladimirovich.
RUSSIAN = 40


class _Endings:
    """How the patronymics of one language are made."""

    def __init__(self, rules: Sequence[DecisionRule], use: str) -> None:
        known = {
            ending: rule.becomes.replace("~", ending).split()
            for rule in rules
            if rule.use == use
            for ending in rule.words
        }
        self._known = sorted(known.items(), key=lambda item: -len(item[0]))

    def of(self, name: str) -> list[str]:
        """The patronymics of a son and a daughter; nothing when none is known."""
        small = name.lower()
        for ending, becomes in self._known:
            if small.endswith(ending):
                stem = name[: len(name) - len(ending)]
                return [_titled(stem + end) for end in becomes]
        return []


def _titled(text: str) -> str:
    return text[:1].upper() + text[1:]


def middles(
    tables: Tables, spellings: KeptSpellings, writing: Writing
) -> tuple[tuple[str, str, str], ...]:
    """Spellings of patronymics, with how each country writes them.

    A usual spelling of the Russian form is left as it is for a Russian.
    """
    uk, ru = (_Endings(tables.decisions, f"patronymic-{lang}") for lang in LANGUAGES)
    found: dict[str, tuple[str, str]] = {}
    # A name that is the same in both languages may be listed beside its counterpart.
    fathers = sorted(tables.fathers, key=lambda forms: forms[0] == forms[1])
    pairs = [
        pair
        for father in fathers
        for pair in zip(uk.of(father[0]), ru.of(father[1]), strict=False)
    ]
    # Those of one form stand together: they are made together.
    spellings.learn(one for pair in pairs for one in (pair, ("", pair[1])))
    for pair in pairs:
        for spelling, written in _spelled(pair, spellings, writing):
            found.setdefault(spelling, written)
    groups: dict[tuple[str, str], list[str]] = {}
    for spelling, written in sorted(found.items()):
        groups.setdefault(written, []).append(spelling)
    return tuple((" ".join(words), *written) for written, words in groups.items())


def _spelled(
    pair: tuple[str, str], spellings: KeptSpellings, writing: Writing
) -> Iterator[tuple[str, tuple[str, str]]]:
    name = Name(*pair, "")
    uk, ru = (writing.written(name, lang) for lang in LANGUAGES)
    russian = {
        text for text, cost, _ in spellings.of("", pair[1]).parts() if cost <= RUSSIAN
    }
    for text, cost, strain in spellings.of(*pair).parts():
        if (cost <= DEAREST or strain <= HARDLY) and text.isalpha():
            yield text, (uk, "" if text in russian else ru)
    yield uk, (uk, ru)
