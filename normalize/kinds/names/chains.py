"""Names whose written form is itself a spelling of another name, on evidence.

Belogorsk is a town of Russia, and near places of Ukraine a spelling of Bilohirsk. What
becomes Belogorsk elsewhere becomes Bilohirsk there at once, not in a second run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from normalize.engine.readings import UNLESS, Lone

# Output, rank and needed evidence, with the words that are nothing else.
Sole = tuple[tuple[str, int, str], list[str]]


def shorten(lone: dict[str, list[Lone]], sole: Sequence[Sole]) -> list[Sole]:
    """Give the words of such names both readings in `lone`; returns the other words."""
    second = {
        word: found
        for word, readings in lone.items()
        if (found := second_of(word, readings)) is not None
    }
    for word, readings in list(lone.items()):
        lone[word] = [two for one in readings for two in both(word, one, second)]
    kept = []
    for (output, rank, needs), words in sole:
        if needs or output not in second:
            kept.append(((output, rank, needs), words))
            continue
        for word in words:
            lone[word] = both(word, ("", output, rank, "", ""), second)
    return kept


def second_of(word: str, readings: Iterable[Lone]) -> Lone | None:
    """The reading that a name written as this word has on evidence, if it has one."""
    found = [r for r in readings if not r[0] and (r[3] or r[4])]
    return found[0] if len(found) == 1 and found[0][1] != word else None


def both(word: str, reading: Lone, second: Mapping[str, Lone]) -> list[Lone]:
    """A reading, and before it the one that its written form would have."""
    own, output, rank, needs, lacks = reading
    then = second.get(output)
    asks = needs or lacks
    if then is None or asks or output == word or then[1] == word:
        return [reading]
    return [(own, *then[1:]), (own, output, rank, UNLESS, "")]


def undone(readings: Iterable[Lone]) -> list[Lone]:
    """Readings as they were before `both`."""
    found: list[Lone] = []
    for reading in readings:
        own, output, rank, needs, lacks = reading
        if needs == UNLESS:
            found[-1] = (own, output, rank, "", lacks)
        else:
            found.append(reading)
    return found
