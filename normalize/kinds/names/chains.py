"""Names whose written form is itself a spelling of another name, on evidence.

Belogorsk is a town of Russia, and near places of Ukraine a spelling of Bilohirsk. What
becomes Belogorsk elsewhere becomes Bilohirsk there at once, not in a second run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalize.engine.evidence import UNLESS
from normalize.engine.readings import Lone

# Output, rank and needed evidence, with the words that are nothing else.
Sole = tuple[tuple[str, int, str], list[str]]


def shorten(lone: dict[str, list[Lone]], sole: Sequence[Sole]) -> list[Sole]:
    """Give the words of such names both readings in `lone`; returns the other words."""
    second = {
        word: found[0]
        for word, readings in lone.items()
        if len(found := [r for r in readings if not r[0] and r[3]]) == 1
        and found[0][1] != word
    }
    for word, readings in list(lone.items()):
        lone[word] = [two for one in readings for two in _both(word, one, second)]
    kept = []
    for (output, rank, needs), words in sole:
        if needs or output not in second:
            kept.append(((output, rank, needs), words))
            continue
        for word in words:
            lone[word] = _both(word, ("", output, rank, "", ""), second)
    return kept


def _both(word: str, reading: Lone, second: Mapping[str, Lone]) -> list[Lone]:
    """A reading, and before it the one that its written form would have."""
    own, output, rank, needs, _ = reading
    then = second.get(output)
    if then is None or own or needs or output == word or then[1] == word:
        return [reading]
    return [then, (own, output, rank, UNLESS, "")]
